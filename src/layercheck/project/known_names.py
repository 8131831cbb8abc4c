"""What libraries call the things that tell a kind: tables of names, by the top-level package that has them.

Libraries offer the same class under several paths (`sqlalchemy.orm.Session`, `sqlalchemy.orm.session.Session`), so a
full name is known by its first and its last part.
"""

from __future__ import annotations

import builtins
import enum

from layercheck.model.definitions import ITEM


class Family(enum.Enum):
    """What descending from a class of a library means."""

    BASE = enum.auto()
    """A direct subclass is a base for tables; classes below it are tables."""
    TABLE = enum.auto()
    SQLMODEL = enum.auto()
    """A table with `table=True`, else a schema."""
    SCHEMA = enum.auto()
    ENUM = enum.auto()
    EXCEPTION = enum.auto()
    TYPE = enum.auto()
    ENDPOINT = enum.auto()
    SESSION = enum.auto()
    SETTINGS = enum.auto()


_DJANGO_MODELS = "Model AbstractUser AbstractBaseUser User Group Permission PermissionsMixin ContentType Site Session"
_BASES: dict[Family, dict[str, str]] = {
    Family.BASE: {"sqlalchemy": "DeclarativeBase DeclarativeBaseNoMeta", "advanced_alchemy": "CommonTableAttributes"},
    Family.TABLE: {
        "sqlalchemy": "declarative_base() automap_base() generate_base() registry().generate_base() deferred_base()",
        "flask_sqlalchemy": "Model",
        "flask_appbuilder": "Model AuditMixin",
        "advanced_alchemy": "BigIntBase BigIntAuditBase UUIDBase UUIDAuditBase UUIDv6Base UUIDv7Base UUIDv7AuditBase",
        "sqlalchemy_mixins": "AllFeaturesMixin",
        "fastapi_users_db_sqlalchemy": "SQLAlchemyBaseUserTable SQLAlchemyBaseUserTableUUID",
        "gino": "Model",
        "django": _DJANGO_MODELS,
        "mptt": "MPTTModel",
        "polymorphic": "PolymorphicModel",
        "polymorphic_tree": "PolymorphicMPTTModel",
        "model_utils": "TimeStampedModel SoftDeletableModel StatusModel TimeFramedModel UUIDModel",
        "django_extensions": "TimeStampedModel TitleSlugDescriptionModel ActivatorModel TitleDescriptionModel",
        "treebeard": "MP_Node NS_Node AL_Node",
        "wagtail": "Page Site Collection AbstractImage AbstractRendition AbstractDocument Image Document",
        "parler": "TranslatableModel TranslatedFieldsModel",
        "modelcluster": "ClusterableModel",
        "ordered_model": "OrderedModel OrderedModelBase",
        "solo": "SingletonModel",
        "taggit": "TagBase ItemBase GenericTaggedItemBase TaggedItemBase",
        "oauth2_provider": "AbstractApplication AbstractAccessToken AbstractGrant AbstractRefreshToken",
        "django_tenants": "TenantMixin DomainMixin",
        "beanie": "Document UnionDoc View",
        "bunnet": "Document",
        "mongoengine": "Document DynamicDocument EmbeddedDocument DynamicEmbeddedDocument",
        "flask_mongoengine": "Document DynamicDocument EmbeddedDocument",
        "odmantic": "Model EmbeddedModel",
        "umongo": "Document EmbeddedDocument",
        "tortoise": "Model",
        "peewee": "Model",
        "playhouse": "Model FlaskDB().Model",
        "ormar": "Model",
        "pony": "Entity Database().Entity",
        "edgy": "Model",
        "saffier": "Model",
        "piccolo": "Table",
        "pynamodb": "Model",
        "redis_om": "HashModel JsonModel",
        "aredis_om": "HashModel JsonModel",
    },
    Family.SQLMODEL: {"sqlmodel": "SQLModel"},
    Family.SCHEMA: {
        "pydantic": "BaseModel RootModel GenericModel create_model()",
        "fastapi_users": "BaseUser BaseUserCreate BaseUserUpdate CreateUpdateDictModel",
        "fastapi_camelcase": "CamelModel",
        "msgspec": "Struct defstruct()",
        "typing": "TypedDict NamedTuple TypedDict() NamedTuple()",
        "typing_extensions": "TypedDict NamedTuple TypedDict() NamedTuple()",
        "collections": "namedtuple()",
        "dataclasses": "make_dataclass()",
        "attr": "make_class()",
        "attrs": "make_class()",
        "marshmallow": "Schema",
        "marshmallow_sqlalchemy": "SQLAlchemySchema SQLAlchemyAutoSchema ModelSchema",
        "flask_marshmallow": "Marshmallow() Schema SQLAlchemySchema SQLAlchemyAutoSchema ModelSchema",
        "apiflask": "Schema",
        "rest_framework": "Serializer ModelSerializer HyperlinkedModelSerializer ListSerializer BaseSerializer",
        "ninja": "Schema ModelSchema",
        "serpy": "Serializer DictSerializer",
        "schematics": "Model",
        "dataclasses_json": "DataClassJsonMixin",
        "mashumaro": "DataClassDictMixin DataClassJSONMixin",
    },
    Family.SETTINGS: {"pydantic_settings": "BaseSettings", "pydantic": "BaseSettings", "pydantic_v1": "BaseSettings"},
    Family.ENUM: {
        "enum": "Enum IntEnum StrEnum Flag IntFlag ReprEnum Enum() IntEnum() StrEnum() Flag() IntFlag()",
        "django": "TextChoices IntegerChoices Choices",
        "strenum": "StrEnum LowercaseStrEnum UppercaseStrEnum",
        "backports": "StrEnum",
        "aenum": "Enum IntEnum StrEnum Flag",
        "fastapi_utils": "StrEnum CamelStrEnum",
        "graphene": "Enum",
    },
    Family.TYPE: {
        "typing": "Protocol TypeVar() NewType() ParamSpec() TypeVarTuple() TypeAliasType()",
        "typing_extensions": "Protocol TypeVar() NewType() ParamSpec() TypeVarTuple() TypeAliasType()",
    },
    Family.ENDPOINT: {
        "flask": "MethodView View",
        "flask_restful": "Resource",
        "flask_restx": "Resource",
        "flask_appbuilder": "BaseView ModelView BaseApi ModelRestApi",
        "rest_framework": "APIView GenericAPIView ViewSet GenericViewSet ModelViewSet ReadOnlyModelViewSet ListAPIView"
        " CreateAPIView RetrieveAPIView UpdateAPIView DestroyAPIView ListCreateAPIView RetrieveUpdateAPIView"
        " RetrieveDestroyAPIView RetrieveUpdateDestroyAPIView",
        "django": "View TemplateView ListView DetailView CreateView UpdateView DeleteView FormView RedirectView",
        "starlette": "HTTPEndpoint WebSocketEndpoint",
        "litestar": "Controller",
    },
    Family.SESSION: {
        "sqlalchemy": "Session AsyncSession scoped_session async_scoped_session sessionmaker async_sessionmaker Engine"
        " AsyncEngine Connection AsyncConnection create_engine create_async_engine engine_from_config"
        " async_engine_from_config begin connect AsyncSessionTransaction SessionTransaction",
        "sqlmodel": "Session AsyncSession create_engine begin",
        "flask_sqlalchemy": "SQLAlchemy session engine",
        "flask_appbuilder": "SQLA",
        "flask_mongoengine": "MongoEngine",
        "fastapi_async_sqlalchemy": "db",
        "fastapi_sqlalchemy": "db",
        "asyncpg": "Connection Pool create_pool connect acquire",
        "psycopg": "Connection AsyncConnection connect Cursor AsyncCursor",
        "psycopg_pool": "ConnectionPool AsyncConnectionPool connection",
        "psycopg2": "connect connection",
        "pymysql": "connect",
        "aiomysql": "create_pool",
        "aiosqlite": "Connection connect",
        "sqlite3": "Connection connect",
        "databases": "Database connection transaction",
        "motor": "AsyncIOMotorClient AsyncIOMotorDatabase AsyncIOMotorCollection",
        "pymongo": "MongoClient AsyncMongoClient",
        "odmantic": "AIOEngine SyncEngine",
        "redis": "Redis StrictRedis ConnectionPool from_url",
        "tortoise": "in_transaction",
        "edgedb": "create_client create_async_client AsyncIOClient Client",
        "peewee": "SqliteDatabase PostgresqlDatabase MySQLDatabase Proxy DatabaseProxy",
        "pony": "Database db_session",
        "gino": "Gino",
        "aioredis": "Redis from_url create_redis_pool",
    },
}
_FAMILIES = {
    (package, name.rpartition(".")[2]): family
    for family, packages in _BASES.items()
    for package, names in packages.items()
    for name in names.split()
}
_ROUTERS = {
    "fastapi": "APIRouter",
    "starlette": "Router",
    "flask": "Blueprint",
    "flask_smorest": "Blueprint",
    "flask_restx": "Namespace",
    "apiflask": "APIBlueprint",
    "quart": "Blueprint",
    "sanic": "Blueprint",
    "ninja": "Router NinjaAPI",
    "litestar": "Router",
    "rest_framework": "DefaultRouter SimpleRouter",
    "rest_framework_nested": "NestedSimpleRouter NestedDefaultRouter DefaultRouter SimpleRouter",
    "typer": "",
}
_ROUTER_NAMES = frozenset((package, name) for package, names in _ROUTERS.items() for name in names.split())
_METHODS = frozenset(
    ("get", "post", "put", "patch", "delete", "head", "options", "route", "api_route", "websocket", "websocket_route",
     "api_view")
)  # fmt: skip
_SCHEMA_DECORATORS = frozenset(
    (
        "dataclasses.dataclass", "pydantic.dataclasses.dataclass", "attr.s", "attr.attrs", "attr.dataclass",
        "attr.define", "attr.frozen", "attr.mutable", "attrs.define", "attrs.frozen", "attrs.mutable",
        "dataclasses_json.dataclass_json", "marshmallow_dataclass.dataclass",
    )
)  # fmt: skip


_POOLS = frozenset(
    {
        *("AsyncIOMotorClient", "AsyncIOMotorDatabase", "MongoClient", "AsyncMongoClient", "Database", "Pool"),
        *("ConnectionPool", "AsyncConnectionPool", "AIOEngine", "SyncEngine", "Engine", "AsyncEngine"),
    }
)
_MADE_FROM_TABLES = frozenset(
    ("ModelSerializer", "HyperlinkedModelSerializer", "SQLAlchemySchema", "SQLAlchemyAutoSchema", "ModelSchema")
)  # fmt: skip

_SERIALIZERS = ("Serializer", "Form", "FormSet", "FilterSet")
_PARTS_OF_SERIALIZERS = frozenset(("rest_framework.serializers", "rest_framework.fields", "rest_framework.relations"))
_GRAPHQL = frozenset(("graphene", "graphene_django", "graphene_sqlalchemy", "strawberry", "strawberry_django"))


def family_of(full_name: str) -> Family | None:
    """Find what it means to descend from this class, or to be made by this call, of a library."""
    package, _, rest = full_name.partition(".")
    if package == "builtins":
        found = getattr(builtins, rest, None)
        return Family.EXCEPTION if isinstance(found, type) and issubclass(found, BaseException) else None
    last = full_name.rpartition(".")[2]
    family = _FAMILIES.get((package, last)) or _FAMILIES.get((package, last.removesuffix("()") + "()"))
    if family is None and last.endswith(("Error", "Exception", "Http404", "Warning")):
        return Family.EXCEPTION
    return family


def gives_session(full_name: str) -> bool:
    """Return whether something is a session, a connection, an engine or a factory of one."""
    package, _, _ = full_name.partition(".")
    last = full_name.removesuffix(ITEM).rpartition(".")[2]
    while last.endswith("()"):
        last = last[:-2]
    return _FAMILIES.get((package, last)) is Family.SESSION


def holds_sessions(full_name: str) -> bool:
    """Return whether something is a client, a pool or an engine, of which a project has one."""
    last = full_name.rpartition(".")[2].removesuffix("()")
    return last in _POOLS and gives_session(full_name)


def makes_sessions(full_name: str) -> bool:
    """Return whether something is what sessions come from: an engine or a factory, as opposed to a session."""
    last = full_name.rpartition(".")[2]
    return gives_session(full_name) and last.startswith(
        ("create_", "async_sessionmaker", "sessionmaker", "engine_from")
    )


def is_router(full_name: str) -> bool:
    """Return whether something is a router, or an instance of one."""
    package, _, _ = full_name.partition(".")
    return (package, full_name.rpartition(".")[2].removesuffix("()")) in _ROUTER_NAMES


def makes_endpoint(decorator: str) -> bool:
    """Return whether a decorator makes an endpoint of a function: `fastapi.APIRouter().get()`."""
    owner, _, method = decorator.removesuffix("()").rpartition(".")
    if method not in _METHODS:
        return False
    return (
        method == "api_view" or is_router(owner) or owner.rpartition(".")[2] in {"FastAPI()", "Flask()", "Starlette()"}
    )


def makes_schema(decorator: str) -> bool:
    """Return whether a decorator makes a record of a class."""
    return decorator.removesuffix("()") in _SCHEMA_DECORATORS


def is_made_from_table(base: str) -> bool:
    """Return whether subclasses of this class of a library are made from a table: `ModelSerializer` of `rest_framework`."""
    return base.rpartition(".")[2] in _MADE_FROM_TABLES and family_of(base) is Family.SCHEMA


def makes_serializer(name: str) -> bool:
    """Return whether this base class or decorator makes of a class what loads and saves the data that it describes.

    These are serializers and their fields, forms, filters, and types of GraphQL.
    """
    parent, _, last = name.rpartition(".")
    is_part = parent in _PARTS_OF_SERIALIZERS or name.partition(".")[0] in _GRAPHQL
    return last.endswith(_SERIALIZERS) or (is_part and family_of(name) in {None, Family.SCHEMA})


def makes_table(decorator: str) -> bool:
    """Return whether a decorator maps a class to a table: `@mapper_registry.mapped`."""
    return decorator.startswith("sqlalchemy.") and decorator.removesuffix("()").endswith(
        (".mapped", ".mapped_as_dataclass")
    )


def makes_base(decorator: str) -> bool:
    """Return whether a decorator makes a base for tables of a class."""
    name = decorator.removesuffix("()")
    return decorator.startswith("sqlalchemy.") and name.endswith((".as_declarative", ".as_declarative_base"))
