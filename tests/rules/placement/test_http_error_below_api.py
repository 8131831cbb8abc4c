from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.placement.backends import lines_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("from fastapi import HTTPException as E\ndef f():\n    raise E(404)\n", [3]),
        ("import fastapi\ndef f():\n    raise fastapi.HTTPException(404) from None\n", [3]),
        (
            "from starlette.exceptions import HTTPException\nERROR = HTTPException(404)\ndef f():\n    raise ERROR\n",
            [4],
        ),
        ("from flask import abort\ndef f():\n    abort(404)\n", [3]),
        ("from werkzeug.exceptions import NotFound\ndef f():\n    raise NotFound\n", [3]),
        ("from django.http import Http404\ndef f():\n    raise Http404\n", [3]),
        ("from django.shortcuts import get_object_or_404 as g\ndef f():\n    return g(User, pk=1)\n", [3]),
        ("from rest_framework.exceptions import NotFound\ndef f():\n    raise NotFound()\n", [3]),
        # What is wrong with data is no answer.
        ("from rest_framework.exceptions import ValidationError\ndef f():\n    raise ValidationError()\n", []),
        # An answer that somebody else gave: a client's.
        ("import requests\nimport fastapi\ndef f():\n    raise requests.HTTPError()\n", []),
        # Caught, and let through.
        (
            "from fastapi import HTTPException\ndef f():\n    try: ...\n    except HTTPException as e:\n        raise e\n",
            [],
        ),
        # Injected: part of the api, wherever it stands.
        (
            (
                "from fastapi import Depends, HTTPException\n"
                "def f(x=Depends(g)):\n    raise HTTPException(404)\n"
                "def h():\n    raise HTTPException(404)\n"
                "def i(x=Depends(h)): ...\n"
            ),
            [],
        ),
        # The framework's own class, to be filled in.
        (
            (
                "from rest_framework import permissions, exceptions\n"
                "class P(permissions.BasePermission):\n"
                "    def has_permission(self, request, view):\n        raise exceptions.NotFound()\n"
            ),
            [],
        ),
    ],
)
def test_answers_given_by_services(tmp_path: Path, text: str, lines: list[int]) -> None:
    assert lines_in(tmp_path, "LC306", "app/services/users.py", text) == lines


@pytest.mark.parametrize("path", ["app/api/users.py", "app/utils/decorators.py", "app/main.py", "app/databases/api.py"])
def test_where_answers_are_given(tmp_path: Path, path: str) -> None:
    text = "from fastapi import HTTPException\ndef f():\n    raise HTTPException(404)\n"

    assert lines_in(tmp_path, "LC306", path, text) == []


def test_a_collection_of_errors_decides_nothing(tmp_path: Path) -> None:
    errors = "".join(f"def raise_{name}():\n    'Raise.'\n    raise HTTPException(400)\n" for name in "abc")
    text = f"from fastapi import HTTPException\n{errors}def f(x):\n    if x:\n        raise HTTPException(404)\n"

    assert lines_in(tmp_path, "LC306", "app/services/errors.py", text) == [13]
