"""The kinds of project files (packaging, manifests of dependencies, lock files), and where a project has them."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from layercheck import folder_of, folders_above

if TYPE_CHECKING:
    from layercheck import Project, ProjectFiles

PACKAGING = ("pyproject.toml", "setup.py", "setup.cfg")
REQUIREMENTS = ("*requirements*.txt", "*requirements*.in")
LOCKS = (
    *("poetry.lock", "uv.lock", "pdm.lock", "pipfile.lock", "pylock.toml", "pylock.*.toml"),
    *("requirements*.lock", "pixi.lock", "conda-lock.y*ml"),
)
OTHER_MANIFESTS = ("pipfile", "environment*.y*ml", "pixi.toml")
REQUIREMENTS_FOLDER = "requirements"
_BUILT = ("dockerfile", "dockerfile.*", "*.dockerfile")
_SOURCE_DISTRIBUTION = "pkg-info"


def is_project(files: ProjectFiles) -> bool:
    """Return whether the files are a project, not loose files or an installed package."""
    if files.place is not None:
        return True
    signs = (*PACKAGING, *REQUIREMENTS, *LOCKS, *OTHER_MANIFESTS, ".gitignore")
    return bool(files.find(*signs, folders=("",))) and not files.find(_SOURCE_DISTRIBUTION, folders=("",))


def application_folders(project: Project) -> set[str]:
    """Collect the folders between the root and the modules of layers: the root, `backend`, `backend/app`."""
    found: set[str] = set()
    for folder in {folder_of(module.path) for module in project.modules if module.layer is not None}:
        if folder not in found:
            found.update((folder, *folders_above(folder)))
    return found or {""}


def distribution_of(project: Project, folder: str) -> str:
    """Find the folder of the distribution that contains an application: the nearest one that can be installed or built.

    The folder of the application is one itself only where it says how to build it.
    """
    if project.files.find(*PACKAGING, folders=(folder,)):
        return folder
    signs = (*PACKAGING, *REQUIREMENTS, *OTHER_MANIFESTS, *_BUILT)
    return next((above for above in folders_above(folder) if project.files.find(*signs, folders=(above,))), "")


def home_folders(project: Project) -> set[str]:
    """Collect the folders in which project files may be, including those above the root."""
    return application_folders(project) | set(project.files.above())


def requirement_files(files: ProjectFiles, folders: set[str]) -> list[str]:
    """List the files of requirements; `requirements/` belongs to the folder around it."""
    inner = {posixpath.join(folder, REQUIREMENTS_FOLDER) for folder in folders}
    return [*files.find(*REQUIREMENTS, folders=folders), *files.find("*.txt", "*.in", folders=inner)]
