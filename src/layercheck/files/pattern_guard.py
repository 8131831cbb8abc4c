"""Passing over paths that no pattern of an ignore file can match, without trying all patterns on each of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

_ANYWHERE = "^(?:.+/)?"
"""How the expression of a pattern begins that is about a name, wherever it stands."""
_END_OF_FOLDER = "(?P<ps_d>/)"


class PatternGuard:
    """Tells of most paths that no pattern matches them; projects repeat few names over many paths."""

    def __init__(self, patterns: Iterable[Any]) -> None:
        """`patterns` are those of the library, which match where their `regex` finds something."""
        expressions = [pattern.regex for pattern in patterns if pattern.include is not None]
        self._of_names = [each.search for each in expressions if _is_about_names(each.pattern)]
        self._of_paths = [each.search for each in expressions if not _is_about_names(each.pattern)]
        self._known: dict[str, bool] = {}
        """Name, of a folder with a slash behind it → whether a pattern matches it."""

    def may_match(self, path: str) -> bool:
        """Return whether a pattern matches a path; folders end with a slash."""
        *folders, name = path.split("/")
        return (
            any(self._may_be_named(f"{folder}/") for folder in folders)
            or (name != "" and self._may_be_named(name))
            or any(search(path) for search in self._of_paths)
        )

    def _may_be_named(self, name: str) -> bool:
        known = self._known.get(name)
        if known is None:
            known = self._known[name] = any(search(name) for search in self._of_names)
        return known


def _is_about_names(expression: str) -> bool:
    return expression.startswith(_ANYWHERE) and "/" not in expression.removeprefix(_ANYWHERE).replace(
        _END_OF_FOLDER, ""
    ).replace("[^/]", "")
