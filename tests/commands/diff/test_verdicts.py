"""What a change does to findings, in real repositories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.repositories import SHOP, UPWARD, WITHOUT_CYCLES, GitRepository, told
from tests.running import PROJECT_FILES

if TYPE_CHECKING:
    from pathlib import Path

BROKEN = {**SHOP, "app/services/users.py": f"{UPWARD}{SHOP['app/services/users.py']}"}
FINDING = "LC101 app.services.users -> app.api.users"


def test_nothing_changed_is_nothing_judged(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)

    assert told(repository.compare().findings) == {"carried": [FINDING]}


def test_a_new_import_is_introduced(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.write(BROKEN)

    change = repository.compare()

    assert told(change.findings) == {"introduced": [FINDING]}
    assert change.head is None


def test_a_mended_import_is_resolved(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.write(SHOP)

    assert told(repository.compare().findings) == {"resolved": [FINDING]}


def test_lines_above_a_finding_change_nothing(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.write({"app/services/users.py": "# one\n# two\n" + BROKEN["app/services/users.py"]})

    assert told(repository.compare().findings) == {"carried": [FINDING]}


def test_one_finding_swapped_for_another_is_both(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.write({**SHOP, "app/models/user.py": UPWARD + SHOP["app/models/user.py"]})

    findings = told(repository.compare().findings)

    assert findings == {"introduced": ["LC101 app.models.user -> app.api.users"], "resolved": [FINDING]}


def test_a_second_finding_of_one_identity_is_introduced(tmp_path: Path) -> None:
    unused = "x = 1  # layercheck: ignore[LC101] reason\n"
    repository = GitRepository.make(tmp_path, {**SHOP, "app/models/user.py": unused})
    repository.write({"app/models/user.py": unused + unused})

    found = told(repository.compare().findings)

    assert found == {
        "introduced": ["LC002 app/models/user.py -> LC101"],
        "carried": ["LC002 app/models/user.py -> LC101"],
    }


def test_a_renamed_importer_moves_its_finding(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.git("mv", "app/services/users.py", "app/services/accounts.py")
    repository.write({"app/api/users.py": "from app.services import accounts\n\n\ndef list_users():\n    return 1\n"})

    change = repository.compare()

    assert told(change.findings) == {"moved": ["LC101 app.services.accounts -> app.api.users"]}
    assert change.findings.moved[0].before.subject == "app.services.users"


def test_a_rename_need_not_be_known_to_git(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    (tmp_path / "app/services/users.py").rename(tmp_path / "app/services/accounts.py")

    assert told(repository.compare().findings) == {"moved": ["LC101 app.services.accounts -> app.api.users"]}


def test_a_renamed_imported_module_moves_the_finding(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.git("mv", "app/api/users.py", "app/api/people.py")
    repository.write(
        {"app/services/users.py": BROKEN["app/services/users.py"].replace("import users", "import people")}
    )

    assert told(repository.compare().findings) == {"moved": ["LC101 app.services.users -> app.api.people"]}


def test_a_renamed_package_with_all_its_importers_introduces_nothing(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.git("mv", "app", "shop")
    repository.write(
        {path.replace("app/", "shop/"): text.replace("from app", "from shop") for path, text in BROKEN.items()}
    )

    assert told(repository.compare().findings) == {"moved": ["LC101 shop.services.users -> shop.api.users"]}


def test_a_new_source_root_introduces_nothing(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    (tmp_path / "src").mkdir()
    repository.git("mv", "app", "src/app")

    assert told(repository.compare().findings) == {"moved": [FINDING]}


def test_a_module_that_becomes_a_package_carries_its_findings(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    (tmp_path / "app/services/users").mkdir()
    repository.git("mv", "app/services/users.py", "app/services/users/__init__.py")

    assert told(repository.compare().findings) == {"carried": [FINDING]}


def test_a_file_that_left_a_face_behind_moves_its_findings(tmp_path: Path) -> None:
    body = BROKEN["app/services/users.py"] + "".join(f"\n\ndef step_{n}():\n    return {n}\n" for n in range(9))
    repository = GitRepository.make(tmp_path, {**BROKEN, "app/services/users.py": body})
    repository.write(
        {"app/services/accounts.py": body, "app/services/users.py": "from app.services.accounts import *\n"}
    )

    assert told(repository.compare().findings) == {"moved": ["LC101 app.services.accounts -> app.api.users"]}


def test_an_import_taken_along_by_nobody_is_introduced(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, "app/services/old.py": UPWARD})
    repository.write({"app/services/old.py": "x = 1\n", "app/models/new.py": UPWARD})

    assert told(repository.compare().findings) == {
        "introduced": ["LC101 app.models.new -> app.api.users"],
        "resolved": ["LC101 app.services.old -> app.api.users"],
    }


def test_a_file_like_many_others_is_not_the_one_that_was_deleted(tmp_path: Path) -> None:
    old = f"{UPWARD}from app.models import user\n\n\ndef find_order():\n    return user.User, users, 1\n"
    new = f"{UPWARD}from app.models import user\n\n\nclass Stock:\n    name, price, count = user, 1, 2\n"
    repository = GitRepository.make(tmp_path, {**SHOP, "app/services/orders.py": old})
    repository.git("rm", "-q", "app/services/orders.py")
    repository.write({"app/services/stock.py": new})

    assert sorted(told(repository.compare().findings)) == ["introduced", "resolved"]


def test_a_moved_finding_is_paired_once(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.git("mv", "app/services/users.py", "app/services/accounts.py")
    repository.write({"app/services/copy.py": BROKEN["app/services/users.py"]})

    findings = repository.compare().findings

    assert [len(found) for found in (findings.moved, findings.introduced, findings.resolved)] == [1, 1, 0]


def test_the_same_names_in_another_application_are_another_finding(tmp_path: Path) -> None:
    both = {f"{side}/{path}": text for side in ("one", "two") for path, text in SHOP.items() if path.startswith("app")}
    repository = GitRepository.make(
        tmp_path, {**PROJECT_FILES, "layercheck.toml": WITHOUT_CYCLES, **both, "one/app/services/users.py": UPWARD}
    )
    repository.write({"one/app/services/users.py": "x = 1\n", "two/app/services/users.py": UPWARD})

    assert told(repository.compare().findings) == {"introduced": [FINDING], "resolved": [FINDING]}


def test_a_stricter_rule_exposes_what_was_there(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**BROKEN, "layercheck.toml": 'ignore = ["LC101", "LC150"]'})
    repository.write({"layercheck.toml": WITHOUT_CYCLES})

    assert told(repository.compare().findings) == {"exposed": [FINDING]}


def test_a_new_configuration_exposes_and_the_code_introduces(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**BROKEN, "layercheck.toml": 'ignore = ["LC101", "LC150"]'})
    repository.write({"layercheck.toml": WITHOUT_CYCLES, "app/models/user.py": UPWARD})

    findings = told(repository.compare().findings)

    assert findings["exposed"] == [FINDING]
    assert findings["introduced"] == ["LC101 app.models.user -> app.api.users"]


def test_what_is_exposed_may_have_moved_as_well(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**BROKEN, "layercheck.toml": 'ignore = ["LC101", "LC150"]'})
    repository.git("mv", "app/services/users.py", "app/services/accounts.py")
    repository.write({"layercheck.toml": WITHOUT_CYCLES})

    assert told(repository.compare().findings) == {"exposed": ["LC101 app.services.accounts -> app.api.users"]}


def test_a_relaxed_rule_resolves_nothing(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.write({"layercheck.toml": 'ignore = ["LC101", "LC150"]'})

    findings = repository.compare().findings

    assert told(findings) == {"dropped": [FINDING]}
    assert findings.dropped[0].by == "rules"


def test_a_suppression_resolves_nothing(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    comment = "  # layercheck: ignore[LC101] for now\n"
    repository.write({"app/services/users.py": BROKEN["app/services/users.py"].replace("\n", comment, 1)})

    findings = repository.compare().findings

    assert told(findings) == {"dropped": [FINDING]}
    assert findings.dropped[0].by == "comment"


def test_a_suppression_taken_away_introduces(tmp_path: Path) -> None:
    comment = "  # layercheck: ignore[LC101] for now\n"
    suppressed = BROKEN["app/services/users.py"].replace("\n", comment, 1)
    repository = GitRepository.make(tmp_path, {**SHOP, "app/services/users.py": suppressed})
    repository.write(BROKEN)

    assert told(repository.compare().findings) == {"introduced": [FINDING]}


def test_a_configuration_that_is_new_in_this_change_is_a_rule_change(tmp_path: Path) -> None:
    files = {path: text for path, text in BROKEN.items() if path != "layercheck.toml"}
    repository = GitRepository.make(tmp_path, files)
    repository.write({"pyproject.toml": '[tool.layercheck]\nselect = ["LC101", "LC107"]\nexhaustive = true\n'})
    repository.write({"app/odd.py": ""})

    assert told(repository.compare().findings)["carried"] == [FINDING]


def test_a_base_with_a_broken_configuration_is_judged_by_todays(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**BROKEN, "layercheck.toml": "nonsense = 1"})
    repository.write({"layercheck.toml": WITHOUT_CYCLES})

    change = repository.compare()

    assert told(change.findings) == {"carried": [FINDING]}
    assert "judged by today's configuration alone" in change.notes[0]


def test_a_base_that_was_configured_otherwise_is_judged_by_its_own(tmp_path: Path) -> None:
    old = {
        "layercheck.toml": 'layers = ["top", "bottom"]',
        "top.py": "",
        "bottom.py": "import top\n",
    }
    repository = GitRepository.make(tmp_path, old)
    repository.git("mv", "top.py", "high.py")
    repository.git("mv", "bottom.py", "low.py")
    repository.write({"layercheck.toml": 'layers = ["high", "low"]', "low.py": "import high\n"})

    found = told(repository.compare().findings)

    assert "LC101 low -> high" in [*found.get("moved", []), *found.get("introduced", [])]


def test_a_source_root_that_is_gone_is_no_mistake_in_the_base(tmp_path: Path) -> None:
    files = {f"src/{path}" if path.startswith("app") else path: text for path, text in BROKEN.items()}
    repository = GitRepository.make(tmp_path, {**files, "layercheck.toml": f'source-roots = ["src"]\n{WITHOUT_CYCLES}'})
    repository.git("mv", "src", "lib")
    repository.write({"layercheck.toml": f'source-roots = ["lib"]\n{WITHOUT_CYCLES}'})

    assert told(repository.compare().findings) == {"moved": [FINDING]}


def test_a_syntax_error_is_a_finding_like_any_other(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, "app/models/old.py": "def f(:\n"})
    repository.write({"app/models/new.py": "class (:\n"})

    assert told(repository.compare().findings) == {
        "introduced": ["LC001 app/models/new.py"],
        "carried": ["LC001 app/models/old.py"],
    }


def test_a_deleted_application_resolves_all(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, BROKEN)
    repository.git("rm", "-q", "app/services/users.py")

    assert told(repository.compare().findings) == {"resolved": [FINDING]}


def test_another_commit_can_be_judged(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    broken = repository.commit(BROKEN)
    repository.commit(SHOP)

    change = repository.compare("HEAD~2", broken)

    assert told(change.findings) == {"introduced": [FINDING]}
    assert change.head == broken
