from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.facts.cache_folder import FOLDER_NAME
from tests.baseline.backends import FILE, known_in, write_backend
from tests.repositories import commit_all, make_repository
from tests.running import run_here, write_project, write_tree

if TYPE_CHECKING:
    from pathlib import Path

    from tests.running import Outcome

UP, OTHER_UP = ("app.models.m1", "app.services.m1"), ("app.services.m2", "app.api.m2")
PAST = ("app.api.m1", "app.models.m1")
LINE_UP, LINE_OTHER_UP, LINE_PAST = (
    f"{code} {importer} -> {imported}"
    for code, (importer, imported) in (("LC101", UP), ("LC101", OTHER_UP), ("LC102", PAST))
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_backend(tmp_path, {UP, OTHER_UP, PAST})


def run(root: Path, *arguments: str) -> Outcome:
    return run_here("baseline", "--no-cache", root, *arguments)


def test_nothing_is_accepted_unless_it_is_asked_for(root: Path) -> None:
    outcome = run(root)

    assert outcome.code == 2
    assert "--rule CODE or --all" in outcome.err
    assert not (root / FILE).exists()


def test_what_was_read_is_kept_for_the_next_check(root: Path) -> None:
    run_here("baseline", root, "--rule", "LC102")

    assert (root / FOLDER_NAME / "facts.msgpack").is_file()


def test_one_rule_is_accepted_and_printed(root: Path) -> None:
    outcome = run(root, "--rule", "LC102")

    assert outcome.code == 0
    assert outcome.out.splitlines() == [
        f"+ {LINE_PAST}",
        f"1 added; known 1 (+1) in {FILE}",
        f"To avoid merge conflicts, add this line to .gitattributes: {FILE} merge=union",
    ]
    assert known_in(root) == {LINE_PAST}


def test_a_rule_that_is_new_is_never_accepted_with_another(root: Path) -> None:
    run(root, "--rule", "LC102")
    run(root, "--rule", "skipped-layer", "--prune")

    assert known_in(root) == {LINE_PAST}
    assert run_here("check", "--no-cache", root).code == 1


def test_all_accepts_errors_and_warnings(root: Path) -> None:
    assert run(root, "--all").code == 0

    assert known_in(root) == {LINE_UP, LINE_OTHER_UP, LINE_PAST}
    assert run_here("check", "--no-cache", root).code == 0


def test_notes_of_a_rule_can_be_accepted_by_its_name(root: Path) -> None:
    write_tree(root, {"app/free.py": ""})

    run(root, "--all")
    assert not any(line.startswith("LC107") for line in known_in(root))
    run(root, "--rule", "unmapped-module")
    assert "LC107 app" in known_in(root)


def test_paths_narrow_what_is_added(root: Path) -> None:
    run_here("baseline", "--no-cache", "--all", root / "app/models")

    assert known_in(root) == {LINE_UP}


def test_notes_for_people(root: Path) -> None:
    options = ("--reason", "no  queue\nyet", "--owner", "Mail Team", "--until", "2999-12-31", "--ticket", "SHOP-12")
    assert run(root, "--rule", "LC102", *options).code == 0

    assert known_in(root) == {f'{LINE_PAST}  # owner="Mail Team" until=2999-12-31 ticket=SHOP-12 no queue yet'}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--rule", "LC999"], "there is no rule 'LC999'"),
        (["--rule", "layer-ordr"], "did you mean 'layer-order'?"),
        (["--rule", "LC1"], "there is no rule 'LC1'"),
        (["--rule", "LC004"], "is about the baseline itself"),
        (["--rule", "LC109"], "LC109 does not run in this project"),
        (["--all", "--until", "2027-02-30"], "--until: expected a day such as 2027-03-01"),
        (["--all", "--until", "2020-01-31"], "--until: 2020-01-31 is in the past"),
        (["--all", "--reason", "until=2027-01-01"], "use the option --until for it"),
        (
            ["--all", "--reason", "util=2027-01-01"],
            "did you mean `until=2027-01-01`? (use the option --until for it)",
        ),
        (["--all", "--owner", "\x1b[1m"], "cannot be printed"),
        (["--prune", "--reason", "why"], "--reason applies to new entries"),
    ],
)
def test_what_makes_no_sense_is_refused(root: Path, arguments: list[str], problem: str) -> None:
    (root / "layercheck.toml").write_text('ignore = ["LC109"]\n')

    outcome = run(root, *arguments)

    assert outcome.code == 2
    assert problem in outcome.err
    assert not (root / FILE).exists()


def test_prune_takes_out_and_says_so(root: Path) -> None:
    run(root, "--all")
    write_backend(root, {UP})

    outcome = run(root, "--prune")

    assert outcome.out.splitlines() == [
        f"- {LINE_OTHER_UP}",
        f"- {LINE_PAST}",
        f"2 removed; known 1 (-2) in {FILE}",
    ]
    assert known_in(root) == {LINE_UP}


def test_prune_rewrites_what_was_moved_and_keeps_what_people_say(root: Path) -> None:
    run(root, "--rule", "LC101", "--owner", "me")
    make_repository(root)
    (root / "app/models/m1.py").rename(root / "app/models/renamed.py")
    write_tree(root, {"app/api/m1.py": "import app.models.renamed\n"})
    commit_all(root, "rename")

    outcome = run(root, "--prune")

    assert outcome.out.splitlines()[0] == f"~ {LINE_UP} is now LC101 app.models.renamed -> app.services.m1"
    assert "LC101 app.models.renamed -> app.services.m1  # owner=me" in known_in(root)


def test_prune_and_add_in_one_go(root: Path) -> None:
    run(root, "--rule", "LC101")
    write_backend(root, {UP, PAST})

    assert run(root, "--prune", "--all").out.splitlines()[-1] == f"1 added, 1 removed; known 2 in {FILE}"


def test_one_file_per_package_and_back(root: Path) -> None:
    run(root, "--all", "--per-package")

    assert known_in(root, f"app/models/{FILE}") == {LINE_UP}
    assert known_in(root, f"app/services/{FILE}") == {LINE_OTHER_UP}
    assert known_in(root, f"app/api/{FILE}") == {LINE_PAST}
    assert not (root / FILE).exists()
    assert run_here("check", "--no-cache", root).code == 0

    assert run(root, "--one-file").out == f"nothing to add or remove; known 3 in {FILE}\n"
    assert known_in(root) == {LINE_UP, LINE_OTHER_UP, LINE_PAST}
    assert list(root.glob(f"app/**/{FILE}")) == []


def test_what_comes_later_goes_where_the_others_are(root: Path) -> None:
    run(root, "--rule", "LC101", "--per-package")
    run(root, "--rule", "LC102")

    assert known_in(root, f"app/api/{FILE}") == {LINE_PAST}


def test_a_file_of_a_package_that_was_renamed_by_hand_is_left_by_its_entries(root: Path) -> None:
    run(root, "--all", "--per-package")
    make_repository(root)
    for path in sorted((root / "app/models").glob("*.py")):
        write_tree(root, {f"app/entities/{path.name}": path.read_bytes()})
        path.unlink()
    write_tree(root, {"app/api/m1.py": "import app.entities.m1\n"})

    assert run(root, "--prune").code == 0

    assert known_in(root, f"app/entities/{FILE}") == {"LC101 app.entities.m1 -> app.services.m1"}
    assert not (root / f"app/models/{FILE}").exists()


def test_strict_packages_are_refused_and_the_rest_is_added(root: Path) -> None:
    (root / "layercheck.toml").write_text('strict = ["app.models"]\n')

    outcome = run(root, "--all")

    assert outcome.code == 1
    assert outcome.err == f"not accepted: {LINE_UP}: `app.models` is strict and allows no entries\n"
    assert known_in(root) == {LINE_OTHER_UP, LINE_PAST}


def test_prune_takes_out_what_has_become_strict(root: Path) -> None:
    run(root, "--all")
    (root / "layercheck.toml").write_text('strict = ["app.models"]\n')

    run(root, "--prune")

    assert known_in(root) == {LINE_OTHER_UP, LINE_PAST}


def test_what_has_expired_is_accepted_anew_only_until_another_day(root: Path) -> None:
    line = f"{LINE_PAST}  # owner=me until=2020-01-31 no service yet"
    write_tree(root, {FILE: f"{line}\n"})

    refused = run(root, "--rule", "LC102")
    assert refused.code == 1
    assert "its entry has expired; give a new date with --until" in refused.err
    assert known_in(root) == {line}

    assert run(root, "--rule", "LC102", "--until", "2999-01-31").code == 0
    assert known_in(root) == {f"{LINE_PAST}  # owner=me until=2999-01-31 no service yet"}


def test_comments_of_the_file_are_kept(root: Path) -> None:
    write_tree(root, {FILE: f"# ask the mail team\n{LINE_UP}\n{LINE_UP}\n"})

    run(root, "--rule", "LC102")

    assert (root / FILE).read_text() == f"# ask the mail team\n{LINE_UP}\n{LINE_PAST}\n"


def test_a_second_application_gives_entries_their_folder(tmp_path: Path) -> None:
    shop = {
        "main.py": "from app.api import users\n",
        "api/users.py": "from app.services import users\n",
        "services/users.py": "from app.models import user\n",
        "models/user.py": "import app.services.users\n",
    }
    write_project(tmp_path, {f"shop/app/{path}": text for path, text in shop.items()})
    run(tmp_path, "--all")
    assert known_in(tmp_path) == {"LC101 app.models.user -> app.services.users"}

    write_tree(tmp_path, {f"billing/app/{path}": text for path, text in (shop | {"models/user.py": ""}).items()})
    assert run_here("check", "--no-cache", tmp_path).code == 0
    run(tmp_path, "--prune")

    assert known_in(tmp_path) == {"LC101 app.models.user -> app.services.users in shop/app"}


def test_a_broken_baseline_is_never_overwritten(root: Path) -> None:
    write_tree(root, {FILE: f"{LINE_UP}\nLC1\n"})

    for arguments in (["--prune"], ["--all"], ["--per-package"]):
        outcome = run(root, *arguments)
        assert outcome.code == 2
        assert f"{root / FILE}:2:" in outcome.err
    assert (root / FILE).read_text() == f"{LINE_UP}\nLC1\n"


def test_a_broken_baseline_ends_a_check(root: Path) -> None:
    write_tree(root, {f"app/models/{FILE}": "LC777 a -> b\n", FILE: "=======\n"})

    outcome = run_here("check", root)

    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.count(f"{FILE}:1:") == 2


def test_a_broken_baseline_is_told_before_the_work_starts(root: Path) -> None:
    write_tree(root, {FILE: "=======\n", "layercheck.toml": 'layers = ["nothing.at.all"]\n'})

    assert "a conflict marker of git" in run_here("check", "--no-cache", root).err
