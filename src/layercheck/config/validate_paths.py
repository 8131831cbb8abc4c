"""Mistakes in folders, packages and file patterns."""

from __future__ import annotations

import os
import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import TYPE_CHECKING, Any

from layercheck.config.layer_syntax import check_module_expression
from layercheck.config.problems import subtable, texts
from layercheck.config.suggestion import did_you_mean
from layercheck.later_pattern import compile_later

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from layercheck.config.problems import KeyProblem

_PACKAGE = compile_later(r"[^\W\d]\w*")
_LONGEST_NAME, _LONGEST_PATH = 255, 1024
"""Letters that the names of folders have at most; of longer ones the system does not even say that they are missing."""
_ALTERNATIVES = compile_later(r"(?<!\\)\{[^{}]*,[^{}]*\}")
_ESCAPED_NAME = compile_later(r"(?<!\\)\\(?=\w)")


def validate_source_roots(table: Mapping[str, Any], root: Path | None) -> Iterator[KeyProblem]:
    """Find folders that are not there, or not below the root."""
    for index, text in texts(table.get("source-roots")):
        path = ("source-roots", index)
        if _is_absolute(text):
            yield path, f"expected a folder relative to this file, found the absolute path {text!r}"
        elif ".." in PurePosixPath(text).parts:
            yield path, f"expected a folder below this file's own, found {text!r}"
        elif len(text) > _LONGEST_PATH or any(len(part) > _LONGEST_NAME for part in PurePosixPath(text).parts):
            yield path, f"expected a folder, found a name of {len(text):,} characters, which no folder can have"
        elif root is not None and not (root / text).is_dir():
            yield path, f"{text!r} is not a folder in {root}{_similar_folder(root, text)}"


def validate_named_files(table: Mapping[str, Any], root: Path | None) -> Iterator[KeyProblem]:
    """Find files of another tool that are not there, or not below the root."""
    for index, text in texts(table.get("import-linter")):
        path = ("import-linter", index)
        if _is_absolute(text) or ".." in PurePosixPath(text).parts:
            yield path, f"expected a file below the folder of this one, found {text!r}"
        elif root is not None and not os.path.isfile(root / text):  # noqa: PTH113  (Path.is_file may raise)
            yield path, f"{text!r} is not a file in {root}"


def validate_packages(table: Mapping[str, Any]) -> Iterator[KeyProblem]:
    """Find packages that cannot be imported under such a name."""
    for index, name in texts(table.get("packages")):
        if not _PACKAGE.fullmatch(name):
            yield (
                ("packages", index),
                f"expected the name of a top-level package such as 'app', found {name!r}{_top(name)}",
            )
    for index, name in texts(table.get("strict")):
        try:
            check_module_expression(name)
        except ValueError as error:
            yield ("strict", index), str(error)


def validate_patterns(table: Mapping[str, Any], root: Path | None) -> Iterator[KeyProblem]:
    """Find patterns that can match no file below the root."""
    for index, pattern in texts(table.get("exclude")):
        if ".." in pattern.split("/"):
            yield ("exclude", index), f"expected a pattern for files below this file's own folder, found {pattern!r}"
        else:
            yield from ((("exclude", index), message) for message in _of_pattern(pattern, root))
    for pattern in subtable(table, "per-path-ignores"):
        yield from ((("per-path-ignores", pattern), message) for message in _of_pattern(pattern, root))


def _of_pattern(pattern: str, root: Path | None) -> Iterator[str]:
    if _is_elsewhere(pattern, root):
        yield f"expected a pattern relative to this file, found the absolute path {pattern!r}"
        return
    if problem := _never_matches(pattern):
        yield problem
        return
    # It costs 20 ms, which whoever has a pattern pays anyway as soon as files are discovered.
    from pathspec import GitIgnoreSpec  # noqa: PLC0415

    try:
        (parsed,) = GitIgnoreSpec.from_lines([pattern]).patterns
    except (ValueError, re.error):
        yield f"{pattern!r} is not a pattern in .gitignore syntax"
        return
    if parsed.include is None:
        yield f"{pattern!r} matches no file at all"


def _is_elsewhere(pattern: str, root: Path | None) -> bool:
    if PureWindowsPath(pattern).drive or pattern.startswith("~/"):
        return True
    if root is None or not pattern.startswith("/"):
        return False
    # `/app` starts at the root of the project; what is there on this disk and not in the project was meant otherwise.
    is_on_disk = pattern.count("/") > 1 and os.path.exists(pattern)  # noqa: PTH110  (Path.exists may raise)
    is_in_project = os.path.lexists(root / pattern.lstrip("/"))
    return f"{pattern}/".startswith(f"{root.as_posix()}/") or (is_on_disk and not is_in_project)


def _never_matches(pattern: str) -> str:
    """Say what keeps a pattern from matching any path, however the project looks; empty where nothing does."""
    negation, parts = pattern[: pattern.startswith("!")], pattern.removeprefix("!").split("/")
    if "." in parts:
        plain = negation + "/".join(part for part in parts if part != ".")
        return f"{pattern!r} matches nothing: leave the './' out, and write {plain!r}"
    if braces := _ALTERNATIVES.search(pattern):
        return f"{pattern!r} matches nothing: {braces[0]!r} is not expanded; write a pattern for each of them"
    if _ESCAPED_NAME.search(pattern):
        return f"{pattern!r} matches nothing: folders are separated by '/'; write {_ESCAPED_NAME.sub('/', pattern)!r}"
    return ""


def _top(name: str) -> str:
    """Guess the package that was meant by a module or by a path."""
    parts = [part for part in re.split(r"[./\\]+", name.removesuffix(".*")) if part]
    return f"; write {parts[0]!r}" if parts and parts[0] != name and _PACKAGE.fullmatch(parts[0]) else ""


def _is_absolute(text: str) -> bool:
    return PurePosixPath(text).is_absolute() or bool(PureWindowsPath(text).drive)


def _similar_folder(root: Path, text: str) -> str:
    parent = (root / text).parent
    if not parent.is_dir():
        return ""
    folders = (child.relative_to(root).as_posix() for child in parent.iterdir() if child.is_dir())
    return did_you_mean(text, sorted(folders))
