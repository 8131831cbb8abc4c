"""Small projects on disk, and the ways to check them."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import textwrap
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

import msgspec

from layercheck.cli.main import run
from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.facts.fact_store import SourceStore
from layercheck.files.disk_folders import discover
from layercheck.files.file_source import DiskSource
from layercheck.project.assembled import Given
from layercheck.project.assembly import assemble_parts
from layercheck.project.project_files import ProjectFiles

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from layercheck.model.finding import Finding
    from layercheck.model.report import Report
    from layercheck.project.project import Project

SOURCE = Path(__file__).parents[1] / "src"
LAYERS = {"app/services/base.py": "", "app/models/base.py": ""}
"""Two layers: enough to be recognised."""
PROJECT_FILES = {
    "README.md": "# Shop\n",
    ".gitignore": ".venv/\n",
    "setup.cfg": "[options]\ninstall_requires = fastapi==0.115.6\n",
}
"""What stands beside the code of every project."""

NOBODY = 65534


class Outcome(NamedTuple):
    """What one run of the command did."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """What `--output-format json` printed."""
        loaded: dict[str, Any] = json.loads(self.out)
        return loaded

    @property
    def findings(self) -> list[tuple[str, str, int]]:
        """Code, path and line of each finding in a JSON report."""
        return [(each["code"], each["path"], each["line"]) for each in self.report["findings"]]


def write_tree(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files (path → content; indentation that all lines share is taken away) and return the folder."""
    for path, content in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(textwrap.dedent(content).encode() if isinstance(content, str) else content)
    return root


def write_project(root: Path, files: Mapping[str, str | bytes], configuration: str = "") -> Path:
    """Write a project with a configuration of its own, so that nothing above `root` has a say."""
    return write_tree(root, {"layercheck.toml": configuration, **files})


def make_project(
    root: Path, files: Mapping[str, str | bytes], configuration: str = "", *, exact: bool = False
) -> Project:
    """Write a project and read it up to where rules begin."""
    return make_project_and_store(root, files, configuration, exact=exact)[0]


def make_project_and_store(
    root: Path, files: Mapping[str, str | bytes], configuration: str = "", *, exact: bool = False
) -> tuple[Project, SourceStore]:
    """Write a project and read it up to where rules begin; with it comes what is known of its files."""
    target = find_target([write_project(root, files, configuration)])
    discovery = discover(root, exclude=target.loaded.configuration.exclude)
    store = SourceStore(root, DiskSource(root).read)
    store.load(discovery.files, {}, frozenset())
    others = ProjectFiles(discovery, store.read)
    given = Given(target.loaded, discovery, store, others, target.configuration_path, exact)
    return assemble_parts(given).project, store


def check_folder(root: Path, *, exact: bool = False, cache: bool = False, **overrides: Any) -> Report:
    """Check a project, without a cache unless one is wanted."""
    target = find_target([root], overrides=overrides)
    return check(target, CheckOptions(cache_folder=root / ".layercheck_cache" if cache else None, exact=exact))


def check_tree(root: Path, files: Mapping[str, str | bytes], configuration: str = "", **overrides: Any) -> Report:
    """Write a project and check it."""
    return check_folder(write_project(root, files, configuration), **overrides)


def without_timings(report: Report) -> Report:
    """Leave out of a report what no two checks have in common."""
    return msgspec.structs.replace(report, timings={})


def imports_reported(report: Report, code: str) -> list[str]:
    """List the findings of one rule as `importer -> imported`."""
    return [f"{each.importer} -> {each.imported}" for each in of_rule(report, code)]


def of_rule(report: Report, code: str) -> list[Finding]:
    """List the findings of one rule."""
    return [finding for finding in report.findings if finding.code == code]


def run_here(*arguments: str | Path, stdin: str | bytes = "") -> Outcome:
    """Run the command in this process; `stdin` is what it reads from standard input."""
    written = io.BytesIO()
    out, err = io.TextIOWrapper(written, "utf-8"), io.StringIO()
    given = stdin.encode() if isinstance(stdin, str) else stdin
    with (
        redirect_stdout(out),
        redirect_stderr(err),
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(given), "utf-8")),
    ):
        code = run(list(map(str, arguments)))
        out.flush()
    return Outcome(code, written.getvalue().decode(), err.getvalue())


def run_apart(
    *arguments: str | Path, folder: Path, environment: Mapping[str, str] | None = None, python: Sequence[str] = ()
) -> Outcome:
    """Run the command in a process of its own, standing in `folder`; `python` are options for the interpreter."""
    process = subprocess.run(
        [sys.executable, *python, "-m", "layercheck", *map(str, arguments)],
        cwd=folder,
        env=clean_environment() | dict(environment or {}),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    return Outcome(process.returncode, process.stdout, process.stderr)


def run_into_closed_pipe(
    *arguments: str, folder: Path, environment: Mapping[str, str], stdin: str = ""
) -> tuple[int, bytes]:
    """Run the command where nobody reads its output; gives its exit code and what it wrote to standard error."""
    reader, writer = os.pipe()
    os.close(reader)
    process = subprocess.run(
        [sys.executable, "-m", "layercheck", *arguments],
        cwd=folder,
        env=environment,
        input=stdin.encode(),
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        timeout=60,
    )
    os.close(writer)
    return process.returncode, process.stderr


@contextmanager
def without_privileges(folder: Path) -> Iterator[None]:
    """Stand in `folder` as somebody from whom permissions keep something: for root, files of mode 0 are open."""
    with chdir(folder):
        if os.geteuid() != 0:
            yield
            return
        folder.chmod(0o755)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)


def find_tool(name: str) -> str:
    """Find the program of another package, in the environment of these tests or on PATH; empty where there is none."""
    folders = (str(Path(sys.executable).parent), os.environ.get("PATH", ""))
    return shutil.which(name, path=os.pathsep.join(folders)) or ""


def clean_environment() -> dict[str, str]:
    """Copy our environment without what changes the output, with our own sources importable from anywhere."""
    colour = {"NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "COLUMNS"}
    servers = {"GITHUB_ACTIONS", "GITHUB_STEP_SUMMARY", "GITLAB_CI", "TF_BUILD", "PRE_COMMIT"}
    kept = {name: value for name, value in os.environ.items() if name not in colour | servers}
    return kept | {"PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1"}
