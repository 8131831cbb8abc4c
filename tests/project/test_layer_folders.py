from __future__ import annotations

import pytest

from layercheck.project.layer_folders import LayerFolders

FOLDERS = LayerFolders(
    {"adapters": ["adapters", "api", "views"], "application": ["application", "use_cases"], "domain": ["domain"]}
)


@pytest.mark.parametrize(
    ("path", "layer"),
    [
        ("domain/order.py", "domain"),
        ("domain/services/prices.py", "domain"),
        ("adapters/domain/order.py", "adapters"),
        ("orders/domain/api/order.py", "domain"),
        ("orders/use-cases/place.py", "application"),
        ("api/v1/orders.py", "adapters"),
        ("orders/views.py", "adapters"),
        ("orders/domain.py", "domain"),
        ("application.py", None),
        ("orders/tasks.py", None),
        ("orders/test_views.py", None),
        ("__init__.py", None),
        ("domain/__init__.py", "domain"),
    ],
)
def test_the_outermost_name_decides(path: str, layer: str | None) -> None:
    found = FOLDERS.find(path)

    assert (None if found is None else found.layer) == layer


def test_the_evidence_names_what_says_so() -> None:
    found = [FOLDERS.find(path) for path in ("domain/order.py", "orders/views.py")]

    assert [each.evidence for each in found if each] == [
        "it lies in the folder `domain/`",
        "the name `views.py` says so",
    ]


def test_without_names_there_are_no_layers() -> None:
    assert not LayerFolders({})
    assert LayerFolders({}).find("domain/order.py") is None
