"""A second comparison costs what changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.repositories import SHOP, UPWARD, GitRepository, told

if TYPE_CHECKING:
    from pathlib import Path

FILES = len([path for path in SHOP if path.endswith(".py")])


def test_the_first_run_reads_the_base_and_the_second_nothing(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)

    first, second = (repository.compare(cache=True).effort for _ in range(2))

    # Five of the files are empty, and one content is known once it is known; but they are looked up all the same.
    assert first.read == FILES
    assert (second.read, second.parsed) == (0, 0)


def test_another_base_costs_the_contents_that_differ(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.commit({"app/services/users.py": UPWARD})
    repository.commit({"app/models/user.py": "class User: ...\n"})
    repository.compare("HEAD", cache=True)

    effort = repository.compare("HEAD~2", cache=True).effort

    assert effort.read == 2


def test_a_file_under_another_name_is_known(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.compare(cache=True)
    repository.git("mv", "app/services/users.py", "app/services/accounts.py")
    repository.commit()

    assert repository.compare(cache=True).effort.read == 0


def test_a_package_is_not_taken_for_a_module_of_the_same_content(tmp_path: Path) -> None:
    text = 'from importlib import import_module\n\nimport_module("..api.users", __name__)\n'
    repository = GitRepository.make(tmp_path, {**SHOP, "app/services/more.py": text})
    repository.compare(cache=True)
    repository.commit({"app/services/__init__.py": text})

    with_cache, without = (repository.compare("HEAD", cache=cache).findings for cache in (True, False))

    assert told(with_cache) == told(without)


def test_without_a_cache_all_is_read_each_time(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)

    assert [repository.compare().effort.read for _ in range(2)] == [FILES, FILES]
    assert not (tmp_path / ".layercheck_cache").exists()


def test_a_cache_that_is_broken_is_made_anew(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path)
    repository.compare(cache=True)
    (tmp_path / ".layercheck_cache/blobs.msgpack").write_bytes(b"\x93nonsense")

    assert [repository.compare(cache=True).effort.read for _ in range(2)] == [FILES, 0]


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    repository = GitRepository.make(tmp_path, {**SHOP, "app/models/old.py": "class Old: ...\n" * 99})
    repository.compare(cache=True)
    repository.git("rm", "-q", "app/models/old.py")
    repository.commit()
    cache = tmp_path / ".layercheck_cache/blobs.msgpack"

    sizes = []
    for _ in range(12):
        repository.compare(cache=True)
        sizes.append(cache.stat().st_size)

    assert sizes[0] > sizes[-1]
    assert repository.compare("HEAD~1", cache=True).effort.read == 1
