"""Which files use others, as far as the texts of their imports tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from layercheck.project.module_names import Naming


def find_users(
    paths: Iterable[str], targets: Collection[str], naming: Naming, imports: Mapping[str, Collection[str]]
) -> set[str]:
    """Find those of `paths` that import one of `targets`."""
    names = {naming.names[path] for path in targets if path in naming.names}
    return {path for path in paths if any(name in names for name in _imported(path, naming, imports))}


def _imported(path: str, naming: Naming, imports: Mapping[str, Collection[str]]) -> Iterator[str]:
    """List what a file may import, as full names; `from a import b` may mean `a` or `a.b`."""
    own = naming.names.get(path, "")
    package = own.split(".") if path.rpartition("/")[2].startswith("__init__.") else own.split(".")[:-1]
    for text in imports.get(path, ()):
        module, _, taken = text.partition(":")
        dots = len(module) - len(module.lstrip("."))
        if dots:
            above = package[: len(package) - dots + 1]
            module = ".".join([*above, *([module[dots:]] if module[dots:] else [])])
        yield module
        yield from (f"{module}.{name}" for name in taken.split(",") if name)
