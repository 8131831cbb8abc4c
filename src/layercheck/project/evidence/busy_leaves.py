"""Helpers that know the business: a folder of which most files use layers is no leaf."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.model.module import Certainty
from layercheck.project.evidence.judgement import Judgement, NamedRole

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.project.evidence.uses import Judged, Uses

_MOSTLY = 0.5
_ENOUGH_BUSY = 3
"""One or two helpers that use a layer are what a rule is there to find."""
_MANY_FUNCTIONS = 12
_SETTING_UP = frozenset(
    {"init", "initialization", "setup", "startup", "bootstrap", "middleware", "middlewares", "register"}
)
"""Last words of files that put the application together."""
_LAYERS = frozenset({"api", "services", "models", "db"})


def adjust(judged: Judged, uses: Uses) -> None:
    """Take the role `utils` from helpers that use layers, where most of their folder does.

    Where most keep to themselves, those that do not are what a rule is there to find. Helpers that use a layer
    themselves, in a folder of several, are taken for services. One that uses the API is likely to be no more than that:
    whatever it is, it lies below the endpoints that it uses.
    """
    named = uses.layout.named
    helpers = {path for path, each in judged.items() if each.role == "utils" or _is_full_of_helpers(path, each, uses)}
    layers = {path for path, each in judged.items() if each.role in _LAYERS}
    direct = uses.users_of(layers, helpers)
    upward = uses.users_of([path for path in layers if judged[path].role == "api"], helpers)
    users = set(direct)
    while more := uses.users_of(layers | users, helpers - users):
        users |= more
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path in judged:
        # What is called like wiring and uses no layer may well be that.
        if path in helpers and (judged[path].role == "utils" or path in users):
            each = named.get(path, NamedRole())
            key = each.around if judged[path].role == "wiring" else each.word if each.is_folder else path
            groups[uses.layout.application_of.get(path, ""), key].append(path)
    for paths in groups.values():
        busy = [path for path in paths if path in users]
        if len(busy) <= _MOSTLY * len(paths) or not (len(busy) >= _ENOUGH_BUSY or _is_alone(paths, uses)):
            continue
        why = f"{len(busy)} of {len(paths)} files there use layers, so it is no leaf"
        for path in busy:
            role = "services" if path in direct and len(busy) >= _ENOUGH_BUSY else None
            sets_up = judged[path].role == "utils" and _word_of(path) in _SETTING_UP
            judged[path] = Judgement(role, Certainty.GUESS, f"{why}; this one does" if role else why)
            if role and path in upward and not sets_up:
                judged[path] = Judgement(role, Certainty.LIKELY, f"{why}; this one uses `api`")


def _is_full_of_helpers(path: str, each: Judgement, uses: Uses) -> bool:
    """Tell whether a file among helpers that is called like wiring has more functions than it takes to set something up."""
    contents, named = uses.contents[path], uses.layout.named.get(path)
    is_among_helpers = each.role == "wiring" and named is not None and named.within == "utils"
    return is_among_helpers and contents.functions >= max(_MANY_FUNCTIONS, _MANY_FUNCTIONS * contents.classes)


def _word_of(path: str) -> str:
    """Give the last word of the name of a module."""
    name = path.removesuffix("/__init__.py").removesuffix(".py").rpartition("/")[2]
    return name.lower().rpartition("_")[2]


def _is_alone(paths: Sequence[str], uses: Uses) -> bool:
    """Tell whether a group is one file that is called like a helper, below the top of its application."""
    named = uses.layout.named.get(paths[0], NamedRole())
    return not named.is_folder and not named.is_agreed and paths[0].rpartition("/")[0] not in uses.tops
