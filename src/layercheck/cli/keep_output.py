"""Which outputs of a check are kept, to be printed again by the next run that is asked the same."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING

from layercheck.cli.ci_server import SUMMARY_FORMAT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.cli.check_request import CheckRequest
    from layercheck.cli.outputs import Output
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.reprint.kept_output import OutputKeeper


def prepare_keeper(
    request: CheckRequest, outputs: Sequence[Output], targets: Sequence[ProjectTarget], started_ns: int
) -> OutputKeeper | None:
    """Prepare to keep the output of a check; None where a run does more than to read one project and to print."""
    if (
        not _is_plain(request)
        or len(targets) != 1
        or any(each.file or each.format == SUMMARY_FORMAT for each in outputs)
    ):
        return None
    folder = request.choose_cache_folder(targets[0])
    if folder is None or targets[0].plugins.has_foreign or sys.argv[1:2] != ["check"]:
        return None
    # Whoever is not called for a check does without.
    from layercheck.reprint.kept_output import OutputKeeper  # noqa: PLC0415

    with contextlib.suppress(OSError):  # what is wrong with the folder is told by the check
        return OutputKeeper(folder, os.fspath(targets[0].root), started_ns)
    return None


def _is_plain(request: CheckRequest) -> bool:
    changes_files = request.fix or request.add_ignore is not None
    asks_others = request.staged or request.since is not None or request.stdin_filename is not None or request.facts
    return not (changes_files or asks_others or request.force_exclude or request.timings)
