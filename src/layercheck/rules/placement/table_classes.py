"""Classes that are mapped to tables or collections, in all libraries."""

from __future__ import annotations

import ast

LIBRARIES = frozenset(
    {
        *("sqlalchemy", "sqlmodel", "flask_sqlalchemy", "django", "peewee", "tortoise"),
        *("beanie", "mongoengine", "odmantic", "ormar"),
    }
)
NEEDLES = (
    *(b"__tablename__", b"__table__", b"table=True", b"table = True"),
    *(
        b"Column(",
        b"mapped_column(",
        b"Model)",
        b"Model,",
        b"Document)",
        b"Document,",
        b"AbstractUser",
        b"AbstractBaseUser",
    ),
)
BASES = frozenset(
    {
        *("django.db.models.Model", "django.contrib.gis.db.models.Model"),
        *("django.contrib.auth.models.AbstractUser", "django.contrib.auth.models.AbstractBaseUser"),
        *("flask_sqlalchemy.SQLAlchemy().Model", "peewee.Model", "tortoise.Model", "tortoise.models.Model"),
        *("beanie.Document", "mongoengine.Document", "mongoengine.DynamicDocument", "odmantic.Model", "ormar.Model"),
    }
)
"""Bases whose subclasses are always tables."""


def names_a_table(definition: ast.ClassDef) -> bool:
    """Return whether a class declares that it is a table: `__tablename__`, `__table__` or `table=True`."""
    if any(keyword.arg == "table" and _is_true(keyword.value) for keyword in definition.keywords):
        return True
    return not {"__tablename__", "__table__"}.isdisjoint(_assigned(definition))


def has_columns(definition: ast.ClassDef) -> bool:
    """Return whether attributes of a class look like columns: `Column(…)`, `mapped_column(…)`, `models.CharField(…)`."""
    values = (value.func for value in _assigned(definition).values() if isinstance(value, ast.Call))
    names = (func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in values)
    return any(name in {"Column", "mapped_column"} or (name.endswith("Field") and name != "Field") for name in names)


def is_without_table(definition: ast.ClassDef) -> bool:
    """Return whether a class has no table of its own: abstract, a proxy, a protocol, or a view of the database."""
    if any(ast.unparse(base).rpartition(".")[2].startswith("Protocol") for base in definition.bases) or _is_true(
        _assigned(definition).get("__abstract__")
    ):
        return True
    meta = next((each for each in definition.body if isinstance(each, ast.ClassDef) and each.name == "Meta"), None)
    if meta is None:
        settings = _assigned(definition).get("meta")
        return isinstance(settings, ast.Dict) and any(
            isinstance(key, ast.Constant) and key.value == "abstract" for key in settings.keys
        )
    stated = _assigned(meta)
    return _is_true(stated.get("abstract")) or _is_true(stated.get("proxy")) or _is_false(stated.get("managed"))


def _assigned(definition: ast.ClassDef) -> dict[str, ast.expr | None]:
    found: dict[str, ast.expr | None] = {}
    for statement in definition.body:
        if isinstance(statement, ast.Assign):
            found.update((target.id, statement.value) for target in statement.targets if isinstance(target, ast.Name))
        elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            found[statement.target.id] = statement.value
    return found


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _is_false(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is False
