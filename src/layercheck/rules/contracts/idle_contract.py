from __future__ import annotations

from typing import TYPE_CHECKING

from layercheck import (
    LIBRARY_WORDS,
    STANDARD_LIBRARY,
    THIRD_PARTY,
    AllowedContract,
    LayersContract,
    ProjectRule,
    PublicContract,
    Severity,
    closest,
    did_you_mean,
    ignored_imports,
    parse_path_pattern,
    parse_pattern,
    pattern_keys,
    rule_for,
)
from layercheck.rules.contracts.contract_layers import find_idle_exceptions, find_missing_layers
from layercheck.rules.contracts.contract_places import report_key
from layercheck.rules.contracts.grouping import is_library, is_within
from layercheck.rules.contracts.missing_names import find_missing_names
from layercheck.rules.contracts.wide_patterns import find_wide_patterns

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from layercheck import Contract, ContractGraph, Finding, GraphView, KeyPath, Project

_HELP = "help: a contract that cannot be broken checks nothing; fix it or remove it"
_OTHER_WORDS = {"stdlib": STANDARD_LIBRARY, "external": THIRD_PARTY, "externals": THIRD_PARTY}
"""What other tools and people call the words for many libraries."""
_HARMLESS = {("importers",), ("skip",), ("interface",), ("exhaustive-ignores",)}
"""Keys that relax a contract: if they have no effect, the contract is as strict as possible."""


class IdleContract(ProjectRule):
    """A contract, or a part of one, without effect.

    ## What it does

    Reports patterns of contracts that match no module, layers that are missing and not optional, names of libraries that
    look misspelt or cannot be imported (`scikit-learn`), entries of an interface and of `exhaustive-ignores` that name nothing,
    patterns that are too wide (`ignore = ["** -> **"]`, `places = ["**"]`), and contracts that cannot be broken whatever the
    modules import.

    ## Why is this bad?

    The contract is kept because it is about nothing. A renamed package is enough for that.

    ## Example

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "the domain is pure"
    kind = "forbidden"
    sources = ["app.domian"]  # error: LC131
    targets = ["app.storage"]
    ```

    `app/domain.py`:

    ```python
    class Order: ...
    ```

    `app/storage.py`:

    ```python
    def save() -> None: ...
    ```

    ## Use instead

    `pyproject.toml`:

    ```toml
    [[tool.layercheck.contracts]]
    name = "the domain is pure"
    kind = "forbidden"
    sources = ["app.domain"]
    targets = ["app.storage"]
    ```

    ## Limits

    A pattern that would make a contract milder (`importers`, `skip`, `interface`, `exhaustive-ignores`, the targets of `allowed`)
    is a warning. A library that no module imports is reported only if it is spelt almost like one that is imported. In contracts
    from the file of another tool, the finding is a warning.
    """

    code = "LC131"
    name = "idle-contract"
    severity = Severity.ERROR
    reads_contracts = True
    needs_all_files = True

    def explain_silence(self, project: Project) -> str:
        """Return why there is nothing to check: no contracts."""
        return "" if project.contracts else "there are no contracts"

    def check(self, project: Project) -> Iterator[Finding]:
        """Check every pattern of every contract."""
        for declared in project.contracts:
            contract = declared.contract
            graph = project.graph_of(declared)
            view = graph.see(contract.imports, ignored_imports(contract))
            wide = list(find_wide_patterns(contract, view))
            for key, culprit, message in wide:
                yield report_key(self, project, declared, key, culprit, message, _HELP)
            problems = list(_find_problems(contract, view))
            if isinstance(contract, PublicContract):
                problems += find_missing_names(contract, view, project)
            if not problems and not wide:
                judge = rule_for(contract)
                reason = "" if judge is None else judge.find_reason_idle(contract, view)
                problems = [((), "", f"the contract cannot be broken: {reason}")] if reason else []
            for key, culprit, message in problems:
                is_harmless = key[:1] in _HARMLESS or (
                    isinstance(contract, AllowedContract) and key[:1] == ("targets",)
                )
                yield report_key(self, project, declared, key, culprit, message, _HELP, is_harmless=is_harmless)


Problem = tuple["KeyPath", str, str]
"""The key, the value, and the problem."""


def _find_problems(contract: Contract, view: GraphView) -> Iterator[Problem]:
    record = type(contract)
    for key in pattern_keys(record, "module"):
        for index, text in enumerate(_texts(contract, key)):
            if not view.select(parse_pattern(text)):
                yield (key, index), text, f"`{text}` ({key}) matches no module{_guess_module(text, view.graph)}"
    for key in pattern_keys(record, "target"):
        for index, text in enumerate(_texts(contract, key)):
            yield from (((key, index), text, message) for message in _of_target(text, key, view))
    for key in pattern_keys(record, "path"):
        if key == "places":
            continue  # the first module may still be to come
        for index, text in enumerate(_texts(contract, key)):
            pattern = parse_path_pattern(text)
            if not any(pattern.fullmatch(module.path) for module in view.modules):
                yield (key, index), text, f"`{text}` ({key}) matches no module{_guess_path(text, view)}"
    if isinstance(contract, LayersContract):
        for index, name in find_missing_layers(contract, view):
            guess = _guess_module(name, view.graph)
            message = f"the layer `{name}` does not exist{guess or '; write it in parentheses if it may be missing'}"
            yield ("layers", index), name, message
        for index, message in find_idle_exceptions(contract, view):
            text = contract.exhaustive_ignores[index]
            yield ("exhaustive-ignores", index), text, f"`{text}` (exhaustive-ignores) {message}"


def _texts(contract: Contract, key: str) -> Sequence[str]:
    texts: Sequence[str] = getattr(contract, key.replace("-", "_"))
    return texts


def _of_target(text: str, key: str, view: GraphView) -> Iterator[str]:
    if text in LIBRARY_WORDS:
        return
    if is_library(view, text) and "-" in text:
        yield f"`{text}` ({key}) cannot be imported by this name{_guess_library(text)}"
    elif is_library(view, text):
        names = {name.partition(".")[0] for _, each in view.graph.library_names for name in each}
        top = text.partition(".")[0]
        meant = closest(top, names - {top}) if top not in names else ""
        # `httpx2` and `httpx`, `fastapi_users` and `fastapi` are no slips of the pen.
        if meant and not meant.startswith(top) and not top.startswith(meant) and _is_close(top, meant):
            yield f"no module imports the library `{text}` ({key}); did you mean {meant!r}?"
        elif top not in names and (word := _OTHER_WORDS.get(text) or closest(text.replace("_", "-"), LIBRARY_WORDS)):
            yield f"no module imports the library `{text}` ({key}); did you mean {word!r}?"
        elif top not in names and "." in text and (own := closest(top, view.graph.own_packages)):
            guess = f"{own}{text.removeprefix(top)}"
            if any(is_within(name, guess) for name in view.graph.names):
                yield f"`{text}` ({key}) matches no module, and no module imports such a library; did you mean {guess!r}?"
    elif not view.select(parse_pattern(text)):
        yield f"`{text}` ({key}) matches no module{_guess_module(text, view.graph)}"


def _guess_library(text: str) -> str:
    """Write what is meant by a name that holds a hyphen: a word for many libraries, or the name that imports have."""
    meant = closest(text, LIBRARY_WORDS)
    return f"; did you mean {meant!r}?" if meant else "; write the name that imports have, such as 'sklearn'"


def _is_close(word: str, other: str) -> bool:
    """Return whether two words differ by one or two wrong, missing or swapped letters."""
    return (
        len(word) > 4
        and (sorted(word) == sorted(other) or len(set(word) ^ set(other)) <= 2)
        and (abs(len(word) - len(other)) <= 1)
    )


def _guess_module(text: str, graph: ContractGraph) -> str:
    if text.startswith("role:"):
        roles = sorted({module.role for module in graph.modules if module.role})
        return did_you_mean(text, [f"role:{role}" for role in roles]) or f"; known are {', '.join(roles) or 'no roles'}"
    if not parse_pattern(text).is_plain:
        return ""
    packages = {".".join(name.split(".")[:depth]) for name in graph.names for depth in range(1, name.count(".") + 2)}
    above, _, last = text.rpartition(".")
    siblings = {name.rpartition(".")[2]: name for name in packages if name.rpartition(".")[0] == above}
    namesakes = sorted(name for name in packages if name.rpartition(".")[2] == last)
    meant = siblings.get(closest(last, siblings)) or next(iter(namesakes), "")
    # The whole name decides where a package above is misspelt.
    return f"; did you mean {meant!r}?" if meant else "" if siblings else did_you_mean(text, packages)


def _guess_path(text: str, view: GraphView) -> str:
    if "." in text and "/" not in text and view.select(parse_pattern(text.removesuffix(".py"))):
        return f"; write its path, {view.modules[view.select(parse_pattern(text))[0].number].path!r}"
    return did_you_mean(text, sorted({module.path for module in view.modules})) if "*" not in text else ""
