from __future__ import annotations

import codecs

import pytest

from layercheck.errors import UnreadableSourceError
from layercheck.python.text.encoding import as_utf_8, decode_source


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"", ""),
        (b"import a\r\nimport b\r", "import a\r\nimport b\r"),
        (codecs.BOM_UTF8 + b"import a", "import a"),
        (codecs.BOM_UTF8 + b"# coding: utf-8\nimport a", "# coding: utf-8\nimport a"),
        ("import é".encode(), "import é"),
        ("# coding: latin-1\nx = 'é'".encode("latin-1"), "# coding: latin-1\nx = 'é'"),
        ("# -*- coding: iso-8859-1-unix -*-\nx = 'é'".encode("latin-1"), "# -*- coding: iso-8859-1-unix -*-\nx = 'é'"),
        ("#!/usr/bin/python\r# vim: set fileencoding=cp1252 :\rx = '€'".encode("cp1252"), None),
        ("# coding: shift_jis\nx = '日本'".encode("shift_jis"), "# coding: shift_jis\nx = '日本'"),
        (b"# coding: utf-7\nx = '+AOk-'", "# coding: utf-7\nx = 'é'"),
        (b"\n\n# coding: no-such-codec\n", "\n\n# coding: no-such-codec\n"),
        (b"x = 1\n# coding: no-such-codec\n", "x = 1\n# coding: no-such-codec\n"),
        (b"\x0c# coding: utf8\n", "\x0c# coding: utf8\n"),
    ],
)
def test_decodes_as_python_does(data: bytes, text: str | None) -> None:
    if text is not None:
        assert decode_source(data) == text
    assert decode_source(data).encode() == as_utf_8(data)


def test_the_second_line_may_declare_the_encoding_also_with_cr_line_ends() -> None:
    assert decode_source("#!x\r# coding: cp1252\rx = '€'".encode("cp1252")).endswith("'€'")


def test_plain_utf_8_is_not_copied() -> None:
    data = b"import a\n"
    assert as_utf_8(data) is data


@pytest.mark.parametrize(
    ("data", "reason", "line", "column"),
    [
        (b"import a\nx = '\0'", "holds NUL bytes", 2, 5),
        ("import a".encode("utf-16"), "is UTF-16 text", 1, 0),
        ("import a".encode("utf-32"), "is UTF-32 text", 1, 0),
        ("import a".encode("utf-16-le"), "holds NUL bytes", 1, 1),
        (b"# coding: no-such-codec\n", "declares an encoding that Python does not know: no-such-codec", 1, 10),
        (b"# coding: punycode\n", "declares an encoding of host names: punycode", 1, 10),
        (b"# coding: idna\n", "declares an encoding of host names: idna", 1, 10),
        (b"#!x\n# coding: rot13\n", "declares an encoding that Python does not know: rot13", 2, 10),
        (b"#!x\r# coding: hex\r", "declares an encoding that Python does not know: hex", 2, 10),
        (
            b"a\r\nb = 1\r\xc3\xa9\xe9 = 2",
            "holds the byte 0xe9, which is not valid utf-8 and no other encoding is declared",
            3,
            1,
        ),
        (b"# coding: utf-8\n\xff", "holds the byte 0xff, which is not valid utf-8", 2, 0),
        (b"# coding: ascii\n\xc3\xa9", "holds the byte 0xc3, which is not valid ascii", 2, 0),
        (codecs.BOM_UTF8 + b"# coding: latin-1\n", "has a UTF-8 byte order mark, yet declares", 1, 0),
    ],
)
def test_says_why_and_where_a_file_cannot_be_read(data: bytes, reason: str, line: int, column: int) -> None:
    with pytest.raises(UnreadableSourceError) as caught:
        decode_source(data)
    assert caught.value.reason.startswith(reason)
    assert (caught.value.line, caught.value.column) == (line, column)
