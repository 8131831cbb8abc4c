"""Write the table of the options of `layercheck check` that are read without click, from what click knows of them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from layercheck.cli.command_group import layercheck
from layercheck.cli.commands.check import command
from layercheck.cli.given_path import CacheFolder, GivenPath
from layercheck.cli.shared_options import split_commas

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = '''\
"""The options of `layercheck check` that are read without click. Made by docs/generate.py from those of the command."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

'''
_OPTIONS = "Mapping[str, tuple[str, str, Any]]"
_ABOUT_OPTIONS = "By the word of the command line: the field of the request, how its value is read, and with what."
_ABOUT_DEFAULTS = "What the request holds where nothing is given."


def make_module() -> str:
    """Make the text of the module."""
    return _HEAD + "\n".join(
        [
            *_write("OPTIONS", _OPTIONS, dict(sorted(_describe_options())), _ABOUT_OPTIONS),
            *_write("DEFAULTS", "Mapping[str, Any]", _parse(), _ABOUT_DEFAULTS),
            "",
        ]
    )


def _describe_options() -> Iterator[tuple[str, tuple[str, str, Any]]]:
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            kind, detail = _describe(parameter)
            for word in parameter.opts if kind else ():
                yield word, (str(parameter.name), kind, detail)


def _describe(option: click.Option) -> tuple[str, Any]:
    """Tell how an option is read; an empty kind: by click alone."""
    if not option.expose_value or option.nargs != 1 or option.secondary_opts or option.envvar or option.prompt:
        return "", None
    if option.callback is not None and option.callback is not split_commas:
        return "", None
    if option.is_flag:
        return "flag", _parse(option.opts[0])[str(option.name)]
    if option.count:
        return "count", None
    if isinstance(option.type, click.Choice):
        return ("", None) if option.multiple else ("choice", tuple(option.type.choices))
    kinds: dict[tuple[type, bool], str] = {(CacheFolder, False): "folder", (GivenPath, False): "path"}
    if type(option.type) is type(click.STRING):
        return ("names" if option.callback else "texts" if option.multiple else "text"), None
    return kinds.get((type(option.type), option.multiple), ""), None


def _parse(*arguments: str) -> dict[str, Any]:
    return dict(command.make_context("check", list(arguments), **layercheck.context_settings).params)


def _write(name: str, kind: str, table: dict[str, Any], about: str) -> Iterator[str]:
    yield f"{name}: {kind} = {{"
    yield from (f"    {_show(key)}: {_show(value)}," for key, value in table.items())
    yield "}"
    yield f'"""{about}"""'


def _show(value: Any) -> str:
    if isinstance(value, tuple):
        return f"({', '.join(map(_show, value))}{',' if len(value) == 1 else ''})"
    return json.dumps(value) if isinstance(value, str) else repr(value)
