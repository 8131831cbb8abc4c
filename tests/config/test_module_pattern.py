from __future__ import annotations

import pytest

from layercheck.config.import_pattern import parse_import_pattern
from layercheck.config.module_pattern import parse_pattern
from layercheck.model.module import Module


def _head(pattern: str, name: str) -> str | None:
    match = parse_pattern(pattern).match_name(name)
    return None if match is None else match.head


@pytest.mark.parametrize(
    ("pattern", "name", "head"),
    [
        ("app.services", "app.services", "app.services"),
        ("app.services", "app.services.users.mail", "app.services"),
        ("app.services", "app.services_old", None),
        ("app.services", "app", None),
        ("app.*", "app", None),
        ("app.*", "app.cart", "app.cart"),
        ("app.*", "app.cart.db", "app.cart"),
        ("app.*.models", "app.cart.models.user", "app.cart.models"),
        ("app.*.models", "app.cart.sub.models", None),
        ("app.**.models", "app.cart.sub.models.user", "app.cart.sub.models"),
        ("app.**", "app.cart.db", "app.cart.db"),
        ("app.**", "app", None),
        ("app.*_repo", "app.user_repo.sql", "app.user_repo"),
        ("app.*_repo", "app.repo", None),
        ("*_repo", "user_repo", "user_repo"),
        ("app.{x}.api", "app.cart.api.v1", "app.cart.api"),
        ("app.{x}.{x}", "app.cart.cart", "app.cart.cart"),
        ("app.{x}.{x}", "app.cart.db", None),
        ("/app\\..*_repo/", "app.sub.user_repo", "app.sub.user_repo"),
        ("/app\\..*_repo/", "app.user_repo.sql", None),
        ("role:services", "role:services", None),
    ],
)
def test_a_pattern_names_modules_and_what_is_below_them(pattern: str, name: str, head: str | None) -> None:
    assert _head(pattern, name) == head


@pytest.mark.parametrize("pattern", ["app.services", "app.*", "app.{x}", "/app\\.[a-z]*/"])
def test_nothing_below_is_meant_where_only_the_module_is_asked_for(pattern: str) -> None:
    assert parse_pattern(pattern).match_name("app.services", exactly=True)
    assert not parse_pattern(pattern).match_name("app.services.users", exactly=True)


def test_braces_are_remembered_and_put_into_other_patterns() -> None:
    match = parse_pattern("app.services.{x}_service").match_name("app.services.user_service.mail")

    assert match is not None
    assert match.captured == {"x": "user"}
    assert parse_pattern("app.{y}.{x}_repo").bind(match.captured).text == "app.{y}.user_repo"
    assert parse_pattern("app.models").bind(match.captured).text == "app.models"


def test_a_group_of_a_regular_expression_is_remembered() -> None:
    match = parse_pattern("/app\\.(?P<x>[a-z]+)/").match_name("app.cart")

    assert match is not None
    assert match.captured == {"x": "cart"}


def test_a_role_means_its_modules() -> None:
    pattern = parse_pattern("role:services")

    assert pattern.match(Module("app.x", "app/x.py", is_package=False, role="services"))
    assert not pattern.match(Module("app.services", "app/services.py", is_package=False, role="api"))


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("app..db", "a part between two dots is empty"),
        ("app/db.py", "is not a module such as 'app.web'; write 'app.db'"),
        ("app.a, app.b", "each module is an item of its own"),
        ("a -> b", "an arrow is allowed only in `ignore`"),
        ("app.**x", "'**' inside a name"),
        ("app.{x", "stray brace"),
        ("app.{x y}", "is not a name that can be remembered"),
        ("*a*b*c*d", "has more than 3 wildcards"),
        ("role:", "names no role"),
        ("/app", "is no regular expression"),
        ("/app(/", "is not a valid regular expression"),
    ],
)
def test_what_is_wrong_with_a_pattern_is_described(pattern: str, message: str) -> None:
    with pytest.raises(ValueError, match=message.replace("*", r"\*").replace("(", r"\(")):
        parse_pattern(pattern)


def test_an_import_is_two_patterns() -> None:
    pattern = parse_import_pattern("app.models.* -> app.services.mail")

    assert (pattern.importer.text, pattern.imported.text) == ("app.models.*", "app.services.mail")


@pytest.mark.parametrize("text", ["app.models", "a ->", "-> b", "a -> b -> c"])
def test_what_is_no_import_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not an import"):
        parse_import_pattern(text)
