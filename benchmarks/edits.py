"""Edits replayed on a project that is kept in memory: median, 95th percentile and peak memory."""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.engine.workspace import Workspace
from layercheck.files.file_source import DiskSource

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from layercheck.engine.project_target import ProjectTarget

EDITS: dict[str, Callable[[bytes, str, int], bytes]] = {
    "a comment at the end": lambda text, _, n: text + b"# %d\n" % n,
    "a line at the top": lambda text, _, n: b"# %d\n" % n + text,
    "a function": lambda text, _, n: text + b"\n\ndef added_%d():\n    return %d\n" % (n, n),
    "a class": lambda text, _, n: text + b"\n\nclass Added%d(Base):\n    x = 1\n" % n,
    "an import of a library": lambda text, _, __: b"import zipfile\n" + text,
    "import a.b.c": lambda text, module, _: b"import %s\n" % module.encode() + text,
    "from a.b import c": lambda text, module, _: (
        b"from %s import %s\n"
        % tuple(part.encode() for part in (module.rpartition(".")[0] or module, module.rpartition(".")[2]))
        + text
    ),
}
"""What is done to a text: with a module of the project, and a number."""

_EVERY = 100
"""After so many edits of each kind, the memory is printed."""
NEW, GONE = "a new file", "a file that goes again"

_CHECKS = 2 * (len(EDITS) + 1)
"""For one edit of each kind."""


class Replay:
    """Edits one project again and again."""

    def __init__(self, target: ProjectTarget, seed: int) -> None:
        self._target = target
        self._chance = random.Random(seed)
        self._workspace = Workspace(target.root, DiskSource(target.root))
        self._check({})
        modules = self._workspace.project.modules
        self._paths = [module.path for module in modules]
        self._names = [module.name for module in modules]
        self.seconds: dict[str, list[float]] = defaultdict(list)
        self.ways: dict[str, Counter[str]] = defaultdict(Counter)

    def edit(self, kind: str, number: int) -> None:
        """Make one edit of an unsaved text, measure the check, and take the text away again."""
        path = self._chance.choice(self._paths)
        text = EDITS[kind]((self._target.root / path).read_bytes(), self._chance.choice(self._names), number)
        self._measure(kind, {path: text})
        self._check({})

    def come_and_go(self, number: int) -> None:
        """Measure the check after a file has come, and the one after it has gone."""
        folder = self._chance.choice(self._paths).rpartition("/")[0]
        texts = {f"{folder}/new_{number}.py".lstrip("/"): b"import %s\n" % self._chance.choice(self._names).encode()}
        self._measure(NEW, texts)
        self._measure(GONE, {})

    def _measure(self, kind: str, texts: dict[str, bytes]) -> None:
        before, start = Counter(self._workspace.ways), time.process_time()
        self._check(texts)
        self.seconds[kind].append(time.process_time() - start)
        self.ways[kind] += self._workspace.ways - before

    def _check(self, texts: dict[str, bytes]) -> None:
        self._workspace.check(self._target, CheckOptions(), texts, looks=False)


def main(arguments: Sequence[str]) -> None:
    """Replay edits on the project in a folder, and print what they cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("project", type=Path, help="the folder of the project; nothing in it is changed")
    parser.add_argument("--edits", type=int, default=20, help="how many of each kind (default: 20)")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    replay = Replay(find_target([options.project]), options.seed)
    print(f"memory after the first check: {_peak():.0f} MB")
    for number in range(options.edits):
        for kind in EDITS:
            replay.edit(kind, number)
        replay.come_and_go(number)
        if number and not number % _EVERY:
            print(f"memory after {_CHECKS * number:,} checks: {_peak():.0f} MB", flush=True)
    print("| edit | median | p95 | most | how |\n| --- | --- | --- | --- | --- |")
    for kind, seconds in replay.seconds.items():
        ordered = [1000 * each for each in sorted(seconds)]
        ways = ", ".join(f"{count} {way}" for way, count in sorted(replay.ways[kind].items()))
        columns = (statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))], ordered[-1])
        print(f"| {kind} | {' | '.join(f'{each:.1f} ms' for each in columns)} | {ways} |")
    print(f"memory after {_CHECKS * options.edits:,} checks: {_peak():.0f} MB")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
