"""Converts contracts of import-linter, without using its package."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.config.foreign.conversion import (
    ClassContract,
    Conversion,
    ForeignContract,
    Loss,
    Remark,
    finish_conversion,
    finish_leniently,
)
from layercheck.config.foreign.import_linter_types import (
    ALERTING,
    CONTRACT_TYPES,
    DEFAULTS,
    GUIDANCE,
    IGNORED,
    MAY_BE_EMPTY,
    SECTION,
    TOOL,
)
from layercheck.config.foreign.options import read_ini, read_toml, section_of_table
from layercheck.config.foreign.overlaps import split_forbidden, split_protected
from layercheck.config.suggestion import did_you_mean
from layercheck.errors import ConfigurationError, Problem
from layercheck.model.imports import ImportKind
from layercheck.model.severity import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from layercheck.config.foreign.import_linter_types import ContractType
    from layercheck.config.foreign.options import Option, Section
    from layercheck.config.foreign.overlaps import Expand

_SEEN_KINDS = (ImportKind.RUNTIME, ImportKind.CONDITIONAL, ImportKind.DEFERRED, ImportKind.LAZY)
"""The imports that import-linter sees besides those for type checkers."""
_NEEDLESS = frozenset({"root_package", "root_packages", "include_external_packages", "contracts"})
"""Options for all contracts that need no conversion."""
_ALERTS = {"error": Severity.ERROR, "warn": Severity.WARNING, "none": None, "": Severity.ERROR}
_SPLITTERS = {"forbidden": split_forbidden, "protected": split_protected}


def convert_import_linter(path: Path) -> Conversion:
    """Convert a file of import-linter. Raises ConfigurationError."""
    read = read_sections(path)
    if read is None:
        where = "[tool.importlinter]" if path.suffix == ".toml" else f"[{SECTION}]"
        raise ConfigurationError([Problem(f"has no {where}, so it does not configure import-linter", path=path)])
    converter = _Converter(path, *read)
    conversion = converter.convert()
    if converter.problems:
        raise ConfigurationError([Problem(each.message, path=path, line=each.line) for each in converter.problems])
    return finish_conversion(TOOL, path, conversion.contracts, conversion.remarks)


def convert_text(path: Path, text: str, expand: Expand | None) -> Conversion | None:
    """Convert a text so that its contracts can be judged directly; None if it does not configure import-linter.

    Without `expand`, the contracts are those of `convert_import_linter`. A contract with mistakes is left out and reported
    as a loss. Raises ConfigurationError for a text that is neither INI nor TOML.
    """
    read = read_sections(path, text) if SECTION in text else None
    if read is None:
        return None
    converter = _Converter(path, *read, expand)
    conversion = converter.convert()
    return finish_leniently(conversion._replace(losses=[*conversion.losses, *converter.problems]))


def read_sections(path: Path, text: str | None = None) -> tuple[Section, list[Section]] | None:
    """Read the options for all contracts, and the contracts; None if the file has none. Raises ConfigurationError.

    Without a `text`, it is that of the file.
    """
    if path.suffix == ".toml":
        document = read_toml(path, text)
        tool = document.table.get("tool")
        ours = tool.get(SECTION) if isinstance(tool, dict) else None
        if not ours:
            return None
        key = ("tool", SECTION)
        given = ours.get("contracts", []) if isinstance(ours, dict) else []
        common = (
            {name: value for name, value in ours.items() if name != "contracts"} if isinstance(ours, dict) else ours
        )
        contracts = [
            section_of_table(document, each, (*key, "contracts", at))
            for at, each in enumerate(given if isinstance(given, list) else [given])
        ]
        return section_of_table(document, common, key), contracts
    sections = read_ini(path, text)
    common_section = next((each for each in sections if each.name == SECTION), None)
    contracts = [each for each in sections if each.name.startswith(f"{SECTION}:")]
    if common_section is not None:
        return common_section, contracts
    if contracts:
        message = f"there are contracts, but no section [{SECTION}], so that import-linter would read none of them"
        raise ConfigurationError([Problem(message, path=path, line=contracts[0].line)])
    return None


class _Converter:
    def __init__(self, path: Path, common: Section, sections: Sequence[Section], expand: Expand | None = None) -> None:
        self.problems: list[Loss] = []
        """Mistakes that import-linter reports as well."""
        self._path = path
        self._common = common
        self._sections = sections
        self._expand = expand
        self._remarks: list[Remark] = []
        self._losses: list[Loss] = []
        self._of_classes: list[ClassContract] = []
        items = common.options["contract_types"].items if "contract_types" in common.options else ()
        parted = [(item.text.partition(":"), item.line) for item in items]
        self._own_types = {name.strip(): (path.strip(), line) for (name, _, path), line in parted}

    def convert(self) -> Conversion:
        self._remark_on_common()
        contracts = [each for section in self._sections for each in self._convert_one(section)]
        if not self._sections:
            self._remark(self._common.line, "there are no contracts", Severity.ERROR)
        return Conversion(
            TOOL,
            self._path,
            contracts,
            self._remarks,
            tuple(self._root_packages()),
            self._of_classes,
            self._losses,
            _write_plainly(self._common.options),
            self._common.line,
        )

    def _remark_on_common(self) -> None:
        for name, option in self._common.options.items():
            if name == "contract_types":
                for each, (_, line) in self._own_types.items():
                    self._remark(
                        line, f"the contract type {each!r} is a class of yours: write a rule, or a kind in a plugin"
                    )
            elif name not in {*_NEEDLESS, "exclude_type_checking_imports"}:
                self._remark(option.line, f"{name!r} has no equivalent")

    def _convert_one(self, section: Section) -> Iterator[ForeignContract]:
        options = section.options
        type_name, name = (_text(options.get(key)) for key in ("type", "name"))
        if type_name in self._own_types:
            name = name or section.name
            self._remark(section.line, f"the contract {name!r} is left out: its type {type_name!r} is a class of yours")
            given = self._options_of(section)
            self._of_classes.append(
                ClassContract(name, self._own_types[type_name][0], given, self._list_kinds(), section.line)
            )
            return
        if not type_name:
            self._fail(section.line, f"the contract has no 'type'; known are {', '.join(CONTRACT_TYPES)}")
            return
        if type_name not in CONTRACT_TYPES:
            guess = did_you_mean(type_name, CONTRACT_TYPES) or f"; known are {', '.join(CONTRACT_TYPES)}"
            self._fail(
                options["type"].line if "type" in options else section.line, f"unknown type {type_name!r}{guess}"
            )
            return
        if not name:
            self._fail(section.line, "the contract has no 'name'")
            return
        type_ = CONTRACT_TYPES[type_name]
        missing = [each for each in type_.required if each not in options]
        if missing:
            self._fail(section.line, f"the contract has no {missing[0]!r}, which its type {type_name!r} needs")
            return
        before = len(self.problems)
        self._check_options(section, type_)
        idle = [each for each in type_.required if not options[each].items and each not in MAY_BE_EMPTY]
        if idle:
            message = f"the contract is left out: {idle[0]!r} is empty, so nothing can break it"
            self._remark(options[idle[0]].line, message, Severity.WARNING)
            return
        table, alert = self._make_table(section, type_), self._read_alert(options.get(ALERTING))
        if len(self.problems) == before:
            yield from self._split(section, type_, table, alert)

    def _split(
        self, section: Section, type_: ContractType, table: dict[str, Any], alert: Severity | None
    ) -> Iterator[ForeignContract]:
        keys = {**type_.lists, IGNORED: "ignore"}
        lines = {
            (keys[name], item.text): item.line
            for name, option in section.options.items()
            if name in keys
            for item in option.items
        }
        split = _SPLITTERS.get(type_.kind)
        for part, message in split(table, self._expand) if split else [(table, "")]:
            if message:
                self._remark(section.line, message, Severity.WARNING)
            if part:
                yield ForeignContract(part, section.line, lines, alert)

    def _make_table(self, section: Section, type_: ContractType) -> dict[str, Any]:
        options = section.options
        table: dict[str, Any] = {"name": _text(options["name"]), "kind": type_.kind}
        table |= {
            key: options[name].texts for name, key in type_.lists.items() if name in options and options[name].items
        }
        if type_.kind == "private" and "packages" not in table:
            table["packages"] = self._root_packages()
            if not table["packages"]:
                self._fail(self._common.line, "names no 'root_package'")
        flags = {key: self._flag(name, options[name]) for name, key in type_.flags.items() if name in options}
        flags |= {key: not self._flag(name, options[name]) for name, key in type_.inverted.items() if name in options}
        table |= {key: value for key, value in flags.items() if value is not DEFAULTS[key]}
        table |= {key: self._number(name, options[name]) for name, key in type_.numbers.items() if name in options}
        if guidance := options.get(GUIDANCE):
            table["reason"] = " ".join(guidance.texts)
        table["imports"] = list(map(str, self._list_kinds()))
        if IGNORED in options and options[IGNORED].items:
            table["ignore"] = options[IGNORED].texts
        return table

    def _check_options(self, section: Section, type_: ContractType) -> None:
        known = {*type_.lists, *type_.flags, *type_.inverted, *type_.numbers, "name", "type", IGNORED, GUIDANCE}
        for name, option in section.options.items():
            if name == ALERTING:
                self._remark(option.line, f"{name!r} has no equivalent for one contract; severity.LC132 is for all")
            elif name == "id":
                self._remark(option.line, "'id' has no equivalent: contracts are known by their name")
            elif name not in known:
                self._fail(option.line, f"import-linter knows no option {name!r}{did_you_mean(name, known)}")

    def _read_alert(self, option: Option | None) -> Severity | None:
        """Return the severity of an ignored import that does not exist; an error by default."""
        text = _text(option)
        if option is not None and text not in _ALERTS:
            self._fail(option.line, f"{ALERTING!r}: expected error, warn or none, found {text!r}")
        return _ALERTS.get(text)

    def _list_kinds(self) -> tuple[ImportKind, ...]:
        excluded = _text(self._common.options.get("exclude_type_checking_imports"))
        return _SEEN_KINDS if excluded in {"True", "true"} else (*_SEEN_KINDS, ImportKind.TYPING)

    def _root_packages(self) -> list[str]:
        options = self._common.options
        return [text for name in ("root_packages", "root_package") if name in options for text in options[name].texts]

    def _options_of(self, section: Section) -> dict[str, str | list[str]]:
        # The `id` of an INI section is in its name.
        given = {"id": section.name.rpartition(":")[2]} if section.name else {}
        return {**given, **_write_plainly(section.options)}

    def _flag(self, name: str, option: Option) -> bool:
        text = _text(option).lower()
        if text not in {"true", "false"}:
            self._fail(option.line, f"{name!r}: expected true or false, found {_text(option)!r}")
        return text == "true"

    def _number(self, name: str, option: Option) -> int:
        text = _text(option)
        if not text.isdecimal():
            self._fail(option.line, f"{name!r}: expected a number, found {text!r}")
            return 0
        return int(text)

    def _remark(self, line: int, message: str, severity: Severity | None = None) -> None:
        self._remarks.append(Remark(line, message))
        if severity is not None:
            self._losses.append(Loss(line, message, severity))

    def _fail(self, line: int, message: str) -> None:
        self.problems.append(Loss(line, message, Severity.ERROR))


def _text(option: Option | None) -> str:
    return " ".join(option.texts) if option else ""


def _write_plainly(options: Mapping[str, Option]) -> dict[str, str | list[str]]:
    """Write options in the form in which import-linter passes them to a contract class."""
    return {name: option.texts if option.is_list else _text(option) for name, option in options.items()}
