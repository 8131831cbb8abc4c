"""The tests that stand for the rules: where pytest finds them, and the one check behind all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from layercheck.config.document import FILE_NAMES
from layercheck.errors import LayercheckError
from layercheck.pytest_plugin.rule_verdicts import RuleVerdict, judge_rules

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_HOMES = (
    *FILE_NAMES,
    "pytest.toml",
    "pytest.ini",
    "setup.cfg",
    "tox.ini",
    "setup.py",
    "conftest.py",
)
"""Files one of which the ids of the tests begin with: `pyproject.toml::LC101-layer-order`."""
_SENT = "layercheck_outcome"
MARKER = "layercheck"


class Outcome(msgspec.Struct):
    """What the check of a project gave, in a form that can be sent to another process."""

    verdicts: tuple[RuleVerdict, ...] = ()
    problem: str = ""
    """Why nothing could be checked."""


def add_checks(config: pytest.Config) -> None:
    """Add the tests to this run. Raises UsageError where no file can stand for the project."""
    home = next((config.rootpath / name for name in _HOMES if (config.rootpath / name).is_file()), None)
    named = [config.invocation_params.dir / argument.partition("::")[0] for argument in config.args]
    # Who only switched the checks on does not want them beside the one test at hand.
    if not config.getoption("layercheck") and home not in named and not any(path.is_dir() for path in named):
        return
    if home is None:
        raise pytest.UsageError(
            f"layercheck needs a configuration file in {config.rootpath}: add a pyproject.toml or a pytest.ini"
        )
    if home not in named:
        config.args.append(str(home))
    config.addinivalue_line("markers", f"{MARKER}: one rule of layercheck, checked on the whole project")
    config.pluginmanager.register(ProjectChecks(config, home), "layercheck-checks")


class ProjectChecks:
    """The hooks of a run with checks."""

    def __init__(self, config: pytest.Config, home: Path) -> None:
        self._config = config
        self._home = home

    def pytest_collect_file(self, file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
        """Give the tests at the file that stands for the project."""
        if file_path != self._home:
            return None
        made: CheckedProject = CheckedProject.from_parent(parent, path=file_path, outcome=self._find_outcome())
        return made

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Check once for all workers of pytest-xdist."""
        node.workerinput[_SENT] = msgspec.to_builtins(self._find_outcome())

    def _find_outcome(self) -> Outcome:
        known: Outcome | None = getattr(self, "_outcome", None)
        if known is None:
            sent = getattr(self._config, "workerinput", {}).get(_SENT)
            known = _check(self._config.rootpath) if sent is None else msgspec.convert(sent, Outcome)
            self._outcome = known
        return known


class CheckedProject(pytest.File):
    """The file that stands for the project; its tests are the rules."""

    def __init__(self, *, outcome: Outcome, **options: Any) -> None:
        super().__init__(**options)
        self._outcome = outcome

    def collect(self) -> Iterator[RuleTest]:
        """Give one test for each rule."""
        if self._outcome.problem:
            raise self.CollectError(self._outcome.problem)
        for verdict in self._outcome.verdicts:
            yield RuleTest.from_parent(self, name=verdict.title, verdict=verdict)


class RuleTest(pytest.Item):
    """One rule, held against the whole project."""

    def __init__(self, *, verdict: RuleVerdict, **options: Any) -> None:
        super().__init__(**options)
        self._verdict = verdict
        self.add_marker(MARKER)

    def runtest(self) -> None:
        """Fail with the findings that fail a check, and show the others to whoever asks for it (`-rP`)."""
        if self._verdict.remarks:
            self.add_report_section("call", MARKER, self._verdict.remarks)
        if self._verdict.failure:
            pytest.fail(self._verdict.failure, pytrace=False)

    def reportinfo(self) -> tuple[Path, int | None, str]:
        """Say where it is, for headings."""
        return self.path, None, f"{MARKER} {self.name}"


def _check(folder: Path) -> Outcome:
    try:
        return Outcome(judge_rules(folder))
    except LayercheckError as error:
        return Outcome(problem=f"layercheck: {error}")
