"""One check of a project, and what it says of each rule."""

from __future__ import annotations

import shutil
from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.facts.cache_folder import FOLDER_NAME
from layercheck.model.report import build_report
from layercheck.reporters.display import display_prefix, show_place
from layercheck.reporters.registry import load_format
from layercheck.rule.render_context import RenderContext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.model.report import Report


class RuleVerdict(msgspec.Struct, frozen=True):
    """What a check says of one rule."""

    title: str
    """`LC101-layer-order`, `contract-the-domain-is-pure`."""
    failure: str = ""
    """Why the test fails; empty where it does not."""
    remarks: str = ""
    """The findings that fail nothing."""


def judge_rules(folder: Path) -> tuple[RuleVerdict, ...]:
    """Check the project of a folder: a verdict for each rule in force, by code. Raises what `check` raises."""
    target = find_target([folder])
    report = check(target, CheckOptions(cache_folder=target.root / FOLDER_NAME))
    return _Judge(target, report).judge()


class _Judge:
    """Puts the report on a project into words, rule by rule."""

    def __init__(self, target: ProjectTarget, report: Report) -> None:
        self._report = report
        self._active = target.plugins.make_active(target.loaded.configuration)
        self._contracts = target.loaded.contracts
        records = ((rule.code, getattr(rule, "record", None)) for rule in target.plugins.rules)
        self._contract_rules = {code: record for code, record in records if record is not None}
        """The rules that judge contracts, with what they judge: each contract is a test, and not the rule."""
        self._render = load_format("text")
        self._context = RenderContext(
            root=target.root,
            list_rules=lambda: target.plugins.rules,
            prefix=display_prefix(target.root),
            width=shutil.get_terminal_size().columns,
            fail_on=target.loaded.configuration.fail_on,
            verbosity=-1,
        )

    def judge(self) -> tuple[RuleVerdict, ...]:
        titles = dict(self._list_tests())
        broken = {failure.code: str(failure) for failure in self._report.failures}
        findings: dict[str, list[Finding]] = defaultdict(list)
        for finding in self._report.findings:
            contract = finding.object.rpartition(":")[2] if finding.code in self._contract_rules else ""
            title = f"contract-{contract}" if contract else f"{finding.code}-{finding.name}"
            # A finding is never without a test, whatever reported it.
            titles.setdefault(title, finding.code)
            findings[title].append(finding)
        return tuple(
            RuleVerdict(title, broken[code]) if code in broken else self._judge_findings(title, findings[title])
            for title, code in sorted(titles.items())
        )

    def _list_tests(self) -> Iterator[tuple[str, str]]:
        """List the tests there are in any case, each with the rule behind it."""
        for rule in self._active:
            if rule.code not in self._contract_rules:
                yield f"{rule.code}-{rule.name}", rule.code
        for declared in self._contracts:
            for rule in self._active:
                if self._contract_rules.get(rule.code) is type(declared.contract):
                    yield f"contract-{declared.slug}", rule.code

    def _judge_findings(self, title: str, findings: Sequence[Finding]) -> RuleVerdict:
        least = self._context.fail_on.rank
        failing = [finding for finding in findings if finding.severity.rank <= least]
        others = [finding for finding in findings if finding.severity.rank > least]
        if not failing:
            return RuleVerdict(title, remarks=self._write(others))
        place = show_place(failing[0].location, self._context.prefix)
        count = f"1 {failing[0].severity} at" if len(failing) == 1 else f"{len(failing)} findings, the first at"
        details = f"For details, run `layercheck explain {failing[0].code}`."
        return RuleVerdict(title, f"{count} {place}\n\n{self._write(failing)}\n{details}", self._write(others))

    def _write(self, findings: Iterable[Finding]) -> str:
        return self._render(build_report(findings, (), self._report.coverage), self._context)
