from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.facts.fact_store import SourceStore
from layercheck.facts.file_facts import scan_file
from layercheck.files.file_source import DiskSource
from layercheck.model.imports import FileImports
from tests.running import without_privileges, write_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from layercheck.facts.file_facts import FileFacts

NOTHING: frozenset[str] = frozenset()


def _load(
    root: Path, *paths: str, known: Mapping[str, FileFacts] | None = None, unchanged: frozenset[str] = NOTHING
) -> tuple[SourceStore, int]:
    store = SourceStore(root, DiskSource(root).read)
    return store, store.load(paths, known or {}, unchanged)


def _imported(store: SourceStore, path: str) -> list[str]:
    return [site.module for site in store.imports(path).sites]


def test_every_file_is_read_once(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x\n", "b/c.py": "import y\n"})

    store, read = _load(tmp_path, "a.py", "b/c.py")

    assert read == 2
    assert list(store.facts) == ["a.py", "b/c.py"]
    assert store.facts["a.py"] == scan_file(b"import x\n")


def test_an_unchanged_file_is_not_even_opened(tmp_path: Path) -> None:
    known = {"gone.py": scan_file(b"import x\n")}

    store, read = _load(tmp_path, "gone.py", known=known, unchanged=frozenset({"gone.py"}))

    assert read == 0
    assert store.facts["gone.py"] is known["gone.py"]


def test_a_touched_file_is_known_by_its_content(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x\n"})
    earlier, _ = _load(tmp_path, "a.py")
    earlier.imports("a.py")
    known = earlier.facts

    store, read = _load(tmp_path, "a.py", known=known)

    assert read == 1
    assert store.facts["a.py"].imports is known["a.py"].imports is not None


def test_a_moved_file_is_known_by_its_content(tmp_path: Path) -> None:
    write_tree(tmp_path, {"new.py": "import x\n"})
    known = {"old.py": scan_file(b"import x\n")}

    store, _ = _load(tmp_path, "new.py", known=known)

    assert store.facts["new.py"].imports == known["old.py"].imports
    assert _imported(store, "new.py") == ["x"]


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import y\n"})

    store, _ = _load(tmp_path, "a.py", known={"a.py": scan_file(b"import x\n")})

    assert store.facts["a.py"] == scan_file(b"import y\n")


def test_two_files_of_one_content_do_not_share_what_depends_on_the_path(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x\n", "a.pyi": "import x\n"})
    known = {"a.py": scan_file(b"import x\n")}

    store, _ = _load(tmp_path, "a.py", "a.pyi", known=known)
    kinds = {path: [site.kind for site in store.imports(path).sites] for path in ("a.py", "a.pyi")}
    fresh, _ = _load(tmp_path, "a.py", "a.pyi")

    assert kinds == {path: [site.kind for site in fresh.imports(path).sites] for path in ("a.py", "a.pyi")}


def test_two_files_of_one_content_vanish_one_by_one(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x\n", "b.py": "import x\n"})
    store, _ = _load(tmp_path, "a.py", "b.py", known={"a.py": scan_file(b"import x\n")})
    (tmp_path / "a.py").unlink()

    assert store.imports("a.py") == FileImports()
    assert _imported(store, "b.py") == ["x"]
    assert store.facts["b.py"].unreadable is None


def test_what_vanished_counts_as_unknown_content(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x\n"})
    store, _ = _load(tmp_path, "a.py", "gone.py")
    (tmp_path / "a.py").unlink()
    store.imports("a.py")

    assert [facts.digest for facts in store.facts.values()] == [b"", b""]


def test_a_file_is_parsed_when_somebody_asks_and_only_once(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x\n"})
    store, _ = _load(tmp_path, "a.py")

    assert store.parsed == 0
    assert store.imports("a.py") is store.imports("a.py")
    assert store.parsed == 1


def test_a_syntax_error_is_told_with_its_place_and_asked_for_once(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x\ndef f(:\n"})
    store, _ = _load(tmp_path, "a.py")

    assert [store.imports("a.py"), store.imports("a.py")] == [FileImports(), FileImports()]
    assert store.parsed == 1
    unreadable = store.facts["a.py"].unreadable
    assert unreadable is not None
    assert unreadable.line == 2


def test_a_file_that_vanished_is_told(tmp_path: Path) -> None:
    store, _ = _load(tmp_path, "gone.py")

    unreadable = store.facts["gone.py"].unreadable
    assert unreadable is not None
    assert unreadable.reason == "vanished while it was being read"
    assert store.imports("gone.py") == FileImports()
    assert store.suppressions("gone.py") == ()


def test_a_file_that_vanishes_before_it_is_parsed_is_told(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x\n"})
    store, _ = _load(tmp_path, "a.py")
    (tmp_path / "a.py").unlink()

    assert store.imports("a.py") == FileImports()
    unreadable = store.facts["a.py"].unreadable
    assert unreadable is not None
    assert unreadable.reason == "vanished while it was being read"


def test_a_file_without_read_permission_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x\n", "b.py": "import y\n"})
    (tmp_path / "a.py").chmod(0)

    with without_privileges(tmp_path):
        store, _ = _load(Path(), "a.py", "b.py")

    unreadable = store.facts["a.py"].unreadable
    assert unreadable is not None
    assert unreadable.reason == "cannot be read: Permission denied"
    assert store.facts["b.py"] == scan_file(b"import y\n")


def test_what_could_not_be_read_is_no_known_content(tmp_path: Path) -> None:
    first, _ = _load(tmp_path, "a.py")
    write_tree(tmp_path, {"a.py": ""})

    second, _ = _load(tmp_path, "a.py", known=first.facts)

    assert second.facts["a.py"].unreadable is None


def test_suppressions_are_read_when_somebody_asks(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a.py": "import x  # layercheck: ignore[LC101] why\n"})
    store, _ = _load(tmp_path, "a.py")

    assert store.facts["a.py"].suppressions is None
    (suppression,) = store.suppressions("a.py")
    assert suppression.rules == ("LC101",)
    assert store.suppressions("a.py") is store.suppressions("a.py")
