"""Parts of a project, merged, give the verdict of one process; what is wrong with them is said."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings, strategies as st

from layercheck.engine.check import check
from layercheck.engine.make_part import make_part
from layercheck.engine.merge_parts import check_parts
from layercheck.engine.options import CheckOptions
from layercheck.engine.project_target import find_target
from layercheck.errors import NothingNamedError, PartError
from layercheck.facts import fact_store
from layercheck.facts.file_facts import digest_of
from layercheck.facts.part import Part
from layercheck.plugins.built_in import builtin_rules
from layercheck.python.tree import parser
from layercheck.rule.documentation import EXAMPLE, INSTEAD
from layercheck.rule.module_rule import ModuleRule
from layercheck.testing.cases import cases_of_rule
from tests.made_up_projects import CONFIGURATION, projects
from tests.running import PROJECT_FILES, without_privileges, without_timings, write_project, write_tree

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from layercheck.facts.part import FileEntry
    from layercheck.model.report import Report
    from layercheck.rule.rule import Rule
    from tests.made_up_projects import Project

SHOP: dict[str, str | bytes] = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/main.py": "from fastapi import FastAPI\nfrom app.api import users\napp = FastAPI()\napp.include_router(users.router)\n",
    "app/api/__init__.py": "",
    "app/api/users.py": "from fastapi import APIRouter\nfrom app.models.user import User\nrouter = APIRouter()\n"
    "@router.get('/users')\ndef list_users(): ...\n",
    "app/services/__init__.py": "",
    "app/services/users.py": "from fastapi import HTTPException\nfrom app.api import users\n"
    "def find():\n    raise HTTPException(404)\n",
    "app/models/__init__.py": "",
    "app/models/user.py": "from sqlalchemy.orm import DeclarativeBase\nclass Base(DeclarativeBase): ...\n"
    "class User(Base):\n    __tablename__ = 'user'\n",
    "app/models/plain.py": "import importlib\nname = 'app.services.users'\nimportlib.import_module('app.services.users')\n",
    "app/models/noted.py": "from app.services import users  # layercheck: ignore[LC101] because\n",
}
BROKEN: dict[str, str | bytes] = {
    "app/services/broken.py": "from app.api import users\ndef (:\n",
    "app/api/binary.py": b"import app.api\n\0",
}
MODULE_RULES = [rule for rule in builtin_rules() if issubclass(rule, ModuleRule)]


def one_process(root: Path) -> Report:
    return without_timings(check(find_target([root]), CheckOptions()))


def merged(root: Path, parts: Iterable[Path]) -> Report:
    return without_timings(check_parts(find_target([root]), CheckOptions(), list(parts)))


def make_parts(root: Path, *divisions: Sequence[str]) -> list[Path]:
    """Make one part for each list of paths, beside the project."""
    parts = []
    for number, paths in enumerate(divisions):
        parts.append(root.parent / f"{number}.facts")
        parts[-1].write_bytes(make_part(find_target([root / path for path in paths])))
    return parts


def divide(files: Iterable[str], count: int, seed: int) -> list[list[str]]:
    python = [path for path in files if path.endswith(".py")]
    random.Random(seed).shuffle(python)
    return [part for at in range(count) if (part := python[at::count])]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    return write_project(tmp_path / "shop", SHOP)


@pytest.fixture
def shop_parts(shop: Path) -> list[Path]:
    return make_parts(shop, ["app/api", "app/main.py"], ["app/models", "app/__init__.py"], ["app/services"])


@pytest.mark.parametrize("count", [1, 2, 5, 20])
def test_however_a_project_is_divided_the_verdict_is_that_of_one_process(tmp_path: Path, count: int) -> None:
    root = write_project(tmp_path / "shop", {**SHOP, **BROKEN})

    report = merged(root, make_parts(root, *divide({**SHOP, **BROKEN}, count, seed=count)))

    assert report == one_process(root)
    assert {"LC001", "LC101", "LC306"} <= {finding.code for finding in report.findings}


@pytest.mark.parametrize("rule", MODULE_RULES, ids=lambda rule: rule.code)
@pytest.mark.parametrize("section", [EXAMPLE, INSTEAD])
def test_no_file_of_an_example_is_examined_again(
    rule: type[Rule], section: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tree,) = (case.tree for case in cases_of_rule(rule) if case.title == f"{rule.code} {section}")
    root = write_project(tmp_path / "project", tree.files, f'extend-select = ["{rule.code}"]\n{tree.configuration}')
    expected = one_process(root)
    parts = make_parts(root, *([path] for path in tree.files if path.endswith(".py")))

    monkeypatch.setattr(fact_store, "examine", _raise)

    assert merged(root, parts) == expected


def _raise(*_arguments: object) -> None:
    raise AssertionError("a file is examined, though a part knows what rules find in it")


@settings(max_examples=25, deadline=None, derandomize=True)
@given(project=projects(), seed=st.integers(0, 99))
def test_random_projects_in_random_parts(project: Project, seed: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = write_project(tmp_path_factory.mktemp("random") / "project", project.files, CONFIGURATION)

    assert merged(root, make_parts(root, *divide(project.files, 4, seed))) == one_process(root)


def test_what_the_project_makes_of_a_module_is_not_foreseen(tmp_path: Path) -> None:
    # That `parts` are models, nothing in the file or its names says.
    files = {**SHOP, "app/parts.py": "from fastapi import HTTPException\ndef f():\n    raise HTTPException(404)\n"}
    root = write_project(tmp_path / "shop", files)
    parts = make_parts(root, ["."])
    write_tree(root, {"layercheck.toml": '[roles]\nservices = ["app.parts"]\n'})

    report = merged(root, parts)

    assert report == one_process(root)
    assert "app/parts.py" in {finding.location.path for finding in report.findings if finding.code == "LC306"}


def test_a_part_is_the_same_wherever_the_project_lies(shop: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(shop, tmp_path / "elsewhere" / "called" / "otherwise"))

    assert make_part(find_target([shop / "app/api"])) == make_part(find_target([copy / "app/api"]))


def test_a_part_is_the_same_whichever_parser_reads_the_syntax(shop: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_ast = make_part(find_target([shop]))

    # An older Python refuses newer syntax, which libcst reads then.
    monkeypatch.setattr(parser, "read_with_ast", _refuse)

    assert make_part(find_target([shop])) == with_ast


def _refuse(_text: str) -> None:
    raise SyntaxError("invalid syntax")


def test_what_is_known_of_a_file_does_not_depend_on_the_other_files_of_its_part(shop: Path) -> None:
    whole = _entries(make_part(find_target([shop])))

    assert _entries(make_part(find_target([shop / "app/api/users.py"]))) == [
        entry for entry in whole if entry.path == "app/api/users.py"
    ]


def _entries(data: bytes) -> list[FileEntry]:
    return list(msgspec.msgpack.decode(msgspec.msgpack.decode(data)[3], type=Part).entries)


def test_what_is_left_out_of_the_project_is_in_no_part(shop: Path) -> None:
    write_tree(shop, {"layercheck.toml": 'exclude = ["noted.py"]\n'})

    with pytest.raises(
        NothingNamedError, match=r"nothing that was named is read \(app/models/noted.py\): .*left out by"
    ):
        make_part(find_target([shop / "app/models/noted.py"]))
    assert len(_entries(make_part(find_target([shop / "app/models"])))) == 3


def test_a_file_in_two_parts(shop: Path, shop_parts: list[Path]) -> None:
    shop_parts += [Path(shutil.copy(shop_parts[0], shop.parent / "copy.facts"))]

    with pytest.raises(PartError, match=r"app/api/__init__.py is in .*0.facts and in .*copy.facts, and a file belongs"):
        merged(shop, shop_parts)


def test_a_part_is_missing(shop: Path, shop_parts: list[Path]) -> None:
    with pytest.raises(PartError, match=r"^app/services/__init__.py and 1 more are in no part: make"):
        merged(shop, shop_parts[:2])


def test_a_file_is_new(shop: Path, shop_parts: list[Path]) -> None:
    write_tree(shop, {"app/new.py": ""})

    with pytest.raises(PartError, match=r"^app/new.py is in no part: make"):
        merged(shop, shop_parts)


def test_a_file_has_changed(shop: Path, shop_parts: list[Path]) -> None:
    write_tree(shop, {"app/services/users.py": "# nothing is imported any more\n"})

    with pytest.raises(PartError, match=r"2.facts: is stale, app/services/users.py has changed since: make it again"):
        merged(shop, shop_parts)


def test_a_file_is_gone(shop: Path, shop_parts: list[Path]) -> None:
    (shop / "app/services/users.py").unlink()

    with pytest.raises(PartError, match=r"2.facts: app/services/users.py is no longer there: make it again"):
        merged(shop, shop_parts)


def test_a_file_is_left_out_now(shop: Path, shop_parts: list[Path]) -> None:
    write_tree(shop, {"layercheck.toml": 'exclude = ["noted.py"]\n'})

    with pytest.raises(PartError, match=r"1.facts: app/models/noted.py is left out by .*noted.py.*: make it again"):
        merged(shop, shop_parts)


@pytest.mark.parametrize(
    ("configuration", "problem"),
    [
        ("", "without LC306"),
        ('extend-select = ["LC306"]\nrules.misplaced-endpoint.share = 0.5\n', "with other settings of LC301"),
    ],
)
def test_rules_are_set_otherwise_now(shop: Path, configuration: str, problem: str) -> None:
    write_tree(shop, {"layercheck.toml": configuration or 'ignore = ["LC306"]\n'})
    parts = make_parts(shop, ["."])
    write_tree(shop, {"layercheck.toml": ""})

    with pytest.raises(PartError, match=rf"0.facts: was made {problem}: make all parts again"):
        merged(shop, parts)


def test_fewer_rules_may_judge_than_have_looked(shop: Path, shop_parts: list[Path]) -> None:
    target = find_target([shop], overrides={"select": ["LC101"]})

    report = check_parts(target, CheckOptions(), shop_parts)

    assert {finding.code for finding in report.findings} == {"LC101"}


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "is not a part"),
        (b"import os\n", "is not a part"),
        (b"\x91\xa1x", "is not a part"),
        (
            msgspec.msgpack.encode(["layercheck part", "0.0.1 1", [], []]),
            r"was made by layercheck 0.0.1 1, and this is",
        ),
        (msgspec.msgpack.encode({"format": "layercheck part"}), "is not a part"),
        (b"\xdd\xff\xff\xff\xff", "is not a part"),
        (b"\x91" * 100_000, "is not a part"),
    ],
)
def test_a_file_that_is_no_part(shop: Path, shop_parts: list[Path], data: bytes, problem: str) -> None:
    shop_parts[1].write_bytes(data)

    with pytest.raises(PartError, match=rf"1.facts: {problem}"):
        merged(shop, shop_parts)


def test_a_part_that_is_cut_off_or_damaged_never_passes_for_another_verdict(shop: Path, shop_parts: list[Path]) -> None:
    whole, expected = shop_parts[0].read_bytes(), one_process(shop)
    chance = random.Random(0)
    for _ in range(150):
        at = chance.randrange(len(whole))
        shop_parts[0].write_bytes(whole[:at])
        with pytest.raises(PartError, match=r"is not a part|is damaged"):
            merged(shop, shop_parts)
        other = bytes([whole[at] ^ chance.randrange(1, 256)])
        shop_parts[0].write_bytes(whole[:at] + other + whole[at + 1 :])
        with pytest.raises(PartError, match=r"is not a part|is damaged|was made by"):
            merged(shop, shop_parts)
    shop_parts[0].write_bytes(whole)
    assert merged(shop, shop_parts) == expected


def test_a_part_that_points_outside_of_a_file(shop: Path) -> None:
    (part,) = make_parts(shop, ["."])
    *head, _, inside = msgspec.msgpack.decode(part.read_bytes())
    content = msgspec.msgpack.decode(inside)
    readings = next(entry[2][2] for entry in content[1] if entry[0] == "app/services/users.py")
    for reading in readings:
        for finding in reading[3]:
            finding[0]["start"]["line"] = finding[0]["end"]["line"] = 99
    inside = msgspec.msgpack.encode(content)
    part.write_bytes(msgspec.msgpack.encode([*head, digest_of(inside), inside]))

    with pytest.raises(PartError, match=r"what it says of app/services/users.py is not in that file"):
        merged(shop, [part])


def test_a_file_that_cannot_be_read_is_reported_as_ever() -> None:
    # The folders of pytest are closed to everybody but their owner.
    with tempfile.TemporaryDirectory() as folder:
        root = write_project(Path(folder) / "shop", SHOP)
        parts = make_parts(root, ["app/api"], ["app/main.py", "app/services", "app/models", "app/__init__.py"])
        merged(root, parts)  # imports all that will be needed
        (root / "app/api/users.py").chmod(0)

        Path(folder).chmod(0o755)
        with without_privileges(root):
            report = merged(root, parts)

            assert report == one_process(root)
    assert [each.location.path for each in report.findings if each.code == "LC001"] == ["app/api/users.py"]
