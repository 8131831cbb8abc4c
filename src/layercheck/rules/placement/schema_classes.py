"""Base classes of schemas in libraries: shapes of requests, responses and messages."""

from __future__ import annotations

LIBRARIES = frozenset(
    {
        *("pydantic", "sqlmodel", "marshmallow", "marshmallow_sqlalchemy", "flask_marshmallow", "apiflask"),
        *("rest_framework", "ninja"),
    }
)
BASES = frozenset(
    {
        *("pydantic.BaseModel", "pydantic.v1.BaseModel", "pydantic.generics.GenericModel", "pydantic.RootModel"),
        *("pydantic.main.BaseModel", "sqlmodel.SQLModel", "ninja.Schema", "ninja.ModelSchema", "apiflask.Schema"),
        *("marshmallow.Schema", "marshmallow.schema.Schema", "flask_marshmallow.Schema"),
        *("marshmallow_sqlalchemy.SQLAlchemySchema", "marshmallow_sqlalchemy.SQLAlchemyAutoSchema"),
        "flask_marshmallow.Marshmallow().Schema",
        "flask_marshmallow.Marshmallow().SQLAlchemySchema",
        "flask_marshmallow.Marshmallow().SQLAlchemyAutoSchema",
        *(
            f"rest_framework.serializers.{name}"
            for name in ("BaseSerializer", "Serializer", "ModelSerializer", "HyperlinkedModelSerializer")
        ),
    }
)
SETTINGS = frozenset({"pydantic.BaseSettings", "pydantic.v1.BaseSettings", "pydantic_settings.BaseSettings"})
