from __future__ import annotations

import json
import sys
from contextlib import chdir
from typing import TYPE_CHECKING

import pytest

from layercheck.engine.check import check
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_plugins, find_target, find_targets
from layercheck.errors import ConfigurationError, PluginError
from layercheck.files.discovery import BASELINE_NAME
from layercheck.plugins.built_in import builtin_plugins, builtin_rules
from layercheck.plugins.load import load_plugins
from tests.plugin_files import FAILING, RULE
from tests.running import LAYERS, check_folder, check_tree, of_rule, run_apart, write_project

if TYPE_CHECKING:
    from pathlib import Path

PLUGIN = 'plugins = ["rules.py"]\n'
ROOMY = "from __future__ import annotations\n\nfrom dataclasses import dataclass\n\n" + RULE.replace(
    "class TooMany", "@dataclass(frozen=True)\nclass Limits:\n    max_names: int = 3\n\n\nclass TooMany"
).replace("severity = Severity.WARNING", "severity = Severity.WARNING\n    Options = Limits").replace(
    '"a module"', 'f"at most {self.options.max_names}"'
)


_EXPECTED = "expected one from the root of the project such as `app/main.py`"
_SPAN = "from layercheck import Position, Span; a = Position(-3, 0); "


def _module_rule(line: str = "", finding: str = "module.finding(node, 'no print')") -> str:
    """Write a rule about calls; `line` stands in its class."""
    return f"""\
from layercheck import Edit, Fix, ModuleRule, Position, Severity, Span, hookimpl
import ast


class NoPrint(ModuleRule):
    code = "XY201"
    name = "no-print"
    severity = Severity.WARNING
    {line}

    def check(self, module):
        for node in module.nodes(ast.Call):
            yield {finding}


@hookimpl
def layercheck_rules():
    return [NoPrint]
"""


def error_of(root: Path, text: str, name: str = "rules.py") -> str:
    write_project(root, LAYERS | {"rules.py": text}, f'plugins = ["{name}"]\n')
    with pytest.raises(PluginError) as caught:
        find_target([root])
    said = str(caught.value)
    assert said.startswith(f"the plugin {name} ")
    assert said.endswith(
        f"Fix it, remove it from `plugins` in {root / 'layercheck.toml'}, or disable all plugins with --no-plugins."
    )
    return said


def test_every_folder_of_rules_is_a_plugin() -> None:
    sets = {rule.__module__.split(".")[2] for plugin in builtin_plugins() for rule in plugin.rules}

    assert {"files", "layers"} <= sets
    assert len(builtin_plugins()) == len(sets)
    assert [rule.code for rule in builtin_rules()] == sorted(rule.code for rule in builtin_rules())
    assert load_plugins(with_foreign=False).rules == builtin_rules()


def test_a_file_gives_a_rule(tmp_path: Path) -> None:
    report = check_tree(tmp_path, LAYERS | {"tools/rules.py": RULE}, 'plugins = ["tools/rules.py"]\n')

    assert [each.location.path for each in of_rule(report, "XY101")] == [*sorted(LAYERS), "tools/rules.py"]
    assert not list(tmp_path.rglob("__pycache__"))


@pytest.mark.parametrize("folder", ["", "src/", "backend/lib/"])
def test_a_module_gives_a_rule_wherever_it_is_imported_from(tmp_path: Path, folder: str) -> None:
    files = {
        f"{folder}mycompany_a/__init__.py": "",
        f"{folder}mycompany_a/rules/__init__.py": "from .many import TooMany, layercheck_rules\n",
        f"{folder}mycompany_a/rules/many.py": RULE,
    }
    roots = f'source-roots = ["{folder}"]\n' if folder.startswith("backend") else ""
    before = [*sys.path]

    report = check_tree(tmp_path, LAYERS | files, f'{roots}plugins = ["mycompany_a.rules"]\n')

    assert of_rule(report, "XY101")
    assert sys.path == before


def test_a_module_without_packages_around_it_and_one_that_imports_another_of_the_project(tmp_path: Path) -> None:
    files = {"tools_b/rules.py": "import limits_b\n" + RULE, "limits_b.py": "MOST = 3\n"}

    assert of_rule(check_tree(tmp_path, LAYERS | files, 'plugins = ["tools_b.rules"]\n'), "XY101")


def test_no_module_of_a_project_hides_one_of_the_standard_library(tmp_path: Path) -> None:
    files = {"rules_c.py": "import wave\nwave.open\n" + RULE, "wave.py": "raise ImportError('not me')\n"}

    assert of_rule(check_tree(tmp_path, LAYERS | files, 'plugins = ["rules_c"]\n'), "XY101")


def test_projects_may_have_plugins_of_the_same_name(tmp_path: Path) -> None:
    lazy = RULE.replace("for module in", "from company_d.words import WORD\n        for module in").replace(
        '"a module"', "WORD"
    )
    for name in ("one", "two"):
        files = {
            "company_d/__init__.py": "",
            "company_d/rules.py": lazy if name == "one" else lazy.replace("XY101", "XY201"),
            "company_d/words.py": f"WORD = '{name}'\n",
        }
        write_project(tmp_path / name, LAYERS | files, 'plugins = ["company_d.rules"]\n')

    first, second = find_targets([tmp_path / "one", tmp_path / "two"])
    found = [check(application, CheckOptions()).findings for application in (first, second, first)]

    assert [{(each.code, each.message) for each in findings} for findings in found] == [
        {("XY101", "one")},
        {("XY201", "two")},
        {("XY101", "one")},
    ]


def test_plugins_of_one_project_are_not_those_of_another(tmp_path: Path) -> None:
    write_project(tmp_path / "one", LAYERS | {"rules.py": RULE}, PLUGIN)
    write_project(tmp_path / "two", LAYERS, 'select = ["XY101"]\n')

    assert of_rule(check_folder(tmp_path / "one"), "XY101")
    with pytest.raises(ConfigurationError, match="found 'XY101'"):
        find_target([tmp_path / "two"])


def test_the_configuration_may_name_what_plugins_give(tmp_path: Path) -> None:
    configuration = PLUGIN + 'select = ["XY101"]\nseverity.too-many = "error"\nrules.XY101.max-names = 7\n'

    report = check_tree(tmp_path, LAYERS | {"rules.py": ROOMY}, configuration)

    assert {(each.code, str(each.severity), each.message) for each in report.findings} == {
        ("XY101", "error", "at most 7")
    }


@pytest.mark.parametrize(
    ("key", "message"),
    [
        ("max-name = 7", "rules.XY101.max-name: unknown key 'max-name'; did you mean 'max-names'?"),
        ("max_names = 7", "rules.XY101.max_names: unknown key 'max_names'; did you mean 'max-names'?"),
        ('max-names = "7"', "rules.XY101.max-names: expected a whole number, found '7'"),
    ],
)
def test_options_of_a_dataclass_are_checked_like_ours(tmp_path: Path, key: str, message: str) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": ROOMY}, f"{PLUGIN}[rules.XY101]\n{key}\n")

    with pytest.raises(ConfigurationError) as caught:
        find_target([tmp_path])

    assert str(caught.value) == f"{tmp_path / 'layercheck.toml'}:3: {message}"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import nowhere_at_all\n", "cannot be imported: ModuleNotFoundError: No module named 'nowhere_at_all' ("),
        ("x = (\n", "cannot be imported: SyntaxError: '(' was never closed ("),
        ("raise SystemExit(3)\n", "cannot be imported: SystemExit: 3 ("),
        (
            "x = 1\n",
            "gives nothing: it has none of the hooks marked with `@hookimpl`; the hooks are layercheck_rules()",
        ),
        (RULE.replace("@hookimpl", ""), "has layercheck_rules without its mark: write `@hookimpl` above it"),
        (RULE.replace("layercheck_rules()", "layercheck_rules(config)"), "does not fit: Argument(s) {'config'}"),
        (RULE.replace("layercheck_rules()", "layercheck_rule()"), "does not fit: unknown hook 'layercheck_rule'"),
        (RULE.replace("return [TooMany]", "return 1 / 0"), "fails in layercheck_rules: ZeroDivisionError: division by"),
        (RULE.replace("return [TooMany]", "yield 1 / 0"), "fails in layercheck_rules: ZeroDivisionError: division by"),
        (
            RULE.replace("[TooMany]", "TooMany"),
            "returns TooMany from layercheck_rules: expected a list of rule classes",
        ),
        (RULE.replace("[TooMany]", "[TooMany()]"), "as a rule: expected a class derived from `ProjectRule`"),
        (RULE.replace("[TooMany]", "[int]"), "gives int as a rule: expected a class derived from `ProjectRule`"),
        (RULE.replace('    code = "XY101"\n', ""), "gives the rule TooMany without a code"),
        (RULE.replace('    name = "too-many"\n', ""), "gives the rule TooMany without a name"),
        (RULE.replace("    severity = Severity.WARNING\n", ""), "gives the rule TooMany without a severity"),
        (RULE.replace("XY101", "XY1"), "with the code 'XY1': expected 2 to 4 capital letters and 3 digits"),
        (RULE.replace("XY101", "LC999"), "with the code 'LC999': the prefix LC is layercheck's own"),
        (RULE.replace("too-many", "Too many"), "with the name 'Too many': expected small letters with dashes"),
        (RULE.replace("Severity.WARNING", '"warn"'), "with the severity 'warn': expected one of Severity.ERROR"),
        (RULE.replace("too-many", "layer-order"), "the name 'layer-order', which is LC101 layer-order of layercheck"),
        (
            ROOMY.replace("(frozen=True)", ""),
            "Options that cannot be used: Limits is neither a msgspec Struct nor a froz",
        ),
        (ROOMY.replace("int = 3", "int"), "Options that cannot be used: Limits.max_names has no default"),
        (ROOMY.replace(": int", ": nonsense"), "Options that cannot be used: name 'nonsense' is not defined"),
        (_module_rule('needles = ("print",)'), "NoPrint with needles = ('print',): expected a tuple of bytes, such as"),
        (_module_rule('needles = b"def"'), "NoPrint with needles = b'def': expected a tuple of bytes, such as"),
        (_module_rule('needles = (b"",)'), "NoPrint with needles = (b'',): expected a tuple of bytes, such as"),
        (_module_rule('libraries = ["fastapi"]'), "NoPrint with libraries = ['fastapi']: expected top-level packages"),
        (_module_rule('libraries = {"fastapi.routing"}'), "expected top-level packages, such as frozenset({"),
        (_module_rule('is_default = "no"'), "NoPrint with is_default = 'no': expected True or False"),
    ],
)
def test_a_plugin_that_cannot_be_used_is_told_in_one_sentence(tmp_path: Path, text: str, message: str) -> None:
    said = error_of(tmp_path, text)

    assert message in said
    assert "\n" not in said
    assert "Traceback" not in said


def test_the_place_is_that_in_the_plugin(tmp_path: Path) -> None:
    with chdir(tmp_path):
        said = error_of(tmp_path, "\nimport json\njson.loads('{')\n")

    assert "JSONDecodeError: Expecting property name" in said
    assert " (rules.py:3). " in said


def test_a_plugin_that_is_not_there(tmp_path: Path) -> None:
    assert "cannot be read: No such file" in error_of(tmp_path, "", "gone.py")
    assert "cannot be imported: ModuleNotFoundError: No module named 'gone_e'" in error_of(tmp_path, "", "gone_e.rules")
    assert "is neither the name of a module" in error_of(tmp_path, "", "not a module")


def test_two_rules_of_one_code(tmp_path: Path) -> None:
    other = RULE.replace("too-many", "another")
    write_project(tmp_path, LAYERS | {"a.py": RULE, "b.py": other}, 'plugins = ["a.py", "b.py"]\n')

    with pytest.raises(PluginError) as caught:
        find_target([tmp_path])

    assert str(caught.value).startswith(
        "the plugin b.py gives the rule XY101 the code 'XY101', which is XY101 too-many of a.py. Fix it"
    )


def test_a_rule_that_raises_takes_nothing_from_the_others(tmp_path: Path) -> None:
    files = LAYERS | {"rules.py": FAILING, "more.py": RULE, "app/models/user.py": "import app.services.base\n"}

    report = check_tree(tmp_path, files, 'plugins = ["rules.py", "more.py"]\n')

    assert of_rule(report, "XY101")
    assert of_rule(report, "LC101")
    (failure,) = report.failures
    assert str(failure).startswith(
        "the rule XY102 failing of the plugin rules.py failed: ValueError: kaboom (rules.py:12); "
        "its findings are missing. Fix it, remove it from `plugins` in "
    )


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        ("return ['text']", "TypeError: check() gives str 'text', expected a Finding"),
        ("return None", "TypeError: 'NoneType' object is not iterable"),
        ("raise SystemExit", "SystemExit"),
        ("raise BaseException('stop')", "RuntimeError: BaseException: stop"),
        ("import os; os._exit(0)", "RuntimeError: os._exit(0) would end layercheck"),
        ("import os; os.execl('/bin/true', 'true')", "RuntimeError: os.execv('/bin/true', …) would end layercheck"),
        (
            "import os; os.execve('/bin/true', ['true'], {})",
            "RuntimeError: os.execve('/bin/true', …) would end layercheck",
        ),
        (
            "import os; os.waitpid(os.fork() or os._exit(3), 0); return None",
            "TypeError: 'NoneType' object is not iterable",
        ),
        (
            "return [Finding('LC101', 'x', self.severity, '', Location('x', None), '')]",
            "ValueError: check() gives a finding of LC101, expected one of XY101",
        ),
        (
            "return [Finding('XY101', 'x', self.severity, 7, Location('x', None), '')]",
            "TypeError: check() gives a finding that cannot be used: Expected `str`, got `int` - at `$.message`",
        ),
        (
            "return [Finding('XY101', 'x', self.severity, 'm', Location(['x'], None), '')]",
            "TypeError: check() gives a finding that cannot be used: Expected `str`, got `array` - at `$.location.path`",
        ),
        (
            "return [Finding('XY101', 'x', self.severity, ' ', Location('x', None), '')]",
            "ValueError: check() gives a finding without a message",
        ),
        (
            "return [Finding('XY101', 'x', self.severity, 'm', Location('/etc/passwd', None), '')]",
            f"ValueError: check() gives the path '/etc/passwd', {_EXPECTED}",
        ),
        (
            "return [Finding('XY101', 'x', self.severity, 'm', Location('app/../../x', None), '')]",
            f"ValueError: check() gives the path 'app/../../x', {_EXPECTED}",
        ),
        (
            f"{_SPAN}return [Finding('XY101', 'x', self.severity, 'm', Location('x.py', Span(a, a)), '')]",
            "ValueError: check() gives the place -3:0 to -3:0: lines count from 1, columns from 0, and the end comes last",
        ),
    ],
)
def test_what_a_rule_must_not_do(tmp_path: Path, finding: str, message: str) -> None:
    text = (
        RULE.partition("        for module in")[0]
        + f"        {finding}\n\n\n@hookimpl\n"
        + RULE.partition("@hookimpl\n")[2]
    )

    report = check_tree(tmp_path, LAYERS | {"rules.py": text}, PLUGIN)

    assert [failure.message for failure in report.failures] == [message]
    assert report.findings == ()


def test_what_a_rule_prints_is_no_part_of_the_report(tmp_path: Path) -> None:
    text = RULE.replace("        for module in", "        print('seen', flush=True)\n        for module in", 1)
    write_project(tmp_path, LAYERS | {"rules.py": "print('loaded')\n" + text}, PLUGIN)

    run = run_apart("check", "--no-cache", "--output-format", "json", folder=tmp_path)

    assert json.loads(run.out)["findings"]
    assert {"loaded", "seen"} <= {*run.err.split()}


@pytest.mark.parametrize("text", ["import os\nos._exit(0)\n", "raise BaseException\n"])
def test_a_plugin_that_ends_the_process_is_a_mistake(tmp_path: Path, text: str) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": text}, PLUGIN)

    run = run_apart("check", "--no-cache", folder=tmp_path)

    assert (run.code, run.out) == (2, "")
    assert "the plugin rules.py cannot be imported" in run.err


def test_a_report_with_a_failure_is_not_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sometimes = FAILING.replace("raise ValueError", "import os\n        if 'IT_FAILS' in os.environ: raise ValueError")
    write_project(tmp_path, LAYERS | {"rules.py": sometimes}, PLUGIN)
    monkeypatch.setenv("IT_FAILS", "1")
    first = check_folder(tmp_path, cache=True)
    monkeypatch.delenv("IT_FAILS")
    again = check_folder(tmp_path, cache=True)

    assert [len(report.failures) for report in (first, again)] == [1, 0]


def test_a_comment_or_an_entry_for_a_rule_that_fails_is_not_called_needless(tmp_path: Path) -> None:
    files = {
        "app/services/base.py": "x = 1  # layercheck: ignore[XY102] known\n",
        "app/models/base.py": "",
        "rules.py": FAILING,
        BASELINE_NAME: "XY102 app.models.base\n",
    }

    report = check_tree(tmp_path, files, PLUGIN)

    assert report.failures
    assert report.findings == ()


def test_the_key_of_what_is_cached_follows_the_code_of_the_plugin(tmp_path: Path) -> None:
    write_project(
        tmp_path, LAYERS | {"rules.py": RULE, "company_f.py": RULE.replace("XY1", "XZ1").replace("too-", "z-")}
    )
    (tmp_path / "layercheck.toml").write_text('plugins = ["rules.py", "company_f"]\n')

    def fingerprint() -> str:
        with chdir(tmp_path):
            return find_plugins().fingerprint()

    first = fingerprint()
    assert fingerprint() == first
    (tmp_path / "rules.py").write_text(RULE + "# changed\n")
    second = fingerprint()
    (tmp_path / "company_f.py").write_text(RULE.replace("XY1", "XZ1").replace("too-", "z-") + "# changed\n")
    assert len({first, second, fingerprint()}) == 3


def test_the_fingerprint_of_a_rule_follows_its_options_and_severity(tmp_path: Path) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": ROOMY}, PLUGIN)

    def fingerprint(configuration: str) -> str:
        (tmp_path / "layercheck.toml").write_text(PLUGIN + configuration)
        application = find_target([tmp_path])
        rules = application.plugins.make_active(application.loaded.configuration)
        return application.plugins.fingerprint(rule for rule in rules if rule.code == "XY101")

    seen = [fingerprint(each) for each in ("", "rules.XY101.max-names = 4\n", 'severity.XY101 = "error"\n')]

    assert len(set(seen)) == 3
    assert fingerprint('ignore = ["LC101"]\n') == seen[0]


def test_a_preset_of_a_plugin_is_laid_over_ours(tmp_path: Path) -> None:
    preset = (
        "from layercheck import hookimpl\n\n\n@hookimpl\ndef layercheck_presets():\n"
        "    return {'acme': {'exhaustive': True, 'roles': {'api': ['portal']}}}\n"
    )
    write_project(tmp_path, LAYERS | {"rules.py": preset}, PLUGIN + 'preset = "acme"\nroles.api = ["door"]\n')

    loaded = find_target([tmp_path]).loaded

    assert loaded.configuration.exhaustive
    assert {"portal", "door", "endpoints"} <= set(loaded.configuration.roles["api"])
    assert loaded.origins["exhaustive"].text == "preset acme"


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("{'layered': {}}", "gives the preset 'layered', which is layercheck's own"),
        (
            "{'acme': {'exclud': []}}",
            "gives the preset 'acme' with a mistake: exclud: unknown key 'exclud'; did you mean",
        ),
        ("{'acme': {'select': ['LC9']}}", "gives the preset 'acme' with a mistake: select: expected the code"),
        ("{'acme': {'plugins': []}}", "gives the preset 'acme' with the key 'plugins', which a preset cannot have"),
        ("['acme']", "does not return presets from layercheck_presets: expected a dict of tables by name"),
        ("{'': {}}", "gives a preset the name '': expected some text"),
    ],
)
def test_a_preset_that_cannot_be_used(tmp_path: Path, table: str, message: str) -> None:
    text = f"from layercheck import hookimpl\n\n\n@hookimpl\ndef layercheck_presets():\n    return {table}\n"

    assert message in error_of(tmp_path, text)


MODULE_RULE = """\
import os

from layercheck import Severity, hookimpl
from layercheck.rule.module_rule import ModuleRule


class NoGlobals(ModuleRule):
    '''A module with a constant.'''

    code = "XY301"
    name = "no-constants"
    severity = Severity.WARNING

    def check(self, module):
        from company_g.words import WORD

        if os.environ.get("IT_FAILS") == "endlessly":
            return self.check(module)
        if "IT_FAILS" in os.environ:
            raise SystemExit
        return [module.finding(module.tree.body[0], WORD)]


@hookimpl
def layercheck_rules():
    return [NoGlobals]
"""


def write_with_module_rule(root: Path) -> Path:
    files = {f"app/services/s{number}.py": "x = 1\n" for number in range(3)}
    plugin = {"company_g/__init__.py": "", "company_g/rules.py": MODULE_RULE, "company_g/words.py": "WORD = 'one'\n"}
    return write_project(root, LAYERS | files | plugin, 'plugins = ["company_g.rules"]\nselect = ["XY301", "LC0"]\n')


@pytest.mark.parametrize(
    ("how", "message"), [("once", "SystemExit"), ("endlessly", "RecursionError: maximum recursion")]
)
def test_a_module_rule_that_raises_is_told_once_and_never_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: str, message: str
) -> None:
    root = write_with_module_rule(tmp_path)
    for path in LAYERS:
        (root / path).write_text("y = 2\n")
    monkeypatch.setenv("IT_FAILS", how)
    failed = check_folder(root, cache=True)
    monkeypatch.delenv("IT_FAILS")
    again = check_folder(root, cache=True)

    assert failed.findings == ()
    assert [failure.message.startswith(message) for failure in failed.failures] == [True]
    assert [failure.path for failure in failed.failures] == ["company_g/rules.py"]
    assert len(of_rule(again, "XY301")) == len(again.findings) == 5


def test_what_module_rules_found_is_void_when_their_helpers_change(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # What a rule imports only when it looks must leave no bytecode either, or the next run believes that.
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    root = write_with_module_rule(tmp_path)
    for path in LAYERS:
        (root / path).write_text("y = 2\n")
    first = check_folder(root, cache=True)
    (root / "company_g/words.py").write_text("WORD = 'two'\n")
    second = check_folder(root, cache=True)

    assert {each.message for each in first.findings} == {"one"}
    assert {each.message for each in second.findings} == {"two"}
    assert not list(root.rglob("*.pyc"))


EMPTYING_RULE = """\
import ast

from layercheck import ModuleRule, Severity, hookimpl


class EmptiesImports(ModuleRule):
    '''Takes the names out of every import of the tree that all rules share.'''

    code = "AA001"
    name = "empties-imports"
    severity = Severity.INFO

    def check(self, module):
        for node in module.nodes(ast.Import, ast.ImportFrom):
            node.names.clear()
        return module.imports and ()


@hookimpl
def layercheck_rules():
    return [EmptiesImports]
"""


def test_a_rule_that_changes_the_tree_hides_nothing_and_spoils_no_cache(tmp_path: Path) -> None:
    endpoint = "from fastapi import APIRouter\nrouter = APIRouter()\n\n@router.get('/')\ndef read(): ...\n"
    files = {
        **LAYERS,
        "app/models/user.py": "from app.services import base\n",
        "app/services/web.py": endpoint,
        "rules.py": EMPTYING_RULE,
    }
    write_project(tmp_path, files)
    honest = {(each.code, each.location.path) for each in check_folder(tmp_path).findings}

    (tmp_path / "layercheck.toml").write_text(PLUGIN)
    first = {(each.code, each.location.path) for each in check_folder(tmp_path).findings}
    again = {(each.code, each.location.path) for each in check_folder(tmp_path).findings}

    assert "LC101" in {code for code, _ in honest}
    assert first == again == honest


@pytest.mark.parametrize(
    ("finding", "message"),
    [
        ("'text'", "TypeError: check() gives str 'text', expected what module.finding() or module.fact() makes"),
        ("module.fact('', node)", "ValueError: check() gives a fact without a kind"),
        (
            "module.fact('call', node, [1])",
            "TypeError: check() gives a fact that cannot be used: Expected `str`, got `int` - at `$[3][0]`",
        ),
        (
            "module.fact('call', Span(Position(10**6, 0), Position(10**6, 1)))",
            "ValueError: check() gives a place outside of the file: 1000000:0 to 1000000:1",
        ),
        (
            "module.finding(node, ('no', 'print'))",
            "TypeError: check() gives a finding that cannot be used: Expected `str`, got `array` - at `$[2]`",
        ),
        (
            "module.finding(Span(Position(10**6, 0), Position(10**6, 1)), 'far')",
            "ValueError: check() gives a place outside of the file: 1000000:0 to 1000000:1",
        ),
        (
            "module.finding(node, 'x', fix=Fix('Do', (Edit(Span(Position(9, 0), Position(9, 1)), 'y'),)))",
            "ValueError: check() gives a fix that changes a place outside of the file: line 9, column 0",
        ),
        (
            "module.finding(node, 'x', fix=Fix('Do', (Edit(module.span(node), 'y'), Edit(module.span(node), 'z'))))",
            "ValueError: check() gives a fix that changes line 1 twice: its edits overlap",
        ),
        (
            "module.finding(node, 'x', fix=Fix('Do', ['y']))",
            "TypeError: check() gives a finding that cannot be used: Expected `object`, got `str` - at `$[6].edits[0]`",
        ),
    ],
)
def test_what_a_module_rule_must_not_give(tmp_path: Path, finding: str, message: str) -> None:
    files = LAYERS | {"app/models/user.py": "print(1)\n", "rules.py": _module_rule(finding=finding)}

    report = check_tree(tmp_path, files, PLUGIN)

    assert [failure.message for failure in report.failures] == [message]
    assert report.failures[0].plugin == "rules.py"


def test_fixes_without_an_end_name_the_plugin(tmp_path: Path) -> None:
    fix = "module.finding(node, 'x', fix=Fix('Do', (Edit(module.span(node), 'print(1) or print(1)'),)))"
    files = LAYERS | {"app/models/user.py": "print(1)\n", "rules.py": _module_rule(finding=fix)}
    write_project(tmp_path, files, PLUGIN)

    run = run_apart("check", "--fix", folder=tmp_path)

    said = (
        "the plugin rules.py gives the rule XY201, which cannot be used: its fixes of app/models/user.py come to no end"
    )
    assert (run.code, said in run.err) == (2, True)
    assert (tmp_path / "app/models/user.py").read_text() == "print(1)\n"


_SIDE_EFFECT = "from pathlib import Path\nPath(__file__).with_name('it-ran').touch()\n" + RULE


@pytest.mark.parametrize(
    "arguments",
    [
        ["config"],
        ["rule", "LC101"],
        ["rule", "layer-order"],
        ["explain", "LC101"],
        ["explain", "lc102"],
        ["check", "--show-files"],
        ["check", "--show-files", "app/models"],
        ["--version"],
        ["check", "--help"],
        ["completion", "bash"],
    ],
)
def test_what_needs_no_plugin_runs_none(tmp_path: Path, arguments: list[str]) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": _SIDE_EFFECT}, PLUGIN + "exclude = ['docs/']\n")

    run = run_apart(*arguments, folder=tmp_path)

    assert (run.code, (tmp_path / "it-ran").exists()) == (0, False)


@pytest.mark.parametrize(
    ("arguments", "configuration"),
    [
        (["config"], 'select = ["XY101"]\n'),
        (["config"], "[severity]\ntoo-many = 'error'\n"),
        (["check", "--show-files"], 'extend-select = ["XY"]\n'),
        (["config", "--schema"], ""),
        (["rule"], ""),
        (["rule", "XY101"], ""),
        (["explain", "too-many"], ""),
    ],
)
def test_what_needs_a_plugin_runs_it(tmp_path: Path, arguments: list[str], configuration: str) -> None:
    write_project(tmp_path, LAYERS | {"rules.py": _SIDE_EFFECT}, PLUGIN + configuration)

    run = run_apart(*arguments, folder=tmp_path)

    assert (run.code, (tmp_path / "it-ran").exists()) == (0, True), run.err
