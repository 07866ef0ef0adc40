"""How fast the program is: ``tox -e bench``.

First the losses of the program, of the plain engine and of the opponent must be the same. Then each
is timed in a process of its own, in turns, so that a busy minute of the machine slows them all. The
figures to quote are the ratios; the times are of this machine only.
"""

import platform
import statistics
import subprocess
import sys
import time
import tracemalloc
from datetime import date
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent))

import recursive

from microgpt import training
from microgpt.assets import NAMES
from microgpt.data import load_documents
from microgpt.engines import plain
from microgpt.parameters import Model
from microgpt.tokenizer import Tokenizer

ROUNDS = 5
STEPS = {"recursive": 25, "program": 60, "plain": 300}


def program_losses(module, documents, steps, **sizes):
    """Yield the losses of the program or of an engine, from seed 42."""
    rng = Random(42)
    documents = list(documents)
    rng.shuffle(documents)
    tokenizer = Tokenizer(documents)
    model = Model(**sizes)
    model.draw(tokenizer.size, rng)
    return module.train(documents, tokenizer, model, steps)


def losses(name, documents, **sizes):
    """Yield the losses of one of the three."""
    if name == "recursive":
        return recursive.losses(documents, 1000, **sizes)
    return program_losses(training if name == "program" else plain, documents, 1000, **sizes)


def peak_memory():
    """Return the most memory that this process has held, in MB; nan where nobody counts it."""
    try:
        import resource
    except ImportError:  # Windows
        return float("nan")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def measure(name, steps, sizes, length=None):
    """Print processor seconds a step, peak memory and what one step takes of it, both in MB.

    To be run in a process of its own. The step whose memory is traced comes last, because tracing
    takes time and memory itself.
    """
    documents = load_documents(NAMES) if length is None else ["ab" * (length // 2)] * 2
    steps_of = losses(name, documents, **sizes)
    next(steps_of)
    begin = time.process_time()
    for _ in range(steps):
        next(steps_of)
    seconds = (time.process_time() - begin) / steps
    peak = peak_memory()
    tracemalloc.start()
    next(steps_of)
    print(seconds, peak, tracemalloc.get_traced_memory()[1] / 2**20)


def measured(name, steps, sizes=None, length=None):
    """Return what :func:`measure` prints in a fresh process."""
    call = f"import run; run.measure({name!r}, {steps}, {sizes or {}!r}, {length!r})"
    folder = Path(__file__).parent
    words = subprocess.run(
        [sys.executable, "-c", call], cwd=folder, stdout=subprocess.PIPE, text=True, check=True
    ).stdout.split()
    return tuple(float(word) for word in words)


def check():
    """Stop unless all three give the same first losses."""
    documents = load_documents(NAMES)
    firsts = {}
    for name in STEPS:
        steps = losses(name, documents)
        firsts[name] = [next(steps) for _ in range(5)]
    if len({tuple(values) for values in firsts.values()}) != 1:
        sys.exit(f"the losses differ, so there is nothing to compare: {firsts}")


def spread(values):
    """Return a median with the smallest and largest value, as words."""
    return f"{statistics.median(values):6.2f}  ({min(values):.2f} to {max(values):.2f})"


def main():
    """Check, time, print."""
    check()
    print(f"{date.today()}, {platform.platform()}, Python {platform.python_version()}")
    print(f"same losses; {ROUNDS} rounds in turns; median (smallest to largest)\n")
    seconds = {name: [] for name in STEPS}
    memory = {name: [] for name in STEPS}
    for _ in range(ROUNDS):
        for name, steps in STEPS.items():
            a_step, peak, _ = measured(name, steps)
            seconds[name].append(a_step)
            memory[name].append(peak)
    print("                 steps a second               peak MB")
    for name in STEPS:
        rates = spread([1 / value for value in seconds[name]])
        print(f"{name:10} {rates:32} {statistics.median(memory[name]):8.0f}")
    print()
    for name, other in (("program", "recursive"), ("plain", "program"), ("plain", "recursive")):
        ratios = [b / a for a, b in zip(seconds[name], seconds[other])]
        print(f"{name} against {other}: {spread(ratios)} times as fast")
    print("\nHow a step of the program grows, against the first row of each block;")
    print("the memory is what the step itself takes:")
    grid = {
        "width": [({"width": w}, None) for w in (8, 16, 32)],
        "layers": [({"layers": n}, None) for n in (1, 2, 4)],
        "document length": [({"block": 64}, n) for n in (8, 16, 32, 64)],
    }
    for title, rows in grid.items():
        base = None
        for sizes, length in rows:
            a_step, _, taken = measured("program", 6, sizes, length)
            base = base or (a_step, taken)
            shown = length if length else next(iter(sizes.values()))
            time_ratio, memory_ratio = a_step / base[0], taken / base[1]
            print(
                f"{title:15} {shown:3}:  time {time_ratio:5.2f}   "
                f"memory {memory_ratio:5.2f}  ({taken:.1f} MB)"
            )


if __name__ == "__main__":
    main()
