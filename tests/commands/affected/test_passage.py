from __future__ import annotations

from layercheck.commands.affected.passage import find_passage

LOADERS = {
    "app/db.py": ["app/models.py"],
    "app/models.py": ["app/main.py", "tests/test_models.py"],
    "app/main.py": ["tests/conftest.py"],
    "tests/conftest.py": ["tests/test_a.py", "tests/test_b.py", "tests/test_models.py"],
}
TESTS = ["tests/test_a.py", "tests/test_b.py", "tests/test_models.py"]


def _loaders(path: str) -> list[str]:
    return LOADERS.get(path, [])


def test_the_file_that_all_tests_load_is_named_with_the_way_to_the_change() -> None:
    found = find_passage(["app/db.py"], TESTS, _loaders)

    assert found is not None
    assert (found.tests, found.chain) == (3, ("tests/conftest.py", "app/main.py", "app/models.py", "app/db.py"))
    assert found.describe() == "3 test files load tests/conftest.py -> app/main.py -> app/models.py -> app/db.py"


def test_a_long_way_is_shortened() -> None:
    chain = {f"{at}.py": [f"{at + 1}.py"] for at in range(6)} | {"6.py": ["t1.py", "t2.py"]}

    found = find_passage(["0.py"], ["t1.py", "t2.py"], lambda path: chain.get(path, []))

    assert found is not None
    assert found.describe() == "2 test files load 6.py -> 5.py -> (4 more) -> 0.py"


def test_tests_that_load_the_change_themselves_need_no_reason() -> None:
    assert (
        find_passage(["app/db.py"], ["t1.py", "t2.py"], lambda path: ["t1.py", "t2.py"] if path == "app/db.py" else [])
        is None
    )
