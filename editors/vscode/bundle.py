"""Copies layercheck and what it needs into `bundled/`, from the environment of the Python that runs this.

Nothing is downloaded. Some of the libraries are compiled for one version of Python and one platform: the bundled
layercheck works there, and the extension says so elsewhere.
"""

from __future__ import annotations

import shutil
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

from pip._vendor.packaging.requirements import Requirement

if TYPE_CHECKING:
    from importlib.metadata import Distribution

HERE = Path(__file__).parent
TARGET = HERE / "bundled"
SOURCE = HERE.parents[1] / "src" / "layercheck"


def main() -> None:
    """Write the folder anew."""
    shutil.rmtree(TARGET, ignore_errors=True)
    TARGET.mkdir()
    # Where vsce writes the package; it makes no folders.
    (HERE / "build").mkdir(exist_ok=True)
    shutil.copytree(SOURCE, TARGET / "layercheck", ignore=shutil.ignore_patterns("__pycache__"))
    try:
        needed = find_needed(read_requirements(), set(), {})
    except PackageNotFoundError as error:
        raise SystemExit(
            f"{error.name} is not installed: run this with the Python of `pip install -e '.[lsp]'`"
        ) from None
    for each in needed.values():
        copy(each)
    print(f"bundled layercheck and {len(needed)} libraries")  # noqa: T201


def read_requirements() -> list[str]:
    """Read what the server needs; an editable installation may know an older state."""
    project = tomllib.loads((SOURCE.parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["lsp"]]


def find_needed(requirements: list[str], extras: set[str], found: dict[str, Distribution]) -> dict[str, Distribution]:
    """Find the distributions that fulfil some requirements, and what those need."""
    for line in requirements:
        requirement = Requirement(line)
        marker = requirement.marker
        is_needed = marker is None or any(marker.evaluate({"extra": extra}) for extra in extras | {""})
        if is_needed and requirement.name not in found:
            each = found[requirement.name] = distribution(requirement.name)
            find_needed(each.requires or [], requirement.extras, found)
    return found


def copy(found: Distribution) -> None:
    """Copy the files of a distribution that lie beside each other in site-packages."""
    for file in found.files or ():
        if file.parts[0] != ".." and "__pycache__" not in file.parts:
            target = TARGET / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(str(found.locate_file(file)), target)


if __name__ == "__main__":
    main()
