from __future__ import annotations

import pytest

from layercheck.config.library_pattern import means_library
from layercheck.config.path_pattern import parse_path_pattern


@pytest.mark.parametrize(
    ("pattern", "path", "matches"),
    [
        ("app/services/*_service.py", "app/services/cart_service.py", True),
        ("app/services/*_service.py", "app/services/sub/cart_service.py", False),
        ("app/services/*_service.py", "app/services/cart.py", False),
        ("app/models", "app/models/user.py", True),
        ("app/models/", "app/models/deep/user.py", True),
        ("app/models", "app/models_old/user.py", False),
        ("app/**/x.py", "app/x.py", True),
        ("app/**/x.py", "app/a/b/x.py", True),
        ("app/**", "app/a/b.py", True),
        ("**", "any/thing.py", True),
        ("app/{x}/{x}_models.py", "app/cart/cart_models.py", True),
        ("app/{x}/{x}_models.py", "app/cart/user_models.py", False),
        ("app/x.py", "app/xxpy", False),
    ],
)
def test_a_pattern_matches_whole_paths(pattern: str, path: str, matches: bool) -> None:
    assert bool(parse_path_pattern(pattern).fullmatch(path)) is matches


@pytest.mark.parametrize("pattern", ["/app", "./app", "../app", "C:/app", "app\\x.py", "app/{x", "app/{1}"])
def test_what_is_no_pattern_is_refused(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"is no path|stray brace|is not a name"):
        parse_path_pattern(pattern)


@pytest.mark.parametrize(
    ("text", "name", "is_meant"),
    [
        ("sqlalchemy", "sqlalchemy.orm.Session", True),
        ("sqlalchemy.orm", "sqlalchemy.orm", True),
        ("sqlalchemy.orm", "sqlalchemy.ormx", False),
        ("third-party", "sqlalchemy.orm", True),
        ("third-party", "json", False),
        ("standard-library", "os.path.join", True),
        ("standard-library", "sqlalchemy", False),
    ],
)
def test_a_library_is_meant_by_its_name_or_by_a_word(text: str, name: str, is_meant: bool) -> None:
    assert means_library(text, name) is is_meant
