"""A small backend with the files beside its code that one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.repositories import make_repository
from tests.running import check_folder, of_rule, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from layercheck.model.finding import Finding

CODE = {"app/services/users.py": "def find(): ...\n", "app/models/user.py": "class User: ...\n"}
"""Two layers: enough to be recognised."""
COMPLETE = {
    "README.md": "# Shop\n",
    ".gitignore": ".venv/\n",
    "pyproject.toml": '[project]\nname = "shop"\ndependencies = ["fastapi==0.115.6"]\n',
}
"""A project to which nothing is missing."""
ENVIRONMENT = {"pyvenv.cfg": "home = /usr/bin\n", "lib/python3.12/site-packages/six.py": ""}


def found(
    root: Path,
    code: str,
    files: Mapping[str, str | bytes],
    *,
    git: bool = False,
    folder: str = "",
    below: str = "",
) -> list[Finding]:
    """Write a backend below `below` and files beside it, check its `folder`, and return the findings of one rule."""
    prefix = f"{below}/" if below else ""
    write_tree(root, {**{f"{prefix}{path}": text for path, text in CODE.items()}, **files})
    if git:
        make_repository(root)
    return of_rule(check_folder(root / folder, select=["LC1", code]), code)


def places(findings: list[Finding]) -> list[tuple[str, int]]:
    """Tell where findings stand; line 0 is the whole file."""
    locations = (finding.location for finding in findings)
    return [(location.path, location.span.start.line if location.span else 0) for location in locations]
