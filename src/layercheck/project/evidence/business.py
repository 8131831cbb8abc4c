"""Services that nothing calls so: what uses the models and is used by the API."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.facts.file_kind import file_kind
from layercheck.model.module import Certainty
from layercheck.project.evidence.judgement import Judgement
from layercheck.project.evidence.verdict import holds_only_exceptions, is_task_module, judge
from layercheck.project.evidence.words import BUSINESS_WORDS

if TYPE_CHECKING:
    from layercheck.project.evidence.contents import Contents
    from layercheck.project.evidence.uses import Judged, Uses

_STORED = frozenset({"models", "db"})
_BELOW = frozenset({"models", "db", "schemas"})


def adjust(judged: Judged, uses: Uses) -> None:
    """Guess that files without a role are services, by what they use and what uses them.

    Only a guess, which no rule judges: who imports a file must never explain a wrong import away.
    """
    open_files = [path for path, each in judged.items() if each.role is None and path in uses.layout.application_of]
    layers = {
        role: [path for path, each in judged.items() if each.role == role] for role in (*_BELOW, "services", "api")
    }
    stored = [path for role in _STORED for path in layers[role]]
    weak = [path for path in open_files if _word_of(path, uses) in BUSINESS_WORDS and _is_code(uses.contents[path])]
    for path in uses.users_of([*stored, *layers["services"]], weak):
        said = f"`{_word_of(path, uses)}` and what it imports say so"
        judged[path] = Judgement("services", Certainty.GUESS, said)
    unnamed = [path for path in open_files if _is_unnamed(path, uses) and _does_something(path, uses.contents[path])]
    between = uses.users_of(stored, uses.used_by(layers["api"], unnamed))
    for path in between - uses.used_by((path for role in _BELOW for path in layers[role]), between):
        judged[path] = Judgement("services", Certainty.GUESS, "uses what is stored, and the API uses it")


def _word_of(path: str, uses: Uses) -> str:
    named = uses.layout.named.get(path)
    return named.word.lower().rpartition("_")[2] if named is not None else ""


def _is_unnamed(path: str, uses: Uses) -> bool:
    named = uses.layout.named.get(path)
    return (named is None or named.role is None) and judge(uses.contents[path]) is None


def _is_code(contents: Contents) -> bool:
    return bool(contents.classes or contents.functions) and not contents.is_web


def _does_something(path: str, contents: Contents) -> bool:
    is_aside = contents.is_web or is_task_module(contents) or holds_only_exceptions(contents)
    return bool(contents.functions) and not file_kind(path).is_package and not is_aside
