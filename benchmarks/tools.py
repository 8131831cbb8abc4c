"""The tools that are compared: how each is told the same layers, how it is run, and what it found.

All of them leave out imports that only a type checker sees, which layercheck and tach do by themselves.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from measuring import BrokenRunError, Job, plain_environment

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from environment import Environment
    from projects import Project

Pair = tuple[str, str]
"""An importing and an imported module."""

_CLEAN_OR_BROKEN = (0, 1)


@dataclass(frozen=True)
class Findings:
    """What a tool reported."""

    count: int
    """As the tool counts them: imports, chains of imports, or imported names."""
    direct: frozenset[Pair]
    """The direct imports of a higher layer among them: what all of the tools look for."""


@dataclass(frozen=True)
class Tool:
    """One tool."""

    name: str
    configuration: str
    """The file that holds its configuration."""
    configure: Callable[[Project], str]
    """Writes the content of that file."""
    command: tuple[str, ...]
    """How it is called in the folder of the project; `{cache}` is its own cache folder."""
    to_read: tuple[str, ...]
    """What is added to make the report readable for `read`."""
    read: Callable[[str, Path], Findings]
    """Reads its report; the second argument is the folder of the project."""

    def job(self, environment: Environment, folder: Path, cache: Path, prepare: Callable[[Path], None]) -> Job:
        """Make a run in `folder`; `prepare` is called before it, with the tool's own folder in `cache`."""
        own_cache = cache / self.name
        return Job(self._call(environment, own_cache), folder, _CLEAN_OR_BROKEN, lambda: prepare(own_cache))

    def findings(self, environment: Environment, folder: Path, cache: Path) -> Findings:
        """Run once in `folder` and read the report. Raises BrokenRunError where there is none."""
        command = (*self._call(environment, cache / self.name), *self.to_read)
        done = subprocess.run(
            command, cwd=folder, env=plain_environment(), capture_output=True, encoding="utf-8", check=False
        )
        try:
            return self.read(done.stdout, folder)
        except ValueError as error:
            # import-linter and tach end with 1 as well when they do not understand their configuration.
            raise BrokenRunError(f"no report from: {' '.join(command)}\n{done.stdout}{done.stderr}") from error

    def _call(self, environment: Environment, cache: Path) -> tuple[str, ...]:
        program, *arguments = self.command
        return (str(environment.executable(program)), *(argument.format(cache=cache) for argument in arguments))


def _configure_layercheck(project: Project) -> str:
    # The peers know nothing of what the other rules look for; `rules.py` measures those.
    return f'layers = {json.dumps(project.modules)}\nselect = ["LC0", "LC101", "LC106"]\n'


def _configure_default_set(project: Project) -> str:
    return f"layers = {json.dumps(project.modules)}\n"


def _configure_import_linter(project: Project) -> str:
    layers = "".join(f"    {module}\n" for module in project.modules)
    return (
        f"[importlinter]\nroot_package = {project.package}\nexclude_type_checking_imports = True\n\n"
        f"[importlinter:contract:layers]\nname = layers\ntype = layers\nlayers =\n{layers}"
    )


def _configure_tach(project: Project) -> str:
    modules = "".join(f'[[modules]]\npath = "{module}"\nlayer = "{module}"\n\n' for module in project.modules)
    return (
        f'source_roots = ["."]\nexclude = ["**/__pycache__"]\nlayers = {json.dumps(project.modules)}\n'
        f"ignore_type_checking_imports = true\n\n{modules}"
    )


def _read_layercheck(report: str, folder: Path) -> Findings:  # noqa: ARG001  (the same for all tools)
    findings = json.loads(report)["findings"]
    direct = (each for each in findings if each["code"] == "LC101")
    return Findings(len(findings), frozenset((each["importer"], each["imported"]) for each in direct))


def _read_import_linter(report: str, folder: Path) -> Findings:  # noqa: ARG001  (the same for all tools)
    if "\nContracts: " not in report:
        raise ValueError(report)
    chains = [chain.split("\n\n")[0] for chain in re.split(r"^- ", report, flags=re.MULTILINE)[1:]]
    links = [re.sub(r" \([l.0-9, ?]*\)", "", chain).strip().split(" -> ") for chain in chains]
    return Findings(len(chains), frozenset((link[0], link[1]) for link in links if len(link) == 2))


def _read_tach(report: str, folder: Path) -> Findings:
    found: list[Any] = [each["Located"] for each in json.loads(report)]
    return Findings(len(found), frozenset(_tach_pair(each, folder) for each in found))


def _tach_pair(located: dict[str, Any], folder: Path) -> Pair:
    importer = located["file_path"].removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    imported = located["details"]["Code"]["LayerViolation"]["dependency"]
    # tach tells the name that is imported; the others tell the module that it is taken from.
    while not _is_module(folder / imported.replace(".", "/")):
        imported = imported.rpartition(".")[0]
    return importer, imported


def _is_module(path: Path) -> bool:
    return path.is_dir() or path.with_name(f"{path.name}.py").is_file()


LAYERCHECK = Tool(
    name="layercheck",
    configuration="layercheck.toml",
    configure=_configure_layercheck,
    command=("layercheck", "check", "--cache-dir", "{cache}"),
    to_read=("--output-format", "json"),
    read=_read_layercheck,
)
DEFAULT_SET = Tool(
    name="layercheck, whole default set",
    configuration="default-set.toml",
    configure=_configure_default_set,
    command=("layercheck", "check", "--cache-dir", "{cache}", "--config", "default-set.toml"),
    to_read=("--output-format", "json"),
    read=_read_layercheck,
)
IMPORT_LINTER = Tool(
    name="import-linter",
    configuration="importlinter.ini",
    configure=_configure_import_linter,
    command=("lint-imports", "--config", "importlinter.ini", "--cache-dir", "{cache}"),
    to_read=(),
    read=_read_import_linter,
)
TACH = Tool(
    name="tach",
    configuration="tach.toml",
    configure=_configure_tach,
    # It keeps no cache.
    command=("tach", "check"),
    to_read=("--output", "json"),
    read=_read_tach,
)
TOOLS = (LAYERCHECK, IMPORT_LINTER, TACH)
"""Ours first: the others are compared with it."""
