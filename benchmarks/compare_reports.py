"""Show which broken rules of `fixtures/violations` other tools report, for the table in docs/comparison.md.

    python benchmarks/compare_reports.py --work FOLDER

Installs the tools into an environment in FOLDER, declares the same layers for each (`benchmarks/peers/`), and prints the table.
The reports themselves stay in FOLDER, to be read.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from typing import NamedTuple

from peer_versions import ARBORESCENT, DEPLY, IMPORT_LINTER, INWARDS, PYTEST_ARCHON, TACH

ROOT = Path(__file__).parents[1]


class Peer(NamedTuple):
    """A tool: what to install, its configuration in `peers/`, where that belongs in a project, and how to run it."""

    requirement: str
    configuration: str
    place: str
    command: tuple[str, ...]


PEERS = (
    Peer(IMPORT_LINTER, "import-linter.ini", ".importlinter", ("lint-imports", "--no-cache")),
    Peer(TACH, "tach.toml", "tach.toml", ("tach", "check")),
    Peer(DEPLY, "deply.yaml", "deply.yaml", ("deply", "analyze")),
    Peer(INWARDS, "inwards.toml", "pyproject.toml", ("inwards", "check", "--no-cache", "--format", "concise")),
    Peer(
        PYTEST_ARCHON,
        "pytest-archon.txt",
        "test_architecture.py",
        ("pytest", "-q", "--noconftest", "-p", "no:cacheprovider", "--show-capture=no", "test_architecture.py"),
    ),
    Peer(ARBORESCENT, "arborescent.toml", "arborescent.toml", ("arborescent", "check", "--no-tools")),
)
BREAKS = {
    "LC101 `services` imports `api`": ("services.user_service", "41", "api.users"),
    "LC102 `api` imports `models` past `services`": ("api.products", "8", "models.product_model"),
    "LC103 `schemas` imports `models`": ("schemas.user_schema", "7", "models.user_model"),
    "LC104 `utils` imports `models`": ("utils.helpers", "21", "models.product_model"),
    "LC105 `services` imports the entry point": ("services.product_service", "38|40", "main"),
    "LC106 `models` reaches `services` through a module without a layer": ("models.user_model", "7", "events"),
}
"""What is broken: the importing module, the lines that a report may name, and the imported module."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="the folder to work in")
    work: Path = parser.parse_args().work.resolve()
    programs = _install(work / "environment")
    reports = {peer.requirement: _report(peer, work, programs) for peer in PEERS}
    print(f"| broken rule | {' | '.join(name.replace('==', ' ') for name in reports)} |")
    print("|---|" + "---|" * len(reports))
    for name, (importer, lines, imported) in BREAKS.items():
        told = _pattern(importer, lines, imported)
        print(f"| {name} | {' | '.join('yes' if told.search(text) else 'no' for text in reports.values())} |")
    counts = (len((ROOT / "benchmarks/peers" / peer.configuration).read_text().split("\n")) - 1 for peer in PEERS)
    print(f"| lines of configuration | {' | '.join(map(str, counts))} |")


def _install(folder: Path) -> Path:
    venv.create(folder, with_pip=True)
    programs = folder / "bin"
    requirements = (peer.requirement for peer in PEERS)
    subprocess.run([programs / "python", "-m", "pip", "install", "--quiet", *requirements], check=True)
    return programs


def _report(peer: Peer, work: Path, programs: Path) -> str:
    """Run a tool on a fresh copy of the sample, and return all that it prints."""
    folder = work / peer.command[0]
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "fixtures/violations", folder)
    # Some tools only look at what git tracks.
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    with (folder / peer.place).open("a", encoding="utf-8") as file:
        file.write("\n" + (ROOT / "benchmarks/peers" / peer.configuration).read_text("utf-8"))
    subprocess.run(["git", "add", "--all"], cwd=folder, check=True)
    program, *arguments = peer.command
    run = subprocess.run([programs / program, *arguments], cwd=folder, capture_output=True, text=True, check=False)
    text = run.stdout + run.stderr
    (work / f"{program}.txt").write_text(text, "utf-8")
    if run.returncode != 1:
        sys.exit(f"{program} ended with {run.returncode} instead of reporting something:\n{text}")
    return text


def _pattern(importer: str, lines: str, imported: str) -> re.Pattern[str]:
    """Match a place, `app/a/b.py:7` or `app.a.b:7`, or an arrow, `app.a.b -> app.c.d`."""
    module = rf"app[./]{importer.replace('.', '[./]')}"
    return re.compile(rf"{module}(\.py)?:({lines})\b|{module} (->|↣) app\.{re.escape(imported)}\b")


if __name__ == "__main__":
    main()
