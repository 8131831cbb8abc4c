"""What names stand for: tables, schemas, enums, session providers and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.model.definitions import CONSTANTS, Kind
from layercheck.project.defined_names import Defined
from layercheck.project.kinds_of_families import OF_CALLS, OF_CLASSES, OF_FOREIGN
from layercheck.project.known_names import (
    Family,
    family_of,
    gives_session,
    holds_sessions,
    is_router,
    makes_base,
    makes_endpoint,
    makes_schema,
    makes_sessions,
    makes_table,
)
from layercheck.project.serializers import describes_table, is_serializer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from layercheck.model.definitions import Definition, FileDefinitions
    from layercheck.model.module import Module
    from layercheck.project.defined_names import Definitions

_DEEPEST = 12
_BODY_MARKS, _HARMFUL = frozenset({"query", "empty"}), frozenset({Kind.TABLE, Kind.CLASS, Kind.FUNCTION})
"""What a helper is not, and what it does not use."""
_TABLE_MARKS, _ABSTRACT_MARKS = frozenset({"__tablename__", "__table__"}), frozenset({"__abstract__", "Meta.abstract"})
_TABLE_VALUES = frozenset({"sqlalchemy.Table()", "sqlalchemy.schema.Table()", "django.contrib.auth.get_user_model()"})


class Kinds:
    """The kinds of names; parses only the files that a name leads to."""

    def __init__(self, definitions: Definitions) -> None:
        self._definitions = definitions
        self._helpers: dict[tuple[str, str], bool] = {}
        """Whether a function is a helper, by path and name."""

    def forget_helpers(self) -> None:
        """Forget which functions are helpers: a rule must not depend on which rules ran before it."""
        self._helpers.clear()

    def of(self, full_name: str, *, seen_from: str) -> Kind | None:
        """Return the kind of a full name (`app.models.User`), as seen from a file; None if it is not known."""
        return self._kind(full_name, seen_from, 0)

    def full_name(self, full_name: str, *, seen_from: str) -> str:
        """Follow a full name through other modules of the project: imports, values, results of functions.

        `app.api.deps.SessionDep().execute` becomes `sqlmodel.Session().execute`; a name that ends in the project is
        given under the module that defines it.
        """
        return self._definitions.full_name(full_name, seen_from)

    def definition_of(self, full_name: str, *, seen_from: str) -> Defined | None:
        """Find the definition of a name of the project, through re-exports and star imports."""
        found = self._definitions.find(full_name, seen_from)
        return found if isinstance(found, Defined) else None

    def definitions(self, module: Module) -> FileDefinitions:
        """Return the definitions at the top level of a module."""
        return self._definitions.of_file(module.path)

    def names_only_in_annotations(self, modules: Iterable[Module]) -> dict[str, frozenset[str]]:
        """Find the names that modules import for annotations only, by the path of the module; reads all at once."""
        paths = {module.path for module in modules}
        self._definitions.read(paths)
        return {path: frozenset(self._definitions.of_file(path).in_annotations) for path in paths}

    def holds_schemas_made_from_tables(self, module: Module) -> bool:
        """Return whether a schema in a module is made from a table, and must name it: `class Meta: model = User`."""
        return any(describes_table(self._definitions, each) for each in self._classes_in(module))

    def holds_serializers(self, module: Module) -> bool:
        """Return whether a class in a module is a serializer, form, filter or type of GraphQL, and no plain schema."""
        return any(is_serializer(self._definitions, each) for each in self._classes_in(module))

    def _classes_in(self, module: Module) -> Iterator[Defined]:
        names = self._definitions.of_file(module.path).names
        return (Defined(module, name, each) for name, each in names.items() if each.form == "class")

    def read_ahead(self, wanted: Iterable[tuple[str, str]]) -> None:
        """Read many files at once, before `of` is called for these names, each with the file that uses it."""
        pairs = list(dict.fromkeys(wanted))
        while pairs:
            unfinished, to_read = [], set[str]()
            for pair in pairs:
                definitions, missing = self._definitions.as_known()
                # What these say may be wrong, and is forgotten.
                Kinds(definitions)._kind(*pair, 0)  # noqa: SLF001  (kinds like these)
                if missing:
                    unfinished.append(pair)
                    to_read |= missing
            self._definitions.read(to_read)
            pairs = unfinished

    def _kind(self, full_name: str, path: str, depth: int) -> Kind | None:
        found = self._definitions.find(full_name, path) if depth < _DEEPEST else None
        if found is None:
            return None
        if isinstance(found, str):
            return OF_FOREIGN.get(family_of(found)) if not found.endswith("()") else None  # type: ignore[arg-type]
        if found.rest:
            return self._kind_of_rest(found, path, depth)
        match found.definition.form:
            case "class":
                return self._kind_of_class(found)
            case "function":
                return self._kind_of_function(found, full_name, path, depth)
        return self._kind_of_value(found, depth)

    def _kind_of_rest(self, found: Defined, path: str, depth: int) -> Kind | None:
        """Find what an attribute of a definition is: a member of an enum is a constant."""
        if found.definition.form == "class" and "(" not in found.rest:
            kind = self._kind_of_class(found._replace(rest=""))
            if kind in {Kind.ENUM, Kind.CONSTANT}:
                return Kind.CONSTANT
        name = self._definitions.full_name(found.full_name, path)
        return self._kind(name, path, depth + 1) if name != found.full_name else None

    def _kind_of_class(self, defined: Defined) -> Kind:
        definition = defined.definition
        own, foreign = self._definitions.ancestry(defined)
        families = {family_of(name) for name in foreign}
        if Family.ENUM in families:
            return Kind.ENUM
        if any(base.endswith(".Protocol") and family_of(base) is Family.TYPE for base in definition.bases):
            return Kind.TYPE
        if _TABLE_MARKS.intersection(definition.marks) or any(map(makes_table, definition.decorators)):
            return Kind.TABLE
        if CONSTANTS in definition.marks:
            return Kind.ENUM
        if Family.SQLMODEL in families:
            return Kind.TABLE if "table=True" in definition.keywords else Kind.SCHEMA
        if families & {Family.BASE, Family.TABLE} or any(
            makes_base(name) for each in own for name in each.definition.decorators
        ):
            return Kind.CLASS if self._is_base(definition, defined) else Kind.TABLE
        if Family.EXCEPTION in families:
            return Kind.EXCEPTION
        if any(each.definition.marks and _TABLE_MARKS.intersection(each.definition.marks) for each in own):
            return Kind.TABLE
        if any(makes_schema(name) for each in own for name in each.definition.decorators):
            return Kind.SCHEMA
        return next((OF_CLASSES[family] for family in OF_CLASSES if family in families), Kind.CLASS)

    def _is_base(self, definition: Definition, defined: Defined) -> bool:
        """Return whether a class is a base for tables, not a table."""
        if _ABSTRACT_MARKS.intersection(definition.marks) or any(map(makes_base, definition.decorators)):
            return True
        bases = (self._definitions.full_name(base, defined.module.path) for base in definition.bases)
        return any(family_of(base) is Family.BASE for base in bases)

    def _kind_of_function(self, defined: Defined, asked: str, path: str, depth: int) -> Kind:
        definition, home = defined.definition, defined.module.path
        follow = self._definitions.full_name
        if any(makes_endpoint(follow(name, home)) for name in definition.decorators):
            return Kind.ENDPOINT
        if self._gives_session(definition, home):
            return Kind.SESSION_PROVIDER
        # `yield` of something that nobody can tell, asked for as a dependency.
        is_unresolved = definition.is_generator and not definition.mentions
        if is_unresolved and asked in self._definitions.of_file(path).dependencies:
            return Kind.SESSION_PROVIDER
        return Kind.HELPER if self._is_helper(defined, depth) else Kind.FUNCTION

    def _is_helper(self, defined: Defined, depth: int) -> bool:
        """Return whether all that a function of the project uses is known, and nothing of it is a table or an object.

        One that does nothing tells nothing.
        """
        definition, home = defined.definition, defined.module
        if _BODY_MARKS.intersection(definition.marks):
            return False
        key = (home.path, defined.name)
        known = self._helpers.get(key)
        if known is None:
            # Functions that call each other add nothing to what is known of them.
            self._helpers[key] = True
            deeper = depth + _DEEPEST // 6
            known = all(self._is_harmless(f"{home.name}.{name}", home.path, deeper) for name in definition.uses)
            self._helpers[key] = known
        return known

    def _is_harmless(self, full_name: str, path: str, depth: int) -> bool:
        kind = self._kind(full_name, path, depth)
        if kind is None:
            # What comes from a library is about no table of this project.
            return isinstance(self._definitions.find(full_name, path), str) and depth < _DEEPEST
        return kind not in _HARMFUL

    def _gives_session(self, definition: Definition, path: str) -> bool:
        """Return whether a session is among what a function returns or yields, or what a type mentions."""
        mentions = definition.mentions
        if any(name.endswith(".Callable") for name in mentions):
            # It wraps what works with a session.
            return False
        return any(gives_session(self._definitions.full_name(name, path)) for name in mentions)

    def _kind_of_value(self, defined: Defined, depth: int) -> Kind | None:
        definition, path = defined.definition, defined.module.path
        if definition.shape == "type":
            return Kind.SESSION_PROVIDER if self._is_session_type(definition, path, depth) else Kind.TYPE
        is_constant = defined.name.strip("_").isupper()
        if definition.shape == "literal" or (definition.shape == "container" and is_constant):
            return Kind.CONSTANT
        if definition.shape in {"container", "empty"}:
            # A list or dictionary at the top is where small backends keep their data.
            return None
        if not definition.value:
            return Kind.CONSTANT if is_constant and not self._is_made_of_objects(definition, path) else None
        name = self._definitions.full_name(definition.value, path)
        if gives_session(name):
            return Kind.SESSION_PROVIDER
        if is_router(name):
            return Kind.ROUTER
        if name in _TABLE_VALUES:
            return Kind.TABLE
        if not name.endswith("()"):
            return self._kind_of_alias(name, path, depth, is_constant=is_constant)
        return self._kind_of_call(name, path, depth, is_constant=is_constant)

    def _is_made_of_objects(self, definition: Definition, path: str) -> bool:
        """Return whether a value contains objects, like `[Product("lamp"), Product("chair")]`."""
        return any(isinstance(self._definitions.find(name, path), Defined) for name in definition.mentions)

    def _is_session_type(self, definition: Definition, path: str, depth: int) -> bool:
        """Return whether a type is one of sessions, like `Annotated[Session, Depends(get_session)]`."""
        is_dependency = any(name.endswith("()") for name in definition.mentions)
        return self._gives_session(definition, path) or (
            is_dependency
            and any(
                self._kind(name, path, depth + _DEEPEST // 3) is Kind.SESSION_PROVIDER for name in definition.mentions
            )
        )

    def _kind_of_alias(self, name: str, path: str, depth: int, *, is_constant: bool) -> Kind | None:
        """Find what another name of something is."""
        package, _, last = name.rpartition(".")
        if package in {"builtins", "typing", "typing_extensions"}:
            return Kind.TYPE if last in {"dict", "list", "set"} or not is_constant else Kind.CONSTANT
        found = self._kind(name, path, depth + 1)
        return found or (Kind.CONSTANT if is_constant else None)

    def _kind_of_call(self, name: str, path: str, depth: int, *, is_constant: bool) -> Kind | None:
        """Find what the result of a call is."""
        called = name[:-2]
        found = self._definitions.find(called, path)
        if not isinstance(found, Defined) or found.rest:
            family = family_of(name)
            if family is Family.TYPE and called.endswith(".Protocol"):
                return None
            if family in OF_CALLS:
                return OF_CALLS[family]
            is_plain = is_constant or called.endswith((".getLogger", ".get_logger")) or called.startswith("builtins.")
            return Kind.CONSTANT if is_plain else None
        kind = self._kind(called, path, depth + 1)
        if kind is Kind.SESSION_PROVIDER or (kind is Kind.CLASS and self._has_sessions(found)):
            return Kind.SESSION_PROVIDER
        if kind in {Kind.SCHEMA, Kind.ENUM, Kind.EXCEPTION}:
            return Kind.CONSTANT
        return Kind.CONSTANT if is_constant and kind not in {Kind.CLASS, Kind.TABLE} else None

    def _has_sessions(self, defined: Defined) -> bool:
        """Return whether a class is there to give sessions: `DatabaseSessionManager`."""
        own, _ = self._definitions.ancestry(defined)
        members = [(each, member) for each in own for member in each.definition.members.values()]
        methods = [
            self._gives_session(member, each.module.path) for each, member in members if member.form == "function"
        ]
        values = [member.value for _, member in members if member.form != "function"]
        # One that holds a client and gives something else is a repository.
        return any(methods) or any(map(makes_sessions, values)) or (not methods and any(map(holds_sessions, values)))
