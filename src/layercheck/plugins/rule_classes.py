"""What has to be true of a rule before it can run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from layercheck.config.contract_records import CONTRACTS, Contract, kind_of
from layercheck.config.option_types import as_struct
from layercheck.later_pattern import compile_later
from layercheck.model.severity import Severity
from layercheck.rule.contract_rule import ContractRule
from layercheck.rule.module_rule import ModuleRule
from layercheck.rule.rule import Rule
from layercheck.rule.rule_names import OUR_PREFIX

if TYPE_CHECKING:
    from layercheck.plugins.plugin import Origin

_CODE = compile_later(r"[A-Z]{2,4}[0-9]{3}")
_NAME = compile_later(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FLAGS = (
    *("is_default", "fixable", "sees_outcome", "follows_chains", "needs_all_files"),
    *("reads_contracts", "reports_unjudged", "runs_contract_classes"),
)


def find_problem(rule: object, origin: Origin) -> str | None:
    """Find what is wrong with what a plugin gives as a rule; None for a rule that can run."""
    if not (isinstance(rule, type) and issubclass(rule, Rule)):
        return f"gives {_show(rule)} as a rule: expected a class derived from `ProjectRule`"
    said = f"gives the rule {rule.__name__}"
    given: Any = rule  # whatever its annotations promise
    for key, example in (("code", '"XY101"'), ("name", '"no-print"'), ("severity", "Severity.WARNING")):
        if not hasattr(rule, key):
            return f"{said} without a {key}: give the class one, such as `{key} = {example}`"
    if not (isinstance(given.code, str) and _CODE.fullmatch(given.code)):
        return f"{said} with the code {given.code!r}: expected 2 to 4 capital letters and 3 digits, such as 'XY101'"
    if not origin.is_builtin and given.code.startswith(OUR_PREFIX) and given.code[2].isdigit():
        return f"{said} with the code {given.code!r}: the prefix {OUR_PREFIX} is layercheck's own, choose another one"
    if not (isinstance(given.name, str) and _NAME.fullmatch(given.name)):
        return f"{said} with the name {given.name!r}: expected small letters with dashes, such as 'no-print'"
    if not isinstance(given.severity, Severity):
        return f"{said} with the severity {given.severity!r}: expected one of Severity.ERROR, WARNING, INFO"
    odd = next((flag for flag in _FLAGS if not isinstance(getattr(given, flag), bool)), None)
    if odd is not None:
        return f"{said} with {odd} = {getattr(given, odd)!r}: expected True or False"
    return (
        _find_problem_of_filters(rule, said)
        or _find_problem_of_options(rule, said)
        or _find_problem_of_record(rule, origin, said)
    )


def _find_problem_of_filters(rule: type[Rule], said: str) -> str | None:
    """Look at what a module rule says of the files that it looks at; a property says it when the rule runs."""
    if not issubclass(rule, ModuleRule):
        return None
    given: Any = rule  # whatever its annotations promise
    filters = (given.needles, find_problem_of_needles), (given.libraries, find_problem_of_libraries)
    problems = (find(value) for value, find in filters if not isinstance(value, property))
    return next((f"{said} with {problem}" for problem in problems if problem), None)


def find_problem_of_needles(needles: object) -> str:
    """Say what is wrong with the `needles` of a module rule; empty where nothing is."""
    if isinstance(needles, tuple) and all(isinstance(needle, bytes) and needle for needle in needles):
        return ""
    return f'needles = {needles!r:.60}: expected a tuple of bytes, such as (b"print",)'


def find_problem_of_libraries(libraries: object) -> str:
    """Say what is wrong with the `libraries` of a module rule; empty where nothing is."""
    if isinstance(libraries, (set, frozenset)) and all(map(_is_top_level, libraries)):
        return ""
    return f'libraries = {libraries!r:.60}: expected top-level packages, such as frozenset({{"fastapi"}})'


def _is_top_level(name: object) -> bool:
    return isinstance(name, str) and name.isidentifier()


def _find_problem_of_options(rule: type[Rule], said: str) -> str | None:
    try:
        as_struct(rule.Options)
    except (TypeError, ValueError, NameError) as error:
        return f"{said} with Options that cannot be used: {error}"
    return None


def _find_problem_of_record(rule: type[Rule], origin: Origin, said: str) -> str | None:
    """Find what is wrong with the record of a rule about contracts."""
    if not issubclass(rule, ContractRule):
        return None
    record: Any = getattr(rule, "record", None)
    if not (isinstance(record, type) and issubclass(record, Contract) and record is not Contract):
        return f"{said} without a record: give the class one, a struct derived from `layercheck.Contract`"
    kind = kind_of(record)
    if kind == kind_of(Contract):
        return f'{said} with a record without a kind: write `class {record.__name__}(Contract, frozen=True, tag="my-kind")`'
    if kind in CONTRACTS and not origin.is_builtin:
        return f"{said} with a record of the kind {kind!r}, which is layercheck's own; choose another word"
    return None


def _show(value: object) -> str:
    return value.__name__ if isinstance(value, type) else repr(value)[:60]
