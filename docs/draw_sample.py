"""Draw the findings to be read for `docs/precision.toml`, and show each with its source.

`python docs/draw_sample.py FOLDER` takes a folder that holds the backends of the file, each at `OWNER/NAME` and at the
commit in the file. Of each rule it draws `--count` findings of all backends together.
Which ones depends on `--seed` and on the findings alone: findings are drawn in the order of a digest, so that one that goes
or comes changes nothing about the others. `--unread` shows those only that the file does not hold.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from precision import FILE, read_precision

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Drawn = tuple[str, "dict[str, Any]"]
"""A repository, and a finding in it as the format json describes it."""


def check(folder: Path) -> list[dict[str, Any]]:
    """List the findings in one backend, those of rules that are off by default as well."""
    command = [sys.executable, "-m", "layercheck", "check", "--no-cache", "--no-ci", "--output-format", "json"]
    result = subprocess.run(  # noqa: S603  (our own program)
        [*command, "--extend-select", "LC", "."], cwd=folder, capture_output=True, check=False
    )
    findings: list[dict[str, Any]] = json.loads(result.stdout)["findings"] if result.stdout else []
    return findings


def draw(found: Mapping[str, Sequence[dict[str, Any]]], count: int, seed: str) -> dict[str, list[Drawn]]:
    """Draw findings of every rule: repository → findings becomes rule → those drawn."""
    by_rule: dict[str, list[Drawn]] = defaultdict(list)
    for repository, findings in found.items():
        for finding in findings:
            by_rule[finding["code"]].append((repository, finding))
    return {
        code: sorted(drawn, key=lambda each: _digest(seed, *each))[:count] for code, drawn in sorted(by_rule.items())
    }


def _digest(seed: str, repository: str, finding: Mapping[str, Any]) -> str:
    # Without the line: code that moves is drawn again.
    return hashlib.sha256(f"{seed} {repository} {finding['fingerprint']}".encode()).hexdigest()


def show(folder: Path, finding: Mapping[str, Any], around: int) -> Iterator[str]:
    """Write a finding and the lines of code around it."""
    yield f"{finding['path']}:{finding['line']} {finding['severity']} {finding['message']}"
    yield from (f"    = {line}" for line in finding["roles"])
    yield from (
        f"    > {hop['path']}:{hop['line']} {hop['importer']} imports {hop['imported']}" for hop in finding["chain"]
    )
    try:
        lines = (folder / finding["path"]).read_text("utf-8", "replace").splitlines()
    except OSError:
        return
    for number in range(max(1, finding["line"] - around), min(len(lines), finding["line"] + around) + 1):
        yield f"    {number:5} {'>' if number == finding['line'] else ' '} {lines[number - 1][:140]}"


def main() -> None:
    """Draw and show."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rule", action="append", help="a code; several may be given (default: all)")
    parser.add_argument("--count", type=int, default=20)
    parser.add_argument("--seed", default="layercheck")
    parser.add_argument("--around", type=int, default=3, help="lines of code around each finding")
    parser.add_argument("--unread", action="store_true", help=f"only what {FILE.name} does not hold")
    given = parser.parse_args()
    commits, rules = read_precision()
    folders = {name: given.folder / name for name in commits}
    found = {name: check(folder) for name, folder in folders.items() if folder.is_dir()}
    for code, drawn in draw(found, given.count, given.seed).items():
        if given.rule and code not in given.rule:
            continue
        known = {(each.repository, each.path, each.line) for each in rules[code].findings} if code in rules else set()
        for repository, finding in drawn:
            if not (given.unread and (repository, finding["path"], finding["line"]) in known):
                sys.stdout.write(
                    "\n".join([f"## {code} {repository}", *show(folders[repository], finding, given.around), ""])
                )
                sys.stdout.write("\n")


if __name__ == "__main__":
    main()
