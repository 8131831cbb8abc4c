"""Names and contents, weighed against each other: the role of one file, how sure it is, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.module import Certainty
from layercheck.project.evidence.judgement import Judgement
from layercheck.project.evidence.neighbours import MAJORITY
from layercheck.project.evidence.objections import find_objection, is_client
from layercheck.project.evidence.signs import (
    APPLICATION,
    DEPENDENCY,
    ENDPOINT,
    ERROR,
    FACTORY,
    FORM,
    REPOSITORY,
    REQUEST,
    SCHEMA,
    SERVICE,
    SESSION,
    SETTINGS,
    TABLE,
)
from layercheck.project.evidence.verdict import Verdict, holds_only_exceptions, is_task_module, judge
from layercheck.project.evidence.words import (
    ADAPTER_WORDS,
    CLIENTS,
    CODE_WORDS,
    ERROR_WORDS,
    NOT_ENTITIES,
    PARTS_OF_API,
    SUBJECTS,
    WEAK_WORDS,
)

if TYPE_CHECKING:
    from layercheck.project.evidence.contents import Contents
    from layercheck.project.evidence.judgement import NamedRole
    from layercheck.project.evidence.neighbours import Neighbours

CERTAIN, LIKELY, GUESS = Certainty.CERTAIN, Certainty.LIKELY, Certainty.GUESS

_MOSTLY_FUNCTIONS = 4
"""So many functions for each class are what a file is there for, and the shape that some of them take is not."""
_SUPPORT = 0.3
"""Share of a folder's defining files that must have the role of its weak name."""

# What the names say → what contents of another kind make of it. Roles that are not listed keep to their name.
_CONTENTS_WIN: dict[str, frozenset[str | None]] = {
    "api": frozenset({None, "services"}),
    "models": frozenset({None, "api", "services", "schemas", "utils"}),
    "db": frozenset({None, "services", "utils", "api"}),
    "schemas": frozenset({None, "api", "services", "models"}),
    "wiring": frozenset({None, "services", "utils", "api", "models", "db"}),
    "main": frozenset({None, "api"}),
}
_STARTS = frozenset({APPLICATION, FACTORY, ENDPOINT, SETTINGS})
_HINTS = frozenset({REQUEST, DEPENDENCY})
_NEEDS_PURE = frozenset({"schemas"})
_DISTURBED: dict[str, frozenset[str]] = {"api": frozenset({"utils"}), "schemas": frozenset({"utils"})}
"""Contents that leave nothing of a name: endpoints in `utils` are neither helpers nor, without more, a layer."""


def combine(
    named: NamedRole, contents: Contents, around: Neighbours, *, stem: str = "", may_follow: bool = True
) -> Judgement:
    """Decide the role of one file."""
    verdict = _judge_contents(named, contents)
    if not may_follow:
        around = around._replace(roles={})
    weak = _is_weak(named)
    if verdict is None:
        return _by_name(named, contents, around, stem, weak=weak)
    what = contents.example[verdict.kind]
    said = f"defines {verdict.kind}: {what}"
    if verdict.role == "schemas" and (shaped := _judge_shapes(named, contents, around, stem, said, weak=weak)):
        return shaped
    if verdict.kind in _HINTS and named.role != "api":
        return _by_hint(named, contents, around, stem, verdict, weak=weak)
    if verdict.role == "services" and named.role != "services":
        return _judge_services(named, contents, around, stem, verdict, weak=weak)
    if verdict.role == named.role or (named.role == "main" and verdict.kind in _STARTS):
        return Judgement(named.role, CERTAIN, f"{said}, and {named.quoted} says so")
    is_graphql = stem == "schema" and named.role == "schemas"
    if (named.within == verdict.role or is_graphql) and (verdict.kind == ENDPOINT or named.role == "wiring"):
        return Judgement(verdict.role, LIKELY if named.role == "wiring" else CERTAIN, said)
    if weak and (verdict.is_pure or verdict.role not in _NEEDS_PURE):
        return Judgement(verdict.role, LIKELY, said)
    if weak:
        is_stored = named.role == "db" and contents.is_stored
        return (
            Judgement("db", LIKELY, f"{named.quoted} says so, though it {said}")
            if is_stored
            else Judgement(None, GUESS, said)
        )
    if named.role in _DISTURBED.get(verdict.role, ()):
        is_shape = verdict.kind == SCHEMA and contents.functions >= _MOSTLY_FUNCTIONS * contents.classes
        doubtful = Judgement(None, GUESS, f"{said}, though {named.quoted} says `{named.role}`")
        return _by_name(named, contents, around, stem, weak=weak) if is_shape else doubtful
    is_about_code = verdict.kind == ENDPOINT and named.role == "db" and stem.rpartition("_")[2] in CODE_WORDS
    is_beaten = is_about_code or named.role in _CONTENTS_WIN.get(verdict.role, ())
    if is_beaten and (verdict.is_pure or verdict.role not in _NEEDS_PURE):
        is_shared = ERROR in contents.kinds and stem.lower().rpartition("_")[2] in ERROR_WORDS
        is_plain = verdict.is_pure and verdict.role != "schemas" and named.role is None
        sure = CERTAIN if is_plain and not is_shared else LIKELY
        return Judgement(verdict.role, sure, said)
    if named.role is None:
        return _by_name(named, contents, around, stem, weak=weak)
    return Judgement(named.role, LIKELY, f"{named.quoted} says so, though it {said}")


def _judge_contents(named: NamedRole, contents: Contents) -> Verdict | None:
    verdict = judge(contents)
    if verdict is None:
        return None
    if verdict.kind == SESSION and TABLE in contents.kinds and named.role in {"models", "schemas"}:
        return Verdict("models", TABLE, is_pure=False)
    if verdict.kind in {FORM, TABLE} and SERVICE in contents.kinds and named.role == "services":
        return Verdict("services", SERVICE, is_pure=False)
    if verdict.kind == REPOSITORY and named.role != "db":
        is_service = named.role == "services" and SERVICE in contents.kinds
        return verdict if contents.is_stored and not is_service else None
    return verdict


def _judge_shapes(
    named: NamedRole, contents: Contents, around: Neighbours, stem: str, said: str, *, weak: bool
) -> Judgement | None:
    """Decide about shapes that are the application's own or not by what stands around them; None where that does not tell."""
    if named.role is None and (objection := _find_other_shapes(contents, around, stem)):
        return Judgement(None, GUESS, f"{said}, {objection}")
    if named.role == "api" and not weak and around.majority() == "schemas":
        return Judgement("schemas", LIKELY, f"{said}; {around.describe('schemas')}")
    if named.role == "models" and contents.is_stored:
        return Judgement("models", LIKELY, f"{named.quoted} says so, and it imports a library of databases")
    return None


def _find_other_shapes(contents: Contents, around: Neighbours, stem: str) -> str | None:
    """Tell why shapes that nothing calls so are none of the application's own."""
    if not CLIENTS.isdisjoint(around.path.split("/")):
        return "in a folder that talks to others"
    if ERROR in contents.kinds and stem.lower().rpartition("_")[2] in ERROR_WORDS:
        return "among exceptions"
    return None


def _is_weak(named: NamedRole) -> bool:
    last = named.word.lower().rpartition("_" if not named.is_folder else "\0")[2]
    return named.role is not None and last in WEAK_WORDS


def _judge_services(
    named: NamedRole, contents: Contents, around: Neighbours, stem: str, verdict: Verdict, *, weak: bool
) -> Judgement:
    """Decide about what defines services and is called otherwise: of services, only those are known by their contents."""
    said = f"defines {verdict.kind}: {contents.example[verdict.kind]}"
    if _is_subject(named):
        return Judgement("services", CERTAIN, f"{said}, and the folder around says so")
    if named.role == "db" and around.share("services") >= MAJORITY:
        return Judgement("services", LIKELY, f"{said}; {around.describe('services')}")
    return _by_name(named, contents, around, stem, weak=weak)


def _is_subject(named: NamedRole) -> bool:
    """Tell whether the name of a file may be what it is about: `services/repos.py` creates repositories of code."""
    return not named.is_folder and named.role == "db" and named.within == "services"


def _by_hint(
    named: NamedRole, contents: Contents, around: Neighbours, stem: str, verdict: Verdict, *, weak: bool
) -> Judgement:
    """Decide by contents that belong to endpoints, but are no endpoints themselves."""
    kind = DEPENDENCY if DEPENDENCY in contents.kinds else verdict.kind
    said = f"defines {kind}: {contents.example[kind]}"
    # What queries the database in classes of its own also has functions that hand these to endpoints.
    is_about_data = contents.is_stored and contents.classes and REQUEST not in contents.kinds
    if named.role is None and DEPENDENCY in contents.kinds and not is_about_data:
        return Judgement("api", LIKELY, said)
    if named.role is None and around.majority() == "api":
        return Judgement("api", LIKELY, f"{said}; {around.describe('api')}")
    return _by_name(named, contents, around, stem, weak=weak)


def _by_name(named: NamedRole, contents: Contents, around: Neighbours, stem: str, *, weak: bool) -> Judgement:
    """Decide by the names, as far as contents and neighbours do not object."""
    role = named.role
    if role is None:
        majority = around.majority()
        if majority is not None and majority in _BY_NEIGHBOURS and _is_undecided(contents):
            return Judgement(majority, LIKELY, around.describe(majority))
        is_foreign = not CLIENTS.isdisjoint(around.path.split("/"))
        if around.is_asking and contents.takes_requests and contents.classes and not is_foreign:
            return Judgement("api", LIKELY, f"{around.asking} of {around.files} files in {around.path}/ take requests")
        return Judgement(None, GUESS, "nothing tells")
    if role == "wiring" and named.within == "utils" and stem == "urls" and (contents.functions or contents.classes):
        return Judgement("utils", LIKELY, "the folder around says so; `urls.py` defines helpers instead of routes")
    if role == "utils" and named.word == "security" and contents.is_web:
        return Judgement("wiring", LIKELY, f"{named.quoted} says `utils`, but it imports a web framework")
    if role in {"services", "utils"} and is_client(stem) and contents.is_stored:
        return Judgement("db", LIKELY, f"`{stem}.py` is a client of a database")
    objection = find_objection(named, role, contents, around, stem, weak=weak)
    if objection:
        return Judgement(None, GUESS, objection)
    if weak and role == "models" and named.word == "domain" and contents.classes:
        return _judge_domain(named, stem)
    if _is_subject(named) and stem.lower() in SUBJECTS:
        return Judgement("services", LIKELY, f"the folder around says so; `{stem}.py` defines no repository")
    is_adapter = named.word.lower() in ADAPTER_WORDS
    if weak and not (contents.is_stored if is_adapter else _is_supported(role, around)):
        return Judgement(None, GUESS, f"{named.quoted} says `{role}`, but nothing that it defines does")
    is_part = role == "api" and not named.is_folder and named.word.lower() in PARTS_OF_API
    if is_part and not contents.takes_requests and not _serves(named, around):
        return Judgement("api", GUESS, f"{named.quoted} says `api`, but nothing that it defines does")
    if role == "models" and named.is_folder and around.share("schemas") >= MAJORITY and around.defining >= 2:
        return Judgement("schemas", LIKELY, around.describe("schemas"))
    return _judge_by_plain_name(named, role, contents, around, weak=weak)


def _judge_domain(named: NamedRole, stem: str) -> Judgement:
    if stem.rpartition("_")[2] in NOT_ENTITIES:
        return Judgement(None, GUESS, f"{named.quoted} of a hexagon holds the entities, but not in `{stem}.py`")
    return Judgement("models", LIKELY, f"{named.quoted} of a hexagon holds the entities")


def _serves(named: NamedRole, around: Neighbours) -> bool:
    """Tell whether a file that is called like a part of an api lies in one, with endpoints beside it."""
    return named.is_agreed and around.share("api") > 0


def _is_supported(role: str, around: Neighbours) -> bool:
    """Tell whether the neighbours bear out a weak name; helpers need no support."""
    is_stored = role == "db" and around.stored >= _SUPPORT * around.files
    return role == "utils" or is_stored or around.share(role) >= _SUPPORT


def _judge_by_plain_name(
    named: NamedRole, role: str, contents: Contents, around: Neighbours, *, weak: bool
) -> Judgement:
    said = f"{named.quoted} says so"
    if role == "wiring" and named.is_folder and named.word.lower() == "containers" and contents.classes:
        return Judgement(None, GUESS, f"{named.quoted} says `wiring`, but nothing that it defines does")
    if role not in _LAYERED:
        return Judgement(role, CERTAIN, said)
    if weak:
        return Judgement(role, LIKELY, said)
    if not named.is_folder:
        is_agreed = named.is_agreed and (role != "api" or around.share(role) > 0)
        is_plain = is_agreed or (role in _PLAIN_FILES and named.within in {None, role} and not _is_subject(named))
        return Judgement(role, CERTAIN if is_plain else LIKELY, said)
    if around.defining and around.share(role) < MAJORITY:
        return Judgement(role, LIKELY, f"{said}; {around.describe(role)}")
    if around.share(role):
        # Beside endpoints lies what serves them, or whatever else they need.
        return Judgement(role, LIKELY if role == "api" else CERTAIN, f"{said}; {around.describe(role)}")
    is_direct = around.path.rpartition("/")[2] == named.word
    is_plain = is_direct and (role in _PLAIN or (role == "models" and around.is_at_top))
    return Judgement(role, CERTAIN if is_plain else LIKELY, f"{said}; nothing in it says otherwise")


_PLAIN_FILES = frozenset({"services", "models", "db", "schemas"})
"""Roles that files are called after for no other reason."""
_PLAIN = frozenset({"api", "services", "db", "schemas"})
"""Roles whose folders hold, directly in them, what they are called after, whether or not that can be recognised."""
_BY_NEIGHBOURS = frozenset({"api", "models"})
_LAYERED = frozenset({"api", "services", "models", "db", "schemas", "utils"})


def _is_undecided(contents: Contents) -> bool:
    """Tell whether a file holds something, and nothing that its neighbours have no say in."""
    if not (contents.classes or contents.functions):
        return False
    return SCHEMA not in contents.kinds and not is_task_module(contents) and not holds_only_exceptions(contents)
