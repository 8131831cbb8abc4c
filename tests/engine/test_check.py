from __future__ import annotations

import datetime as dt
import os
import tempfile
import time
from pathlib import Path

import pytest

from layercheck.engine.check import check
from layercheck.engine.options import SMALL_PROJECT, CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.errors import NothingCheckedError
from layercheck.files.file_source import DiskSource
from layercheck.files.overlay_source import OverlaySource
from tests.running import (
    check_folder,
    check_tree,
    imports_reported,
    of_rule,
    without_privileges,
    without_timings,
    write_project,
    write_tree,
)

BROKEN_ORDER = {
    "app/__init__.py": "",
    "app/main.py": "",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n",
    "app/models/user.py": "import app.services.users\n",
}
FOUND = ["app.models.user -> app.services.users"]


def _age(root: Path) -> None:
    """Make all files look old, and wait until they are older than what the cache takes for the same moment."""
    for path in root.rglob("*.py"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    time.sleep(0.05)


def test_a_tree_without_python_files_has_no_verdict(tmp_path: Path) -> None:
    with pytest.raises(NothingCheckedError, match="there is no Python file here"):
        check_tree(tmp_path, {"readme.md": ""})


@pytest.mark.parametrize(
    "files",
    [
        {"x.py": ""},
        {"lib/a.py": "import lib.b\n", "lib/b.py": ""},
        {"app/services/x.py": "", "app/stuff.py": ""},
        {"tests/test_x.py": "", "setup.py": ""},
    ],
)
def test_a_project_without_layers_has_no_verdict_but_advice(tmp_path: Path, files: dict[str, str]) -> None:
    with pytest.raises(NothingCheckedError, match="no layers were recognised") as caught:
        check_tree(tmp_path, files)

    assert "[tool.layercheck.roles]" in str(caught.value)
    assert 'layers = ["app.web"' in str(caught.value)


def test_everything_unreadable_is_told_and_not_green(tmp_path: Path) -> None:
    files = dict.fromkeys(BROKEN_ORDER, "def f(:\n")

    report = check_tree(tmp_path, files)

    assert len(of_rule(report, "LC001")) == len(files)


def test_layers_of_ones_own_are_never_unrecognised_but_empty(tmp_path: Path) -> None:
    report = check_tree(tmp_path, {"x.py": ""}, 'layers = ["app.web", "app.data"]\n')

    assert len(of_rule(report, "LC108")) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"def f(:\n",
        b"x = 1\0\n",
        b"# coding: no-such-codec\n",
        b"x = '\xff'\n",
        "import os\n".encode("utf-16"),
        b"from .......too import many\n",
        b"{{ cookiecutter.name }} = {% if x %}\n",
        b"x = " + b"(" * 3000 + b")" * 2999,
        b"\tif x:\n  y\n z\n",
    ],
)
def test_an_unfaithful_file_is_one_finding_and_the_others_are_judged(tmp_path: Path, content: bytes) -> None:
    report = check_tree(tmp_path, BROKEN_ORDER | {"app/services/broken.py": content})

    assert [each.location.path for each in of_rule(report, "LC001")] == ["app/services/broken.py"]
    assert imports_reported(report, "LC101") == FOUND


def test_an_expression_of_six_thousand_terms_is_survived(tmp_path: Path) -> None:
    long = "x = " + " + ".join(["a"] * 6000) + "\nimport app.api.users\n"

    report = check_tree(tmp_path, BROKEN_ORDER | {"app/services/long.py": long})

    assert imports_reported(report, "LC101") == [*FOUND, "app.services.long -> app.api.users"]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfimport app.api.users\n",
        b"import os\r\n\r\nimport app.api.users\r\n",
        b"# -*- coding: latin-1 -*-\nx = '\xe9'\nimport app.api.users\n",
        b"x = 1\n\x0c\nimport app.api.users\n",
        b"import app.api.users",
        b"import os\rimport app.api.users\r",
    ],
)
def test_a_faithful_file_is_read_whatever_its_dress(tmp_path: Path, content: bytes) -> None:
    report = check_tree(tmp_path, BROKEN_ORDER | {"app/services/x.py": content})

    assert of_rule(report, "LC001") == []
    assert "app.services.x -> app.api.users" in imports_reported(report, "LC101")


def test_odd_entries_are_findings_and_the_others_are_judged(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER | {"app/services/folder.py/x.txt": ""})
    os.mkfifo(root / "app/services/pipe.py")
    (root / "app/services/gone.py").symlink_to("nowhere.py")
    (root / "app/services/round.py").symlink_to("round.py")

    report = check_folder(root)

    assert [each.location.path.rpartition("/")[2] for each in of_rule(report, "LC001")] == [
        *("folder.py", "gone.py", "pipe.py", "round.py"),
    ]
    assert imports_reported(report, "LC101") == FOUND


def test_a_name_that_is_no_text_is_a_finding(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    try:
        (root / "app/services" / os.fsdecode(b"caf\xe9.py")).write_bytes(b"")
    except OSError:
        pytest.skip("this file system only takes names that are text")

    report = check_folder(root)

    assert len(of_rule(report, "LC001")) == 1
    assert imports_reported(report, "LC101") == FOUND


def test_a_file_without_permission_is_a_finding() -> None:
    # The folders of pytest are closed to everybody but their owner.
    with tempfile.TemporaryDirectory() as folder:
        root = write_project(Path(folder), BROKEN_ORDER | {"app/services/secret.py": ""})
        check_folder(root)  # imports all that will be needed
        (root / "app/services/secret.py").chmod(0)

        with without_privileges(root):
            report = check_folder(root)

    assert [each.message for each in of_rule(report, "LC001")] == ["this file cannot be read: Permission denied"]
    assert imports_reported(report, "LC101") == FOUND


def test_in_large_projects_only_suspicious_files_are_parsed(tmp_path: Path) -> None:
    padding = "# padding\n" * (SMALL_PROJECT // 10)
    files = BROKEN_ORDER | {"app/services/large.py": padding, "app/services/broken.py": "def f(: pass\n"}
    root = write_project(tmp_path, files)

    exact = check_folder(root, exact=True)
    named = check(find_target([root / "app/services/broken.py"]), CheckOptions())

    assert imports_reported(check_folder(root), "LC101") == FOUND
    assert [each.location.path for each in of_rule(exact, "LC001")] == ["app/services/broken.py"]
    assert [each.location.path for each in of_rule(named, "LC001")] == ["app/services/broken.py"]


def test_an_exact_run_finds_the_imports_that_a_default_run_finds(tmp_path: Path) -> None:
    # What is used of a package that is one layer as a whole is no more than the import of the package.
    root = write_project(
        tmp_path,
        {
            "layercheck.toml": 'layers = ["app.api", "app.services"]\n',
            "app/__init__.py": "",
            "app/api/__init__.py": "",
            "app/api/users/__init__.py": "",
            "app/api/users/forms.py": "",
            "app/services/__init__.py": "",
            "app/services/mail.py": "from app.api import users\n\nusers.forms.send()\n",
            "app/services/tasks.py": "import importlib\nfrom app.api import users\n\nusers.forms.send()\nimportlib.import_module(x)\n",
        },
    )

    default, exact = (without_timings(check_folder(root, exact=how)) for how in (False, True))

    assert imports_reported(default, "LC101") == [
        "app.services.mail -> app.api.users",
        "app.services.tasks -> app.api.users",
    ]
    assert exact == default


def test_what_an_exact_run_found_beyond_the_suspicious_is_no_news_to_the_next(tmp_path: Path) -> None:
    padding = "# padding\n" * (SMALL_PROJECT // 10)
    broken = "from app.api import users\ndef f() pass\n"
    files = BROKEN_ORDER | {
        "app/services/large.py": padding,
        "app/models/broken.py": broken,
        "app/db/odd.py": "def g() pass\n",
    }
    root = write_project(tmp_path, files)
    _age(root)

    cold = without_timings(check_folder(root))
    exact = without_timings(check_folder(root, exact=True, cache=True))
    warm = without_timings(check_folder(root, cache=True))

    assert warm == cold
    assert without_timings(check_folder(root, exact=True)) == exact

    write_tree(
        root, {"app/db/odd.py": "def g() pass  # still\n", "app/services/large.py": f"import app.db.odd\n{padding}"}
    )
    assert without_timings(check_folder(root, cache=True)) == without_timings(check_folder(root))


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        pytest.param(
            "app/models/order.py",
            "import app\n\n\ndef f():\n    return 1\n",
            "import app\n\n\ndef f():\n    return app.services.users.find()\n",
            id="the use of an attribute of a package",
        ),
        pytest.param(
            "app/models/cart.py",
            "from app.models import basket\n\n\ndef f():\n    return 1\n",
            "from app.models import basket\n\n\ndef f():\n    return basket\n",
            id="the only use of what an import on a cycle binds",
        ),
        pytest.param(
            "app/things.py",
            "X = 1\n",
            "class Cart(db.Model):\n    pass\n",
            id="a table in a file without a role",
        ),
    ],
)
def test_a_warm_run_sees_an_edit_that_changes_no_import(tmp_path: Path, path: str, before: str, after: str) -> None:
    files = BROKEN_ORDER | {"app/models/basket.py": "from app.models import cart\n\nX = cart\n"}
    root = write_project(tmp_path, files | {path: before})
    _age(root)
    clean = without_timings(check_folder(root, cache=True))

    write_tree(root, {path: after})

    cold = without_timings(check_folder(root))
    assert cold != clean
    assert without_timings(check_folder(root, cache=True)) == cold


def test_a_warm_run_reads_nothing_and_says_the_same(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER | {"app/services/broken.py": "def f(:\n"})
    _age(root)

    reports = [without_timings(check_folder(root, cache=cache)) for cache in (False, True, True, True)]

    assert reports[0] == reports[1] == reports[2] == reports[3]
    assert "scan" in check_folder(root).timings
    assert "scan" not in check_folder(root, cache=True).timings


def test_a_change_of_the_same_size_and_time_is_seen(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    _age(root)
    check_folder(root, cache=True)

    write_tree(
        root, {"app/models/user.py": BROKEN_ORDER["app/models/user.py"].replace("services.users", "models.others")}
    )
    _age(root)

    assert imports_reported(check_folder(root, cache=True), "LC101") == []


@pytest.mark.parametrize(
    ("path", "text", "is_known"),
    [
        pytest.param("app/services/users.py", "import app.models.user\n# more\n", True, id="a line at the end"),
        pytest.param("app/models/user.py", "import app.services.users\n# more\n", True, id="a line below a finding"),
        pytest.param("app/models/user.py", "# more\nimport app.services.users\n", False, id="a line above a finding"),
        pytest.param(
            "app/models/user.py", "if x:\n    import app.services.users\n", False, id="another kind of import"
        ),
        pytest.param("app/models/user.py", "import app.services.users  # x(\n", True, id="a comment beside a finding"),
        pytest.param(
            "app/models/user.py",
            "import app.services.users  # layercheck: ignore[LC101] for now\n",
            False,
            id="a suppression",
        ),
        pytest.param("app/services/users.py", "import app.models.user, app.api.users\n", False, id="an import"),
        pytest.param("app/services/users.py", "", False, id="one import less"),
        pytest.param(
            "app/services/users.py", "import app.models.user\nclass A(Model): ...\n", False, id="evidence of a role"
        ),
        pytest.param("app/services/users.py", "import app.models.user\ndef f(:\n", False, id="a mistake"),
    ],
)
def test_after_an_edit_the_last_report_counts_as_far_as_nothing_has_moved(
    tmp_path: Path, path: str, text: str, is_known: bool
) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    _age(root)
    check_folder(root, cache=True)

    write_tree(root, {path: text})
    report = check_folder(root, cache=True)

    assert ("assemble" not in report.timings) is is_known
    assert without_timings(report) == without_timings(check_folder(root))


def test_a_project_that_is_no_longer_small_is_judged_anew(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER | {"app/services/broken.py": "def f(: pass\n"})
    _age(root)
    check_folder(root, cache=True)

    write_tree(root, {"app/services/users.py": f"import app.models.user\n#{' ' * SMALL_PROJECT}\n"})
    report = check_folder(root, cache=True)

    assert without_timings(report) == without_timings(check_folder(root))


def test_a_new_and_a_removed_file_are_seen(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    _age(root)
    check_folder(root, cache=True)

    write_tree(root, {"app/models/new.py": "import app.api.users\n"})
    assert len(imports_reported(check_folder(root, cache=True), "LC101")) == 2

    (root / "app/models/new.py").unlink()
    assert imports_reported(check_folder(root, cache=True), "LC101") == FOUND


def test_an_odd_entry_that_comes_or_goes_is_seen(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    _age(root)
    check_folder(root, cache=True)

    (root / "app/services/gone.py").symlink_to("nowhere.py")
    assert len(of_rule(check_folder(root, cache=True), "LC001")) == 1

    (root / "app/services/gone.py").unlink()
    assert of_rule(check_folder(root, cache=True), "LC001") == []


def test_a_part_may_have_a_name_that_is_no_text(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    name = os.fsdecode(b"caf\xe9.py")
    try:
        (root / name).write_bytes(b"")
    except OSError:
        pytest.skip("this file system only takes names that are text")

    report = check(find_target([root / name]), CheckOptions(cache_folder=root / ".layercheck_cache"))

    assert [each.code for each in report.findings] == ["LC001"]


def test_a_change_of_the_configuration_is_seen(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    _age(root)
    check_folder(root, cache=True)

    write_tree(root, {"layercheck.toml": 'ignore = ["LC101"]\n'})

    assert imports_reported(check_folder(root, cache=True), "LC101") == []


def test_a_change_of_gitignore_is_seen(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    _age(root)
    check_folder(root, cache=True)

    write_tree(root, {".gitignore": "/app/models/user.py\n"})

    assert imports_reported(check_folder(root, cache=True), "LC101") == []


def test_the_part_to_report_is_no_part_of_what_is_known(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    _age(root)
    options = CheckOptions(cache_folder=root / ".layercheck_cache")

    whole = check(find_target([root]), options)
    api = check(find_target([root / "app/api"]), options)
    models = check(find_target([root / "app/models/user.py"]), options)

    assert imports_reported(whole, "LC101") == FOUND
    assert imports_reported(api, "LC101") == []
    assert imports_reported(models, "LC101") == FOUND


def test_one_cached_report_serves_every_part(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    _age(root)
    options = CheckOptions(cache_folder=root / ".layercheck_cache")

    check(find_target([root / "app/api"]), options)
    models = check(find_target([root / "app/models/user.py"]), options)

    assert "scan" not in models.timings
    assert imports_reported(models, "LC101") == FOUND


def test_a_file_that_is_named_is_parsed_although_the_report_is_known(tmp_path: Path) -> None:
    filler = {"app/utils/big.py": "x = 1\n" * (SMALL_PROJECT // 5)}
    root = write_project(tmp_path, BROKEN_ORDER | filler | {"app/services/broken.py": "x = = 1\n"})
    _age(root)
    options = CheckOptions(cache_folder=root / ".layercheck_cache")

    whole = check(find_target([root]), options)
    named = check(find_target([root / "app/services/broken.py"]), options)
    again = check(find_target([root / "app/services/broken.py"]), options)

    assert of_rule(whole, "LC001") == []
    assert [each.location.path for each in of_rule(named, "LC001")] == ["app/services/broken.py"]
    assert of_rule(again, "LC001") == of_rule(named, "LC001")
    assert "scan" not in again.timings


def test_naming_very_much_is_no_reason_to_parse_it(tmp_path: Path) -> None:
    filler = {"app/utils/big.py": "x = 1\n" * (SMALL_PROJECT // 5)}
    root = write_project(tmp_path, BROKEN_ORDER | filler | {"app/services/broken.py": "x = = 1\n"})

    report = check(find_target([root / path for path in (*filler, "app/services/broken.py")]), CheckOptions())

    assert of_rule(report, "LC001") == []


def test_what_was_named_must_be_there(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER | {"app/old/x.py": "", "README.md": ""}, 'exclude = ["app/old"]\n')

    for path in (root / "app/old/x.py", root / "README.md", root / "app/old"):
        with pytest.raises(NothingCheckedError, match="nothing that was named is read"):
            check(
                find_target([path / "." if path.is_dir() else path], configuration=root / "layercheck.toml"),
                CheckOptions(),
            )
        target = find_target([path], configuration=root / "layercheck.toml")
        assert check(target, CheckOptions(allow_none=True)).findings == ()
    assert check(find_target([root / "README.md", root / "app/api"]), CheckOptions()).findings == ()


def test_a_folder_without_python_is_no_file(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER | {"notes/README.md": ""})

    with pytest.raises(NothingCheckedError, match="there is no Python file in it"):
        check(find_target([root / "notes"]), CheckOptions())


def test_texts_that_stand_for_files_are_what_is_checked(tmp_path: Path) -> None:
    root = write_project(tmp_path, BROKEN_ORDER)
    _age(root)
    folder = root / ".layercheck_cache"
    target = find_target([root])
    check(target, CheckOptions(cache_folder=folder))
    kept = (folder / "facts.msgpack").read_bytes()

    texts = {"app/models/user.py": b"x = 1\n", "app/models/new.py": b"import app.services.users\n"}
    overlaid = [
        check(target, CheckOptions(source=OverlaySource(root, DiskSource(root, folder), texts))) for _ in range(2)
    ]
    after = check(target, CheckOptions(cache_folder=folder))

    assert [imports_reported(report, "LC101") for report in overlaid] == [["app.models.new -> app.services.users"]] * 2
    assert imports_reported(after, "LC101") == FOUND
    assert (folder / "facts.msgpack").read_bytes() == kept


def test_a_cache_that_was_carried_to_another_machine_helps(tmp_path: Path) -> None:
    first = write_project(tmp_path / "first", BROKEN_ORDER)
    check_folder(first, cache=True)
    second = write_project(tmp_path / "second", BROKEN_ORDER | {"app/models/user.py": ""})
    (first / ".layercheck_cache").rename(second / ".layercheck_cache")

    assert imports_reported(check_folder(second, cache=True), "LC101") == []


def test_severity_selection_and_paths_of_the_configuration_are_obeyed(tmp_path: Path) -> None:
    files = BROKEN_ORDER | {"app/services/users.py": "import app.main\nimport app.models.user\n"}
    configuration = """
    ignore = ["LC107"]
    [severity]
    LC101 = "info"
    [per-path-ignores]
    "app/services/" = ["entry-point-import"]
    """

    report = check_tree(tmp_path, files, configuration)

    assert [(each.code, each.severity) for each in report.findings] == [("LC101", "info")]


def test_comments_put_findings_aside(tmp_path: Path) -> None:
    text = "import app.services.users  # layercheck: ignore[LC101] circular since 2019\n"

    report = check_tree(tmp_path, BROKEN_ORDER | {"app/models/user.py": text})

    assert imports_reported(report, "LC101") == []
    assert [(each.finding.code, each.reason) for each in report.suppressed] == [("LC101", "circular since 2019")]


def test_comments_that_do_nothing_or_mean_nothing_are_findings(tmp_path: Path) -> None:
    text = "x = 1  # layercheck: ignore[LC101] no\ny = 2  # layercheck: ignore[LC999] no\n"

    report = check_tree(tmp_path, BROKEN_ORDER | {"app/api/users.py": text})

    assert [each.code for each in report.findings if each.location.path == "app/api/users.py"] == ["LC002", "LC003"]


def test_a_comment_for_a_rule_that_does_not_run_is_left_alone(tmp_path: Path) -> None:
    text = "import app.services.users  # layercheck: ignore[LC101] why\n"

    report = check_tree(tmp_path, BROKEN_ORDER | {"app/models/user.py": text}, 'ignore = ["LC101"]\n')

    assert of_rule(report, "LC002") == []


def test_the_day_counts_only_where_a_comment_names_one(tmp_path: Path) -> None:
    text = "import app.services.users  # layercheck: ignore[LC101] until=2027-03-01 the move\n"
    root = write_project(tmp_path, BROKEN_ORDER | {"app/models/user.py": text})
    _age(root)
    options = CheckOptions(cache_folder=root / ".layercheck_cache", today=dt.date(2027, 2, 1))
    target = find_target([root])

    check(target, options)
    same_day = check(target, options)
    last_day = check(target, options._replace(today=dt.date(2027, 3, 1)))
    after = check(target, options._replace(today=dt.date(2027, 3, 2)))
    (root / "app/models/user.py").write_text("import app.services.users  # layercheck: ignore[LC101] for ever\n")
    _age(root)
    check(target, options)
    years_later = check(target, options._replace(today=dt.date(2037, 3, 2)))

    assert same_day.findings == last_day.findings == years_later.findings == ()
    assert ["scan" in each.timings for each in (same_day, last_day, years_later)] == [False, True, False]
    assert {each.code for each in after.findings} == {"LC006", "LC101"}


def test_comments_are_held_to_the_policy(tmp_path: Path) -> None:
    text = "import app.services.users  # noqa: LC101\n"
    configuration = "[suppressions]\nrequire-reason = true\nnoqa = true\n"

    report = check_tree(tmp_path, BROKEN_ORDER | {"app/models/user.py": text}, configuration)

    assert [(each.code, each.message) for each in report.findings] == [
        ("LC007", "undisciplined suppression: it gives no reason")
    ]
    assert len(report.suppressed) == 1


def test_findings_about_comments_obey_the_configuration(tmp_path: Path) -> None:
    text = "x = 1  # layercheck: ignore[LC101] no\n"
    configuration = '[severity]\nLC002 = "error"\n[per-path-ignores]\n"app/services/" = ["LC002"]\n'
    files = BROKEN_ORDER | {"app/api/users.py": text, "app/services/users.py": text, "app/models/user.py": ""}

    report = check_tree(tmp_path, files, configuration)

    assert [(each.location.path, each.severity) for each in of_rule(report, "LC002")] == [("app/api/users.py", "error")]


def test_coverage_tells_what_was_seen(tmp_path: Path) -> None:
    coverage = check_tree(tmp_path, BROKEN_ORDER | {"app/blob.py": "", "tests/test_x.py": ""}).coverage

    assert [(root.path, root.style) for root in coverage.applications] == [("app", "layered")]
    assert coverage.modules == 7
    assert coverage.roles == {"api": 1, "main": 1, "models": 1, "services": 1, "tests": 1, "wiring": 1}
    assert coverage.unmapped == ("app.blob",)
    assert coverage.layers == ("main", "api", "services", "models : db")


def test_blind_spots_are_counted_with_their_place(tmp_path: Path) -> None:
    text = "import importlib\n\n\ndef f(name):\n    return importlib.import_module(name)\n"

    (spot,) = check_tree(tmp_path, BROKEN_ORDER | {"app/services/x.py": text}).coverage.blind_spots

    assert (spot.path, spot.line, spot.column) == ("app/services/x.py", 5, 12)
    assert "import_module(name)" in spot.what
