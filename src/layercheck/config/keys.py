"""Keys as a reader of the file would write them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layercheck.config.lines import KeyPath

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def dotted(path: KeyPath) -> str:
    """Join a key as in `per-path-ignores."tests/**"`, without the numbers of array items."""
    return ".".join(quoted(part) for part in path if isinstance(part, str))


def quoted(key: str) -> str:
    """Write one part of a key, in quotes where TOML wants them."""
    return key if _BARE.fullmatch(key) else as_string(key)


def as_string(text: str) -> str:
    """Write a text as a TOML string."""
    # JSON's escapes are TOML's, but JSON leaves DEL as it is; half a surrogate pair can be written in neither.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
