"""The CI server that a check runs on: what it can show, and where the repository lies."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.cli.output_files import is_writable
from layercheck.cli.outputs import DEFAULT_FORMAT, Output
from layercheck.config.switches import is_switched_on

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.model.report import Report
    from layercheck.rule.render_context import RenderContext

GITLAB_REPORT = "gl-code-quality-report.json"
SUMMARY_FORMAT = "github"
"""The format with which a summary page is written."""
_NO_CI = "LAYERCHECK_NO_CI"
_LARGEST_SUMMARY = 1_048_576
_SMALLEST_SUMMARY = 1_000


def choose_outputs(environ: Mapping[str, str], *, is_wanted: bool = True) -> tuple[Output, ...]:
    """Choose what to write where nobody asked for anything: text, and on a CI server what that server can show.

    Not where `is_wanted` is false or LAYERCHECK_NO_CI is on, nor for pre-commit, which calls several times. Raises
    UsageError for a LAYERCHECK_NO_CI that is neither on nor off.
    """
    text = Output(DEFAULT_FORMAT)
    if is_switched_on(_NO_CI, environ) or not is_wanted or environ.get("PRE_COMMIT"):
        return (text,)
    if _is_true(environ, "GITHUB_ACTIONS"):
        return (text, Output(SUMMARY_FORMAT))
    if _is_true(environ, "TF_BUILD"):
        return (text, Output("azure"))
    if _is_true(environ, "GITLAB_CI"):
        report = Path(environ.get("CI_PROJECT_DIR", "."), GITLAB_REPORT)
        note = f"layercheck: wrote {report} for GitLab (disable with --no-ci)"
        return (text, Output("gitlab", report, note)) if is_writable(report) else (text,)
    return (text,)


def is_ci(environ: Mapping[str, str]) -> bool:
    """Return whether this is a run of continuous integration: nearly all servers set CI, by hand it may be `false`."""
    said = environ.get("CI", environ.get("TF_BUILD", ""))
    return said.strip().lower() not in {"", "0", "false", "no"}


def _is_true(environ: Mapping[str, str], name: str) -> bool:
    return environ.get(name, "").lower() == "true"


def find_repository(root: Path, environ: Mapping[str, str]) -> Path:
    """Find the top of the repository that a project is in.

    The nearest folder upward with a `.git`; where there is none (a container, an archive) the folder that the CI server
    says, then the current one, if they hold the project; else the project itself.
    """
    real = Path(os.path.realpath(root))
    for folder in (real, *real.parents):
        if (folder / ".git").exists():
            return folder
    said = (environ.get(name) for name in ("GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"))
    for name in (*said, os.curdir):
        folder = Path(os.path.realpath(name)) if name else real
        if real.is_relative_to(folder) and name:
            return folder
    return real


def append_summary(report: Report, context: RenderContext, environ: Mapping[str, str]) -> None:
    """Append the whole report to the summary page of a job on GitHub, as far as there is room."""
    from layercheck.reporters.markdown_comment import write_comment  # noqa: PLC0415  (only GitHub has such a page)

    name = environ.get("GITHUB_STEP_SUMMARY")
    if not name:
        return
    # The page is an extra: a check does not fail for it.
    with contextlib.suppress(OSError):
        file = Path(name)
        room = _LARGEST_SUMMARY - (file.stat().st_size if file.exists() else 0)
        if room >= _SMALLEST_SUMMARY:
            with file.open("ab") as page:
                page.write(write_comment(report, context, room).encode())
