from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from tests.running import PROJECT_FILES, write_project, write_tree
from tests.server.editor import Editor

if TYPE_CHECKING:
    from pathlib import Path

UPWARD = "import app.services.rates\n"
LAYERED = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.rates\n",
    "app/services/rates.py": "",
    "app/glue.py": f"X = '🙂漢'; {UPWARD}",
    "app/models/user.py": "NAME = 1\n",
    "app/models/order.py": f"X = '🙂漢'; {UPWARD}",
}
NO_INFO = 'ignore = ["LC107"]\n'


def _codes(report: types.FullDocumentDiagnosticReport) -> list[str]:
    return [str(each.code) for each in report.items]


def test_findings_are_given_to_who_asks_and_only_then(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED, NO_INFO)
    user, glue = root / "app/models/user.py", root / "app/glue.py"
    with Editor(root, pulls=True) as editor:
        editor.open(user)
        editor.open(glue)
        first = editor.pull(user)
        assert first.items == ()

        editor.change(user, f"import app.glue\n{UPWARD}")
        second = editor.pull(user, first.result_id)
        assert second.kind == "full"
        assert _codes(second) == ["LC101"]
        assert _codes(editor.pull(glue)) == ["LC106"]
        # The client can only know that the edited document has changed.
        assert editor.refreshes == 1

        third = editor.pull(user, second.result_id)
        assert third.kind == "unchanged"
        assert third.result_id == second.result_id
        assert editor.counts == {}


def test_the_workspace_is_answered_from_memory(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED, NO_INFO)
    user, order = root / "app/models/user.py", root / "app/models/order.py"
    with Editor(root, pulls=True) as editor:
        found = editor.pull_all()

        (mark,) = found[order.as_uri()].items
        assert mark.code == "LC101"
        assert mark.range.start == types.Position(0, 18)
        known = {uri: each.result_id for uri, each in found.items()}
        assert {each.kind for each in editor.pull_all(known).values()} == {"unchanged"}

        # A file that nobody has open is right about the texts of others.
        editor.open(user, "import app.glue\n")
        again = editor.pull_all(known)
        assert _codes(again[(root / "app/glue.py").as_uri()]) == ["LC106"]
        assert again[order.as_uri()].kind == "unchanged"

        order.write_text("")
        editor.tell_of_change_on_disk(order)
        last = editor.pull_all(known)
        assert last[order.as_uri()].items == ()


def test_an_unknown_file_has_no_findings(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    with Editor(root, pulls=True) as editor:
        assert editor.pull(root / "app/nowhere.py").items == ()


def test_who_cannot_be_asked_to_ask_again_is_given_the_findings(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root, pulls=True, refreshes=False) as editor:
        assert editor.server.diagnostic_provider is None
        editor.open(user, UPWARD)
        editor.wait(user, "LC101")


def test_mistakes_in_configurations_are_given_to_everybody(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED, "select = 1\n")
    with Editor(root, pulls=True) as editor:
        editor.open(root / "app/models/user.py")
        editor.wait(root / "layercheck.toml", "-")


def test_a_monorepo(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {".git/HEAD": "", "tools/run.py": UPWARD, "shop/.git/HEAD": ""})
    one = write_project(root / "one", LAYERED)
    two = write_project(root / "one/two", LAYERED)
    with Editor(root, pulls=True) as editor:
        editor.open(root / "tools/run.py")

        found = editor.pull_all()

        errors = {uri for uri, each in found.items() if "LC101" in _codes(each)}
        assert errors == {(each / "app/models/order.py").as_uri() for each in (one, two)}
        assert [each.code for each in found[(two / "app/models/order.py").as_uri()].items] == ["LC101"]
        assert editor.pull(root / "tools/run.py").items == ()


@pytest.mark.parametrize("cancels", [False, True])
def test_a_long_check_shows_how_far_it_is_and_can_be_cancelled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, cancels: bool
) -> None:
    # What takes long depends on the machine; here, everything does.
    monkeypatch.setattr("layercheck.server.progress._LONG_S", 0.01)
    monkeypatch.setattr("layercheck.server.progress._STEP_S", 0.02)
    many = {f"app/models/part{at}/thing{each}.py": _LONG for at in range(6) for each in range(200)}
    root = write_project(tmp_path, LAYERED | many, NO_INFO)
    order = root / "app/models/order.py"
    with Editor(root, pulls=True, progress=True) as editor:
        editor.cancels = cancels

        found = editor.pull_all()

        kinds = [each["kind"] for each in editor.progress]
        assert (kinds[0], {*kinds[1:-1]}, kinds[-1]) == ("begin", {"report"}, "end")
        assert editor.progress[0]["cancellable"]
        assert [uri for uri, each in found.items() if each.items] == ([] if cancels else [order.as_uri()])

        editor.cancels = False
        editor.open(order)
        assert "LC101" in _codes(editor.pull(order))


_LONG = "".join(f"class C{at}:\n    def f(self, a, b):\n        return [a, b, {at}]\n" for at in range(120))
