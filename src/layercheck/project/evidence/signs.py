"""What libraries call the things that tell a role: one table for classes, one for calls, one for decorators.

Names are compared without their module: `db.Model`, `models.Model` and `Model` are one entry. An entry may ask for a
library that the file imports, where its name alone would be too common.
"""

from __future__ import annotations

from typing import NamedTuple

TABLE = "table"
SCHEMA = "schema"
ENDPOINT = "endpoint"
REQUEST = "function that takes a request"
APPLICATION = "application object"
FACTORY = "application factory"
DEPENDENCY = "dependency of endpoints"
SESSION = "session or engine"
FORM = "form"
REPOSITORY = "repository"
SERVICE = "service"
SETTINGS = "settings"
TASK = "task"
COMMAND = "command"
ENUM = "enum"
ERROR = "exception"


class Sign(NamedTuple):
    """What a name stands for, in files that import one of `libraries` (empty: in all)."""

    kind: str
    libraries: frozenset[str] = frozenset()


def _names(kind: str, names: str, libraries: str = "") -> dict[str, Sign]:
    return {name: Sign(kind, frozenset(libraries.split())) for name in names.split()}


BASES: dict[str, Sign] = {
    **_names(TABLE, "DeclarativeBase DeclarativeBaseNoMeta MappedAsDataclass EmbeddedDocument DynamicDocument"),
    **_names(TABLE, "Document", "mongoengine beanie bunnet odmantic motor pymongo elasticsearch_dsl elasticsearch"),
    **_names(TABLE, "Model", "django tortoise peewee flask_sqlalchemy ormar orm gino odmantic pony cassandra piccolo"),
    **_names(TABLE, "AbstractUser AbstractBaseUser PermissionsMixin MPTTModel TimeStampedModel SafeDeleteModel"),
    **_names(TABLE, "AsyncAttrs SQLAlchemyBaseUserTable SQLAlchemyBaseUserTableUUID HistoricalRecords"),
    **_names(SCHEMA, "BaseModel RootModel GenericModel", "pydantic"),
    **_names(SCHEMA, "SQLModel", "sqlmodel"),
    **_names(
        SCHEMA, "Schema SQLAlchemyAutoSchema SQLAlchemySchema", "marshmallow flask_marshmallow marshmallow_sqlalchemy"
    ),
    **_names(SCHEMA, "Schema ModelSchema FilterSchema", "ninja ninja_extra ninja_schema"),
    **_names(SCHEMA, "Serializer ModelSerializer HyperlinkedModelSerializer ListSerializer BaseSerializer"),
    **_names(FORM, "FlaskForm ModelForm BaseForm WTForm"),
    **_names(FORM, "Form", "wtforms flask_wtf django"),
    **_names(SCHEMA, "MappingSchema SequenceSchema CSRFSchema", "colander"),
    **_names(SCHEMA, "Struct", "msgspec"),
    **_names(SCHEMA, "TypedDict"),
    **_names(ENDPOINT, "View APIView ViewSet GenericViewSet ModelViewSet ReadOnlyModelViewSet GenericAPIView"),
    **_names(ENDPOINT, "TemplateView ListView DetailView CreateView UpdateView DeleteView FormView RedirectView"),
    **_names(ENDPOINT, "MethodView HTTPMethodView HTTPEndpoint WebSocketEndpoint RequestHandler Sitemap Feed"),
    **_names(ENDPOINT, "ListAPIView CreateAPIView RetrieveAPIView ListCreateAPIView RetrieveUpdateDestroyAPIView"),
    **_names(ENDPOINT, "Resource MethodResource", "flask_restful flask_restx flask_restplus flask_apispec falcon"),
    **_names(ENDPOINT, "AsyncWebsocketConsumer WebsocketConsumer AsyncJsonWebsocketConsumer JsonWebsocketConsumer"),
    **_names(ENDPOINT, "Permission", "flask_principal"),
    **_names(ENDPOINT, "BasePermission BaseThrottle BasePagination PageNumberPagination BaseAuthentication"),
    **_names(REPOSITORY, "QuerySet BaseManager UserManager BaseUserManager", "django"),
    **_names(REPOSITORY, "Manager", "django"),
    **_names(SETTINGS, "BaseSettings AppConfig ModelAdmin TabularInline StackedInline UserAdmin Provider"),
    **_names(SETTINGS, "BaseHTTPMiddleware MiddlewareMixin DeclarativeContainer"),
    **_names(ENUM, "Enum StrEnum IntEnum IntFlag Flag TextChoices IntegerChoices"),
    **_names(ERROR, "Exception BaseException HTTPException ValueError RuntimeError APIException KeyError TypeError"),
}
"""Base class → what a class derived from it is."""

BASE_ENDINGS: tuple[tuple[str, str], ...] = (
    ("ViewSet", ENDPOINT),
    ("APIView", ENDPOINT),
    ("View", ENDPOINT),
    ("Serializer", SCHEMA),
    ("BaseModel", SCHEMA),
    ("Schema", SCHEMA),
    ("Form", FORM),
    ("Error", ERROR),
    ("Exception", ERROR),
    ("Enum", ENUM),
    ("QuerySet", REPOSITORY),
    ("UserManager", REPOSITORY),
    ("Repository", REPOSITORY),
)
"""How the name of a base class ends that nobody knows → what is derived from it."""
ENDINGS_OF_LIBRARIES = (("BaseModel", "pydantic"), ("UserManager", "django"))
"""Endings that tell nothing in files that do not import the library: fastapi-users has managers that query nothing."""

CALLS: dict[str, Sign] = {
    **_names(
        ENDPOINT, "APIRouter Blueprint APIBlueprint DefaultRouter SimpleRouter NestedDefaultRouter SanicBlueprint"
    ),
    **_names(ENDPOINT, "Namespace", "flask_restx flask_restplus socketio flask_socketio"),
    **_names(ENDPOINT, "Router", "ninja litestar starlette aiogram"),
    **_names(
        APPLICATION, "FastAPI Flask Sanic Starlette Litestar Quart NinjaAPI get_wsgi_application get_asgi_application"
    ),
    **_names(SESSION, "create_engine create_async_engine sessionmaker async_sessionmaker scoped_session"),
    **_names(SESSION, "declarative_base automap_base SQLAlchemy AsyncIOMotorClient MongoClient AsyncEngine"),
    **_names(SESSION, "async_scoped_session SessionLocal SqliteDatabase PostgresqlDatabase"),
    **_names(TABLE, "Table", "sqlalchemy"),
    **_names(SCHEMA, "Schema", "voluptuous"),
    **_names(ENDPOINT, "ObjectType QueryType MutationType SubscriptionType UnionType InterfaceType", "ariadne"),
    **_names(SETTINGS, "Celery Dynaconf environ.Env"),
}
"""What is called at the top of a file → what the file holds."""

VERBS = frozenset({"get", "post", "put", "delete", "patch", "head", "options", "route", "websocket", "api_route"})
"""Last part of a decorator that registers an endpoint."""
ROUTERS = ("router", "app", "bp", "blueprint", "api", "ns", "namespace", "route", "routes", "server", "blp")
"""How the name before such a verb ends."""
DECORATORS: dict[str, Sign] = {
    **_names(ENDPOINT, "api_view view_config view_defaults require_http_methods require_GET require_POST require_safe"),
    **_names(ENDPOINT, "json_view api_process api_process_raw notfound_view_config exception_view_config errorhandler"),
    **_names(ENDPOINT, "app_errorhandler http_get http_post route csrf_exempt"),
    **_names(ENDPOINT, "event on", "socketio flask_socketio"),
    **_names(ENDPOINT, "type mutation field subscription", "strawberry strawberry_django"),
    **_names(TASK, "shared_task task actor periodic_task job cron", "celery dramatiq rq arq huey taskiq procrastinate"),
    **_names(COMMAND, "command group", "click typer flask"),
}
"""Decorator → what it makes of a function."""

STORES = frozenset(
    {
        *("sqlalchemy", "sqlmodel", "sqlite3", "psycopg", "psycopg2", "asyncpg", "databases", "aiosqlite", "pymysql"),
        *("motor", "pymongo", "mongoengine", "beanie", "tortoise", "peewee", "django", "redis", "cassandra", "boto3"),
        *("elasticsearch", "elasticsearch_dsl", "opensearchpy", "flask_sqlalchemy", "sqlakeyset", "supabase"),
    },
)
"""Libraries of databases."""

WEB = frozenset(
    {"fastapi", "starlette", "flask", "sanic", "pyramid", "aiohttp", "quart", "litestar", "ninja", "falcon"}
)
"""Web frameworks."""

TEST_LIBRARIES = frozenset({"pytest", "unittest"})
"""What only tests import."""
TEST_CASE = "TestCase"
"""How the base classes of tests end: `APITestCase`."""

LEARNING = frozenset(
    {
        *("torch", "tensorflow", "keras", "jax", "flax", "sklearn", "xgboost", "lightgbm", "catboost", "onnxruntime"),
        *("transformers", "sentence_transformers", "colbert", "peft", "timm"),
    },
)
"""Libraries of machine learning, whose models are no tables."""

LIBRARIES = frozenset({"pydantic", "fastapi"}).union(
    STORES,
    WEB,
    TEST_LIBRARIES,
    LEARNING,
    *(sign.libraries for table in (BASES, CALLS, DECORATORS) for sign in table.values()),
)
"""All libraries that say something of what is defined in a file that imports them; there is no question about others."""

CLASS_NAMES: tuple[tuple[str, str], ...] = (
    ("Repository", REPOSITORY),
    ("Repo", REPOSITORY),
    ("DAO", REPOSITORY),
    ("Dao", REPOSITORY),
    ("UnitOfWork", REPOSITORY),
    ("QuerySet", REPOSITORY),
    ("Service", SERVICE),
    ("UseCase", SERVICE),
    ("Usecase", SERVICE),
    ("Interactor", SERVICE),
    ("Serializer", SCHEMA),
    ("DTO", SCHEMA),
    ("Dto", SCHEMA),
)
"""How the name of a class ends → what it says it is."""
