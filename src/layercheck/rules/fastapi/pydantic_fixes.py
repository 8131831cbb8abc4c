"""Rewrites pydantic 1 as pydantic 2 where both certainly mean the same."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from layercheck import Applicability, Edit, Fix, Span

if TYPE_CHECKING:
    from layercheck import SourceModule

_RENAMED = {
    "orm_mode": "from_attributes",
    "allow_population_by_field_name": "populate_by_name",
    "anystr_lower": "str_to_lower",
    "anystr_upper": "str_to_upper",
    "anystr_strip_whitespace": "str_strip_whitespace",
    "min_anystr_length": "str_min_length",
    "max_anystr_length": "str_max_length",
    "keep_untouched": "ignored_types",
    "schema_extra": "json_schema_extra",
    "validate_all": "validate_default",
}
_KEPT = frozenset(
    {
        *("title", "extra", "frozen", "populate_by_name", "use_enum_values", "validate_assignment", "from_attributes"),
        *("arbitrary_types_allowed", "json_encoders", "alias_generator", "json_schema_extra", "validate_default"),
        *(
            "str_strip_whitespace",
            "str_min_length",
            "str_max_length",
            "str_to_lower",
            "str_to_upper",
            "revalidate_instances",
        ),
        *("protected_namespaces", "ser_json_timedelta", "ser_json_bytes", "hide_input_in_errors", "ignored_types"),
    }
)
_WITHOUT_SUCCESSOR = frozenset(
    {
        *("allow_mutation", "error_msg_templates", "fields", "getter_dict", "smart_union", "json_loads", "json_dumps"),
        *("copy_on_model_validation", "underscore_attrs_are_private", "allow_inf_nan", "post_init_call"),
    }
)
_OF_SETTINGS = frozenset(
    {"env_prefix", "env_file", "env_file_encoding", "env_nested_delimiter", "case_sensitive", "secrets_dir"}
)
CONFIG_KEYS = frozenset({*_RENAMED, *_KEPT, *_WITHOUT_SUCCESSOR, *_OF_SETTINGS})
"""The settings that a `class Config` may have."""


def replace_config(module: SourceModule, definition: ast.ClassDef) -> Fix | None:
    """Write `model_config = ConfigDict(…)`; None if a setting has no successor, or if the class contains anything else."""
    pairs = []
    for statement in definition.body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=key)], value=value) if key in _RENAMED or key in _KEPT:
                pairs.append((_RENAMED.get(key, key), value))
            case ast.Expr(value=ast.Constant()):
                return None  # a docstring
            case _:
                return None
    whole = module.whole_span(definition)
    imported = _import_from_pydantic(module, "ConfigDict")
    if definition.bases or definition.decorator_list or imported is None or "#" in module.text_at(whole):
        return None
    name, edits = imported
    arguments = ", ".join(f"{key}={_value(module, value)}" for key, value in pairs)
    return Fix(
        "Replace `class Config` by `model_config`",
        (*edits, Edit(whole, f"model_config = {name}({arguments})")),
    )


def replace_validator(
    module: SourceModule, function: ast.FunctionDef | ast.AsyncFunctionDef, decorator: ast.expr
) -> Fix | None:
    """Write `@field_validator(…)` and `@classmethod`; None if they would not do the same as the `@validator`."""
    if not isinstance(decorator, ast.Call) or module.full_name(decorator.func) != "pydantic.validator":
        return None
    mode = ""
    for keyword in decorator.keywords:
        match keyword:
            case ast.keyword(arg="pre", value=ast.Constant(value=bool(is_before))):
                mode = ', mode="before"' if is_before else ""
            case ast.keyword(arg="allow_reuse"):
                pass
            case _:
                return None
    is_plain = len(function.decorator_list) == 1 and len(function.args.args) == 2 and not function.args.kwonlyargs
    imported = _import_from_pydantic(module, "field_validator")
    if not is_plain or imported is None or function.args.vararg or function.args.kwarg:
        return None
    name, edits = imported
    span = module.span(decorator)
    indentation = " " * (span.start.column - 1)
    fields = ", ".join(_value(module, field) for field in decorator.args)
    return Fix(
        "Replace `@validator` by `@field_validator`",
        (*edits, Edit(span, f"{name}({fields}{mode})\n{indentation}@classmethod")),
        Applicability.UNSAFE,
    )


def _import_from_pydantic(module: SourceModule, name: str) -> tuple[str, tuple[Edit, ...]] | None:
    """Return how the file refers to a name of pydantic, and the edits that import it."""
    for node in module.tree.body:
        if isinstance(node, ast.ImportFrom) and node.module == "pydantic" and not node.level:
            for alias in node.names:
                if alias.name == name:
                    return alias.asname or name, ()
            end = module.span(node.names[-1]).end
            return name, (Edit(Span(end, end), f", {name}"),)
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name == "pydantic":
                    return f"{alias.asname or 'pydantic'}.{name}", ()
    return None


def _value(module: SourceModule, value: ast.expr) -> str:
    if (module.full_name(value) or "").startswith("pydantic.Extra."):
        return f'"{ast.unparse(value).rpartition(".")[2]}"'
    return module.text_at(module.span(value))
