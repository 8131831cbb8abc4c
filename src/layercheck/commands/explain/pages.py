"""The page of a rule, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.rule.documentation import OPTIONS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from layercheck.rule.documentation import OptionDocumentation, RulePage

SUMMARY = ("What it does", "Why is this bad?")
"""The sections that a reader needs who has a finding before him."""


def write_page(page: RulePage, *, level: int = 1) -> str:
    """Write the whole page; its heading has as many `#` as `level` says."""
    mark = "#" * level
    parts = [f"{mark} {page.name} ({page.code})", page.title, write_facts(page)]
    for heading, text in page.sections.items():
        parts += [f"{mark}# {heading}", *_write_section(heading, text, page)]
    return "\n\n".join(parts) + "\n"


def write_summary(page: RulePage) -> str:
    """Write what a reader needs who has a finding before him."""
    parts = [f"# {page.name} ({page.code})", page.title]
    for heading in SUMMARY:
        if heading in page.sections:
            parts += [f"## {heading}", page.sections[heading]]
    return "\n\n".join(parts) + "\n"


def write_facts(page: RulePage) -> str:
    """Write the facts about a rule as a table of one row."""
    heads = ["code", "severity", "default", "fix", "set"]
    cells = [page.code, str(page.severity), "on" if page.default else "off", "yes" if page.fixable else "no", page.set]
    if page.since:
        heads.append("since")
        cells.append(page.since)
    return write_table(heads, [cells])


def write_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table."""
    lines = [heads, ["---"] * len(heads), *([cell.replace("|", r"\|") for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _write_section(heading: str, text: str, page: RulePage) -> Iterator[str]:
    if heading == OPTIONS and page.options:
        yield write_table(["option", "type", "default", "meaning"], map(_list_option, page.options))
    if text:
        yield text


def _list_option(option: OptionDocumentation) -> list[str]:
    return [f"`{option.name}`", option.type, f"`{option.default}`" if option.default else "", option.description]


def write_list(pages: Iterable[RulePage], *, is_linked: bool = False) -> str:
    """Write a table of rules; linked, the names lead to pages beside it."""
    heads = ["code", "name", "reports", "severity", "default", "fix", "set"]
    return write_table(heads, [_list_page(page, is_linked=is_linked) for page in pages]) + "\n"


def _list_page(page: RulePage, *, is_linked: bool) -> list[str]:
    name = f"[{page.name}]({page.name}.md)" if is_linked else page.name
    is_on, is_fixable = "on" if page.default else "off", "yes" if page.fixable else "no"
    return [page.code, name, page.title.rstrip("."), str(page.severity), is_on, is_fixable, page.set]
