"""Plugins for tests: as a file, as a module, as an installed distribution."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from tests.running import SOURCE, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

RULE = """\
from layercheck import Location, ProjectRule, Severity, Finding, hookimpl


class TooMany(ProjectRule):
    '''A project with modules.'''

    code = "XY101"
    name = "too-many"
    severity = Severity.WARNING

    def check(self, project):
        for module in project.modules:
            yield Finding(
                self.code, self.name, self.severity, "a module", Location(module.path, None), module.name
            )


@hookimpl
def layercheck_rules():
    return [TooMany]
"""
FAILING = (
    RULE.replace("for module in", "raise ValueError('kaboom')\n        for module in")
    .replace("XY101", "XY102")
    .replace("too-many", "failing")
)


def install(
    site: Path, modules: Mapping[str, str], name: str = "acme-rules", entry: str = "acme_rules"
) -> dict[str, str]:
    """Lay out a distribution as pip does, with one entry point; return the environment in which it is installed."""
    metadata = f"{name.replace('-', '_')}-1.2.dist-info"
    write_tree(
        site,
        {
            **modules,
            f"{metadata}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.2\n",
            f"{metadata}/entry_points.txt": f"[console_scripts]\nx = y:z\n\n[layercheck]\nacme = {entry}\n",
        },
    )
    return {"PYTHONPATH": os.pathsep.join([str(SOURCE), str(site)])}
