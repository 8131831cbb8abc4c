"""One project, against which statements are held as the contracts of a configuration are."""

from __future__ import annotations

import copy
import datetime as dt
import os
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.declared_contract import declare
from layercheck.config.validate_contracts import validate_contracts
from layercheck.engine.build import open_project
from layercheck.engine.filters import read_suppressions_of, suppress_findings
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.engine.rule_runner import RuleRunner, run_project_rules
from layercheck.errors import LayercheckError, UsageError
from layercheck.facts.cache_folder import FOLDER_NAME
from layercheck.model.report import Coverage, build_report
from layercheck.reporters.display import display_prefix, show_place
from layercheck.reporters.formats.text import render
from layercheck.rule.render_context import RenderContext

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from layercheck.config.declared_contract import DeclaredContract
    from layercheck.engine.build import OpenedProject
    from layercheck.engine.project_target import ProjectTarget
    from layercheck.model.finding import Finding
    from layercheck.project.project import Project
    from layercheck.rule.rule import Rule

# Failures are shown at the statement in the test.
__tracebackhide__ = True
_ABOUT_CONTRACTS = frozenset({"LC131", "LC132"})
"""The rules that report contracts which cannot be broken, and ignores that nothing needs."""
_ANY = {"name": "any", "kind": "private"}
"""A contract, so that the project is read as it is for contracts."""


class Place(NamedTuple):
    """A line of a test."""

    path: str
    line: int


class JudgedProject:
    """A project that is read when the first statement is made."""

    def __init__(self, root: Path) -> None:
        self._root = root

    @cached_property
    def _target(self) -> ProjectTarget:
        return find_target([self._root], overrides={"contracts": [_ANY]})._replace(paths=())

    @cached_property
    def _opened(self) -> OpenedProject:
        target = self._target
        opened = open_project(target, CheckOptions(cache_folder=target.root / FOLDER_NAME))
        # Made once, for all the copies.
        _ = opened.project.contract_graph
        return opened

    def judge(self, table: dict[str, Any], place: Place) -> str:
        """Hold the project against a contract and describe what breaks it; empty if nothing does.

        Raises LayercheckError for a contract that makes no sense, and what `check` raises.
        """
        vocabulary = self._target.plugins.vocabulary
        for key, message in validate_contracts({"contracts": [table]}, lambda: vocabulary.contract_kinds):
            raise UsageError(f"{'.'.join(map(str, key[2:])) or table['name']}: {message}")
        path = os.path.relpath(place.path, self._target.root) if place.path else ""
        declared = declare(table, vocabulary, path.replace(os.sep, "/"), lambda _: place.line)
        project = copy.copy(self._opened.project)
        project.contracts = [declared]
        rules = tuple(self._choose_rules(declared))
        outcome = run_project_rules(rules, project, RuleRunner(self._target.plugins, self._target.root))
        for failure in outcome.failures:
            raise LayercheckError(str(failure))
        configuration, store = self._target.loaded.configuration, self._opened.store
        findings, _, _ = suppress_findings(
            configuration,
            read_suppressions_of(store, configuration),
            outcome.findings,
            rules,
            dt.date.today(),  # noqa: DTZ011  (the user's own calendar)
            plugins=self._target.plugins,
        )
        return "\n".join(self._describe(findings, project))

    def _choose_rules(self, declared: DeclaredContract) -> Iterator[Rule]:
        for rule in self._target.plugins.rules:
            if rule.code in _ABOUT_CONTRACTS or getattr(rule, "record", None) is type(declared.contract):
                yield rule()

    def _describe(self, findings: tuple[Finding, ...], project: Project) -> Iterator[str]:
        if findings:
            root = self._target.root
            prefix, count = display_prefix(root), len(findings)
            first = show_place(findings[0].location, prefix)
            yield f"1 finding at {first}\n" if count == 1 else f"{count} findings, the first at {first}\n"
            report = build_report(findings, (), Coverage(applications=(), layout="", modules=0, roles={}))
            yield render(report, RenderContext(root, prefix=prefix, verbosity=-1)).rstrip("\n")
        for path, why in sorted(project.unreadable.items()):
            yield f"{path} cannot be read, so its imports are unknown: {why.reason}"
