"""Source bytes as text, for those who only want to look, and for those who write back what they read.

Whether a file is a faithful Python source is decided by `encoding` and by the parser.
"""

from __future__ import annotations

import io

from layercheck.errors import UnreadableSourceError
from layercheck.later_pattern import compile_later
from layercheck.python.text.encoding import OF_HOST_NAMES, find_text_codec

_LINE_END = compile_later(r"\r\n|\r|\n")


def decode_leniently(data: bytes) -> str:
    """Decode a Python file by its BOM or coding cookie, else as UTF-8; what cannot be decoded becomes U+FFFD."""
    try:
        encoding = _detect_encoding(data)
    except SyntaxError:
        encoding = "utf-8"
    return data.decode(encoding, errors="replace")


def decode_faithfully(data: bytes) -> tuple[str, str]:
    """Decode a Python file so that it can be written back byte by byte; with the text comes its encoding.

    Raises UnreadableSourceError where that cannot be done.
    """
    try:
        encoding = _detect_encoding(data)
        text = data.decode(encoding)
    except (SyntaxError, UnicodeError) as error:
        raise UnreadableSourceError(f"cannot be decoded: {error}") from None
    if text.encode(encoding) != data:
        raise UnreadableSourceError(f"cannot be written back in its encoding, {encoding}, without other changes")
    return text, encoding


def encode_faithfully(text: str, encoding: str) -> bytes:
    """Encode a text as its file was. Raises UnreadableSourceError where the encoding lacks one of its characters."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError as error:
        character = error.object[error.start]
        raise UnreadableSourceError(f"its encoding, {encoding}, has no {character!r}") from None


def encode_as_declared(text: str) -> bytes:
    """Encode a text as Python will read it: by its coding cookie, else as UTF-8, also where the cookie is a mistake."""
    data = text.encode("utf-8", "surrogatepass")
    try:
        encoding = _detect_encoding(data)
        return text.encode(encoding) if encoding != "utf-8-sig" else data
    except (SyntaxError, UnicodeError):
        return data


def _detect_encoding(data: bytes) -> str:
    import tokenize  # noqa: PLC0415  (two patterns are compiled with it)

    encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
    codec = find_text_codec(encoding)
    if codec is None or codec in OF_HOST_NAMES:
        raise SyntaxError(f"unknown encoding: {encoding}")
    return encoding


def split_lines(text: str) -> list[str]:
    """Split into lines as Python counts them (form feeds and Unicode separators end none), without their ends."""
    return _LINE_END.split(text)
