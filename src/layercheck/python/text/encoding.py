"""Bytes to text, as Python itself decodes a source file: byte order mark, PEP 263 cookie, else UTF-8."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from layercheck.errors import UnreadableSourceError
from layercheck.later_pattern import compile_later

if TYPE_CHECKING:
    import re

_COOKIE = compile_later(rb"[ \t\f]*#.*?coding[:=][ \t]*([-\w.]+)")
_NO_CODE = compile_later(rb"[ \t\f]*(?:#.*)?")
_LINE_END = compile_later(rb"\r\n?|\n")
_UTF_8_BOM = codecs.BOM_UTF8
_OTHER_BOMS = (
    # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
_ASCII_COMPATIBLE = frozenset({"utf-8", "ascii", "iso8859-1", "iso8859-15", "cp1252"})
"""Codecs that leave ASCII as it is, so that pure ASCII needs no decoding; the others are always decoded."""
_LARGE = 1 << 18
"""Bytes; nearly all files are shorter, and are not searched for runs of equal imports."""

OF_HOST_NAMES = frozenset({"idna", "punycode"})
"""Python would take them for a source file, but no editor writes one, and punycode takes the square of its length."""


def decode_source(data: bytes) -> str:
    """Decode a source file; the text has no byte order mark, and keeps its line ends.

    Raises UnreadableSourceError for NUL bytes, UTF-16 and UTF-32, an unknown encoding cookie, and undecodable bytes.
    """
    return as_utf_8(data).decode()


def as_utf_8(data: bytes) -> bytes:
    """Convert a source file to valid UTF-8 without byte order mark; returns `data` itself where nothing has to change.

    This is how every reader gets a source, so runs of equal imports are blanked here. Raises UnreadableSourceError as
    `decode_source` does.
    """
    return shorten(transcode(data))


def shorten(source: bytes) -> bytes:
    """Blank runs of equal imports in valid UTF-8; returns an equal text where there are none."""
    if len(source) < _LARGE:
        return source
    from layercheck.python.text.equal_imports import blank_equal_imports  # noqa: PLC0415  (few files are that large)

    return blank_equal_imports(source)


def transcode(data: bytes) -> bytes:
    """Do what `as_utf_8` does, and leave all imports as they are."""
    if b"\0" in data or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        _refuse_binary(data)
    body = data.removeprefix(_UTF_8_BOM)
    encoding = _declared_encoding(body)
    if encoding != "utf-8" and body is not data:
        raise UnreadableSourceError(f"has a UTF-8 byte order mark, yet declares the encoding {encoding}", 1, 0)
    if body.isascii() and encoding in _ASCII_COMPATIBLE:
        return body
    try:
        text = body.decode(encoding)
        return body if encoding == "utf-8" else text.encode()
    except UnicodeDecodeError as error:
        byte = f"the byte 0x{body[error.start]:02x}" if error.start < len(body) else "an unfinished character"
        line, column = _place(body, error.start, encoding)
        hint = "" if _has_cookie(body) else " and no other encoding is declared"
        raise UnreadableSourceError(f"holds {byte}, which is not valid {encoding}{hint}", line, column) from None
    except (UnicodeError, ValueError):
        raise UnreadableSourceError(f"cannot be decoded as {encoding}, which it declares", 1, 0) from None


def _refuse_binary(data: bytes) -> None:
    for mark, name in _OTHER_BOMS:
        if data.startswith(mark):
            raise UnreadableSourceError(f"is {name} text; Python reads UTF-8 unless another encoding is declared", 1, 0)
    line, column = _place(data, data.index(b"\0"), "latin-1")
    raise UnreadableSourceError("holds NUL bytes", line, column)


def _declared_encoding(body: bytes) -> str:
    """Find the canonical name of the codec that the file asks for."""
    match = _find_cookie(body)
    if match is None:
        return "utf-8"
    written = match[1].decode("ascii", "replace")
    name = written[:12].lower().replace("_", "-")
    # Python knows these by their beginning, so that Emacs may write utf-8-unix.
    if name == "utf-8" or name.startswith("utf-8-"):
        return "utf-8"
    for latin in ("latin-1", "iso-8859-1", "iso-latin-1"):
        if name == latin or name.startswith(f"{latin}-"):
            return "iso8859-1"
    line = 1 + len(_LINE_END.findall(body, 0, match.start(1)))
    column = match.start(1) - max(body.rfind(b"\n", 0, match.start(1)), body.rfind(b"\r", 0, match.start(1))) - 1
    codec = find_text_codec(written)
    if codec is None:
        raise UnreadableSourceError(f"declares an encoding that Python does not know: {written}", line, column)
    if codec in OF_HOST_NAMES:
        raise UnreadableSourceError(f"declares an encoding of host names: {written}", line, column)
    return codec


def find_text_codec(written: str) -> str | None:
    """Find the canonical name of an encoding of texts; None if Python has no such encoding."""
    try:
        codec = codecs.lookup(written)
        # Encodings of bytes to bytes (hex, zlib) and of text to text (rot13) are codecs too.
        "".encode(codec.name)
    except (LookupError, UnicodeError, ValueError):
        return None
    return codec.name


def _has_cookie(body: bytes) -> bool:
    return _find_cookie(body) is not None


def _find_cookie(body: bytes) -> re.Match[bytes] | None:
    end = body.find(b"\n", body.find(b"\n") + 1)
    if body.find(b"coding", 0, end if end >= 0 else len(body)) < 0:
        return None
    start = 0
    for _ in range(2):
        line_end = _LINE_END.search(body, start)
        stop = line_end.start() if line_end else len(body)
        match = _COOKIE.match(body, start, stop)
        if match is not None:
            return match
        if line_end is None or _NO_CODE.fullmatch(body, start, stop) is None:
            return None
        start = line_end.end()
    return None


def _place(body: bytes, offset: int, encoding: str) -> tuple[int, int]:
    """Line (1-based) and column (0-based, in code points) of a byte."""
    line, start = 1, 0
    for match in _LINE_END.finditer(body, 0, offset):
        line, start = line + 1, match.end()
    return line, len(body[start:offset].decode(encoding, "replace"))
