"""Names of applications, blueprints and views in Flask, Quart and similar frameworks."""

from __future__ import annotations

LIBRARIES = frozenset(
    {
        *("flask", "quart", "apiflask", "flask_smorest", "flask_restful", "flask_restx", "flask_restplus"),
        *("flask_openapi3", "flask_appbuilder"),
    }
)

APPLICATIONS = frozenset(
    {"flask.Flask()", "flask.app.Flask()", "quart.Quart()", "quart.app.Quart()", "apiflask.APIFlask()"}
    | {"flask_openapi3.OpenAPI()"}
)

BLUEPRINTS = frozenset(
    {
        *("flask.Blueprint()", "flask.blueprints.Blueprint()", "quart.Blueprint()", "quart.blueprints.Blueprint()"),
        *("apiflask.APIBlueprint()", "flask_smorest.Blueprint()", "flask_openapi3.APIBlueprint()"),
    }
)

NAMESPACES = frozenset({"flask_restx.Namespace()", "flask_restplus.Namespace()", "flask_restx.namespace.Namespace()"})
"""The blueprints of flask-restx."""

ROUTES = frozenset({"route", "get", "post", "put", "patch", "delete"})
"""Decorators of view functions."""

ROUTE_NEEDLES = (
    # The path of a route, beside the bracket or on a line of its own: `.get(` alone stands in nearly every file.
    *(b"route(", b'("/', b"('/", b'("<', b"('<", b'    "/', b"    '/", b'="/', b"='/", b'("")', b"('')"),
    *(b"expose(", b"add_url_rule("),
)
"""A file with routes contains at least one of these texts."""

EXPOSERS = frozenset(
    {"flask_appbuilder.expose", "flask_appbuilder.api.expose", "flask_appbuilder.baseviews.expose"}
    | {"flask_admin.expose", "flask_admin.base.expose", "flask_classful.route"}
)
"""Decorators that turn the methods of a class into views."""
