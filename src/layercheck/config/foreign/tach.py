"""Converts the configuration of tach: dependencies, layers, interfaces and libraries of its modules."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from layercheck.config.document import PYPROJECT
from layercheck.config.foreign.conversion import Remark, finish_conversion
from layercheck.config.foreign.options import read_own_file, read_toml
from layercheck.config.foreign.tach_contracts import TachContracts
from layercheck.config.foreign.tach_project import DOMAIN_FILE, FILE, TachReader, fail_at
from layercheck.config.foreign.tach_territory import Territory
from layercheck.model.dotted_names import with_packages
from layercheck.model.imports import ImportKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from layercheck.config.foreign.conversion import Conversion, ForeignContract
    from layercheck.config.foreign.tach_project import TachModule
    from layercheck.config.foreign.tree import Tree

TOOL = "tach"
FILES = (FILE, PYPROJECT)
"""Where tach looks for its configuration."""
_CONVERTED = frozenset(
    {"modules", "interfaces", "layers", "source_roots", "ignore_type_checking_imports", "root_module"}
    | {"layers_explicit_depends_on", "exclude", "rules"}
)
_NEEDLESS = frozenset({"cache", "map", "disable_logging", "respect_gitignore"})
"""Keys that do not change the findings."""
_ADVICE = {
    "exact": "a contract declares no dependency that could be unused",
    "external": "only `tach check-external` reads it; libraries are named as they are imported",
    "forbid_circular_dependencies": "LC150 reports import cycles, where tach compares `depends_on`",
    "include_string_imports": 'names in strings are not imports; `import_module("app.db")` is one, of the kind `dynamic`',
    "plugins": "foreign keys that name a model by a string are not imports",
    "unused_ignore_directives": "LC002 reports suppression comments that hide nothing, with its own severity",
    "require_ignore_directive_reasons": "LC003 asks for the reason of a suppression comment",
    "unused_external_dependencies": "only `tach check-external` reads it",
}


def convert_tach(path: Path, tree: Tree) -> list[Conversion]:
    """Convert `tach.toml`, or `[tool.tach]`, and the `tach.domain.toml` of the folders below. Raises ConfigurationError."""
    main = TachReader(read_own_file(path, TOOL))
    source_roots = main.texts((), main.table, "source_roots") or ["."]
    named = tree.name_files(source_roots)
    readers = [main, *_read_domains(path.parent, named)]
    excluded = _find_excluded(main, tree)
    names = {name for path, name in named.items() if path not in excluded}
    found = _read_modules(readers, with_packages(names))
    territory = Territory(found, named, excluded)
    for reader, module in found.values():
        if not territory.is_there(module.path):
            message = f"the module {module.path!r} has no file of its own, so no contract is about it"
            reader.remarks.append(Remark(module.line, message))
    modules = [module for _, module in found.values()]
    main.remark_on_rest(_CONVERTED | _NEEDLESS, _ADVICE)
    main.remark_on_rest(frozenset({"local_imports"}), _ADVICE, ("rules",))
    contracts = TachContracts(main, modules, territory).make(
        [each for reader in readers for each in reader.read_interfaces()]
    )
    by_file: dict[Path, list[ForeignContract]] = defaultdict(list)
    for source, contract in contracts:
        by_file[source.path] += _part_by_scope(main, contract)
    return [finish_conversion(TOOL, each.document.path, by_file[each.document.path], each.remarks) for each in readers]


def _find_excluded(main: TachReader, tree: Tree) -> frozenset[str]:
    try:
        return tree.find_ignored(main.texts((), main.table, "exclude") or [])
    except ValueError as error:
        raise main.fail(("exclude",), str(error)) from None


def _read_domains(folder: Path, named: Mapping[str, str]) -> Iterator[TachReader]:
    """Read the files of folders, in the order of their paths."""
    places: dict[Path, str] = {}
    for path, name in sorted(named.items()):
        package = name if path.endswith(("/__init__.py", "/__init__.pyi")) else name.rpartition(".")[0]
        for depth in range(package.count(".") + 1 if package else 0):
            parent = Path(path).parents[depth]
            places.setdefault(parent, ".".join(package.split(".")[: package.count(".") + 1 - depth]))
    for place, location in sorted(places.items()):
        file = folder / place / DOMAIN_FILE
        if file.is_file():
            yield TachReader(read_toml(file), location)


def _read_modules(readers: Iterable[TachReader], names: set[str]) -> dict[str, tuple[TachReader, TachModule]]:
    """Read the modules; a module listed later replaces one matched by a wildcard."""
    found: dict[str, tuple[TachReader, TachModule]] = {}
    for reader in readers:
        for module in reader.read_modules(names):
            if module.path in found:
                before = found[module.path][1]
                if not before.glob or before.glob == module.glob:
                    raise fail_at(module, f"the module {module.path!r} is listed twice, which tach refuses")
            found[module.path] = (reader, module)
    return found


def _part_by_scope(main: TachReader, contract: ForeignContract) -> Iterator[ForeignContract]:
    """Split a contract if imports inside functions, `if` and `try` are only warnings, or ignored."""
    rules = main.table.get("rules")
    setting = rules.get("local_imports", "error") if isinstance(rules, dict) else "error"
    if setting == "error" or (setting == "warn" and "severity" in contract.table):
        yield contract
        return
    runtime = str(ImportKind.RUNTIME)
    yield contract._replace(table={**contract.table, "imports": [runtime]})
    if setting == "warn":
        table = {**contract.table, "name": f"{contract.table['name']} (local imports)", "severity": "warning"}
        local = [each for each in contract.table["imports"] if each != runtime]
        yield contract._replace(table={**table, "imports": local})
