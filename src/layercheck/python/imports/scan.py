"""Bytes to everything that could be an import: fast, without parsing, never missing one.

The scan finds candidates, also in strings and comments. Only the exact reader (`reader.py`) confirms them.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

import msgspec

from layercheck.later_pattern import compile_later
from layercheck.python.compiled import scanner
from layercheck.python.imports.scan_flags import (
    CALL_TRACES,
    COMMENT,
    DYNAMIC,
    EXPORTS,
    LOGIC,
    NOQA,
    ODD,
    REPEATED,
    TEST_FUNCTION,
)
from layercheck.python.text.encoding import shorten, transcode
from layercheck.python.text.source_text import STRING_OR_COMMENT


class Scan(msgspec.Struct, frozen=True, array_like=True):
    """What one file could import."""

    imports: tuple[str, ...]
    """`a.b` for each module of `import a.b` (`a.b:` if it gets a name of its own with `as`), `a.b:c,d` for
    `from a.b import c, d`, `..x:*`; each text once, in order."""
    flags: int = 0
    indented: tuple[str, ...] = ()
    """Those of the imports that stand in no line that begins with them: in a function, perhaps, or below an `if`."""

    @property
    def may_call_imports(self) -> bool:
        """Whether the file may import with a function call."""
        return bool(self.flags & DYNAMIC)

    @property
    def has_logic(self) -> bool:
        """Whether the file holds functions and is more than a few lines long."""
        return bool(self.flags & LOGIC)

    @property
    def has_tests(self) -> bool:
        """Whether the file holds a function whose name says that it is a test."""
        return bool(self.flags & TEST_FUNCTION)


# One statement that fills its line, or has its names in parentheses without comments: nearly all there are.
# Any byte above ASCII may be part of an identifier.
_USUAL = compile_later(
    rb"[ \t\f]*+(?:from[ \t]++([.\w\x80-\xff]++)[ \t]++)?+import[ \t]++"
    rb"(?:([\w.\x80-\xff]++(?: as [\w\x80-\xff]++)?+(?:, *+[\w.\x80-\xff]++(?: as [\w\x80-\xff]++)?+)*+)"
    rb"|\(([\w\s,\x80-\xff]*+)\))[ \t]*+(?=[\n#;]|\Z)"
)
_MAY_BE_NOQA = compile_later(rb"(?i:noqa)[^\r\n]*LC[0-9]")
_SPELLINGS = (b"layercheck", b"Layercheck", b"LayerCheck", b"LAYERCHECK")
_MAY_BE_COMMENT = compile_later(rb"(?i:layercheck\s*(?::|ignore))")
_ALIAS = compile_later(rb"\sas\s+[\w\x80-\xff]+")
_ANY = DYNAMIC | COMMENT | EXPORTS | ODD | NOQA | LOGIC | TEST_FUNCTION
_FEW_LINES = 200  # bytes
_SPACE = 0x20
# What is no part of a longer name: a statement has one, and none of its names is called so.
_KEYWORD = compile_later(rb"(?<![\w\x80-\xff])import(?![\w\x80-\xff])")
_CALLS = tuple(trace.encode() for trace in CALL_TRACES if trace not in {"exec", "eval"})
# The look-behind is last so that the search runs on the literal.
_EXEC = compile_later(rb"e(?:xec|val)(?!\w)(?<![\w.]e...)")
# From Python 3.12 on, the strings in an f-string may have its quotes, so that code behind one may look like a string.
_BEHIND_F_STRING = compile_later(rb"[fFtT][rR]?['\"][^\n]*+")
# Below `from`, spaces and line continuations may stand round every dot.
_FROM = compile_later(
    rb"from(?=[ \t\f.])((?:[ \t\f]*+\.)*+[ \t\f]*+(?:[\w\x80-\xff]++(?:[ \t\f]*+\.[ \t\f]*+[\w\x80-\xff]++)*+)?+)[ \t\f]*+"
)
_GAP = compile_later(rb"(?:[ \t\f]|\\\n)*+")
_PARENTHESISED = compile_later(rb"\(((?:[^()#]|#[^\n]*+)*+)\)")
_REST_OF_LINE = compile_later(rb"(?:[^\\\n;#]|\\\n)*+")
_COMMENT = compile_later(rb"#[^\n]*")
_NAMES = compile_later(
    rb"(?:\*|[\w\x80-\xff]++(?:\.[\w\x80-\xff]++)*+:?+(?:,[\w\x80-\xff]++(?:\.[\w\x80-\xff]++)*+:?+)*+)"
)
_NO_MARKS = bytes(set(range(256)) - set(b"()[]{}<"))
_TEXT = compile_later(STRING_OR_COMMENT.encode(), re.DOTALL)


def scan_source(data: bytes) -> Scan:
    """Find what a source file could import, in about 45 microseconds for a usual file.

    Raises UnreadableSourceError for NUL bytes, UTF-16, an unknown encoding, and undecodable bytes.
    """
    whole = transcode(data)
    source = shorten(whole)
    repeated = REPEATED if source != whole else 0
    if b"\r" in source:
        source = source.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    is_ascii = source.isascii()
    found, indented = _find_imports(source)
    imports = _as_python_names(found, is_ascii=is_ascii)
    if indented and len(set(found)) < len(found):
        everywhere, below = Counter(found), Counter(indented)
        indented = [text for text in indented if everywhere[text] == below[text]]
    flags = _flags(source) | repeated
    if not is_ascii:
        flags |= _flags_of_wide_names(source)
    return Scan(imports, flags, _as_python_names(indented, is_ascii=is_ascii))


def _find_imports(source: bytes) -> tuple[list[bytes], list[bytes]]:
    """Find all imports, and those of them that stand in an indented line."""
    if scanner is None:
        return search_imports(source)
    found, indented, has_unusual = scanner.find_imports(source)
    return (_read_all_unusual(source, found) if has_unusual else found), indented  # type: ignore[return-value]  # see there


def _read_all_unusual(source: bytes, found: list[bytes | int]) -> list[bytes]:
    read: list[bytes] = []
    behind = 0
    for each in found:
        if isinstance(each, int):
            behind = _read_unusual(source, each, behind, read)
        else:
            read.append(each)
    return read


def search_imports(source: bytes) -> tuple[list[bytes], list[bytes]]:
    """Do what the compiled `find_imports` does."""
    found: list[bytes] = []
    indented: list[bytes] = []
    find, find_back, match_usual = source.find, source.rfind, _USUAL.match
    behind = 0
    at = find(b"import")
    while at >= 0:
        line = find_back(b"\n", 0, at) + 1
        match = match_usual(source, line)
        # The match may be an earlier statement of this line; a line above may go on in this one.
        if match is None or match.end() < at or (line > 1 and source[line - 2] == 0x5C):
            behind = _read_unusual(source, at, behind, found)
            at = find(b"import", at + 6)
            continue
        module, names, names_in_parentheses = match.groups()
        if names is None:
            names = b" ".join(names_in_parentheses.split()).rstrip(b", ")
        if b" as " in names:
            names = _ALIAS.sub(b"" if module is not None else b":", names)
        names = names.replace(b" ", b"")
        if module is not None:
            found.append(module + b":" + names)
        elif b"," in names:
            found.extend(names.split(b","))
        else:
            found.append(names)
        if source[line] <= _SPACE:
            indented.extend(found[-1:] if module is not None else found[-names.count(b",") - 1 :])
        at = find(b"import", match.end())
    return found, indented


def _read_unusual(source: bytes, at: int, behind: int, found: list[bytes]) -> int:
    """Read the import statement, if it is one, whose keyword `import` is at this offset; return where that ends.

    `behind` is where the one before ends: a statement has only one, so it begins no earlier.
    """
    before, after = source[at - 1 : at], source[at + 6 : at + 7]
    if _is_name_part(after) or (before and before not in b" \t\f\n;:."):
        return behind
    line = source.rfind(b"\n", 0, at) + 1
    starts_line = not source[line:at].strip()
    while line > max(behind, 1) and source[line - 2] == 0x5C:
        line = source.rfind(b"\n", 0, line - 1) + 1
    _take_statement(source, at, source[max(line, behind) : at].replace(b"\\\n", b" "), found, starts_line=starts_line)
    return at + 6


def _take_statement(source: bytes, at: int, prefix: bytes, found: list[bytes], *, starts_line: bool) -> None:
    """Take what the statement imports that has its keyword at this offset, and `prefix` before it."""
    module = _module_before(prefix)
    if module is None and not starts_line and not prefix.rstrip().endswith((b";", b":", b"lazy")):
        return
    names = _names_after(source, at + 6, alias=b":" if module is None else b"")
    if names is None:
        return
    if module is not None:
        found.append(module + b":" + names)
    if module is None or starts_line:
        # After a comment that ends in a backslash a line is not continued, whatever it looks like.
        found.extend(names.split(b","))


def _is_name_part(byte: bytes) -> bool:
    return byte.isalnum() or byte == b"_" or byte >= b"\x80"


def _module_before(prefix: bytes) -> bytes | None:
    at = prefix.rfind(b"from")
    while at >= 0:
        match = _FROM.fullmatch(prefix, at)
        if match is not None and not (at and _is_name_part(prefix[at - 1 : at])):
            return b"".join(match[1].split()) or None
        at = prefix.rfind(b"from", 0, at)
    return None


def _names_after(source: bytes, at: int, *, alias: bytes) -> bytes | None:
    """Read the names of a statement; `alias` replaces what `as` gives them."""
    gap = _GAP.match(source, at)
    at = gap.end() if gap else at
    match = _PARENTHESISED.match(source, at)
    if match is not None:
        text = _COMMENT.sub(b"", match[1])
    else:
        following = _KEYWORD.search(source, at)
        match = _REST_OF_LINE.match(source, at, following.start() if following else len(source))
        text = match[0] if match else b""
    text = _ALIAS.sub(alias, text.replace(b"\\\n", b" "))
    names = b"".join(text.split()).rstrip(b",")
    return names if _NAMES.fullmatch(names) else None


def _as_python_names(found: list[bytes], *, is_ascii: bool) -> tuple[str, ...]:
    """Give each text once, as Python compares identifiers."""
    if not found:
        return ()
    text = b"\n".join(found).decode()
    return tuple(dict.fromkeys((text if is_ascii else unicodedata.normalize("NFKC", text)).split("\n")))


def _flags(source: bytes) -> int:
    signs = _ANY if scanner is None else scanner.find_signs(source)
    return (
        (DYNAMIC if signs & DYNAMIC and _may_call_imports(source) and _calls_in_code(source) else 0)
        | (COMMENT if signs & COMMENT and may_hold_comment(source) else 0)
        | (EXPORTS if signs & EXPORTS and b"__all__" in source else 0)
        | (ODD if signs & ODD and (scanner is not None or _looks_broken(source)) else 0)
        | (NOQA if signs & NOQA and may_hold_noqa(source) else 0)
        | (LOGIC if signs & LOGIC and len(source) > _FEW_LINES and b"def " in source else 0)
        | (TEST_FUNCTION if signs & TEST_FUNCTION and b"def test_" in source else 0)
    )


def _may_call_imports(source: bytes) -> bool:
    return (
        any(call in source for call in _CALLS)
        # `session.exec(…)` is common and harmless, `builtins.exec(…)` is neither.
        or ((b"exec" in source or b"eval" in source) and (b"builtins" in source or _EXEC.search(source) is not None))
    )


def _calls_in_code(source: bytes) -> bool:
    """Return whether it is not only comments and strings that mention calls which import."""
    from layercheck.python.text.code_parts import drop_texts  # noqa: PLC0415  (few files get here)

    return _may_call_imports(drop_texts(source)) or any(map(_may_call_imports, _BEHIND_F_STRING.findall(source)))


def _flags_of_wide_names(source: bytes) -> int:
    """Find the flags of the text as Python sees its identifiers, full-width letters as ordinary ones."""
    text = source.decode()
    return 0 if unicodedata.is_normalized("NFKC", text) else _flags(unicodedata.normalize("NFKC", text).encode()) & ~ODD


def _looks_broken(source: bytes) -> bool:
    marks = source.translate(None, _NO_MARKS)
    if marks.count(b"<") > 6 and b"\n<<<<<<< " in source:
        return True
    return not _is_balanced(marks) and not _is_balanced(_TEXT.sub(b"", source))


def _is_balanced(source: bytes) -> bool:
    count = source.count
    return count(b"(") == count(b")") and count(b"[") == count(b"]") and count(b"{") == count(b"}")


def may_hold_comment(data: bytes) -> bool:
    """Return whether a file may hold a `# layercheck: ignore[LC101]`, in a few microseconds where none is named."""
    # One search for bytes after the other is faster than a pattern that takes any case.
    return any(word in data for word in _SPELLINGS) and _MAY_BE_COMMENT.search(data) is not None


def may_hold_noqa(data: bytes) -> bool:
    """Return whether a file may hold a `# noqa: LC101`, in a few microseconds."""
    return b"LC" in data and _MAY_BE_NOQA.search(data) is not None
