from __future__ import annotations

import pytest

from layercheck.cli.environment import is_ci


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, False),
        ({"CI": ""}, False),
        ({"CI": "0"}, False),
        ({"CI": "False"}, False),
        ({"CI": "true"}, True),
        ({"CI": "1"}, True),
        ({"CI": "woodpecker"}, True),
    ],
)
def test_continuous_integration_says_so(environment: dict[str, str], expected: bool) -> None:
    assert is_ci(environment) is expected
