from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.fastapi.backends import ROUTER, check_api, lines_of

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("endpoints", "lines"),
    [
        ("@router.get('/a')\ndef f(): ...\n@router.get('/a')\ndef g(): ...\n", [6]),
        ("@router.get('/{a}')\ndef f(): ...\n@router.get('/{b}')\ndef g(): ...\n", [6]),
        ("@router.get('/a')\ndef f(): ...\n@router.api_route('/a', methods=['POST', 'GET'])\ndef g(): ...\n", [6]),
        ("@router.get('/a')\ndef f(): ...\n@router.post('/a')\ndef g(): ...\n", []),
        ("@router.get('/a')\ndef f(): ...\n@router.get('/a/')\ndef g(): ...\n", []),
        ("@router.get('/{a}')\ndef f(): ...\n@router.get('/{a:path}')\ndef g(): ...\n", []),
        ("@router.get('/a')\n@router.get('/a')\ndef f(): ...\n", []),
        ("other = APIRouter()\n@router.get('/a')\ndef f(): ...\n@other.get('/a')\ndef g(): ...\n", []),
        ("if x:\n    @router.get('/a')\n    def f(): ...\nelse:\n    @router.get('/a')\n    def g(): ...\n", []),
        ("@router.get(A)\ndef f(): ...\n@router.get(A)\ndef g(): ...\n", []),
    ],
)
def test_one_router_answers_a_path_once(tmp_path: Path, endpoints: str, lines: list[int]) -> None:
    assert lines_of(check_api(tmp_path, "LC507", ROUTER + endpoints)) == lines
