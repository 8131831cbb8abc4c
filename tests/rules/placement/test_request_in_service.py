from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.placement.backends import lines_in

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("from fastapi import Request\ndef f(r: Request): ...\n", [2]),
        (
            "from starlette.requests import Request\nclass S:\n    def f(self, *, r: 'Request | None' = None): ...\n",
            [3],
        ),
        ("from typing import Annotated\nfrom fastapi import Response\ndef f(r: Annotated[Response, 1]): ...\n", [3]),
        ("from django.http import HttpRequest\ndef f(r: HttpRequest): ...\n", [2]),
        ("from django.db import models\ndef f(request):\n    return request.user\n", [2]),
        (
            "from flask import request, session\ndef f():\n    return request.args\ndef g():\n    return session\n",
            [3, 5],
        ),
        ("import flask\ndef f():\n    return flask.request.args\n", [3]),
        ("from flask import g\ndef f():\n    return g.user\n", [3]),
        # Factories of services in Pyramid.
        ("from pyramid.request import Request\ndef f(_context, request: Request): ...\n", []),
        ("from pyramid.request import Request\nclass S:\n    def make(cls, context, request: Request): ...\n", []),
        ("from pyramid.request import Request\ndef f(request: Request, context): ...\n", [2]),
        # Anybody's request.
        ("from django.db import models\ndef f(request):\n    return request.amount\n", []),
        ("def f(request):\n    return request.user\n", []),
        ("import fastapi\nimport requests\ndef f(r: requests.Request): ...\n", []),
        ("from flask import current_app\ndef f():\n    return current_app.config\n", []),
        ("from fastapi import Depends, Request\ndef f(r: Request): ...\ndef g(x=Depends(f)): ...\n", []),
        (
            (
                "import fastapi\nfrom fastapi_users import BaseUserManager\n"
                "class M(BaseUserManager[int, str]):\n    async def on_after_login(self, request: fastapi.Request): ...\n"
            ),
            [],
        ),
        (
            (
                "from starlette.middleware.base import BaseHTTPMiddleware\nfrom starlette.requests import Request\n"
                "class M(BaseHTTPMiddleware):\n    async def dispatch(self, request: Request, call_next): ...\n"
            ),
            [],
        ),
    ],
)
def test_requests_in_services(tmp_path: Path, text: str, lines: list[int]) -> None:
    assert lines_in(tmp_path, "LC307", "app/services/users.py", text) == lines


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("from flask import g\ndef session():\n    return g.session\n", []),
        ("from starlette.requests import Request\ndef get_db(request: Request):\n    return request.state.db\n", []),
        ("from starlette.requests import Request\nclass Users:\n    def find(self, request: Request): ...\n", [3]),
    ],
)
def test_sessions_may_hang_on_requests(tmp_path: Path, text: str, lines: list[int]) -> None:
    assert lines_in(tmp_path, "LC307", "app/db/session.py", text) == lines
