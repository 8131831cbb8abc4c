"""Contracts of import-linter are judged where they stand: which files, on which modules, once, and nothing is lost."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from layercheck.errors import ConfigurationError
from tests.engine.test_workspace import Editor
from tests.repositories import make_repository
from tests.running import check_folder, check_tree, of_rule, run_apart, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.finding import Finding
    from layercheck.model.report import Report

SHOP = {
    "shop/__init__.py": "",
    "shop/web.py": "import shop.domain\n",
    "shop/domain.py": "\n\nfrom shop.storage import rows\n",
    "shop/storage/__init__.py": "",
    "shop/storage/rows.py": "",
}
HEAD = "[importlinter]\nroot_package = shop\n"
PURE = """
[importlinter:contract:pure]
name = the domain is pure
type = forbidden
source_modules = shop.domain
forbidden_modules = shop.storage
broken_contract_guidance = it must be testable
"""
PURE_TOML = """\
[tool.importlinter]
root_packages = ["shop"]

[[tool.importlinter.contracts]]
name = "the domain is pure"
type = "forbidden"
source_modules = ["shop.domain"]
forbidden_modules = ["shop.storage"]
"""
LAYERS = "layers = ['shop.web', 'shop.domain']\n"
CONTRACTS = ("LC12", "LC131", "LC132", "LC133")


def _check(root: Path, files: dict[str, str], configuration: str = "") -> Report:
    return check_tree(root, {**SHOP, **files}, LAYERS + configuration, select=CONTRACTS)


def _line_of(finding: Finding) -> int | None:
    return None if finding.location.span is None else finding.location.span.start.line


def _say(report: Report) -> list[tuple[str, str, int, str]]:
    return [(each.code, each.location.path, _line_of(each) or 0, each.severity.value) for each in report.findings]


@pytest.mark.parametrize(
    ("files", "origin"),
    [
        ({".importlinter": HEAD + PURE}, ".importlinter:4"),
        ({"setup.cfg": HEAD + PURE}, "setup.cfg:4"),
        ({"pyproject.toml": PURE_TOML}, "pyproject.toml:4"),
        ({"setup.cfg": HEAD + PURE, ".importlinter": HEAD, "pyproject.toml": PURE_TOML}, "setup.cfg:4"),
        ({"setup.cfg": "[metadata]\nname = importlinter\n", "pyproject.toml": PURE_TOML}, "pyproject.toml:4"),
    ],
)
def test_contracts_are_judged_without_being_asked_for(tmp_path: Path, files: dict[str, str], origin: str) -> None:
    report = _check(tmp_path, files)

    assert [(each.code, each.location.path, _line_of(each)) for each in report.findings] == [
        ("LC122", "shop/domain.py", 3)
    ]
    assert report.findings[0].notes[0] == f"contract: the domain is pure ({origin})"
    assert report.coverage.contracts == 1


def test_a_chain_is_shown_with_every_import_and_the_guidance(tmp_path: Path) -> None:
    contract = PURE.replace("shop.domain", "shop.web")
    (finding,) = _check(tmp_path, {".importlinter": HEAD + contract}).findings

    assert [(hop.importer, hop.imported) for hop in finding.chain] == [
        ("shop.web", "shop.domain"),
        ("shop.domain", "shop.storage.rows"),
    ]
    assert "reason: it must be testable" in finding.notes


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ("import-linter = false", []),
        ("import-linter = true", [("LC122", "shop/domain.py", 3, "error")]),
        ("ignore = ['LC122']", []),
        ("import-linter = ['ci/imports.ini']", [("LC125", "shop/domain.py", 3, "error")]),
    ],
)
def test_the_configuration_says_which_files(
    tmp_path: Path, configuration: str, expected: list[tuple[str, str, int, str]]
) -> None:
    other = HEAD + "[importlinter:contract:1]\nname = rows\ntype = protected\nprotected_modules = shop.storage\n"
    files = {".importlinter": HEAD + PURE, "ci/imports.ini": f"{other}allowed_importers =\n"}

    assert _say(_check(tmp_path, files, configuration)) == expected


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ("import-linter = ['gone.ini']", "'gone.ini' is not a file in"),
        ("import-linter = ['../x.ini']", "expected a file below the folder of this one, found '../x.ini'"),
        ("import-linter = 1", "expected true or false or a list of strings, found the number 1"),
    ],
)
def test_mistakes_in_the_configuration_are_errors(tmp_path: Path, configuration: str, expected: str) -> None:
    with pytest.raises(ConfigurationError, match=expected):
        _check(tmp_path, {}, configuration)


def test_after_migration_nothing_is_judged_twice(tmp_path: Path) -> None:
    several = (
        "\n[importlinter:contract:each]\nname = each alone\ntype = forbidden\nsource_modules =\n    shop.domain\n"
        "    shop.web\nforbidden_modules = shop.*\n"
    )
    write_tree(tmp_path, {**SHOP, ".importlinter": HEAD + PURE + several})
    before = check_folder(tmp_path, select=CONTRACTS)

    assert run_apart("migrate", "--write", folder=tmp_path).code == 0
    after = check_folder(tmp_path, select=CONTRACTS)

    assert {each.fingerprint for each in of_rule(before, "LC122")} >= {
        each.fingerprint for each in of_rule(after, "LC122") if "each alone" not in each.message
    }
    assert len(of_rule(after, "LC122")) == len(of_rule(before, "LC122")) == 3
    assert all("(layercheck.toml:" in each.notes[0] for each in after.findings)


def test_a_contract_of_ours_with_the_same_name_and_another_kind_is_another_one(tmp_path: Path) -> None:
    ours = '[[contracts]]\nname = "the domain is pure"\nkind = "protected"\nmodules = ["shop.storage"]\n'
    report = _check(tmp_path, {".importlinter": HEAD + PURE}, ours)

    assert [each.notes[0] for each in report.findings] == [
        "contract: the domain is pure (.importlinter) (.importlinter:4)",
        "contract: the domain is pure (layercheck.toml:2)",
    ]


def test_each_folder_has_contracts_for_its_own_modules(tmp_path: Path) -> None:
    backends = {
        f"{name}/{path}": text
        for name in ("one", "two")
        for path, text in {**SHOP, ".importlinter": HEAD + PURE}.items()
    }
    backends["two/shop/domain.py"] = ""
    report = check_tree(tmp_path, backends, select=CONTRACTS)

    assert _say(report) == [("LC122", "one/shop/domain.py", 3, "error")]
    assert report.coverage.contracts == 2


def test_a_file_beside_other_packages_is_named(tmp_path: Path) -> None:
    report = _check(tmp_path, {"ci/.importlinter": HEAD + PURE})

    assert _say(report) == [("LC133", "ci/.importlinter", 1, "warning")]
    assert "name the file in `import-linter`" in report.findings[0].message
    named = _check(tmp_path, {"ci/.importlinter": HEAD + PURE}, 'import-linter = ["ci/.importlinter"]')
    assert _say(named) == [("LC122", "shop/domain.py", 3, "error")]


def test_folders_without_init_are_packages_as_well(tmp_path: Path) -> None:
    files = {path: text for path, text in SHOP.items() if not path.endswith("__init__.py")}
    report = check_tree(tmp_path, {**files, ".importlinter": HEAD + PURE}, select=CONTRACTS)

    assert _say(report) == [("LC122", "shop/domain.py", 3, "error")]


def test_modules_that_do_not_exist_are_warnings(tmp_path: Path) -> None:
    stale = PURE.replace("shop.storage", "\n    shop.storage\n    shop.stroage")
    report = _check(tmp_path, {".importlinter": HEAD.replace("= shop", "=\n  shop\n  shpo") + stale})

    assert _say(report) == [
        ("LC133", ".importlinter", 1, "warning"),
        ("LC131", ".importlinter", 12, "warning"),
        ("LC122", "shop/domain.py", 3, "error"),
    ]
    assert "did you mean 'shop.storage'?" in report.findings[1].message


@pytest.mark.parametrize(
    ("alerting", "severity"), [("", "error"), ("error", "error"), ("warn", "warning"), ("none", None)]
)
def test_an_ignored_import_that_does_not_exist_is_as_severe_as_the_file_says(
    tmp_path: Path, alerting: str, severity: str | None
) -> None:
    ignored = "ignore_imports =\n    shop.domain -> shop.storage.rows\n    shop.domain -> shop.gone\n"
    said = f"unmatched_ignore_imports_alerting = {alerting}\n" if alerting else ""
    report = _check(tmp_path, {".importlinter": HEAD + PURE + ignored + said})

    assert _say(report) == ([("LC132", ".importlinter", 12, severity)] if severity else [])


def test_the_severity_of_the_configuration_wins(tmp_path: Path) -> None:
    ignored = "ignore_imports =\n    shop.domain -> shop.gone\n"
    report = _check(tmp_path, {".importlinter": HEAD + PURE + ignored}, "severity.LC132 = 'info'\nignore = ['LC122']")

    assert [each.severity.value for each in report.findings] == ["info"]


def test_an_ignored_import_that_is_not_needed_is_a_warning(tmp_path: Path) -> None:
    ignored = "ignore_imports =\n    shop.web -> shop.domain\n"
    report = _check(tmp_path, {".importlinter": HEAD + PURE + ignored})

    assert _say(report)[0] == ("LC132", ".importlinter", 11, "warning")


@pytest.mark.parametrize(
    ("text", "line", "severity", "message"),
    [
        ("[importlinter\n", 1, "error", "not a valid INI file: "),
        (HEAD, 1, "error", "there are no contracts"),
        (
            "[importlinter]\nroot_package = shpo\n" + PURE,
            1,
            "error",
            "there is no package `shpo`; did you mean 'shop'?",
        ),
        (
            HEAD + PURE.replace("forbidden\n", "forbiden\n"),
            6,
            "error",
            "unknown type 'forbiden'; did you mean 'forbidden'?",
        ),
        (HEAD + PURE + "as_packages = perhaps\n", 10, "error", "'as_packages': expected true or false"),
        (HEAD + PURE + "as_package = True\n", 10, "error", "import-linter knows no option 'as_package'"),
        (HEAD + PURE + "ignore_imports = shop.web\n", 4, "error", "'shop.web' is not an import"),
        (HEAD + PURE.replace("shop.storage", "shop.***"), 4, "error", "'shop.***' has"),
        (
            HEAD + PURE.replace("shop.storage", ""),
            8,
            "warning",
            "'forbidden_modules' is empty, so nothing can break it",
        ),
        (HEAD + PURE + "unmatched_ignore_imports_alerting = loud\n", 10, "error", "expected error, warn or none"),
    ],
)
def test_what_cannot_be_judged_is_reported_and_the_rest_is_judged(
    tmp_path: Path, text: str, line: int, severity: str, message: str
) -> None:
    kept = "\n[importlinter:contract:2]\nname = kept\ntype = independence\nmodules =\n    shop.web\n    shop.storage.rows\n"
    has_more = "[importlinter:" in text and "shpo" not in text
    report = _check(tmp_path, {".importlinter": text + kept if has_more else text})

    (finding,) = of_rule(report, "LC133")
    assert (finding.location.path, _line_of(finding)) == (".importlinter", line)
    assert finding.severity.value == severity
    assert message in finding.message
    assert [each.location.path for each in of_rule(report, "LC124")] == (["shop/domain.py"] if has_more else [])


@pytest.mark.parametrize(
    ("text", "line", "severity", "message"),
    [
        (PURE, 2, "error", "there are contracts, but no section [importlinter]"),
        (
            "[import-linter]\nroot_package = shop\n" + PURE,
            4,
            "error",
            "there are contracts, but no section [importlinter]",
        ),
        ("[import-linter]\nroot_package = shop\n", 1, "error", "the file has no section [importlinter]"),
        ("\xff\xfe[\x00i\x00m\x00", 1, "error", "the file has no section [importlinter]"),
        ("[importlinter]\n" + PURE, 1, "warning", "there is no `root_package`"),
        (HEAD + PURE.replace("type = forbidden\n", ""), 4, "error", "the contract has no 'type'; known are"),
    ],
)
def test_a_file_that_import_linter_alone_would_read_is_never_passed_over(
    tmp_path: Path, text: str, line: int, severity: str, message: str
) -> None:
    write_tree(tmp_path, {".importlinter": text.encode("latin-1")})

    found = of_rule(_check(tmp_path, {}), "LC133")

    assert [(each.location.path, _line_of(each), each.severity.value) for each in found] == [
        (".importlinter", line, severity)
    ]
    assert message in found[0].message


def test_a_file_of_import_linter_that_cannot_be_read_is_never_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("layercheck.regular_file.LARGEST_FILE", 1000)

    found = of_rule(_check(tmp_path, {".importlinter": HEAD + PURE + "#" * 1000}), "LC133")

    assert [(each.location.path, each.severity.value) for each in found] == [(".importlinter", "error")]
    assert "the file cannot be read, so no contract is judged" in found[0].message


def test_an_empty_file_of_import_linter_says_nothing(tmp_path: Path) -> None:
    assert of_rule(_check(tmp_path, {".importlinter": "\n"}), "LC133") == []


def test_a_mistake_in_a_wildcard_is_reported_once(tmp_path: Path) -> None:
    text = HEAD + PURE.replace("shop.domain", "shop.**").replace("shop.storage\n", "shop.storage\n    shop..b\n")

    messages = [each.message for each in of_rule(_check(tmp_path, {".importlinter": text}), "LC133")]

    assert len(messages) == len({*messages})
    assert any("'shop..b'" in each for each in messages)


def test_a_cached_report_is_made_anew_when_a_contract_changes(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, "layercheck.toml": "", "setup.cfg": HEAD, ".importlinter": HEAD + PURE})
    counts = []
    for text in (HEAD + PURE, HEAD + PURE.replace("shop.storage", "shop.web"), HEAD + PURE):
        write_tree(tmp_path, {".importlinter": text, "setup.cfg": ""})
        counts.append(len(check_folder(tmp_path, cache=True, select=["LC12"]).findings))

    assert counts == [1, 0, 1]


def test_wildcards_that_mean_too_many_pairs_are_said_to_be_judged_less_exactly(tmp_path: Path) -> None:
    files = {f"shop/m{number}.py": "" for number in range(230)} | {"shop/m1.py": "import shop.m2\n"}
    contract = PURE.replace("shop.domain", "shop.*").replace("shop.storage", "shop.*")
    report = _check(tmp_path, {**files, ".importlinter": HEAD + contract})

    (loss,) = of_rule(report, "LC133")
    assert loss.severity.value == "warning"
    assert "name more than 50,000 pairs of modules" in loss.message


def test_the_base_of_a_comparison_has_its_own_contracts(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, "layercheck.toml": f"{LAYERS}import-linter = ['ci/x.ini']", "ci/x.ini": HEAD + PURE})
    make_repository(tmp_path)
    write_tree(tmp_path, {"shop/tools.py": "", "shop/domain.py": "import shop.storage.rows, shop.tools\n"})

    outcome = run_apart("diff", "HEAD", "--output-format", "json", folder=tmp_path)

    assert outcome.code == 0, outcome.out + outcome.err
    assert not outcome.report["introduced"]
    assert "LC122" in [each["code"] for each in outcome.report["carried"]]
    assert "LC133" not in outcome.out


def test_a_file_that_is_gone_judges_nothing(tmp_path: Path) -> None:
    _check(tmp_path, {"ci/.importlinter": HEAD + PURE})
    shutil.rmtree(tmp_path / "ci")

    assert not _check(tmp_path, {}).findings


def _count(report: Report | str, code: str = "LC122") -> int:
    assert not isinstance(report, str), report
    return len(of_rule(report, code))


def test_an_open_project_follows_edits_of_code_and_contracts(tmp_path: Path) -> None:
    editor = Editor(write_project(tmp_path, {**SHOP, ".importlinter": HEAD + PURE}, LAYERS))
    found = [_count(editor.check(looks=True)), _count(editor.write("shop/domain.py", ""))]
    write_tree(
        tmp_path,
        {".importlinter": HEAD + PURE.replace("shop.domain", "shop.web").replace("shop.storage", "shop.domain")},
    )
    found.append(_count(editor.check(looks=True)))
    found.append(_count(editor.write("shop/web.py", "")))

    assert found == [1, 0, 1, 0]


def test_an_open_project_runs_the_class_of_a_contract_again(tmp_path: Path) -> None:
    ini = f"{HEAD}contract_types = ours: checks.Ours\n[importlinter:contract:1]\nname = ours\ntype = ours\n"
    class_ = (
        "from importlinter import Contract, ContractCheck\n\n\nclass Ours(Contract):\n    def check(self, graph, verbose):\n"
        "        return ContractCheck(kept=graph.count_imports() < 2)\n\n"
        "    def render_broken_contract(self, check):\n        pass\n"
    )
    editor = Editor(write_project(tmp_path, {**SHOP, "checks.py": class_, ".importlinter": ini}, LAYERS))
    found = [_count(editor.check(looks=True), "LC134"), _count(editor.write("shop/web.py", ""), "LC134")]
    write_tree(tmp_path, {"checks.py": class_.replace("< 2", "< 1")})
    found.append(_count(editor.check(looks=True), "LC134"))

    assert found == [1, 0, 1]
