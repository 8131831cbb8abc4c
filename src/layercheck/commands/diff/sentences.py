"""What the formats for people say of a change, in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.diff.change import Verdict
from layercheck.plurals import count

if TYPE_CHECKING:
    from layercheck.commands.diff.change import Change, LayerEdge, TangleChange
    from layercheck.model.finding import Finding

ALWAYS_COUNTED = (Verdict.INTRODUCED, Verdict.RESOLVED, Verdict.MOVED, Verdict.CARRIED)
HEADINGS = {
    Verdict.INTRODUCED: "Introduced",
    Verdict.EXPOSED: "Exposed by a rule change",
    Verdict.MOVED: "Moved",
    Verdict.CARRIED: "Carried",
    Verdict.RESOLVED: "Resolved",
    Verdict.DROPPED: "Not reported any more",
}
DROPPED_BY = {"rules": "a rule change", "comment": "a comment"}


def summarise_change(change: Change) -> str:
    """Return the verdict in one line."""
    counts = {verdict: len(found) for verdict, found in change.findings.by_verdict().items()}
    description = [f"{number:,} {verdict}" for verdict, number in counts.items() if number or verdict in ALWAYS_COUNTED]
    return f"Against {name_base(change)}: {', '.join(description)}."


def name_base(change: Change) -> str:
    """Name what was compared with."""
    return f"{change.base.name} ({change.base.commit[:10]})"


def name_ends(finding: Finding) -> str:
    """Name what a finding is about: its two ends, or its subject."""
    if finding.object:
        return f"{finding.subject} -> {finding.object}"
    return finding.subject or finding.location.path


def describe_edge(edge: LayerEdge) -> str:
    """Describe how the imports between two layers changed."""
    came, went = len(edge.added), len(edge.removed)
    if edge.kind == "new":
        what = f"new, {count(came, 'import')}"
    elif edge.kind == "removed":
        what = f"removed, {count(went, 'import')}"
    else:
        what = ", ".join([f"+{came}"] * bool(came) + [f"-{went}"] * bool(went))
    return f"{edge.importer} -> {edge.imported}: {what}"


def describe_tangle(tangle: TangleChange) -> str:
    """Describe how a tangle changed."""
    size = count(len(tangle.modules), "module")
    if tangle.kind in {"new", "dissolved"}:
        return f"{tangle.kind}, {size}: {', '.join(tangle.modules)}"
    parts = [f"{tangle.kind} to {size}"]
    if tangle.added:
        parts.append(f"with {', '.join(tangle.added)}")
    if tangle.removed:
        parts.append(f"without {', '.join(tangle.removed)}")
    return ", ".join(parts)
