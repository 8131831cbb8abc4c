"""Everything that must be there before anything can be measured: a virtual environment, tools and sources."""

from __future__ import annotations

import shutil
import subprocess
import sys
import venv
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from peer_versions import IMPORT_LINTER, TACH

if TYPE_CHECKING:
    from collections.abc import Iterable

    from projects import Project
    from tools import Tool

CHECKOUT = Path(__file__).parent.parent
PEERS = (IMPORT_LINTER, TACH)


@dataclass(frozen=True)
class Environment:
    """A folder outside the repository in which everything happens."""

    folder: Path
    wheels: Path | None = None
    """Where wheels of the measured projects may already be."""

    @property
    def python(self) -> Path:
        """The interpreter that runs the tools."""
        return self.executable("python")

    def executable(self, name: str) -> Path:
        """Give the path of a program of the virtual environment."""
        return self.folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin") / name

    def install_tools(self, *more: str) -> None:
        """Install this checkout, and its peers (and `more`) beside it."""
        if not self.python.exists():
            venv.create(self.folder / "venv", with_pip=True)
        self._pip("install", *PEERS, *more, str(CHECKOUT))
        # A checkout that has changed under the same version number is not installed again otherwise.
        self._pip("install", "--force-reinstall", "--no-deps", str(CHECKOUT))
        # Bytecode for all of them, whatever pip is configured to do.
        compiled = subprocess.run((str(self.python), "-m", "compileall", "-qq", str(self.folder / "venv")), check=False)
        print(f"· bytecode compiled (exit code {compiled.returncode})", file=sys.stderr, flush=True)

    def fetch(self, project: Project) -> Path:
        """Download a project and unpack it into a folder of its own, unless that was done before."""
        target = self.folder / "projects" / project.requirement.replace("==", "-")
        if not (target / project.package).is_dir():
            downloads = self.folder / "wheels"
            links = () if self.wheels is None else ("--no-index", "--find-links", str(self.wheels))
            self._pip(
                *("download", "--no-deps", "--only-binary", ":all:", "--dest", str(downloads), *links),
                project.requirement,
            )
            unpack(_wheel_of(project, downloads), target)
        return target

    def lay_out(self, project: Project, tools: Iterable[Tool]) -> Path:
        """Fetch a project, and write the configurations of tools into it."""
        folder = self.fetch(project)
        for tool in tools:
            (folder / tool.configuration).write_text(tool.configure(project), "utf-8")
        return folder

    def _pip(self, *arguments: str) -> None:
        command = (str(self.python), "-m", "pip", "--disable-pip-version-check", "--quiet", *arguments)
        subprocess.run(command, check=True)


def unpack(wheel: Path, target: Path) -> None:
    """Unpack a wheel whole or not at all."""
    unfinished = target.with_name(f"{target.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unfinished)
    shutil.rmtree(target, ignore_errors=True)
    unfinished.rename(target)


def _wheel_of(project: Project, folder: Path) -> Path:
    name, _, version = project.requirement.partition("==")
    return next(folder.glob(f"{name.replace('-', '_')}-{version}-*.whl"))
