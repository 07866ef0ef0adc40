"""The reader builds the program: starter files for each module, and cases that judge them.

``starter`` writes the file to fill in, made from the program itself; ``cases`` says what each part
must do and which mistakes it knows; ``judge`` runs a file against them, in a process of its own.
"""

MODULES: dict[int, tuple[str, ...]] = {
    1: ("data", "tokenizer"),
    2: ("autograd",),
    3: ("parameters", "layers", "model"),
    4: ("loss", "optimizer", "training"),
    5: ("generation",),
}
"""Which parts of the program each module of the book builds; 0 warms up and 6 is the whole."""

TITLES = {
    0: "The Big Picture: nudge one dial",
    1: "Data & Tokenization: documents, tokens, pairs",
    2: "Calculus & Autograd: a Value and its way back",
    3: "The Architecture: from parameters to gpt()",
    4: "Training: loss, optimizer, loop",
    5: "Inference & Generation: writing a name",
    6: "Capstone: the whole program from an empty file",
}
"""What each exercise is called."""
