"""Roles by evidence, on small projects on disk: what a module defines, its name, its folder, its neighbours."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.project.evidence.backend import ENDPOINT, SCHEMA, TABLE, modules_of

if TYPE_CHECKING:
    from pathlib import Path


HANDLER = "from app.web import pages_bp\n\n@pages_bp.errorhandler(404)\ndef missing(error): ...\n"
GRAPHQL = "import strawberry\n\n@strawberry.type\nclass Order: ...\n\n@strawberry.mutation\ndef place(): ...\n"
ASKING = "from fastapi import Depends, Request\n"
ARIADNE = "from ariadne import ObjectType\nrepository = ObjectType('Repository')\n"
MAPPED = "from sqlalchemy.orm import declarative_base\nBase = declarative_base()\n\nclass Order(Base):\n    __tablename__ = 'orders'\n"
SOCKET = "import socketio\nlive = socketio.AsyncServer()\n\n@live.on('join')\nasync def join(sid): ...\n"

MIXED = "from django.views.generic import View\nfrom app.web.mixins import PermissionsMixin\n\nclass Index(PermissionsMixin, View): ...\n"


@pytest.mark.parametrize(
    ("path", "text", "role", "certainty"),
    [
        ("app/api/users.py", ENDPOINT, "api", "certain"),
        ("app/users.py", ENDPOINT, "api", "certain"),
        ("app/api/test_items.py", ENDPOINT, "api", "certain"),
        ("app/api/test/test_items.py", ENDPOINT, "tests", "certain"),
        ("app/test_items.py", "import pytest\n" + ENDPOINT, "tests", "certain"),
        ("app/test_items.py", ENDPOINT + "\nclass ItemsTest(APITestCase): ...\n", "tests", "certain"),
        ("app/resources/v1/entity.py", ENDPOINT, "api", "certain"),
        ("app/api/schema.py", GRAPHQL, "api", "certain"),
        ("app/services/repos.py", "def list_repos(session): ...\n", "services", "likely"),
        ("app/services/repository.py", "def list_users(session): ...\n", "db", "likely"),
        ("app/services/repos.py", "class RepoRepository:\n    session: Session\n", "db", "certain"),
        ("app/interactors/erase_repository.py", "class EraseInteractor: ...\n", "services", "certain"),
        ("app/services/entity.py", "class Entity: ...\n", "services", "certain"),
        ("app/orders/schema.py", GRAPHQL, "api", "certain"),
        ("app/rights.py", ASKING + "\n\ndef f(request: Request, user=Depends(get)): ...\n", "api", "likely"),
        ("app/rights.py", ASKING + "\n\nclass Rights: ...\n\ndef f(user=Depends(get)): ...\n", "api", "likely"),
        (
            "app/factors.py",
            ASKING + "import sqlalchemy\n\nclass Factor: ...\n\ndef f(user=Depends(get)): ...\n",
            None,
            "guess",
        ),
        ("app/utils/mfa.py", SCHEMA + "".join(f"\n\ndef f{n}(): ...\n" for n in range(4)), "utils", "likely"),
        ("app/utils/mfa.py", SCHEMA + "\n\ndef f(): ...\n", None, "guess"),
        (
            "app/services/stats.py",
            "import django\n\nclass StatsRepository: ...\n\nclass StatsService: ...\n",
            "services",
            "likely",
        ),
        ("app/live/room.py", SOCKET, "api", "certain"),
        ("app/pages/index.py", MIXED, "api", "certain"),
        ("app/live/room.py", SOCKET.replace("socketio", "sockets"), None, "guess"),
        ("app/server/rest_api/streams.py", "def stream(): ...\n", None, "guess"),
        ("app/tickets.py", TABLE, "models", "certain"),
        ("app/models/user.py", TABLE, "models", "certain"),
        ("app/models/shapes.py", SCHEMA, "schemas", "likely"),
        ("app/api/responses.py", SCHEMA, "schemas", "likely"),
        ("app/schemas/order.py", SCHEMA, "schemas", "certain"),
        ("app/services/prices.py", "def price(): ...\n", "services", "certain"),
        ("app/repositories/order.py", "class OrderRepository: ...\n", "db", "certain"),
        ("app/sessions.py", "from sqlalchemy import create_engine\nengine = create_engine('x')\n", "db", "certain"),
        (
            "app/options.py",
            "from pydantic_settings import BaseSettings\nclass S(BaseSettings): ...\n",
            "wiring",
            "certain",
        ),
        ("app/errors.py", HANDLER, "api", "certain"),
        ("app/errors.py", HANDLER + "\nclass Wrong(Exception): ...\n", "api", "likely"),
        ("app/inbound/http/users.py", ENDPOINT, "api", "certain"),
        ("app/outbound/users.py", "import sqlalchemy\n\nclass UserGateway: ...\n", "db", "likely"),
        ("app/outbound/tokens.py", "class Tokens: ...\n", None, "guess"),
        ("app/handlers/signals.py", "def on_exit(): ...\n", None, "guess"),
        ("app/handlers/orders.py", ENDPOINT, "api", "certain"),
        ("app/tools/search.py", "class SearchTool: ...\n", None, "guess"),
        ("app/services/errors.py", "class NotFound(Exception): ...\n", None, "guess"),
        ("app/services/parsers/html.py", "def parse(text): ...\n", None, "guess"),
        ("app/adapters/services/mail.py", "class MailService: ...\n", None, "guess"),
        ("app/other.py", "def f(): ...\n", None, "guess"),
        ("app/libs/text.py", "def slug(text): ...\n", "utils", "likely"),
        ("app/libs/mail/send.py", "def send(text): ...\n", None, "guess"),
        ("app/github/api.py", "class GitHub: ...\n", None, "guess"),
        ("app/github/api.py", ENDPOINT, "api", "certain"),
        ("app/utils/search_client.py", "def find(text): ...\n", None, "guess"),
        ("app/services/adapters/mail.py", "from app.models.order import Order\n\ndef send(): ...\n", None, "guess"),
        ("app/core/security.py", "from fastapi import Depends\n\ndef user(): ...\n", "wiring", "likely"),
        ("app/core/security.py", "def hashed(text): ...\n", "utils", "likely"),
        ("app/utils/logger.py", "def log(text): ...\n", "wiring", "certain"),
        ("app/orders/utils.py", "from app.services.orders import place\n\ndef f(): ...\n", None, "guess"),
        ("app/utils/helpers.py", "from app.services.orders import place\n\ndef f(): ...\n", "utils", "certain"),
        ("app/orders/utils.py", "def slug(text): ...\n", "utils", "likely"),
        ("app/dependencies/permissions.py", "def check(): ...\n", "wiring", "certain"),
        ("app/api/urls.py", "urlpatterns = []\n", "wiring", "certain"),
        ("app/services/supabase_client.py", "import supabase\n\ndef connect(): ...\n", "db", "likely"),
        ("app/checks.py", "import voluptuous as vol\n\nORDER = vol.Schema({})\n", "schemas", "likely"),
        (
            "app/users/managers.py",
            "from django.contrib.auth.models import UserManager as BaseUserManager\nclass M(BaseUserManager): ...\n",
            "db",
            "likely",
        ),
        ("app/handlers/settings.py", ENDPOINT, "api", "likely"),
        # The folder says the same, and says more.
        ("app/controllers/user_controller.py", "class UserController: ...\n", "api", "certain"),
        ("app/handlers/user_handler.py", "class UserHandler: ...\n", None, "guess"),
        # `declarative_base` beside tables does not make a file of sessions of them.
        ("app/schema.py", MAPPED, "models", "likely"),
        ("app/models/mapped.py", MAPPED, "models", "certain"),
        (
            "app/services/login.py",
            "class LoginForm(OAuth2Form): ...\n\nclass LoginService: ...\n",
            "services",
            "certain",
        ),
        ("app/utils/urls.py", "def join(*parts): ...\n", "utils", "likely"),
        ("app/utils/urls.py", "urlpatterns = []\n", "wiring", "certain"),
        ("app/cli/orders/services.py", "def place(): ...\n", "wiring", "certain"),
        # Queries that also say what they return.
        ("app/query/orders.py", "import sqlalchemy\n" + SCHEMA + "\ndef find(): ...\n", "db", "likely"),
        ("app/query/orders.py", SCHEMA + "\ndef find(): ...\n", None, "guess"),
        ("app/sql/orders.py", "def find(): ...\n", "db", "certain"),
        ("app/types/repository.py", ARIADNE, "api", "likely"),
        (
            "app/plugins.py",
            ASKING + "from fastapi import FastAPI\n\ndef load(app, user=Depends(get)): ...\n",
            None,
            "guess",
        ),
        (
            "app/accounts.py",
            "from fastapi_users import BaseUserManager\n\nclass Users(BaseUserManager): ...\n",
            None,
            "guess",
        ),
        ("app/order_serializers.py", "".join(f"def f{n}(order): ...\n" for n in range(4)), None, "guess"),
        ("app/order_serializers.py", "def f(order): ...\n", "schemas", "certain"),
        ("app/api/tasks.py", "def clean(): ...\n", None, "guess"),
        ("app/api/jobs/clean.py", "def clean(): ...\n", None, "guess"),
        ("app/api/tasks.py", ENDPOINT, "api", "certain"),
        ("app/controllers/task.py", "class TaskController: ...\n", "api", "certain"),
        ("app/db/access.py", ENDPOINT, "db", "likely"),
    ],
)
def test_the_role_of_a_module(tmp_path: Path, path: str, text: str, role: str | None, certainty: str) -> None:
    module = modules_of(tmp_path, {path: text})[path]

    assert (module.role, module.certainty) == (role, certainty), module.evidence
    assert module.evidence


def test_a_folder_of_queries_whose_files_hold_services_is_none(tmp_path: Path) -> None:
    crud = "from sqlalchemy import select\n\nclass {}Service:\n    def find(self): ...\n"
    files = {f"app/services/crud/{name}.py": crud.format(name.title()) for name in ("orders", "users", "prices")}

    modules = modules_of(tmp_path, files)

    assert {modules[path].role for path in files} == {"services"}


def test_a_schema_that_only_puts_together_what_others_define_is_none(tmp_path: Path) -> None:
    text = "from strawberry.tools import merge_types\nfrom app.orders.query import Query\n\nAll = merge_types('All', (Query,))\n"
    files = {"app/orders/schema.py": text, "app/orders/query.py": GRAPHQL}

    modules = modules_of(tmp_path, files)

    assert (modules["app/orders/schema.py"].role, modules["app/orders/query.py"].role) == (None, "api")


def test_commands_about_repositories_of_code_are_no_queries(tmp_path: Path) -> None:
    folder = "app/commands/repository"
    files = {
        f"{folder}/__init__.py": "from .repository import Commands\n",
        f"{folder}/repository.py": "from .interactors.erase_repository import EraseInteractor\n\nclass Commands: ...\n",
        f"{folder}/interactors/erase_repository.py": "class EraseInteractor: ...\n",
    }

    modules = modules_of(tmp_path, files)

    assert [modules[path].role for path in files] == [None, None, "services"]


def test_base_classes_are_followed_through_the_project(tmp_path: Path) -> None:
    files = {
        "app/mixins.py": "from .base import Base\n\nclass Timed(Base): ...\n",
        "app/shop.py": "from app.mixins import Timed\n\nclass Sale(Timed): ...\n",
    }

    assert modules_of(tmp_path, files)["app/shop.py"].role == "models"


def test_a_class_of_the_same_name_elsewhere_is_another_one(tmp_path: Path) -> None:
    files = {
        "app/models/wallet.py": "from app.base import Base\n\nclass Wallet(Base): ...\n",
        "app/wallets/base.py": "class Wallet: ...\n",
        "app/wallets/fake.py": "from .base import Wallet\n\nclass Fake(Wallet): ...\n",
    }

    assert modules_of(tmp_path, files)["app/wallets/fake.py"].role is None


def test_a_base_of_another_library_is_none_of_ours(tmp_path: Path) -> None:
    files = {
        "app/models/auth.py": "from app.base import Base\n\nclass Auth(Base): ...\n",
        "app/client.py": "from httpx import Auth\n\nclass Token(Auth): ...\n",
    }

    assert modules_of(tmp_path, files)["app/client.py"].role is None


def test_a_module_that_is_called_like_a_library_is_not_that_library(tmp_path: Path) -> None:
    files = {
        "app/jobs/__init__.py": "",
        "app/jobs/celery.py": "from celery import Celery\n\nqueue = Celery()\n",
        "app/jobs/base.py": "from celery import Task\n\nclass BaseTask(Task): ...\n",
        "app/tasks/task.py": "from app.base import Base\n\nclass Task(Base): ...\n",
    }
    modules = modules_of(tmp_path, files)

    assert modules["app/jobs/base.py"].role is None
    assert modules["app/tasks/task.py"].role == "models"


def test_the_domain_of_a_hexagon_holds_the_entities(tmp_path: Path) -> None:
    files = {
        "app/domain/order.py": "class Order: ...\n",
        "app/domain/events.py": "class Placed: ...\n",
        "app/infrastructure/mail.py": "class Mail: ...\n",
    }

    modules = modules_of(tmp_path, files)

    assert modules["app/domain/order.py"].role == "models"
    assert modules["app/domain/events.py"].role is None


@pytest.mark.parametrize(
    ("path", "certainty"), [("app/utils/mail_service.py", "likely"), ("app/mail_service.py", "certain")]
)
def test_a_name_that_its_folder_contradicts_is_no_more_than_likely(tmp_path: Path, path: str, certainty: str) -> None:
    module = modules_of(tmp_path, {path: "def send(): ...\n"})[path]

    assert (module.role, module.certainty) == ("services", certainty)


def test_the_configuration_is_certain(tmp_path: Path) -> None:
    module = modules_of(tmp_path, {"app/other.py": ""}, '[roles]\nservices = ["app.other"]\n')["app/other.py"]

    assert (module.role, module.certainty, module.evidence) == ("services", "certain", "the configuration says so")


def test_features_side_by_side_are_one_application(tmp_path: Path) -> None:
    feature = {"api.py": ENDPOINT, "services.py": "def f(): ...\n", "models.py": TABLE}
    files = {f"shop/{name}/{file}": text for name in ("users", "orders") for file, text in feature.items()}

    modules = modules_of(tmp_path, files)

    assert modules["shop/users/api.py"].application == modules["shop/orders/models.py"].application == "shop"


@pytest.mark.parametrize(
    ("path", "text", "certainty"),
    [
        ("app/orders/permissions.py", "def may_read(user): ...\n", "guess"),
        ("app/orders/permissions.py", "class IsOwner(app.base.Rule):\n    def may(self, request): ...\n", "likely"),
        ("app/api/permissions.py", "def may_read(user): ...\n", "certain"),
        (
            "app/orders/permissions.py",
            "from rest_framework.permissions import BasePermission\n\nclass IsOwner(BasePermission): ...\n",
            "certain",
        ),
        (
            "app/orders/permissions.py",
            "from flask_principal import Permission\n\nclass IsOwner(Permission): ...\n",
            "certain",
        ),
    ],
)
def test_permissions_that_no_framework_asks_are_but_a_guess(
    tmp_path: Path, path: str, text: str, certainty: str
) -> None:
    module = modules_of(tmp_path, {path: text})[path]

    assert (module.shown_role, str(module.certainty)) == ("api", certainty)


def test_a_rest_api_is_one_where_it_serves(tmp_path: Path) -> None:
    files = {"app/server/rest_api/routes.py": ENDPOINT, "app/server/rest_api/streams.py": "def stream(): ...\n"}

    module = modules_of(tmp_path, files)["app/server/rest_api/streams.py"]

    assert (module.role, module.evidence.partition(";")[0]) == ("api", "the folder `rest_api/` says so")


@pytest.mark.parametrize(
    ("path", "text", "configuration", "role"),
    [
        # A role that the preset lacks, given by the name of a folder or a file.
        ("app/inbound/page.py", "", 'layers = ["ui", "services", "models"]\nroles.ui = ["inbound"]\n', "ui"),
        ("app/page.py", "", 'layers = ["ui", "services", "models"]\nroles.ui = ["page"]\n', "ui"),
        # Names that say little by themselves.
        ("app/core/pricing.py", "def price(): ...\n", 'roles.services = ["services", "core"]\n', "services"),
        ("app/handlers/orders.py", "def handle(): ...\n", 'roles.api = ["api", "handlers"]\n', "api"),
        # Whatever is in them.
        ("app/stuff/order.py", TABLE, 'roles.services = ["services", "stuff"]\n', "services"),
        ("app/tables/order.py", SCHEMA, 'roles.models = ["models", "tables"]\n', "models"),
        # The innermost name that is listed counts, and of others those that win in any layer.
        ("app/stuff/api/order.py", "", 'roles.services = ["stuff"]\nroles.api = ["api"]\n', "api"),
        ("app/stuff/schemas/order.py", SCHEMA, 'roles.services = ["services", "stuff"]\n', "schemas"),
        # Tests stay tests.
        ("app/stuff/tests/test_order.py", "", 'roles.services = ["services", "stuff"]\n', "tests"),
    ],
)
def test_a_name_that_the_configuration_lists_wins_over_evidence(
    tmp_path: Path, path: str, text: str, configuration: str, role: str
) -> None:
    module = modules_of(tmp_path, {path: text}, configuration)[path]

    assert (module.role, module.certainty) == (role, "certain")


def test_the_evidence_names_the_word_of_the_configuration(tmp_path: Path) -> None:
    module = modules_of(tmp_path, {"app/stuff/x.py": ""}, 'roles.services = ["stuff"]\n')["app/stuff/x.py"]

    assert module.evidence == "the configuration names `stuff`"


TYPED = "from typing import TypedDict\n\nclass Answer(TypedDict):\n    id: int\n"


@pytest.mark.parametrize(
    ("path", "text", "role", "certainty"),
    [
        ("app/integrations/weather_types.py", TYPED, None, "guess"),
        ("app/integrations/schemas.py", SCHEMA, "schemas", "certain"),
        ("app/weather_types.py", TYPED, "schemas", "likely"),
        ("app/errors.py", TYPED + "\nclass Missing(Exception): ...\n", None, "guess"),
        ("app/api/user_dependency_config.py", "from fastapi import Depends\n\ndef user(): ...\n", "wiring", "certain"),
        ("app/api/config.py", "DEBUG = True\n", "api", "likely"),
        ("app/api/prices.py", "def price(): ...\n", "api", "likely"),
        ("app/search/models/ranker.py", "import torch\n\nclass Ranker: ...\n", None, "guess"),
        ("app/search/models/hit.py", TABLE, "models", "certain"),
        ("app/scoring/ml_model.py", "import django\nimport sklearn\n\nclass MLModel: ...\n", None, "guess"),
        ("app/handlers/auth/permissions.py", "def may(user): ...\n", "api", "guess"),
        ("app/video_views/count.py", "def count(): ...\n", None, "guess"),
        ("app/user_views/orders.py", ENDPOINT, "api", "certain"),
        (
            "app/di/providers.py",
            "from sqlalchemy import create_engine\nengine = create_engine('x')\n",
            "wiring",
            "likely",
        ),
        ("app/containers/ship.py", "class Ship: ...\n", None, "guess"),
        ("app/containers.py", "class Container: ...\n", "wiring", "certain"),
        ("app/lib/crypto.py", "def encrypt(text): ...\n", "utils", "likely"),
    ],
)
def test_what_looks_like_a_layer_and_may_be_none(
    tmp_path: Path, path: str, text: str, role: str | None, certainty: str
) -> None:
    module = modules_of(tmp_path, {path: text})[path]

    assert (module.shown_role, module.certainty) == (role, certainty)


def test_models_of_machine_learning_are_no_tables_wherever_they_import_nothing_of_it(tmp_path: Path) -> None:
    files = {
        "app/search/models/base.py": "class Model: ...\n",
        "app/search/models/ranker.py": "from transformers import AutoModel\n\nclass Ranker: ...\n",
    }
    modules = modules_of(tmp_path, files)

    assert [modules[path].role for path in files] == [None, None]


def test_shapes_among_shapes_of_the_api_are_shapes_though_functions_stand_beside_them(tmp_path: Path) -> None:
    files = {f"app/api/responses/{name}.py": SCHEMA for name in "abc"}
    files["app/api/responses/d.py"] = SCHEMA + "\ndef of(order): ...\n"

    module = modules_of(tmp_path, files)["app/api/responses/d.py"]

    assert (module.role, str(module.certainty)) == ("schemas", "likely")


def test_an_api_with_services_and_queries_below_it_is_a_whole_application(tmp_path: Path) -> None:
    files = {
        "app/api/routes/orders.py": ENDPOINT,
        "app/api/crud/orders.py": "def find(db): ...\n",
        "app/api/services/orders.py": "def place(): ...\n",
    }
    modules = modules_of(tmp_path, files)

    assert [modules[path].role for path in files] == ["api", "db", "services"]


def test_classes_of_a_folder_in_which_nearly_all_take_requests_are_of_the_api(tmp_path: Path) -> None:
    context = "class Root:\n    def __init__(self, request):\n        self.request = request\n"
    files = {f"app/traversal/{name}.py": context for name in "abc"}
    foreign = {f"app/provider/{name}.py": context for name in "abc"}
    alone = {f"app/events/{name}.py": "class Event: ...\n" for name in "bcd"} | {"app/events/a.py": context}

    modules = modules_of(tmp_path, files | foreign | alone)

    assert {(modules[path].role, str(modules[path].certainty)) for path in files} == {("api", "likely")}
    assert modules["app/traversal/a.py"].evidence == "3 of 3 files in app/traversal/ take requests"
    assert {modules[path].role for path in foreign | alone} == {None}
