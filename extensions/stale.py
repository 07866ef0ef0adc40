"""Pages that compute depend on a hash of the program, or they would show yesterday's numbers.

Sphinx re-reads a page when a file it depends on has a new time. A number in a sentence depends on
every module of the package, and on those that draw the figures; so a hash of them all is kept in
the environment, and when it changes every page that computes is read again. A page whose last run
had a failure is read again too: Sphinx would otherwise forget the failure.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment


def program_hash(folders: Iterable[Path]) -> str:
    """Return a hash of the names and bytes of the Python and data files in some folders."""
    digest = hashlib.sha256()
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(folder)).encode() + b"\0")
                digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()


def note_computed(env: BuildEnvironment) -> None:
    """Mark the page that is being read as one that computes."""
    _computed(env).add(env.docname)


def note_failed(env: BuildEnvironment) -> None:
    """Mark the page that is being read as one to read again next time."""
    _failed(env).add(env.docname)


def _computed(env: BuildEnvironment) -> set[str]:
    if not hasattr(env, "stale_computed"):
        env.stale_computed = set()  # type: ignore[attr-defined]
    return env.stale_computed  # type: ignore[attr-defined, no-any-return]


def _failed(env: BuildEnvironment) -> set[str]:
    if not hasattr(env, "stale_failed"):
        env.stale_failed = set()  # type: ignore[attr-defined]
    return env.stale_failed  # type: ignore[attr-defined, no-any-return]


def _outdated(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    now = program_hash(Path(app.confdir) / folder for folder in app.config.stale_folders)
    before = getattr(env, "stale_hash", now)
    env.stale_hash = now  # type: ignore[attr-defined]
    again = _failed(env) | (_computed(env) if now != before else set())
    return sorted(again - removed)


def _purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    _computed(env).discard(docname)
    _failed(env).discard(docname)


def _merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: Any) -> None:
    _computed(env).update(_computed(other) & docnames)
    _failed(env).update(_failed(other) & docnames)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    app.add_config_value("stale_folders", ["microgpt", "book/figures", "book/experiments"], "env")
    app.connect("env-get-outdated", _outdated)
    app.connect("env-purge-doc", _purge)
    app.connect("env-merge-info", _merge)
    return {"env_version": 1, "parallel_read_safe": True, "parallel_write_safe": True}
