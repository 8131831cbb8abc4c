"""Documents held to the schemas in `tests/schemas/`."""

from __future__ import annotations

import functools
import json
from pathlib import Path
from typing import Any

import jsonschema

_FOLDER = Path(__file__).parent / "schemas"


def load_valid(text: str, schema: str) -> Any:
    """Parse a JSON document and validate it."""
    document = json.loads(text)
    _make_validator(schema).validate(document)
    return document


@functools.cache
def _make_validator(schema: str) -> Any:
    loaded = json.loads((_FOLDER / f"{schema}.json").read_text("utf-8"))
    kind = jsonschema.validators.validator_for(loaded)
    kind.check_schema(loaded)
    return kind(loaded)
