from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layercheck import Severity, compile_later
from layercheck.rules.convention import Place, PlacementRule, place_of
from layercheck.rules.placement.class_bases import derived_from, descends_from, top_classes
from layercheck.rules.placement.own_names import OwnNames
from layercheck.rules.placement.schema_classes import BASES, LIBRARIES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck import Found, Located, Module, ModuleFinding, Project, SourceModule

_HOME = "schemas"
_HOME_WORDS = compile_later(r"schema|request|response|payload", re.IGNORECASE)
"""Further words for schemas in the names of modules: `api/request/user.py`, `cache_schemas.py`."""
_SHAPE_OF_THE_API = compile_later(r"(?:[a-z0-9])(?:Create|Update|In|Out|Public|Schema|Serializer|DTO|Dto)$")
"""Names of api schemas: other classes in `services` and `db` are internal data, or data of a foreign API."""
_OTHER_SHAPE = compile_later(r"(?:Settings|Config|Configuration|Form)$")
"""Names of classes that are not schemas: a form belongs to the page that shows it."""


class MisplacedSchema(PlacementRule):
    """A schema outside the schemas layer.

    ## What it does

    Reports models of pydantic and SQLModel (without a table), schemas of marshmallow and Django Ninja, and
    serializers of Django REST framework that are defined at the top of a module of `api`. In `services` and `db`,
    only those with the name of an api schema (`UserCreate`, `UserOut`, `UserSchema`) are reported. The rule applies
    only if nearly all schemas of the application are in `schemas`, or in a module named after them.

    Settings, HTML forms (`UserForm`), private classes (`_Row`), classes inside classes and functions, and data
    models in `models` are allowed.

    ## Why is this bad?

    Request and response schemas are the interface of the application. Whoever changes it reads `schemas`, and so
    does whoever needs the same schema for a second endpoint; importing it from the first endpoint couples the two.

    ## Example

    `app/schemas/user.py`:

    ```python
    from pydantic import BaseModel


    class UserCreate(BaseModel):
        name: str


    class UserPublic(BaseModel):
        id: int
        name: str
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter
    from pydantic import BaseModel

    router = APIRouter()


    class UserUpdate(BaseModel):  # error: LC302
        name: str


    @router.patch("/users/{user_id}")
    def update_user(user_id: int, body: UserUpdate) -> None: ...
    ```

    ## Use instead

    `app/schemas/user.py`:

    ```python
    from pydantic import BaseModel


    class UserCreate(BaseModel):
        name: str


    class UserPublic(BaseModel):
        id: int
        name: str


    class UserUpdate(BaseModel):
        name: str
    ```

    `app/api/users.py`:

    ```python
    from fastapi import APIRouter

    from app.schemas.user import UserUpdate

    router = APIRouter()


    @router.patch("/users/{user_id}")
    def update_user(user_id: int, body: UserUpdate) -> None: ...
    ```

    ## Options

    - `share`: the share of the schemas that must be in `schemas` before the others are reported, 0 to 1; 0.8 by
      default, 0 reports them in every project.

    ## Limits

    Dataclasses, TypedDicts and msgspec structs do not count as schemas, because most of them never leave the
    application. A class in a file that imports none of the libraries is not recognised.
    """

    code = "LC302"
    name = "misplaced-schema"
    severity = Severity.WARNING
    home = _HOME
    things = "schemas"
    advice = f"move the class to `{_HOME}` and import it from there"
    libraries = LIBRARIES

    def applies_to(self, module: Module) -> bool:
        """Check schemas, and the layers that should not contain any."""
        return (
            super().applies_to(module)
            and module.named in {_HOME, "api", "services", "db"}
            # Where an api speaks GraphQL, its types are its contract.
            and "graphql" not in module.name
        )

    def check(self, module: SourceModule) -> Iterator[ModuleFinding]:
        """Collect possible schemas, with their bases."""
        for definition, bases in top_classes(module):
            if bases and not definition.name.startswith("_") and not _OTHER_SHAPE.search(definition.name):
                yield module.finding(
                    definition,
                    f"the schema `{definition.name}` is in {place_of(module.module)}, not in `{_HOME}`",
                    names=(f"{module.module.name}.{definition.name}", *bases),
                )

    def conclude(self, project: Project, found: Found) -> Iterator[Located]:
        """Keep the schemas outside `schemas` in applications that keep nearly all of them there."""
        names = OwnNames(project)
        known = derived_from(
            BASES | _bases_elsewhere(project, found),
            ((each.finding.names[0], each.finding.names[1:]) for each in found),
        )
        schemas = (each for each in found if each.finding.names[0] in known)
        return self.keep_exceptions(project, schemas, lambda each: _find_place(each, names))


def _bases_elsewhere(project: Project, found: Sequence[Located]) -> set[str]:
    """Find the schemas among the bases of classes outside the schemas, in files that were not checked."""
    seen = {each.finding.names[0] for each in found}
    asked = {
        (base, each.module.path)
        for each in found
        if each.module.named != _HOME and _is_shape_of_the_api(each)
        for base in each.finding.names[1:]
        if base not in seen and _may_be_schema(base, each.module)
    }
    project.kinds.read_ahead(sorted(asked))
    return {base for base, path in asked if descends_from(BASES, base, project.kinds, path)}


def _may_be_schema(base: str, module: Module) -> bool:
    """Return whether a base may be a schema: not a class of a library, and not an exception."""
    return base.partition(".")[0] == module.name.partition(".")[0] and not base.endswith(("Exception", "Error"))


def _find_place(schema: Located, names: OwnNames) -> Place:
    if _is_home(schema.module, names):
        return Place.HOME
    return Place.ELSEWHERE if _is_shape_of_the_api(schema) else Place.TOLERATED


def _is_home(module: Module, names: OwnNames) -> bool:
    return names.say(module, _HOME) or _HOME_WORDS.search(".".join(module.name.split(".")[-2:])) is not None


def _is_shape_of_the_api(located: Located) -> bool:
    return located.module.named == "api" or _SHAPE_OF_THE_API.search(located.finding.about) is not None
