"""Which schemas are more than shapes of data: what is made from tables, and what loads and saves them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck.project.known_names import Family, family_of, is_made_from_table, makes_serializer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from layercheck.project.defined_names import Defined, Definitions


def describes_table(definitions: Definitions, defined: Defined) -> bool:
    """Return whether a class is made from a table, and must name it: `class Meta: model = User`."""
    if "Meta" not in defined.definition.marks:
        return False
    _, foreign = definitions.ancestry(defined)
    # Serializers of the project's own making name their table as well.
    is_own = "Meta.model" in defined.definition.marks and not _is_plain(foreign)
    return is_own or any(map(is_made_from_table, foreign))


def is_serializer(definitions: Definitions, defined: Defined) -> bool:
    """Return whether a class is a serializer, form, filter or type of GraphQL, and no plain schema."""
    definition = defined.definition
    if not definition.bases and not definition.decorators:
        return False
    (_, *above), foreign = definitions.ancestry(defined)
    if _is_plain(foreign):
        return False
    decorators = (definitions.full_name(each, defined.module.path) for each in definition.decorators)
    return any(map(makes_serializer, (*foreign, *(each.name for each in above), *decorators)))


def _is_plain(foreign: Sequence[str]) -> bool:
    """Return whether a schema, by the foreign classes that it descends from, only describes data, as those of pydantic do."""
    return any(family_of(base) is Family.SCHEMA and not makes_serializer(base) for base in foreign)
