"""What speaks against the role that the names of a file say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.project.evidence.signs import ENUM
from layercheck.project.evidence.verdict import holds_only_exceptions, is_task_module
from layercheck.project.evidence.words import (
    CLIENT_WORDS,
    CLIENTS,
    DOUBTFUL_WORDS,
    LIBRARY_WORDS,
    STRICT_WORDS,
    TASK_WORDS,
)

if TYPE_CHECKING:
    from layercheck.project.evidence.contents import Contents
    from layercheck.project.evidence.judgement import NamedRole
    from layercheck.project.evidence.neighbours import Neighbours

_MANY_FUNCTIONS = 4
"""So many functions are what a file is there for."""


def find_objection(
    named: NamedRole, role: str, contents: Contents, around: Neighbours, stem: str, *, weak: bool
) -> str | None:
    """Tell what in a file speaks against the role that the names say."""
    if role in {"services", "utils", "models"} and (holds_only_exceptions(contents) or is_task_module(contents)):
        return "holds nothing but exceptions or tasks"
    if role == "schemas" and stem == "schema" and not (contents.classes or contents.functions or contents.is_empty):
        return "`schema.py` defines none"
    if role in {"services", "utils"} and is_client(stem):
        return f"`{stem}.py` is a client of something else"
    if role == "services" and named.is_folder and around.path.rpartition("/")[2] in CLIENTS:
        return f"lies in `{around.path.rpartition('/')[2]}/`, which talks to others"
    if role == "utils" and named.word != "__init__" and not _is_helper(named, contents, weak=weak):
        return f"{named.quoted} says `utils`, but it holds no helpers"
    if role == "utils" and named.word.lower() in LIBRARY_WORDS and around.path.rpartition("/")[2] != named.word:
        return f"a folder below `{named.word}/` is a library of its own"
    if role == "api" and named.is_folder and _is_about_tasks(contents, around, stem):
        return f"{named.quoted} says `api`, but it is called like tasks"
    if role == "schemas" and not named.is_folder and contents.functions >= _MANY_FUNCTIONS and not contents.classes:
        return f"{named.quoted} says `schemas`, but it defines functions and no shapes"
    if role == "models" and contents.is_learning:
        return "imports a library of machine learning"
    if role == "models" and around.learning and not around.share(role) and not contents.is_stored:
        return "lies among models of machine learning"
    is_borne_out = (
        around.is_served if named.is_folder else named.is_agreed or not (contents.classes or contents.functions)
    )
    if role == "api" and _is_doubtful(named) and not is_borne_out:
        return (
            f"{named.quoted} says `api`, but {'no file in it defines' if named.is_folder else 'it defines no'} endpoint"
        )
    return None


def _is_about_tasks(contents: Contents, around: Neighbours, stem: str) -> bool:
    """Tell whether a file, or its folder, is called after what runs without a request, and it knows nothing of the web."""
    words = {stem.lower().rpartition("_")[2], around.path.rpartition("/")[2].lower()}
    return not TASK_WORDS.isdisjoint(words) and not contents.is_web


def is_client(stem: str) -> bool:
    """Tell whether a file is called like what talks to somebody else's server."""
    return stem.lower().rpartition("_")[2] in CLIENT_WORDS


def _is_doubtful(named: NamedRole) -> bool:
    """Tell whether a name is as often that of something else: a foreign API, or `video_views/`, which are counted."""
    word = named.word.lower()
    return word in DOUBTFUL_WORDS or (named.is_folder and word.endswith("_views"))


def _is_helper(named: NamedRole, contents: Contents, *, weak: bool) -> bool:
    """Tell whether a file of `utils` holds helpers, and not constants, enums, clients or tools."""
    if not contents.classes and not contents.functions:
        return contents.is_empty
    if contents.kinds.get(ENUM, 0) == contents.classes and not contents.functions:
        return False
    if not weak:
        return True
    if named.word.lower() in STRICT_WORDS:
        return contents.functions > contents.classes and not contents.is_web
    return not contents.is_web and not contents.is_stored
