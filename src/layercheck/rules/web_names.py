"""Names in web frameworks for things that only the api should handle."""

from __future__ import annotations

WEB_FRAMEWORKS = frozenset(
    {
        *("fastapi", "starlette", "flask", "quart", "werkzeug", "django", "rest_framework", "ninja"),
        *("aiohttp", "sanic", "litestar", "tornado", "falcon", "bottle", "pyramid"),
        *("flask_restful", "flask_restx", "flask_smorest", "apiflask"),
    }
)
"""The top-level packages of the names below."""

BUILT_ON_FRAMEWORKS = frozenset(
    {
        *("fastapi_users", "sqladmin", "starlette_admin", "flask_admin", "flask_login", "flask_security"),
        *("simple_history", "allauth", "import_export", "django_filters"),
    }
)
"""Packages whose classes a web framework also calls with its request."""

HTTP_ERRORS = frozenset(
    {
        *("fastapi.HTTPException", "fastapi.exceptions.HTTPException", "starlette.exceptions.HTTPException"),
        *("apiflask.HTTPError", "apiflask.exceptions.HTTPError"),
        *("django.http.Http404", "django.http.response.Http404", "ninja.errors.HttpError"),
        *("tornado.web.HTTPError", "sanic.SanicException", "bottle.HTTPError", "falcon.HTTPError"),
    }
)
"""Exceptions that are the response to a request."""

HTTP_ERROR_MODULES = (
    "werkzeug.exceptions.",
    "sanic.exceptions.",
    "litestar.exceptions.",
    "rest_framework.exceptions.",
    "pyramid.httpexceptions.",
    "aiohttp.web.HTTP",
    "aiohttp.web_exceptions.HTTP",
    "falcon.HTTP",
)
"""Beginnings of the names of further such exceptions."""

_ABOUT_DATA = frozenset({"rest_framework.exceptions.ValidationError"})
"""Exceptions among these that describe data, not a response."""

ABORTS = frozenset(
    {
        *("flask.abort", "quart.abort", "werkzeug.exceptions.abort", "bottle.abort", "sanic.exceptions.abort"),
        *("flask_restful.abort", "flask_restx.abort", "flask_smorest.abort", "apiflask.abort"),
        *("django.shortcuts.get_object_or_404", "django.shortcuts.get_list_or_404"),
        *("rest_framework.generics.get_object_or_404",),
    }
)
"""Functions that raise such an exception."""

REQUESTS_AND_RESPONSES = frozenset(
    {
        *("fastapi.Request", "fastapi.Response", "fastapi.requests.Request", "fastapi.responses.Response"),
        *("starlette.requests.Request", "starlette.requests.HTTPConnection", "starlette.responses.Response"),
        *("flask.Request", "flask.Response", "flask.wrappers.Request", "flask.wrappers.Response"),
        *("werkzeug.Request", "werkzeug.Response", "werkzeug.wrappers.Request", "werkzeug.wrappers.Response"),
        *("quart.Request", "quart.Response", "quart.wrappers.Request", "quart.wrappers.Response"),
        *("django.http.HttpRequest", "django.http.request.HttpRequest", "rest_framework.request.Request"),
        *("django.http.HttpResponse", "django.http.response.HttpResponse", "rest_framework.response.Response"),
        *("django.core.handlers.wsgi.WSGIRequest", "django.core.handlers.asgi.ASGIRequest"),
        *("aiohttp.web.Request", "aiohttp.web.Response", "aiohttp.web.StreamResponse"),
        *("sanic.Request", "sanic.request.Request", "sanic.response.HTTPResponse", "sanic.HTTPResponse"),
        *("litestar.Request", "litestar.Response", "litestar.connection.Request"),
        *("falcon.Request", "falcon.Response", "falcon.asgi.Request", "falcon.asgi.Response"),
        *("pyramid.request.Request", "pyramid.response.Response", "tornado.httputil.HTTPServerRequest"),
    }
)
"""Classes of requests and responses."""

AMBIENT_REQUESTS = frozenset(
    f"{framework}.{name}"
    for framework in ("flask", "flask.globals", "quart", "quart.globals")
    for name in ("request", "session", "g")
)
"""Objects that stand for the current request."""

APPLICATIONS = frozenset(
    {
        *("fastapi.FastAPI", "fastapi.applications.FastAPI"),
        *("starlette.applications.Starlette", "starlette.applications.Starlette"),
        *("flask.Flask", "flask.app.Flask", "quart.Quart", "apiflask.APIFlask"),
        *("sanic.Sanic", "sanic.app.Sanic", "litestar.Litestar", "litestar.app.Litestar"),
        *("aiohttp.web.Application", "tornado.web.Application", "falcon.App", "falcon.asgi.App", "bottle.Bottle"),
    }
)
"""Classes of application objects."""


def is_http_error(name: str) -> bool:
    """Return whether a full name is that of an exception which is the response to a request."""
    return (name in HTTP_ERRORS or name.startswith(HTTP_ERROR_MODULES)) and name not in _ABOUT_DATA
