from __future__ import annotations

import pytest

from layercheck.errors import UnreadableSourceError
from layercheck.python.text.round_trip import decode_faithfully, decode_leniently, encode_as_declared, split_lines


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"name = '\xc3\xa9'", "name = 'é'", id="utf-8"),
        pytest.param(b"\xef\xbb\xbfx = 1", "x = 1", id="byte order mark"),
        pytest.param(b"# coding: latin-1\n'\xe9'", "# coding: latin-1\n'é'", id="cookie"),
        pytest.param(b"# coding: no-such-codec\nx", "# coding: no-such-codec\nx", id="bad cookie"),
        pytest.param(b"# coding: rot13\nk", "# coding: rot13\nk", id="cookie of texts to texts"),
        pytest.param(b"# coding: zlib\nx", "# coding: zlib\nx", id="cookie of bytes to bytes"),
        pytest.param(b"# coding: undefined\nx", "# coding: undefined\nx", id="cookie of nothing"),
        pytest.param(b"# coding: punycode\n-x\xff", "# coding: punycode\n-x\ufffd", id="cookie of host names"),
        pytest.param(b"'\xff'", "'\ufffd'", id="not utf-8"),
        pytest.param(b"", "", id="empty"),
    ],
)
def test_decoding_never_fails(data: bytes, text: str) -> None:
    assert decode_leniently(data) == text


def test_lines_are_those_that_python_counts() -> None:
    assert split_lines("a\r\nb\rc\nd\x0ce\u2028f\n") == ["a", "b", "c", "d\x0ce\u2028f", ""]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("x = 'ä'\n", b"x = '\xc3\xa4'\n"),
        ("# coding: latin-1\nx = 'ä'\n", b"# coding: latin-1\nx = '\xe4'\n"),
        ("# coding: latin-1\nx = '漢'\n", b"# coding: latin-1\nx = '\xe6\xbc\xa2'\n"),
        ("# coding: no-such\nx = 'ä'\n", b"# coding: no-such\nx = '\xc3\xa4'\n"),
        ("# coding: rot13\nx = 'ä'\n", b"# coding: rot13\nx = '\xc3\xa4'\n"),
        ("\ufeffx = 'ä'\n", b"\xef\xbb\xbfx = '\xc3\xa4'\n"),
        ("x = '\ud800'\n", b"x = '\xed\xa0\x80'\n"),
    ],
)
def test_a_text_is_encoded_as_it_declares(text: str, data: bytes) -> None:
    assert encode_as_declared(text) == data


@pytest.mark.parametrize("encoding", ["rot13", "hex", "undefined", "idna", "punycode"])
def test_what_is_no_encoding_of_files_is_never_written_back(encoding: str) -> None:
    with pytest.raises(UnreadableSourceError):
        decode_faithfully(f"# coding: {encoding}\nx = 1\n".encode())
