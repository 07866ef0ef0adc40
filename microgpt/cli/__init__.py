"""The command ``microgpt``: the tool around the program.

Everything that is not mathematics happens here: arguments, checks of what is given, files, progress
and messages. ``console`` speaks to the user, ``training`` runs and resumes, ``progress`` shows how
it goes, ``commands`` says which options there are.
"""

from __future__ import annotations

from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code.

    Args:
        arguments: what stands after the name of the command; taken from the system if None.

    Returns:
        0 when all went well, 2 for anything that was given wrongly, 130 after Ctrl-C.
    """
    try:
        from microgpt.cli import commands  # here, so that Ctrl-C is answered while it loads

        return commands.run(arguments)
    except KeyboardInterrupt:
        from microgpt.cli.console import say

        say("microgpt: stopped")
        return 130
