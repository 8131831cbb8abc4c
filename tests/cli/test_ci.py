from __future__ import annotations

import pytest

from layercheck.cli.ci import is_ci


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
        ({"TF_BUILD": "True"}, True),
        ({"CI": "false", "TF_BUILD": "True"}, False),
    ],
)
def test_continuous_integration_says_so(environment: dict[str, str], expected: bool) -> None:
    assert is_ci(environment) is expected
