from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from tests.running import PROJECT_FILES, run_here, write_project, write_tree
from tests.server.editor import Editor

if TYPE_CHECKING:
    from pathlib import Path

LAYERED = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/services/rates.py": "",
    "app/models/user.py": "NAME = 1\n",
}
UPWARD = "import app.services.rates\n"
NO_INFO = 'ignore = ["LC107"]\n'
"""For modules without a role, on which there is no more to say."""
START = types.Range(types.Position(0, 0), types.Position(0, 0))


def _place(diagnostic: types.Diagnostic) -> tuple[int, int, int, int]:
    start, end = diagnostic.range.start, diagnostic.range.end
    return start.line, start.character, end.line, end.character


def test_a_finding_comes_as_you_type_and_goes_with_its_comment(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        editor.open(user)
        editor.wait(user)

        editor.change(user, f"NAME = 1\n{UPWARD}")
        (found,) = editor.wait(user, "LC101")

        assert _place(found) == (1, 7, 1, 25)
        assert found.severity is types.DiagnosticSeverity.Error
        assert found.source == "layercheck"
        assert found.code_description is not None
        assert found.code_description.href.endswith("/docs/rules/layer-order.md")
        hover = editor.hover(user, 1, 10)
        assert hover.startswith("**LC101** layer-order (error): `models` must not import `services`")
        assert "- help: " in hover
        assert editor.hover(user, 0, 0) == ""

        titles = [each.title for each in editor.actions(user, found.range)]
        assert titles == ["Ignore LC101 here", "Add LC101 to the baseline", "Explain LC101"]
        action = editor.action(user, found.range, "Ignore LC101 here")
        assert editor.apply(user, action) == f"NAME = 1\n{UPWARD.rstrip()}  # layercheck: ignore[LC101] REASON\n"
        editor.wait(user)
    assert user.read_text() == "NAME = 1\n"


def test_a_comment_without_effect_is_unnecessary(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        editor.open(user, "import os  # layercheck: ignore[LC101] no more\n")

        (found,) = editor.wait(user, "LC002")

        assert [*(found.tags or ())] == [types.DiagnosticTag.Unnecessary]


def test_the_edit_of_one_file_shows_in_another_one(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/glue.py": f"X = 1; {UPWARD}"}, NO_INFO)
    user, glue = root / "app/models/user.py", root / "app/glue.py"
    with Editor(root) as editor:
        editor.open(user)
        editor.open(glue)
        editor.wait(glue)

        editor.change(user, "X = '🙂'; import app.glue\n")
        (found,) = editor.wait(glue, "LC106")

        assert found.related_information is not None
        hops = {(each.location.uri, each.location.range.start.character) for each in found.related_information}
        assert hops == {(user.as_uri(), 17), (glue.as_uri(), 14)}

        editor.change(user, "X = 2\n")
        editor.wait(glue)


def test_columns_are_counted_as_the_client_does(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    text = "x = '🙂漢字'; import app.services.rates\x0c\nimport os\n"
    expected = {None: 19, types.PositionEncodingKind.Utf8: 25, types.PositionEncodingKind.Utf32: 18}
    for encoding, column in expected.items():
        with Editor(root, encodings=[encoding] if encoding else []) as editor:
            editor.open(user)
            editor.wait(user)
            editor.change(user, text)

            (found,) = editor.wait(user, "LC101")

            assert _place(found) == (0, column, 0, column + 18)


def test_a_syntax_error_is_told_and_takes_nothing_away(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/models/user.py": UPWARD})
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        editor.open(user)
        editor.wait(user, "LC101")

        editor.change(user, f"{UPWARD}def f(:\n")
        found = editor.wait(user, "LC001", "LC101")

        assert {str(each.code): _place(each)[0] for each in found} == {"LC001": 1, "LC101": 0}
        assert editor.actions(user, START) == []

        editor.change(user, "def f(): ...\n")
        editor.wait(user)


def test_a_file_that_is_broken_when_it_is_opened(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    user.write_text("def f(:\n")
    with Editor(root) as editor:
        editor.open(user)
        editor.wait(user, "LC001")

        editor.change(user, UPWARD)
        editor.wait(user, "LC101")


def test_a_broken_configuration_is_told_where_it_stands(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/models/user.py": UPWARD})
    user, configuration = root / "app/models/user.py", root / "layercheck.toml"
    with Editor(root) as editor:
        editor.open(user)
        editor.wait(user, "LC101")
        for broken, line in (("\nignore = 1\n", 1), ("ignore = [\n", 0)):
            configuration.write_text(broken)
            editor.tell_of_change_on_disk(configuration)
            (found,) = editor.wait(configuration, "-")

            assert found.range.start.line >= line
            assert [each.code for each in editor.told(user)] == ["LC101"]

            configuration.write_text('ignore = ["LC101"]\n')
            editor.tell_of_change_on_disk(configuration)
            editor.wait(configuration)
            editor.wait(user)
            configuration.write_text("")
            editor.tell_of_change_on_disk(configuration)
            editor.wait(user, "LC101")


def test_the_line_of_the_configuration_is_related(tmp_path: Path) -> None:
    configuration = """# 漢字
layers = ["api", "services", "models"]

[severity]
LC101 = "warning"

[rules.LC101]
imports = ["runtime"]
"""
    root = write_project(tmp_path, LAYERED, configuration)
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        editor.open(user, UPWARD)

        (found,) = editor.wait(user, "LC101")

        assert found.severity is types.DiagnosticSeverity.Warning
        related = found.related_information or ()
        assert {each.location.uri for each in related} == {(root / "layercheck.toml").as_uri()}
        assert {(each.location.range.start.line, each.message) for each in related} == {
            (1, "`layers` is set here"),
            (4, "`severity.LC101` is set here"),
            (7, "`rules.LC101.imports` is set here"),
        }


def test_the_contract_is_related(tmp_path: Path) -> None:
    configuration = """layers = ["api", "services", "models"]

[[contracts]]
name = "rates are alone"
kind = "forbidden"
sources = ["app.services.rates"]
targets = ["app.models"]
"""
    root = write_project(tmp_path, LAYERED, configuration)
    rates = root / "app/services/rates.py"
    with Editor(root) as editor:
        editor.open(rates, "import app.models.user\n")

        (found,) = editor.wait(rates, "LC122")

        related = [(each.location.range.start.line, each.message) for each in found.related_information or ()]
        assert related == [(2, "the contract `rates are alone` is declared here")]


def test_a_broken_configuration_that_nobody_has_saved(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED, NO_INFO)
    user, configuration = root / "app/models/user.py", root / "layercheck.toml"
    with Editor(root) as editor:
        editor.open(user, "import app.services.users\n")
        editor.open(configuration)
        editor.wait(user, "LC101")

        editor.change(configuration, f"{NO_INFO}# 漢字\nselect = 1\n")
        (found,) = editor.wait(configuration, "-")

        assert _place(found) == (2, 0, 2, 10)
        assert "select" in found.message
        # The last valid one is in force, whatever is typed elsewhere.
        editor.change(user, UPWARD)
        editor.wait(user, "LC101")
        editor.wait(configuration, "-")

        editor.change(configuration, 'ignore = ["LC101"]\n')
        editor.wait(configuration)
        editor.wait(user)

        editor.close(configuration)
        editor.wait(user, "LC101")
    assert configuration.read_text() == NO_INFO


def test_a_table_that_is_new_in_an_unsaved_manifest(tmp_path: Path) -> None:
    manifest = '[project]\nname = "shop"\ndependencies = ["fastapi==0.115.6"]\n'
    root = write_tree(tmp_path, LAYERED | {"pyproject.toml": manifest})
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        editor.open(user, UPWARD)
        editor.open(root / "pyproject.toml")
        editor.wait(user, "LC101")

        editor.change(root / "pyproject.toml", f'{manifest}[tool.layercheck]\nignore = ["LC101"]\n')

        editor.wait(user)


def test_a_rule_that_raises_is_told_once_and_takes_nothing_away(tmp_path: Path) -> None:
    plugin = """
        from layercheck import ProjectRule, Severity, hookimpl

        class Broken(ProjectRule):
            \"\"\"Never works.\"\"\"

            code = "SHOP001"
            name = "broken"
            severity = Severity.ERROR

            def check(self, project):
                raise ValueError("no luck")

        @hookimpl
        def layercheck_rules():
            return [Broken]
    """
    root = write_project(tmp_path, LAYERED | {"checks/rules.py": plugin}, 'plugins = ["checks/rules.py"]\n')
    user = root / "app/models/user.py"
    with Editor(root, options={"trusted": True}) as editor:
        editor.open(user, UPWARD)
        editor.wait(user, "LC101")
        (found,) = editor.wait(root / "layercheck.toml", "-")
        editor.change(user, f"{UPWARD}{UPWARD}")
        editor.wait(user, "LC101")

        assert "SHOP001" in found.message
        assert "no luck" in found.message
        assert [message for message in editor.messages if "no luck" in message] == [found.message]


def test_a_broken_baseline_is_told_where_it_stands(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"layercheck-baseline.txt": "nonsense\n"})
    user, baseline = root / "app/models/user.py", root / "layercheck-baseline.txt"
    with Editor(root) as editor:
        editor.open(user, UPWARD)
        editor.wait(baseline, "-")

        baseline.unlink()
        editor.tell_of_change_on_disk(baseline)
        editor.wait(baseline)
        editor.wait(user, "LC101")


def test_saving_and_closing(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        editor.open(user)
        editor.wait(user)
        editor.change(user, UPWARD)
        editor.save(user)
        editor.wait(user, "LC101")

        editor.close(user)
        editor.wait(user)
        editor.open(user)
        editor.wait(user, "LC101")


def test_what_is_closed_without_saving_is_forgotten(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/glue.py": UPWARD}, NO_INFO)
    user, glue = root / "app/models/user.py", root / "app/glue.py"
    with Editor(root) as editor:
        editor.open(glue)
        editor.open(user, "import app.glue\n")
        editor.wait(glue, "LC106")

        editor.close(user)

        editor.wait(glue)


def test_quick_typing_is_answered_once(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        editor.open(user)
        editor.wait(user)
        before = editor.counts[user.as_uri()]
        for end in range(1, len(UPWARD)):
            editor.change(user, f"# {UPWARD[:end]}\n")
        editor.change(user, UPWARD)

        editor.wait(user, "LC101")

        assert editor.counts[user.as_uri()] == before + 1


def test_fixes(tmp_path: Path) -> None:
    broken = """
        from pydantic import BaseModel, validator


        class User(BaseModel):
            name: str

            class Config:
                orm_mode = True
    """
    manifest = {"setup.cfg": "[options]\ninstall_requires =\n    fastapi==0.115.6\n    pydantic==2.10\n"}
    root = write_project(tmp_path, LAYERED | manifest | {"app/schemas/user.py": broken})
    schema = root / "app/schemas/user.py"
    codes = [
        each[0] for each in run_here("check", str(root), "--output-format", "json").findings if "schemas" in each[1]
    ]
    assert codes
    with Editor(root) as editor:
        editor.open(schema)
        found = editor.wait(schema, *codes)

        quick = [each for mark in found for each in editor.actions(schema, mark.range, "quickfix")]
        (action,) = editor.actions(schema, START, "source.fixAll")
        fixed = editor.apply(schema, action)

        assert [each for each in quick if not each.title.startswith(("Ignore", "Add", "Explain"))]
        assert action.kind == "source.fixAll.layercheck"
        assert "model_config" in fixed
        assert all(edit.kind == "quickfix" for edit in quick)


def test_it_asks_to_be_told_of_changes_on_disk(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED | {"app/glue.py": UPWARD}, NO_INFO)
    user, glue = root / "app/models/user.py", root / "app/glue.py"
    with Editor(root) as editor:
        editor.open(glue)
        editor.wait(glue)
        assert [each.method for each in editor.registrations] == [types.WORKSPACE_DID_CHANGE_WATCHED_FILES]

        user.write_text("import app.glue\n")
        editor.tell_of_change_on_disk(user)

        editor.wait(glue, "LC106")
