from __future__ import annotations

import pytest

from layercheck.commands.explain.nearness import make_distance, split_words
from layercheck.model.module import Module


@pytest.mark.parametrize(
    ("names", "words"),
    [
        (["user_service"], {"user", "service"}),
        (["Users", "OrderItems"], {"user", "order", "item"}),
        (["categories", "address", "HTTPError", "oauth2"], {"category", "address", "http", "error", "oauth", "2"}),
        ([], set()),
    ],
)
def test_names_are_taken_apart_into_words(names: list[str], words: set[str]) -> None:
    assert split_words(names) == words


def test_the_folder_counts_more_than_the_name_and_the_importer_more_than_what_it_wants() -> None:
    def module(path: str) -> Module:
        return Module(path.removesuffix(".py").replace("/", "."), path, is_package=False)

    distance = make_distance(module("app/orders/api.py"), module("app/models/user.py"), ["User"])
    paths = ["app/services/api.py", "app/services/users.py", "app/services/zebra.py", "app/orders/service.py"]

    assert [each.path for each in sorted(map(module, reversed(paths)), key=distance)] == [
        "app/orders/service.py",
        "app/services/api.py",
        "app/services/users.py",
        "app/services/zebra.py",
    ]
