from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.fastapi.backends import ROUTER, check_api, lines_of

if TYPE_CHECKING:
    from pathlib import Path

TYPED = "@router.get('/typed')\ndef typed() -> int: ...\n"


@pytest.mark.parametrize(
    "endpoint",
    [
        "@router.get('/')\ndef f():\n    return 1\n",
        "@router.get('')\nasync def f():\n    return await g()\n",
        "@router.api_route('/x', methods=['GET', 'POST'])\ndef f():\n    return {}\n",
        "@router.get('/')\ndef f():\n    if x:\n        return Response()\n    return {}\n",
        "@router.post('/', status_code=201)\ndef f():\n    return {}\n",
    ],
)
def test_says_nothing(tmp_path: Path, endpoint: str) -> None:
    assert lines_of(check_api(tmp_path, "LC501", ROUTER + TYPED + endpoint)) == [6]


@pytest.mark.parametrize(
    "endpoint",
    [
        "@router.get('/', response_model=User)\ndef f():\n    return 1\n",
        "@router.get('/', response_model=None)\ndef f():\n    return 1\n",
        "@router.get('/')\ndef f() -> User:\n    return 1\n",
        "@router.get('/', response_class=HTMLResponse)\ndef f():\n    return 1\n",
        "@router.get('/', include_in_schema=False)\ndef f():\n    return 1\n",
        "@router.delete('/', status_code=204)\ndef f():\n    return 1\n",
        "@router.delete('/', status_code=status.HTTP_204_NO_CONTENT)\ndef f():\n    return 1\n",
        "@router.delete('/')\ndef f():\n    delete()\n",
        "from fastapi.responses import RedirectResponse as R\n@router.get('/')\ndef f():\n    return R('/')\n",
        "@cache.get('key')\ndef f():\n    return 1\n",
        "@router.websocket('/')\ndef f():\n    return 1\n",
        "@router.get\ndef f():\n    return 1\n",
        "def f():\n    return 1\n",
    ],
)
def test_says_enough(tmp_path: Path, endpoint: str) -> None:
    assert lines_of(check_api(tmp_path, "LC501", ROUTER + TYPED + endpoint)) == []


def test_a_project_in_which_most_say_nothing_is_left_alone(tmp_path: Path) -> None:
    untyped = "".join(f"@router.get('/{at}')\ndef f{at}():\n    return 1\n" for at in range(3))

    assert lines_of(check_api(tmp_path, "LC501", ROUTER + TYPED + untyped)) == []


def test_an_endpoint_with_two_routes_is_told_once(tmp_path: Path) -> None:
    text = ROUTER + TYPED + "@router.get('/a')\n@router.get('/b')\ndef f():\n    return 1\n"

    assert lines_of(check_api(tmp_path, "LC501", text)) == [7]
