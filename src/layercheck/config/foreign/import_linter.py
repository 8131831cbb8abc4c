"""Contracts of import-linter as contracts of ours; the package itself is not needed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from layercheck.config.document import PYPROJECT
from layercheck.config.foreign.conversion import ForeignContract, Remark, finish_conversion
from layercheck.config.foreign.options import Option, read_ini, read_toml, section_of_table
from layercheck.config.foreign.overlaps import split_forbidden, split_protected
from layercheck.config.suggestion import did_you_mean
from layercheck.errors import ConfigurationError, Problem
from layercheck.model.imports import ImportKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from layercheck.config.foreign.conversion import Conversion
    from layercheck.config.foreign.options import Section

TOOL = "import-linter"
FILES = ("setup.cfg", ".importlinter", PYPROJECT)
"""Where import-linter looks for its configuration, in its order; the first file that has any is the one."""
_SECTION = "importlinter"
_SEEN_KINDS = (ImportKind.RUNTIME, ImportKind.CONDITIONAL, ImportKind.DEFERRED, ImportKind.LAZY)
"""The imports that import-linter sees besides those for type checkers."""
_NEEDLESS = frozenset({"root_package", "root_packages", "include_external_packages", "contracts"})
"""Options of the whole configuration whose work is done without them."""
_ALERTING = "unmatched_ignore_imports_alerting"


class _Kind(NamedTuple):
    """What one type of contract becomes."""

    kind: str
    lists: Mapping[str, str]
    """Options with several values, each with our key; the first of them is required."""
    flags: Mapping[str, str] = {}
    inverted: Mapping[str, str] = {}
    """Flags that mean the opposite of our key."""
    numbers: Mapping[str, str] = {}


_KINDS = {
    "layers": _Kind(
        "layers",
        {"layers": "layers", "containers": "containers", "exhaustive_ignores": "exhaustive-ignores"},
        {"exhaustive": "exhaustive"},
    ),
    "forbidden": _Kind(
        "forbidden",
        {"source_modules": "sources", "forbidden_modules": "targets"},
        {"as_packages": "as-packages"},
        {"allow_indirect_imports": "indirect"},
    ),
    "independence": _Kind("independence", {"modules": "modules"}),
    "protected": _Kind(
        "protected",
        {"protected_modules": "modules", "allowed_importers": "importers"},
        {"as_packages": "as-packages"},
    ),
    "private_modules": _Kind("private", {"packages_with_private_modules": "packages"}),
    "acyclic_siblings": _Kind(
        "acyclic", {"ancestors": "packages", "skip_descendants": "skip"}, numbers={"depth": "depth"}
    ),
}
_REQUIRED = {
    "layers": ("layers",),
    "forbidden": ("source_modules", "forbidden_modules"),
    "independence": ("modules",),
    "protected": ("protected_modules", "allowed_importers"),
    "acyclic_siblings": ("ancestors",),
}
_DEFAULTS = {"exhaustive": False, "indirect": True, "as-packages": True}
"""What need not be written, for it is so anyway."""
_SPLITTERS = {"forbidden": split_forbidden, "protected": split_protected}


def find_import_linter(folder: Path) -> Path | None:
    """Find the file that import-linter would read in a folder. Raises ConfigurationError for one that nobody can read."""
    for name in FILES:
        path = folder / name
        if path.is_file() and read_sections(path) is not None:
            return path
    return None


def convert_import_linter(path: Path) -> Conversion:
    """Convert what a file says to import-linter. Raises ConfigurationError."""
    read = read_sections(path)
    if read is None:
        where = "[tool.importlinter]" if path.suffix == ".toml" else f"[{_SECTION}]"
        raise ConfigurationError([Problem(f"has no {where}, so it says nothing to import-linter", path=path)])
    return _Converter(path, *read).convert()


def read_sections(path: Path) -> tuple[Section, list[Section]] | None:
    """Read the options for all contracts, and the contracts; None where the file has none. Raises ConfigurationError."""
    if path.suffix == ".toml":
        document = read_toml(path)
        tool = document.table.get("tool")
        ours = tool.get(_SECTION) if isinstance(tool, dict) else None
        if not ours:
            return None
        key = ("tool", _SECTION)
        given = ours.get("contracts", []) if isinstance(ours, dict) else []
        common = (
            {name: value for name, value in ours.items() if name != "contracts"} if isinstance(ours, dict) else ours
        )
        contracts = [
            section_of_table(document, each, (*key, "contracts", at))
            for at, each in enumerate(given if isinstance(given, list) else [given])
        ]
        return section_of_table(document, common, key), contracts
    sections = read_ini(path)
    common_section = next((each for each in sections if each.name == _SECTION), None)
    if common_section is None:
        return None
    return common_section, [each for each in sections if each.name.startswith(f"{_SECTION}:")]


class _Converter:
    def __init__(self, path: Path, common: Section, sections: Sequence[Section]) -> None:
        self._path = path
        self._common = common
        self._sections = sections
        self._remarks: list[Remark] = []
        self._problems: list[Problem] = []
        self._own_types = {
            item.text.partition(":")[0].strip(): item.line
            for item in common.options.get("contract_types", Option((), 0)).items
        }

    def convert(self) -> Conversion:
        self._remark_on_common()
        contracts = [each for section in self._sections for each in self._convert_one(section)]
        if not self._sections:
            self._remark(self._common.line, "there are no contracts")
        if self._problems:
            raise ConfigurationError(self._problems)
        return finish_conversion(TOOL, self._path, contracts, self._remarks)

    def _remark_on_common(self) -> None:
        for name, option in self._common.options.items():
            if name == "contract_types":
                for each, line in self._own_types.items():
                    self._remark(
                        line, f"the contract type {each!r} is a class of yours: write a rule, or a kind in a plugin"
                    )
            elif name not in {*_NEEDLESS, "exclude_type_checking_imports"}:
                self._remark(option.line, f"{name!r} has no equivalent")

    def _convert_one(self, section: Section) -> Iterator[ForeignContract]:
        options = section.options
        type_name = self._text(options.get("type"))
        if type_name in self._own_types:
            name = self._text(options.get("name")) or section.name
            self._remark(section.line, f"the contract {name!r} is left out: its type {type_name!r} is a class of yours")
            return
        if not type_name or type_name not in _KINDS:
            guess = did_you_mean(type_name, _KINDS) or f"; known are {', '.join(_KINDS)}"
            self._fail(
                options["type"].line if "type" in options else section.line, f"unknown type {type_name!r}{guess}"
            )
            return
        if not self._text(options.get("name")):
            self._fail(section.line, "the contract has no 'name'")
            return
        kind = _KINDS[type_name]
        missing = [each for each in _REQUIRED.get(type_name, ()) if each not in options]
        if missing:
            self._fail(section.line, f"the contract has no {missing[0]!r}, which its type {type_name!r} needs")
            return
        self._remark_on_options(section, kind)
        idle = [
            each for each in _REQUIRED.get(type_name, ()) if not options[each].items and each != "allowed_importers"
        ]
        if idle:
            self._remark(
                options[idle[0]].line, f"the contract is left out: {idle[0]!r} is empty, so nothing can break it"
            )
            return
        table = self._make_table(section, kind)
        for part, message in _SPLITTERS.get(type_name, _keep_whole)(table):
            if message:
                self._remark(section.line, message)
            if part:
                yield ForeignContract(part, section.line)

    def _make_table(self, section: Section, kind: _Kind) -> dict[str, Any]:
        options = section.options
        table: dict[str, Any] = {"name": self._text(options["name"]), "kind": kind.kind}
        table |= {
            key: options[name].texts for name, key in kind.lists.items() if name in options and options[name].items
        }
        if kind.kind == "private" and "packages" not in table:
            table["packages"] = self._root_packages()
        flags = {key: self._flag(name, options[name]) for name, key in kind.flags.items() if name in options}
        flags |= {key: not self._flag(name, options[name]) for name, key in kind.inverted.items() if name in options}
        table |= {key: value for key, value in flags.items() if value is not _DEFAULTS[key]}
        table |= {key: self._number(name, options[name]) for name, key in kind.numbers.items() if name in options}
        if guidance := options.get("broken_contract_guidance"):
            table["reason"] = " ".join(guidance.texts)
        excluded = self._common.options.get("exclude_type_checking_imports")
        with_typing = excluded is None or self._text(excluded) not in {"True", "true"}
        table["imports"] = [str(each) for each in (*_SEEN_KINDS, *([ImportKind.TYPING] if with_typing else ()))]
        if "ignore_imports" in options and options["ignore_imports"].items:
            table["ignore"] = options["ignore_imports"].texts
        return table

    def _remark_on_options(self, section: Section, kind: _Kind) -> None:
        known = {*kind.lists, *kind.flags, *kind.inverted, *kind.numbers}
        known |= {"name", "type", "ignore_imports", "broken_contract_guidance"}
        for name, option in section.options.items():
            if name == _ALERTING:
                self._remark(option.line, f"{name!r} has no equivalent for one contract; severity.LC132 is for all")
            elif name == "id":
                self._remark(option.line, "'id' has no equivalent: contracts are known by their name")
            elif name not in known:
                self._fail(option.line, f"import-linter knows no option {name!r}{did_you_mean(name, known)}")

    def _root_packages(self) -> list[str]:
        options = self._common.options
        found = [text for name in ("root_packages", "root_package") if name in options for text in options[name].texts]
        if not found:
            self._fail(self._common.line, "names no 'root_package'")
        return found

    def _text(self, option: Option | None) -> str:
        return " ".join(option.texts) if option else ""

    def _flag(self, name: str, option: Option) -> bool:
        text = self._text(option).lower()
        if text not in {"true", "false"}:
            self._fail(option.line, f"{name!r}: expected true or false, found {self._text(option)!r}")
        return text == "true"

    def _number(self, name: str, option: Option) -> int:
        text = self._text(option)
        if not text.isdecimal():
            self._fail(option.line, f"{name!r}: expected a number, found {text!r}")
            return 0
        return int(text)

    def _remark(self, line: int, message: str) -> None:
        self._remarks.append(Remark(line, message))

    def _fail(self, line: int, message: str) -> None:
        self._problems.append(Problem(message, path=self._path, line=line))


def _keep_whole(table: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    yield table, ""
