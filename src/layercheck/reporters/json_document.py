"""JSON documents, whatever the names in them hold."""

from __future__ import annotations

import json
from typing import Any

import msgspec

from layercheck.reporters.display import escape_surrogates, has_surrogates


def encode_document(document: Any) -> str:
    r"""Encode as indented JSON that UTF-8 can hold: a byte of a name that is no UTF-8 becomes `\xff`."""
    text = json.dumps(document, ensure_ascii=False)
    if has_surrogates(text):
        text = json.dumps(_escape(document), ensure_ascii=False)
    # The standard library indents in Python, which takes seconds where there are thousands of findings.
    return msgspec.json.format(text, indent=2) + "\n"


def _escape(value: Any) -> Any:
    if isinstance(value, str):
        return escape_surrogates(value)
    if isinstance(value, list):
        return [_escape(each) for each in value]
    if isinstance(value, dict):
        return {_escape(key): _escape(each) for key, each in value.items()}
    return value
