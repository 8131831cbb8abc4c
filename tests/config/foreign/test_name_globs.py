from __future__ import annotations

import pytest

from layercheck.config.foreign.name_globs import translate_glob


@pytest.mark.parametrize(
    ("glob", "separator", "fitting", "others"),
    [
        ("app.*", ".", ["app.a"], ["app", "app.a.b"]),
        ("app.**", ".", ["app", "app.a", "app.a.b"], ["apps"]),
        ("app.**.x", ".", ["app.x", "app.a.x", "app.a.b.x"], ["app.y", "appx"]),
        ("app.**.**.x", ".", ["app.x", "app.a.b.x"], ["app.y"]),
        ("**/tests", "/", ["tests", "a/b/tests"], ["a/mytests", "tests/a"]),
        ("**", ".", ["a", "a.b"], []),
        ("{a,b}.x?", ".", ["a.x1", "b.xy"], ["c.x1", "a.x"]),
        ("[!a]b", ".", ["cb"], ["ab"]),
        ("a+b", ".", ["a+b"], ["aab"]),
    ],
)
def test_globs_match_whole_names(glob: str, separator: str, fitting: list[str], others: list[str]) -> None:
    expression = translate_glob(glob, separator)

    assert [each for each in [*fitting, *others] if expression.fullmatch(each)] == fitting


@pytest.mark.parametrize("glob", ["[z-a]", "*a" * 9, "a" * 501])
def test_what_is_no_glob_is_refused(glob: str) -> None:
    with pytest.raises(ValueError, match=r"is no glob|too many wildcards"):
        translate_glob(glob, ".")
