from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from layercheck.facts.cache_folder import FOLDER_NAME
from layercheck.facts.fact_cache import Cache
from layercheck.facts.file_facts import FileFacts, scan_file
from layercheck.facts.sealed_file import read_sealed, write_sealed
from layercheck.facts.signature import Signature
from layercheck.files.disk_folders import discover
from layercheck.model.imports import FileImports
from layercheck.model.unreadable import Unreadable
from layercheck.python.imports.scan import Scan
from tests.running import without_privileges, write_tree

if TYPE_CHECKING:
    from collections.abc import Callable

OLD = 1_600_000_000_000_000_000
AFTER = OLD + 1_000_000_000


class _Report(msgspec.Struct):
    findings: list[str] = []


REPORT = _Report()


def _files(**sizes: int) -> dict[str, Signature]:
    return {f"{name}.py": Signature(size, OLD, OLD, 7) for name, size in sizes.items()}


def _facts(files: dict[str, Signature]) -> dict[str, FileFacts]:
    return {path: scan_file(b"import module_%d" % number) for number, path in enumerate(files)}


def _write(folder: Path, files: dict[str, Signature], *, key: str = "key", started: int = AFTER) -> None:
    Cache(folder).write(files, _facts(files), key, _Report(), started)


def test_what_was_written_is_known_to_the_next_run(tmp_path: Path) -> None:
    files = _files(a=1, b=2)
    _write(tmp_path / "cache", files)

    facts, unchanged = Cache(tmp_path / "cache").known(files)

    assert facts == _facts(files)
    assert unchanged == {"a.py", "b.py"}
    assert Cache(tmp_path / "cache").is_current(files)
    assert Cache(tmp_path / "cache").report("key", _Report) == REPORT


def test_the_report_is_only_for_the_same_question_about_the_same_files(tmp_path: Path) -> None:
    _write(tmp_path, _files(a=1, b=2))
    cache = Cache(tmp_path)

    assert cache.report("other", _Report) is None
    assert not cache.is_current(_files(a=1, b=3))
    assert not cache.is_current(_files(a=1))
    assert not cache.is_current(_files(a=1, b=2, c=3))
    assert not cache.is_current(_files(a=1, c=2))


def test_facts_are_kept_for_changed_and_vanished_files_too(tmp_path: Path) -> None:
    # Their content may turn up again, there or elsewhere.
    _write(tmp_path, _files(a=1, b=2))

    facts, unchanged = Cache(tmp_path).known(_files(a=99, c=3))

    assert facts.keys() == {"a.py", "b.py"}
    assert unchanged == frozenset()


@pytest.mark.parametrize("field", ["mtime_ns", "ctime_ns"])
def test_a_file_as_young_as_the_cache_is_not_believed(tmp_path: Path, field: str) -> None:
    young = {"a.py": Signature(1, OLD, OLD, 7)._replace(**{field: AFTER})}
    _write(tmp_path, young)

    _, unchanged = Cache(tmp_path).known(young)

    assert unchanged == frozenset()
    assert not Cache(tmp_path).is_current(young)


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-10])


def _garble(path: Path) -> None:
    path.write_bytes(bytes(255 - byte for byte in path.read_bytes()))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _replace_by_other_data(path: Path) -> None:
    path.write_bytes(msgspec.msgpack.encode({"some": "thing"}))


def _make_older(path: Path) -> None:
    content = msgspec.msgpack.decode(read_sealed(path) or b"")
    content[0] = "0.0.0"
    write_sealed(path, msgspec.msgpack.encode(content))


def _make_of_another_python(path: Path) -> None:
    content = msgspec.msgpack.decode(read_sealed(path) or b"")
    content[0] = content[0].replace(str(sys.implementation.cache_tag), "cpython-399")
    write_sealed(path, msgspec.msgpack.encode(content))


def _make_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "spoil",
    [
        _truncate,
        _garble,
        _empty,
        _replace_by_other_data,
        _make_older,
        _make_of_another_python,
        _make_a_folder,
        Path.unlink,
    ],
)
def test_a_spoilt_cache_knows_nothing(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    files = _files(a=1)
    _write(tmp_path, files)
    spoil(tmp_path / "facts.msgpack")

    assert Cache(tmp_path).known(files) == ({}, frozenset())
    assert Cache(tmp_path).report("key", _Report) is None


@pytest.mark.parametrize("spoil", [_truncate, _garble, _empty, _make_older, Path.unlink])
def test_a_spoilt_cache_is_replaced(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    files = _files(a=1)
    _write(tmp_path, files)
    spoil(tmp_path / "facts.msgpack")
    _write(tmp_path, files)

    assert Cache(tmp_path).report("key", _Report) == REPORT


@pytest.mark.parametrize("part", [2, 3])
def test_a_cache_whose_parts_are_spoilt_knows_nothing(tmp_path: Path, part: int) -> None:
    files = _files(a=1)
    _write(tmp_path, files)
    content = msgspec.msgpack.decode(read_sealed(tmp_path / "facts.msgpack") or b"")
    content[part] = ["of", "another", "shape"]
    write_sealed(tmp_path / "facts.msgpack", msgspec.msgpack.encode(content))

    assert Cache(tmp_path).known(files) == ({}, frozenset())


def test_a_report_of_another_shape_is_none(tmp_path: Path) -> None:
    files = _files(a=1)
    _write(tmp_path, files)
    content = msgspec.msgpack.decode(read_sealed(tmp_path / "facts.msgpack") or b"")
    content[5] = ["of", "another", "shape"]
    write_sealed(tmp_path / "facts.msgpack", msgspec.msgpack.encode(content))

    assert Cache(tmp_path).report("key", _Report) is None


def test_the_folder_says_what_it_is_and_stays_out_of_repositories(tmp_path: Path) -> None:
    _write(tmp_path / FOLDER_NAME, _files(a=1))

    written = {path.name for path in (tmp_path / FOLDER_NAME).iterdir()}
    assert written == {"facts.msgpack", ".gitignore", "CACHEDIR.TAG"}
    assert (tmp_path / FOLDER_NAME / ".gitignore").read_text() == "*\n"
    assert (
        (tmp_path / FOLDER_NAME / "CACHEDIR.TAG").read_text().startswith("Signature: 8a477f597d28d172789f06886806bc55")
    )


def test_a_folder_that_was_there_before_is_not_touched_but_for_the_one_file(tmp_path: Path) -> None:
    write_tree(tmp_path, {".gitignore": "mine\n"})
    _write(tmp_path, _files(a=1))

    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    assert {path.name for path in tmp_path.iterdir()} == {".gitignore", "facts.msgpack"}


def test_no_folder_is_no_cache() -> None:
    files = _files(a=1)
    Cache(None).write(files, _facts(files), "key", _Report(), AFTER)

    assert Cache(None).known(files) == ({}, frozenset())
    assert Cache(None).report("key", _Report) is None


def test_a_place_that_is_no_folder_is_left_alone(tmp_path: Path) -> None:
    write_tree(tmp_path, {"cache": "a file"})
    _write(tmp_path / "cache", _files(a=1))
    _write(tmp_path / "cache" / "deeper", _files(a=1))

    assert (tmp_path / "cache").read_text() == "a file"


def test_a_folder_that_may_not_be_written_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "locked").mkdir(mode=0o555)

    with without_privileges(tmp_path):
        _write(Path("locked"), _files(a=1))
        _write(Path("locked/deeper"), _files(a=1))

    assert list((tmp_path / "locked").iterdir()) == []


def test_two_writers_at_once_leave_one_whole_cache(tmp_path: Path) -> None:
    sets = [_files(a=1, **{f"f{number}": number for number in range(size)}) for size in (50, 200)]

    def write_often(files: dict[str, Signature]) -> None:
        for _ in range(20):
            _write(tmp_path / "cache", files)

    writers = [threading.Thread(target=write_often, args=[files]) for files in sets]
    for writer in writers:
        writer.start()
    seen = []
    while any(writer.is_alive() for writer in writers):
        facts, _ = Cache(tmp_path / "cache").known(sets[0])
        seen.append(len(facts))
    for writer in writers:
        writer.join()

    assert {*seen, len(Cache(tmp_path / "cache").known(sets[0])[0])} <= {0, 51, 201}
    assert any(Cache(tmp_path / "cache").is_current(files) for files in sets)
    assert Cache(tmp_path / "cache").report("key", _Report) == REPORT
    assert {path.name for path in (tmp_path / "cache").iterdir()} == {"facts.msgpack", ".gitignore", "CACHEDIR.TAG"}


def test_paths_that_are_no_text_survive(tmp_path: Path) -> None:
    files = {os.fsdecode(b"caf\xe9.py"): Signature(1, OLD, OLD, 7)}
    _write(tmp_path, files)

    assert Cache(tmp_path).known(files)[1] == files.keys()


def test_what_could_not_be_read_is_tried_again(tmp_path: Path) -> None:
    files = _files(a=1, b=2)
    facts = _facts(files) | {"a.py": FileFacts(b"", Scan(()), Unreadable("cannot be read: Too many open files"))}
    Cache(tmp_path).write(files, facts, "key", _Report(), AFTER)

    assert Cache(tmp_path).known(files)[1] == {"b.py"}
    assert Cache(tmp_path).report("key", _Report) is None


def test_what_cannot_be_kept_leaves_the_cache_as_it_was(tmp_path: Path) -> None:
    files = _files(a=1)
    _write(tmp_path, files)
    surrogate = FileFacts(b"digest", Scan(()), imports=FileImports(exports=("\ud800",)))

    Cache(tmp_path).write(files, {"a.py": surrogate}, "key", _Report(), AFTER)
    Cache(tmp_path).write(files, _facts(files), "key", _Report(["\udce9"]), AFTER)

    assert Cache(tmp_path).report("key", _Report) == REPORT


def test_the_signature_of_a_real_file_tells_a_changed_one(tmp_path: Path) -> None:
    root = write_tree(tmp_path, {"x.py": "import a\n"})
    before = discover(root).files
    kept = (root / "x.py").stat()
    write_tree(root, {"new.py": "import b\n"})
    (root / "new.py").replace(root / "x.py")
    os.utime(root / "x.py", ns=(kept.st_atime_ns, kept.st_mtime_ns))

    assert (root / "x.py").stat().st_size == kept.st_size
    assert discover(root).files != before


def test_a_cache_that_somebody_else_wrote_is_not_believed(tmp_path: Path) -> None:
    files = _files(a=1)
    _write(tmp_path, files)
    sealed = (tmp_path / "facts.msgpack").read_bytes()
    content = msgspec.msgpack.encode(msgspec.msgpack.decode(read_sealed(tmp_path / "facts.msgpack") or b""))

    for forged in (content, sealed[:32] + content[:-1] + b"x", b"\0" * 32 + content, sealed[:-1]):
        (tmp_path / "facts.msgpack").write_bytes(forged)
        assert Cache(tmp_path).known(files) == ({}, frozenset())


def test_a_link_in_place_of_the_cache_is_not_read(tmp_path: Path) -> None:
    files = _files(a=1)
    _write(tmp_path / "real", files)
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "facts.msgpack").symlink_to("/dev/zero")

    assert Cache(tmp_path / "cache").known(files) == ({}, frozenset())
