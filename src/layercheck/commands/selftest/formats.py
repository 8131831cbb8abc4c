"""What came of the trials, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from layercheck.commands.selftest.trial import TrialResult
from layercheck.reporters.columns import align
from layercheck.reporters.display import make_printable, name_rule
from layercheck.reporters.json_document import encode_document

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.commands.selftest.trial import Trial

_SCHEMA_VERSION = 1


def write_text(trials: Sequence[Trial], *, is_verbose: bool) -> str:
    """Write a line for each trial that did not go well, or for all of them, and count them."""
    shown = [each for each in trials if is_verbose or each.result is not TrialResult.FIRES]
    rows = [(name_rule(each.code, each.name, each.contract), str(each.result), _describe(each)) for each in shown]
    counts = Counter(each.result for each in trials)
    summary = ", ".join(f"{counts[result]} {_SAID[result]}" for result in TrialResult if counts[result])
    return "\n".join([*align(rows), f"{len(trials)} rules and contracts: {summary}"]) + "\n"


def write_json(trials: Sequence[Trial]) -> str:
    """Write all trials."""
    return encode_document({"schema_version": _SCHEMA_VERSION, "trials": msgspec.to_builtins(list(trials))})


_SAID = {
    TrialResult.FIRES: "report what is forbidden and nothing else",
    TrialResult.SILENT: "silent",
    TrialResult.NOISY: "also report what is allowed",
    TrialResult.UNTESTABLE: "not tested",
}


def _describe(each: Trial) -> str:
    injected = f"injected: {each.injected}" if each.injected else ""
    return make_printable("; ".join(part for part in (each.reason, injected) if part))
