"""The explanation of a finding in Markdown, with the whole page of its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.commands.explain.pages import write_page, write_table
from layercheck.commands.explain.sentences import (
    describe_allowed,
    describe_layer,
    describe_routes,
    describe_status,
    describe_use,
)
from layercheck.reporters.display import make_printable, show_path, show_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck.commands.explain.explanation import Explanation


def write_explanations(explanations: Sequence[Explanation], prefix: str) -> str:
    """Write what is known of the findings at one place; every rule's page comes once, at the end."""
    parts = [part for each in explanations for part in _write_one(each, prefix)]
    pages = {each.page.code: each.page for each in explanations if each.page is not None}
    return "\n\n".join([*parts, *(write_page(page).rstrip("\n") for page in pages.values())]) + "\n"


def _write_one(explanation: Explanation, prefix: str) -> Iterator[str]:
    finding = explanation.finding
    yield f"# {finding.code} at `{show_place(finding.location, prefix)}`"
    yield f"{finding.severity}: {make_printable(finding.message)}"
    status = describe_status(explanation)
    if status:
        yield f"**{make_printable(status)}**"
    if finding.notes:
        yield "\n".join(f"- {make_printable(note)}" for note in finding.notes)
    allowed = describe_allowed(explanation)
    if allowed:
        yield f"- {allowed}"
    sides = [side for side in (explanation.importer, explanation.imported) if side is not None]
    if sides:
        rows = [[f"`{side.module}`", describe_layer(side), f"`{show_path(side.path, prefix)}`"] for side in sides]
        yield write_table(["module", "layer", "file"], rows)
    yield from _write_routes(explanation, prefix)
    yield from _write_remedies(explanation, prefix)


def _write_routes(explanation: Explanation, prefix: str) -> Iterator[str]:
    description = describe_routes(explanation)
    if not description or explanation.routes is None:
        return
    yield "## Alternatives"
    yield f"{description[0].upper()}{description[1:]}."
    places = ((f"`{show_place(each.location, prefix)}`", describe_use(each)) for each in explanation.routes.found)
    items = [f"- {place}{f': {use}' if use else ''}" for place, use in places]
    if items:
        yield "\n".join([*items, *(["- …"] if explanation.routes.has_more else [])])


def _write_remedies(explanation: Explanation, prefix: str) -> Iterator[str]:
    finding, remedies = explanation.finding, explanation.remedies
    path = show_path(finding.location.path, prefix)
    if remedies.comment:
        yield "## To suppress it"
        yield f"In `{path}`, line {', '.join(str(each.line) for each in remedies.comment)}:"
        yield "\n".join(["```python", *(each.text for each in remedies.comment), "```"])
    if remedies.entry and explanation.status == "reported":
        yield "## To accept it"
        yield f"`layercheck baseline --rule {finding.code} {path} --reason REASON` adds this line:"
        yield f"```text\n{make_printable(remedies.entry)}\n```"
    yield f"Fingerprint: `{finding.fingerprint}`"
