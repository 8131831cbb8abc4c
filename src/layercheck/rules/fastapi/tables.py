"""Findings that apply only if one of their names is a table; for the rules about requests and responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from layercheck import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck import Located, Project


def keep_tables(project: Project, found: Sequence[Located]) -> Iterator[Located]:
    """Keep the findings that name a table, and put its name in the place of `TABLE` in their messages."""
    project.kinds.read_ahead((name, each.module.path) for each in found for name in each.finding.names)
    for each in found:
        for name in each.finding.names:
            if project.kinds.of(name, seen_from=each.module.path) is Kind.TABLE:
                message = each.finding.message.replace("TABLE", f"the table `{name.rpartition('.')[2]}`")
                yield each._replace(finding=msgspec.structs.replace(each.finding, message=message))
                break
