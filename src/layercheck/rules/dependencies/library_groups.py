"""Groups of libraries that an entry can name with one word."""

from __future__ import annotations

from typing import NamedTuple


class Group(NamedTuple):
    """Packages, or names in them, that one word names."""

    members: tuple[str, ...]
    without: tuple[str, ...] = ()
    """Names in them that are about something else, or that another rule judges."""


def _names(package: str, *names: str) -> tuple[str, ...]:
    return tuple(f"{package}.{name}" for name in names)


_STARLETTE = ("concurrency", "datastructures", "exceptions", "requests", "status", "types", "websockets", "testclient")

GROUPS = {
    "web-frameworks": Group(
        members=(
            *("fastapi", "starlette", "litestar", "sanic", "quart", "falcon", "bottle", "flask_restful", "flask_restx"),
            *_names("flask", "flash", "jsonify", "make_response", "redirect", "send_file", "send_from_directory"),
            *_names("flask", "stream_with_context", "views"),
            *_names("django", "http", "shortcuts", "views"),
            *_names("rest_framework", "decorators", "generics", "mixins", "parsers", "renderers", "routers"),
            *_names("rest_framework", "views", "viewsets"),
            *("aiohttp.web", "tornado.web", "ninja.Router", "ninja.NinjaAPI"),
        ),
        without=(
            # Tools that work without a request.
            *_names("fastapi", "concurrency", "datastructures", "encoders", "logger", "status", "testclient", "types"),
            *_names("starlette", "config", *_STARLETTE),
            *_names("litestar", "datastructures", "exceptions", "status_codes", "types"),
            # How a service says what it is to be given.
            *_names("fastapi", "Depends", "Security", "params"),
            # LC306: HTTP errors.
            *_names("fastapi", "HTTPException", "exceptions"),
            *("django.http.Http404", "django.shortcuts.get_object_or_404", "django.shortcuts.get_list_or_404"),
            *("rest_framework.generics.get_object_or_404", "sanic.exceptions", "falcon.errors"),
            *("flask_restful.abort", "flask_restx.abort", "quart.abort", "bottle.abort"),
            # LC307: requests and responses.
            *_names("fastapi", "Request", "Response", "requests", "responses.Response", "WebSocket"),
            *_names("fastapi", "WebSocketDisconnect", "websockets"),
            *("starlette.responses.Response", "django.http.HttpRequest", "django.http.HttpResponse"),
            *("django.http.request", "django.http.QueryDict", "django.http.response"),
            *_names("quart", "Request", "Response", "current_app", "g", "request", "session"),
            *_names("sanic", "Request", "HTTPResponse", "request"),
            *_names("litestar", "Request", "Response"),
            *_names("falcon", "Request", "Response"),
            *_names("aiohttp.web", "Request", "Response", "StreamResponse"),
            # LC301 and LC308: routers and applications.
            *_names("fastapi", "APIRouter", "routing", "FastAPI", "applications"),
            *_names("starlette", "applications", "routing"),
            *("litestar.Litestar", "sanic.Sanic", "quart.Quart", "quart.Blueprint", "falcon.App", "bottle.Bottle"),
            "aiohttp.web.Application",
        ),
    ),
    "orms": Group(
        members=(
            *("sqlalchemy", "sqlmodel", "flask_sqlalchemy", "tortoise", "peewee", "pony", "ormar"),
            *("mongoengine", "beanie", "odmantic"),
        ),
        without=(
            # Errors, the text with which a health check asks, and what a caller hands on to those who query.
            "sqlalchemy.text",
            *("sqlalchemy.exc", "sqlalchemy.orm.exc", "tortoise.exceptions", "peewee.DoesNotExist"),
            *("peewee.IntegrityError", "mongoengine.errors", "pony.orm.db_session"),
            *_names("sqlalchemy.orm", "Session", "scoped_session", "session", "sessionmaker"),
            *_names("sqlalchemy.ext.asyncio", "AsyncSession", "async_sessionmaker", "session"),
            *("sqlmodel.Session", "sqlmodel.ext.asyncio"),
            # Shapes and documents.
            *_names("sqlmodel", "SQLModel", "Field", "main"),
            *("beanie.PydanticObjectId", "odmantic.ObjectId", "tortoise.contrib.pydantic", "tortoise.contrib.fastapi"),
        ),
    ),
}
