from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from lsprotocol import types

from tests.running import PROJECT_FILES, write_project
from tests.server.editor import Editor

if TYPE_CHECKING:
    from pathlib import Path

LAYERED = {
    **PROJECT_FILES,
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.rates\n",
    "app/services/rates.py": "RATE = 1\n",
    "app/models/user.py": "",
}
NOTE = "# layercheck: ignore[LC101] REASON"


def _open_finding(editor: Editor, user: Path) -> types.Diagnostic:
    """Open a text with one finding."""
    editor.open(user, "import app.services.rates\n")
    (found,) = editor.wait(user, "LC101")
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("import app.services.rates", f"import app.services.rates  {NOTE}", id="no line end"),
        pytest.param(
            "x = 1\r\nimport app.services.rates\r\ny = 1\r\n",
            f"x = 1\r\nimport app.services.rates  {NOTE}\r\ny = 1\r\n",
            id="line ends of Windows",
        ),
        pytest.param(
            "if x:\n    from app.services.rates import (\n        RATE,\n    )\n",
            f"if x:\n    {NOTE}\n    from app.services.rates import (\n        RATE,\n    )\n",
            id="several lines",
        ),
        pytest.param(
            "x = '🙂漢'; import app.services.rates; y = '🙂'\n",
            f"x = '🙂漢'; import app.services.rates; y = '🙂'  {NOTE}\n",
            id="emoji",
        ),
        pytest.param(
            "import app.services.rates\nx = '🙂'\nimport app.services.rates\n",
            f"import app.services.rates  {NOTE}\nx = '🙂'\nimport app.services.rates  {NOTE}\n",
            id="two places",
        ),
    ],
)
def test_the_comment_stands_where_it_counts(tmp_path: Path, text: str, expected: str) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root, encodings=[types.PositionEncodingKind.Utf32]) as editor:
        editor.open(user, text)
        (found,) = editor.wait(user, "LC101")

        action = editor.action(user, found.range, "Ignore LC101 here")

        assert action.diagnostics is not None
        assert [each.code for each in action.diagnostics] == ["LC101"]
        assert editor.apply(user, action) == expected
        editor.wait(user)


def test_the_comment_has_all_that_the_project_asks_for(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED, "[suppressions]\nrequire-until = true\nmax-days = 10\n")
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        found = _open_finding(editor, user)

        action = editor.action(user, found.range, "Ignore LC101 here")

        days = [(dt.date.today() + dt.timedelta(days=ahead)).isoformat() for ahead in (9, 10)]  # noqa: DTZ011
        text = editor.apply(user, action)
        assert any(f"ignore[LC101] until={day} REASON" in text for day in days)
        editor.wait(user)


def test_nothing_is_offered_where_nothing_is_found_or_for_other_kinds(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    elsewhere = types.Range(types.Position(0, 0), types.Position(0, 2))
    with Editor(root) as editor:
        found = _open_finding(editor, user)

        assert editor.actions(user, elsewhere) == []
        assert editor.actions(user, found.range, "refactor") == []
        assert editor.actions(user, found.range, "source.fixAll") == []


def test_actions_are_about_the_text_of_the_moment(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        found = _open_finding(editor, user)

        editor.change(user, "\n\nimport app.services.rates\n")

        assert editor.actions(user, found.range) == []
        below = types.Range(types.Position(2, 8), types.Position(2, 8))
        action = editor.action(user, below, "Ignore LC101 here")
        assert editor.apply(user, action) == f"\n\nimport app.services.rates  {NOTE}\n"


def test_what_a_lazy_editor_chooses_is_written_then(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root, lazy=True) as editor:
        found = _open_finding(editor, user)
        action = editor.action(user, found.range, "Ignore LC101 here")
        assert action.edit is None
        late = editor.action(user, found.range, "Ignore LC101 here")

        assert editor.apply(user, editor.resolve(action)) == f"import app.services.rates  {NOTE}\n"

        editor.wait(user)
        # Nothing is written into a text that is another one by now.
        assert editor.resolve(late).edit is None


def test_a_finding_is_added_to_the_baseline(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        found = _open_finding(editor, user)
        action = editor.action(user, found.range, "Add LC101 to the baseline")
        assert action.command is not None

        editor.execute(action.command)

        editor.wait(user)
        assert "LC101 app.models.user -> app.services.rates" in (root / "layercheck-baseline.txt").read_text()
        assert editor.popups == ["layercheck: accepted LC101 app.models.user -> app.services.rates"]

        editor.execute(action.command)
        assert editor.popups[1:] == ["layercheck: the finding is not there any more, or is accepted already"]


def test_the_reason_is_recorded(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED)
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        found = _open_finding(editor, user)
        action = editor.action(user, found.range, "Add LC101 to the baseline")
        assert action.command is not None
        arguments = action.command.arguments or ()

        editor.execute(action.command.command, *arguments, "owner=me")
        assert editor.popups == ["layercheck: the reason contains 'owner=me'"]

        editor.execute(action.command.command, *arguments, "# until the\n rewrite")
        editor.wait(user)
        entry = (root / "layercheck-baseline.txt").read_text().splitlines()[-1]
        assert entry == "LC101 app.models.user -> app.services.rates  # until the rewrite"


def test_a_strict_package_accepts_nothing(tmp_path: Path) -> None:
    root = write_project(tmp_path, LAYERED, 'strict = ["app.models"]\n')
    user = root / "app/models/user.py"
    with Editor(root) as editor:
        found = _open_finding(editor, user)
        action = editor.action(user, found.range, "Add LC101 to the baseline")
        assert action.command is not None

        editor.execute(action.command)

        (popup,) = editor.popups
        assert popup == "layercheck: LC101 cannot be accepted here: `app.models` is strict and allows no entries"
        assert not (root / "layercheck-baseline.txt").exists()
