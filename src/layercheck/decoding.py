"""Source bytes as text, for those who only want to look: never fails, never judges.

Whether a file is a faithful Python source is decided by the readers in `sources/`.
"""

from __future__ import annotations

import io
import re
import tokenize

_LINE_END = re.compile(r"\r\n|\r|\n")


def decode_leniently(data: bytes) -> str:
    """Decode a Python file by its BOM or coding cookie, else as UTF-8; what cannot be decoded becomes U+FFFD."""
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    except SyntaxError:
        encoding = "utf-8"
    return data.decode(encoding, errors="replace")


def split_lines(text: str) -> list[str]:
    """Split into lines as Python counts them (form feeds and Unicode separators end none), without their ends."""
    return _LINE_END.split(text)
