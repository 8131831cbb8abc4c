"""Module rules at work: one parse for all of them, kept by content, the same from one process and from two."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from layercheck.engine.module_examiner import ModuleExaminer, examine_modules
from layercheck.engine.rule_runner import RememberingRunner, RuleRunner
from layercheck.facts import fact_store as store_module
from layercheck.model.examination import Fact
from layercheck.model.imports import Depth
from layercheck.model.severity import Severity
from layercheck.model.source import Position, Span
from layercheck.plugins.plugin import Origin, Plugin
from layercheck.plugins.registry import Plugins
from layercheck.project.journal import Journal
from layercheck.rule.module_rule import Found, Located, LocatedFact, ModuleRule
from tests.running import make_project_and_store

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pytest

    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.examination import ModuleFinding
    from layercheck.model.finding import Finding
    from layercheck.model.module import Module
    from layercheck.project.project import Project
    from layercheck.rule.source_module import SourceModule

LAYERED = {
    "app/main.py": "import os\nos.system('x')\n",
    "app/api/users.py": "import os\n\ndef f():\n    os.system('a')\n    os.system('b')\n\ndef g():\n    os.system('c')\n",
    "app/services/users.py": "import shutil\n\ndef f(): ...\n",
    "app/models/user.py": "def system(): ...\n",
    "tests/test_users.py": "import os\nos.system('x')\n",
}


class SystemCall(ModuleRule):
    """A call of the system."""

    code = "XY001"
    name = "system-call"
    severity = Severity.WARNING
    libraries = frozenset({"os"})
    needles = (b"system",)

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        for call in module.nodes(ast.Call):
            if module.full_name(call.func) == "os.system":
                yield module.finding(call, "calls the system", names=(module.module.name,))


class UncalledFunction(ModuleRule):
    """A function that no module calls."""

    code = "XY003"
    name = "uncalled-function"
    severity = Severity.INFO

    def check(self, module: SourceModule) -> Iterator[ModuleFinding | Fact]:
        for call in module.nodes(ast.Call):
            name = module.full_name(call.func)
            if name is not None:
                yield module.fact("call", call, [name])
        for function in module.functions():
            yield module.finding(function, "is never called", names=(f"{module.module.name}.{function.name}",))

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        called = {name for each in found.facts_of("call") for name in each.fact.names}
        return (each for each in found if called.isdisjoint(each.finding.names))


class NamedFunction(ModuleRule):
    """A function."""

    code = "XY002"
    name = "named-function"
    severity = Severity.INFO

    class Options(msgspec.Struct, frozen=True):
        named: str = "f"

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        for function in module.functions():
            if function.name == self.options.named:
                yield module.finding(function, f"is called {function.name}")

    def conclude(self, project: Project, found: Sequence[Located]) -> Iterator[Located]:
        for each in found:
            message = f"{each.finding.message}, one of {len(found)} in {len(project.modules)}"
            yield Located(each.module, msgspec.structs.replace(each.finding, message=message))


def _runner(rules: Sequence[ModuleRule]) -> RuleRunner:
    plugin = Plugin(Origin("tests", ""), "1", tuple({type(rule) for rule in rules}))
    return RuleRunner(Plugins((plugin,)), Path())


def _examine(rules: Sequence[ModuleRule], project: Project, store: SourceStore) -> list[Finding]:
    runner = _runner(rules)
    outcome = examine_modules(ModuleExaminer(rules, runner), project, store, runner)
    assert not outcome.failures
    return outcome.findings


def _told(findings: Sequence[Finding]) -> list[tuple[str, str, str, int]]:
    return [
        (each.code, each.subject, each.object, each.location.span.start.line if each.location.span else 0)
        for each in findings
    ]


def test_findings_about_the_same_thing_are_one_with_all_its_places(tmp_path: Path) -> None:
    project, store = make_project_and_store(tmp_path, LAYERED)

    first, *others = _examine([SystemCall()], project, store)

    assert _told([first, *others]) == [
        ("XY001", "app.api.users", "f", 4),
        ("XY001", "app.api.users", "g", 8),
        ("XY001", "app.main", "", 2),
    ]
    assert [related.location.span.start.line for related in first.related if related.location.span] == [5]


def test_a_rule_decides_with_the_whole_project_before_it(tmp_path: Path) -> None:
    project, store = make_project_and_store(tmp_path, LAYERED)

    assert {each.message for each in _examine([NamedFunction()], project, store)} == {"is called f, one of 2 in 5"}


def test_facts_decide_and_are_not_reported(tmp_path: Path) -> None:
    files = {**LAYERED, "app/api/items.py": "from app.services.users import f\n\ndef h():\n    f()\n"}
    project, store = make_project_and_store(tmp_path, files)

    found = _examine([UncalledFunction()], project, store)

    # Files that are examined already are not parsed again.
    assert _examine([UncalledFunction()], project, store) == found
    assert {(each.subject, each.object) for each in found} == {
        ("app.api.items", "h"),
        ("app.api.users", "f"),
        ("app.api.users", "g"),
        ("app.models.user", "system"),
    }


def test_other_facts_let_a_rule_decide_again(tmp_path: Path) -> None:
    rule = UncalledFunction()
    runner = RememberingRunner(_runner([rule]).plugins, Path(), Journal())
    project, _ = make_project_and_store(tmp_path, LAYERED)
    (module, *_) = project.modules
    fact = LocatedFact(module, Fact("call", Span(Position(1, 0), Position(1, 1)), ""))

    for given in (Found(), Found(), Found(facts=[fact]), Found(facts=[fact])):
        runner.run(rule, tuple, given)

    assert runner.runs == 2


def test_all_rules_share_one_parse_of_a_file_and_its_imports_come_with_it(tmp_path: Path) -> None:
    project, store = make_project_and_store(tmp_path, LAYERED)
    rules = [SystemCall(), NamedFunction(), NamedFunction()]

    runner = _runner(rules)
    examine_modules(ModuleExaminer(rules, runner, with_imports=True), project, store, runner)

    assert store.parsed == 4
    assert store.imports("app/api/users.py", Depth.STATEMENTS).sites
    assert store.parsed == 4


def test_files_without_anything_to_look_for_are_not_parsed(tmp_path: Path) -> None:
    project, store = make_project_and_store(tmp_path, LAYERED)

    _examine([SystemCall()], project, store)

    assert store.parsed == 2


def test_a_rule_may_choose_by_all_bytes_of_a_file(tmp_path: Path) -> None:
    class CallInAFunction(SystemCall):
        def may_find(self, data: bytes) -> bool:
            return b"    os.system" in data

    project, store = make_project_and_store(tmp_path, LAYERED)

    assert {each.subject for each in _examine([CallInAFunction()], project, store)} == {"app.api.users"}
    assert store.parsed == 1


def test_a_rule_that_fails_to_choose_is_told(tmp_path: Path) -> None:
    class Failing(SystemCall):
        def may_find(self, data: bytes) -> bool:
            raise ValueError(len(data))

    project, store = make_project_and_store(tmp_path, LAYERED)
    runner = _runner([Failing()])

    outcome = examine_modules(ModuleExaminer([Failing()], runner), project, store, runner)

    assert [failure.code for failure in outcome.failures] == ["XY001"]
    assert outcome.findings == []


def test_a_library_is_seen_wherever_among_the_imports_it_stands(tmp_path: Path) -> None:
    text = "import os\nfrom app.models import user\nos.system('x')\n"
    project, store = make_project_and_store(tmp_path, LAYERED | {"app/services/users.py": text})

    assert "app.services.users" in {each.subject for each in _examine([SystemCall()], project, store)}


def test_what_was_found_is_kept_until_the_file_the_module_or_the_options_change(tmp_path: Path) -> None:
    project, store = make_project_and_store(tmp_path, LAYERED)
    first = _examine([SystemCall(), NamedFunction()], project, store)
    before = store.parsed

    assert _examine([SystemCall(), NamedFunction()], project, store) == first
    assert store.parsed == before

    other = NamedFunction(NamedFunction.Options("g"))
    assert _told(_examine([other], project, store)) == [("XY002", "app.api.users", "g", 7)]
    assert store.parsed == before + 4


def test_one_process_finds_what_two_find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = {f"app/api/users_{at}.py": f"import os\ndef f{at % 3}():\n    os.system('{at}')\n" for at in range(40)}
    rules = [SystemCall(), NamedFunction(NamedFunction.Options("f1"))]
    in_two = _examine(rules, *make_project_and_store(tmp_path, LAYERED | files))
    monkeypatch.setattr(store_module, "_ENOUGH_TO_PARSE", 1_000_000)
    in_one = _examine(rules, *make_project_and_store(tmp_path, LAYERED | files))

    assert in_two == in_one
    assert len(in_two) == 3 + 40 + 13


def test_a_syntax_error_in_a_file_that_is_looked_at_is_told(tmp_path: Path) -> None:
    project, store = make_project_and_store(tmp_path, LAYERED | {"app/api/broken.py": "import os\ndef system(:\n"})

    _examine([SystemCall()], project, store)

    assert project.unreadable["app/api/broken.py"].line == 2


def test_rules_that_need_a_library_do_not_look_where_nobody_imports_it(tmp_path: Path) -> None:
    project, store = make_project_and_store(tmp_path, LAYERED)
    examiner = ModuleExaminer([SystemCall()], _runner([SystemCall()]))

    assert [each.name for each in project.modules if examiner.applies_to(each, store.facts[each.path].scan)] == [
        "app.api.users",
        "app.main",
    ]


class Raising(NamedFunction):
    """A rule that fails."""

    code = "XY003"
    name = "raising"

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        if module.module.name == "app.api.users":
            raise LookupError("lost")
        yield from super().check(module)


def test_a_rule_that_raises_is_told_once_and_takes_nothing_from_the_others(tmp_path: Path) -> None:
    project, store = make_project_and_store(tmp_path, LAYERED)
    rules = [SystemCall(), Raising()]

    runner = _runner(rules)
    outcome = examine_modules(ModuleExaminer(rules, runner), project, store, runner)

    assert {each.code for each in outcome.findings} == {"XY001"}
    assert [(each.code, each.message) for each in outcome.failures] == [("XY003", "LookupError: lost")]


class Choosy(NamedFunction):
    """A rule that fails before it looks."""

    code = "XY004"
    name = "choosy"

    def applies_to(self, module: Module) -> bool:
        raise LookupError(module.name)


def test_a_rule_may_fail_before_it_looks(tmp_path: Path) -> None:
    project, store = make_project_and_store(tmp_path, LAYERED)
    rules = [SystemCall(), Choosy()]

    runner = _runner(rules)
    outcome = examine_modules(ModuleExaminer(rules, runner), project, store, runner)

    assert {each.code for each in outcome.findings} == {"XY001"}
    assert [(each.code, each.message) for each in outcome.failures] == [("XY004", "LookupError: app.api.users")]
