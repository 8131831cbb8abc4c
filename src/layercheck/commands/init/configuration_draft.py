"""Our table as it is written into the user's file: commented, at its end, every other byte as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.commands.init.changes import Change
from layercheck.config.document import PYPROJECT
from layercheck.regular_file import read_regular_file
from layercheck.reporters.display import make_printable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from tomlkit.container import Container
    from tomlkit.items import Item, Table

OWN_FILE = "layercheck.toml"


class Draft(NamedTuple):
    """A configuration with what it has to say about itself."""

    heading: Sequence[str]
    """Comment lines at its beginning."""
    table: Mapping[str, Any]
    comments: Mapping[str, str]
    """By key (`ignore`) or key in a table (`severity.LC102`): what is said beside it; beside a table: below its head."""


def write_configuration(root: Path, draft: Draft) -> tuple[Change, str]:
    """Put a configuration into the `pyproject.toml` of a folder, or into a `layercheck.toml` where there is none.

    Returns the change, and why it is not `pyproject.toml` that is changed although there is one (else: nothing).
    """
    pyproject = root / PYPROJECT
    reason = ""
    if pyproject.is_file():
        try:
            before = read_regular_file(pyproject).decode()
            return Change(pyproject, before, _append(before, draft)), ""
        except (OSError, ValueError) as error:
            reason = f"{PYPROJECT} cannot take a table: {str(error).rstrip('.')}"
    return Change(root / OWN_FILE, None, _alone(draft)), reason


def _append(before: str, draft: Draft) -> str:
    """Add our table to a text. Raises ValueError for one that is no TOML, or in which `tool` is no open table."""
    import tomlkit  # noqa: PLC0415  (15 ms, for who writes)
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    newline = "\r\n" if "\r\n" in before else "\n"
    complete = before if not before or before.endswith("\n") else before + newline
    document = tomlkit.parse(complete)
    above = tomlkit.table(is_super_table=True)
    ours = tomlkit.table()
    _fill(ours, draft)
    above.append("layercheck", ours)
    try:
        document.append("tool", above)
    except TOMLKitError as error:
        raise ValueError(str(error)) from error
    after = tomlkit.dumps(document)
    if not after.startswith(complete):
        raise ValueError("its text would not survive")
    # One blank line before the table, however many there are.
    addition = "\n" * bool(complete.strip()) + after[len(complete) :].strip() + "\n"
    if complete.endswith((2 * newline, "\n\n")):
        addition = addition.lstrip()
    return complete + addition.replace("\r\n", "\n").replace("\n", newline)


def _alone(draft: Draft) -> str:
    import tomlkit  # noqa: PLC0415  (see above)

    document = tomlkit.document()
    _fill(document, draft)
    return tomlkit.dumps(document).strip() + "\n"


def _fill(target: Table | Container, draft: Draft) -> None:
    import tomlkit  # noqa: PLC0415  (see above)

    for line in draft.heading:
        target.add(tomlkit.comment(make_printable(line)) if line else tomlkit.nl())
    pairs = [(key, value) for key, value in draft.table.items() if not isinstance(value, dict)]
    tables = [(key, value) for key, value in draft.table.items() if isinstance(value, dict)]
    for key, value in pairs:
        target.add(key, _item(value, draft.comments.get(key)))
    for key, value in tables:
        table = tomlkit.table()
        for line in draft.comments.get(key, "").splitlines():
            table.add(tomlkit.comment(make_printable(line)))
        for name, entry in value.items():
            table.add(name, _item(entry, draft.comments.get(f"{key}.{name}")))
        target.add(tomlkit.nl())
        target.add(key, table)


def _item(value: Any, comment: str | None) -> Item:
    import tomlkit  # noqa: PLC0415  (see above)

    item: Item
    if isinstance(value, dict):
        item = inline = tomlkit.inline_table()
        inline.update(value)
    elif isinstance(value, (list, tuple)):
        item = array = tomlkit.array()
        array.extend(value)
        array.multiline(multiline=_is_long(value))
    else:
        item = tomlkit.item(value)
    if comment:
        item.comment(make_printable(comment))
        item.trivia.comment_ws = "  "
    return item


def _is_long(values: Iterable[str]) -> bool:
    return sum(map(len, values)) > 60
