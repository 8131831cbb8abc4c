"""Modules that are named in strings: `patch("app.mail.send")`, Django's settings, `pytest_plugins`, paths of files."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from layercheck.model.dotted_names import names_above

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from layercheck.facts.fact_store import SourceStore
    from layercheck.model.module import Module

_APPLICATIONS = b"INSTALLED_APPS"
"""Django loads much of what is below the packages in this list."""
_RELATIVE = re.compile(rb"[\"'](\.+)([A-Za-z_][\w.]*)[\"':]")
"""As in `config.include(".accounts")` of Pyramid."""
_FINDERS = re.compile(
    rb"\b(?:walk_packages|iter_modules|autodiscover\w*|spec_from_file_location|run_path|run_module)\b"
    # Pyramid imports all of a package to look for decorators.
    rb"|\bconfig\.scan\("
)
"""What loads modules that it finds, whatever they are called."""


def find_named_modules(modules: Sequence[Module], store: SourceStore) -> Iterator[tuple[str, Module]]:
    """Find the modules that each file names in its strings: pairs of the path of the file and the module."""
    named: dict[str, list[Module]] = {}
    below: dict[str, list[Module]] = {}
    for module in modules:
        named.setdefault(module.name, []).append(module)
        for package in names_above(module.name):
            below.setdefault(package, []).append(module)
    tops = b"|".join(re.escape(each.encode()) for each in sorted({name.partition(".")[0] for name in named}))
    quoted = re.compile(rb"[\"'](" + tops + rb")((?:\.\w+)*)(?=[\"':.\[])")
    for module in modules:
        data = read_file(store, module.path)
        lists_applications = _APPLICATIONS in data
        for top, rest in set(quoted.findall(data)):
            name = (top + rest).decode("utf-8", "replace")
            if lists_applications and name in below:
                yield from ((module.path, each) for each in below[name])
            elif rest:
                yield from ((module.path, each) for each in _longest(name, named))
        for dots, rest in set(_RELATIVE.findall(data)):
            start = _package_around(module, len(dots))
            if start:
                yield from (
                    (module.path, each) for each in _longest(f"{start}.{rest.decode('utf-8', 'replace')}", named)
                )


def find_files_that_name(texts: Iterable[str], paths: Collection[str], store: SourceStore) -> Iterator[str]:
    """Find those of some files in whose text one of some words stands, such as the name of a file."""
    wanted = [text.encode() for text in texts]
    return (path for path in paths if any(word in read_file(store, path) for word in wanted))


def find_finder(path: str, store: SourceStore) -> str:
    """Find the first place where a file loads modules that it finds in a folder: `LINE uses NAME`, empty for none."""
    data = read_file(store, path)
    found = _FINDERS.search(data)
    if found is None:
        return ""
    line = data.count(b"\n", 0, found.start()) + 1
    return f"{line} uses {found[0].decode().rstrip('(')}"


def _package_around(module: Module, dots: int) -> str:
    parts = module.name.split(".")
    up = dots - 1 if module.is_package else dots
    return ".".join(parts[: len(parts) - up]) if up < len(parts) else ""


def _longest(name: str, named: Mapping[str, list[Module]]) -> list[Module]:
    """Find the module of the longest beginning of a dotted name: what follows is something in it."""
    while "." in name:
        if name in named:
            return named[name]
        name = name.rpartition(".")[0]
    return []


def read_file(store: SourceStore, path: str) -> bytes:
    """Read a file; one that cannot be read is empty."""
    try:
        return store.read(path)
    except OSError:
        return b""
