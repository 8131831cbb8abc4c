"""What was read of the findings on public backends: `docs/precision.toml`, and what the pages of the rules say of it."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import NamedTuple

import tomli

FILE = Path(__file__).parent / "precision.toml"
VERDICTS = ("true", "debatable", "false")
ENOUGH = 20
"""So many findings must be read for a share to say anything."""
LEAST = 0.9
"""Below this share a rule is at most an info by default."""


class Reading(NamedTuple):
    """One finding that was held against the source."""

    repository: str
    path: str
    line: int
    verdict: str
    """`true`: breaks the rule, and should be changed; `debatable`: breaks it, and some would leave it; `false`."""
    why: str


class Precision(NamedTuple):
    """What was read of one rule."""

    findings: tuple[Reading, ...] = ()
    misses: tuple[str, ...] = ()
    """What the rule does not find, in sentences."""

    @property
    def share(self) -> float | None:
        """The part that is not false; None where too few were read."""
        return self.share_of_read if len(self.findings) >= ENOUGH else None

    @property
    def share_of_read(self) -> float:
        """The part that is not false, of however many were read."""
        read = len(self.findings)
        return sum(each.verdict != "false" for each in self.findings) / read if read else 1.0


def read_precision(file: Path = FILE) -> tuple[dict[str, str], dict[str, Precision]]:
    """Read the file: the commit of each repository, and what was read of each rule, by its code."""
    table = tomli.loads(file.read_text("utf-8"))
    rules = {
        code: Precision(
            tuple(Reading(**finding) for finding in rule.get("findings", ())), tuple(rule.get("misses", ()))
        )
        for code, rule in table["rules"].items()
    }
    return table["commits"], rules


def write_precision(precision: Precision) -> str:
    """Write the section of a page."""
    lines = ["", "## Precision", "", _count(precision)]
    if precision.misses:
        lines += ["", "Known misses:", "", *(f"- {miss}" for miss in precision.misses)]
    return "\n".join(lines) + "\n"


def _count(precision: Precision) -> str:
    read = len(precision.findings)
    if not read:
        return "No finding of this rule was read: it found nothing on the backends in `docs/precision.toml`."
    counts = Counter(each.verdict for each in precision.findings)
    backends = len({each.repository for each in precision.findings})
    figures = (
        f"{read} {'finding was' if read == 1 else 'findings were'} read, each with the lines around it, in {backends}"
        f" public {'backend' if backends == 1 else 'backends'}: {counts['true']} true, {counts['debatable']} a matter of"
        f" taste, {counts['false']} false"
    )
    if read < ENOUGH:
        return f"{figures}. Fewer than {ENOUGH} are too few for a share."
    share = f"{100 * counts['true'] / read:.0f} % true, {100 * precision.share_of_read:.0f} % true or a matter of taste"
    return f"{figures} ({share})."
