"""The declared dependencies of a project, by the names under which they are imported."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from layercheck import compile_later, folder_of
from layercheck.rules.structure.manifests import PACKAGING, home_folders, requirement_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layercheck import Project

_REQUIREMENT = compile_later(r"\s*([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\]\s*)?(?![\w./:+@-])")
_NAMED = compile_later(r"""^\s*name\s*=\s*["']?([\w.-]+)""", re.MULTILINE)
_IMPORTED_AS = {
    "beautifulsoup4": "bs4",
    "djangorestframework": "rest_framework",
    "pillow": "pil",
    "psycopg2_binary": "psycopg2",
    "pyjwt": "jwt",
    "pyyaml": "yaml",
    "pyserial": "serial",
    "python_dateutil": "dateutil",
    "python_dotenv": "dotenv",
    "python_jose": "jose",
    "python_multipart": "multipart",
    "python_slugify": "slugify",
    "scikit_learn": "sklearn",
}
"""Distributions whose packages have other names."""


def declared_dependencies(project: Project) -> set[str]:
    """Collect the declared dependencies, without the distributions of the repository itself."""
    files, service_folders = project.files, home_folders(project)
    names: set[str] = set()
    for path in requirement_files(files, service_folders):
        names.update(_names_in(files.read(path).splitlines()))
    for path in files.find(PACKAGING[0], folders=service_folders):
        names.update(_names_in_pyproject(files.read_toml(path)))
    return names - own_distributions(project) if names else names


def own_distributions(project: Project) -> set[str]:
    """Collect the names of the distributions of the repository: members of a workspace depend on each other."""
    own: set[str] = set()
    for path in project.files.find(PACKAGING[0]):
        table = project.files.read_toml(path)
        for part in (_table(table, "project"), _table(_table(table, "tool"), "poetry")):
            own.update(_names_in([str(part.get("name", ""))]))
    for path in project.files.find(*PACKAGING[1:]):
        own.update(name for text in _NAMED.findall(project.files.read(path)) for name in _names_in([text]))
        # What is built is mostly called like the folder.
        own.update(_names_in([folder_of(path).rpartition("/")[2]]))
    return own


def _names_in(lines: Iterable[str]) -> Iterator[str]:
    """Read requirements, without those that name a path or an address, which may be in the repository."""
    for line in lines:
        match = _REQUIREMENT.match(line)
        if match is not None and " @ " not in line:
            name = re.sub(r"[-.]+", "_", match[1].lower())
            yield _IMPORTED_AS.get(name, name)


def _names_in_pyproject(pyproject: Mapping[str, Any]) -> Iterator[str]:
    project, tool = _table(pyproject, "project"), _table(pyproject, "tool")
    local = {name for name, source in _table(_table(tool, "uv"), "sources").items() if _is_local(source)}
    listed = project.get("dependencies", ())
    if isinstance(listed, list):
        yield from set(_names_in(map(str, listed))) - set(_names_in(local))
    poetry = _table(_table(tool, "poetry"), "dependencies")
    yield from _names_in(name for name, entry in poetry.items() if name != "python" and not _is_local(entry))


def _is_local(source: object) -> bool:
    return isinstance(source, dict) and ("path" in source or "workspace" in source)


def _table(table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    found = table.get(key)
    return found if isinstance(found, dict) else {}
