"""Write the configuration reference, `docs/configuration.md`, from the types of the configuration and of the rules."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from layercheck.config.contract_records import CONTRACTS, Contract, LayersContract
from layercheck.config.json_schema import json_schema
from layercheck.plugins.built_in import builtin_rules
from layercheck.plugins.load import load_plugins
from layercheck.rule.documentation import describe_rule

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from layercheck.rule.documentation import RulePage

_HEAD = ("| key | type | default | meaning |", "|---|---|---|---|")
_INTRODUCTION = """\
# Configuration

Every key is optional. Keys are read from `[tool.layercheck]` in `pyproject.toml`, or from `layercheck.toml` or
`.layercheck.toml` without the `tool.layercheck` prefix. The file nearest to the checked paths applies; files are not
merged. `layercheck config` prints every value that is in force and where it comes from.

An unknown key, a value of the wrong type and a pattern that cannot match are errors (exit code 2) with file, line and the
nearest valid name. All problems are reported at once. A `pyproject.toml` on the way that is no TOML ends every command in
the same way, whatever it seems to say; beside a `layercheck.toml` it is not looked at. Patterns that could match and do
not, and a second configuration beside the one in force, are findings: [LC008](rules/idle-setting.md).
Entries that change nothing are findings as well: [LC009](rules/unneeded-exception.md).

Where nothing is configured, the project is the nearest folder upward that looks like the top of one (`.git`,
`pyproject.toml`, `setup.py`, `requirements.txt`, `manage.py` and the like); where there is none, the current folder for
files in it, and a folder that is named itself.

Editors complete and check these keys with the JSON Schema: `layercheck config --schema > layercheck.schema.json`, then
`#:schema ./layercheck.schema.json` as the first line of `layercheck.toml` (Even Better TOML, Tombi).

## Keys
"""


def make_page() -> str:
    """Make the whole page."""
    schema = json_schema(load_plugins(with_foreign=False).vocabulary.rules)
    definitions = schema["definitions"]
    lines = [_INTRODUCTION, *_table(schema["properties"], definitions)]
    lines += ["", "## `suppressions`", "", "What suppression comments must say.", ""]
    lines += _table(definitions["SuppressionPolicy"]["properties"], definitions)
    lines += _contracts(definitions)
    lines += ["", "## Options of rules", ""]
    lines += ["`[tool.layercheck.rules.LC101]`, or by name: `[tool.layercheck.rules.layer-order]`.", ""]
    for rule in builtin_rules():
        lines += _options_of(describe_rule(rule))
    return "\n".join(lines).rstrip() + "\n"


def _contracts(definitions: Mapping[str, Any]) -> Iterator[str]:
    """Write the keys of contracts: first those of all kinds, then those of each."""
    common = set(Contract.__struct_encode_fields__)
    yield from (
        "",
        "## `contracts`",
        "",
        "`[[tool.layercheck.contracts]]`, described in [contracts](contracts.md).",
        "",
    )
    properties = definitions[LayersContract.__name__]["properties"]
    yield from _table({key: value for key, value in properties.items() if key in common}, definitions)
    for kind, record in CONTRACTS.items():
        own = definitions[record.__name__]["properties"]
        yield from ("", f'### `kind = "{kind}"`', "", f"{(record.__doc__ or '').strip()}", "")
        yield from _table({key: value for key, value in own.items() if key not in {*common, "kind"}}, definitions)


def _options_of(page: RulePage) -> Iterator[str]:
    if page.options:
        yield f"### {page.code} [{page.name}](rules/{page.name}.md)"
        yield ""
        yield from _HEAD
        for option in page.options:
            yield f"| `{option.name}` | {option.type} | {_code(option.default)} | {option.description} |"
        yield ""


def _table(properties: Mapping[str, Any], definitions: Mapping[str, Any]) -> Iterator[str]:
    yield from _HEAD
    for name, value in properties.items():
        default = json.dumps(value["default"]) if "default" in value else ""
        if value.get("$ref", "").endswith("SuppressionPolicy"):
            default = "see below"
        meaning = value.get("description", "").replace("|", "\\|")
        yield f"| `{name}` | {_type_of(value, definitions)} | {_code(default)} | {meaning} |"


def _code(text: str) -> str:
    return text if not text or text == "see below" else f"`{text}`"


def _type_of(value: Mapping[str, Any], definitions: Mapping[str, Any]) -> str:
    if "anyOf" in value:
        types = (_type_of(each, definitions) for each in value["anyOf"] if each.get("type") != "null")
        return " or ".join(dict.fromkeys(types))
    if "$ref" in value:
        return _type_of(definitions[value["$ref"].rpartition("/")[2]], definitions)
    if "enum" in value:
        return " or ".join(f"`{each}`" for each in value["enum"])
    if value.get("type") == "array":
        return f"list of {_type_of(value['items'], definitions)}"
    if value.get("type") == "object":
        inner = value.get("additionalProperties")
        return f"table of {_type_of(inner, definitions)}" if isinstance(inner, dict) else "table"
    return {"boolean": "true or false", "integer": "number", "number": "number"}.get(value.get("type", ""), "text")
