from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.running import check_tree

if TYPE_CHECKING:
    from pathlib import Path

PYDANTIC = "from pydantic import BaseModel\n"
HOME = PYDANTIC + "class UserCreate(BaseModel): ...\nclass UserPublic(BaseModel): ...\n"
SHOP = {"app/schemas/user.py": HOME, "app/services/users.py": "", "app/models/user.py": ""}


def _found(root: Path, files: dict[str, str], configuration: str = "") -> list[str]:
    report = check_tree(root, {**SHOP, **files}, configuration, select=["LC302"])
    return [f"{each.subject}:{each.object}" for each in report.findings]


@pytest.mark.parametrize(
    "text",
    [
        PYDANTIC + "class Item(BaseModel): ...\n",
        "import pydantic as p\nclass Item(p.BaseModel): ...\n",
        "from typing import Generic, TypeVar\nfrom pydantic import RootModel\nclass Item(RootModel[list[int]]): ...\n",
        "from sqlmodel import SQLModel\nclass Item(SQLModel): ...\n",
        "import marshmallow as ma\nclass Item(ma.Schema): ...\n",
        "from flask_marshmallow import Marshmallow\nma = Marshmallow()\nclass Item(ma.SQLAlchemyAutoSchema): ...\n",
        "from rest_framework import serializers\nclass Item(serializers.ModelSerializer): ...\n",
        "from ninja import Schema\nclass Item(Schema): ...\n",
    ],
)
def test_schemas_of_every_library_are_seen_in_api(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, {"app/api/items.py": text}) == ["app.api.items:Item"]


def test_a_base_class_of_the_project_is_followed(tmp_path: Path) -> None:
    files = {
        "app/schemas/base.py": PYDANTIC + "class CamelModel(BaseModel): ...\n",
        "app/api/items.py": (
            "from pydantic import Field\nfrom app.schemas.base import CamelModel\n"
            "class Shape(CamelModel): ...\nclass Item(Shape): ...\nclass Other(Unknown): ...\n"
        ),
    }

    assert _found(tmp_path, files, "[rules.LC302]\nshare = 0.5\n") == ["app.api.items:Shape", "app.api.items:Item"]


def test_a_base_class_that_stands_in_no_layer_is_followed(tmp_path: Path) -> None:
    files = {
        "app/core/camel.py": "from pydantic import BaseModel as B\nclass Rigid(B): ...\nclass Camel(Rigid): ...\n",
        "app/core/__init__.py": "from .camel import *\nfrom dataclasses import dataclass\n@dataclass\nclass Data: ...\n",
        "app/api/items.py": "import pydantic\nfrom app.core import *\nfrom app.core import Camel, Data\n"
        "class Item(Camel): ...\nclass Other(Data): ...\n",
    }

    assert _found(tmp_path, files) == ["app.api.items:Item"]


@pytest.mark.parametrize(
    "text",
    [
        PYDANTIC + "class _Row(BaseModel): ...\n",
        PYDANTIC + "class MailConfig(BaseModel): ...\n",
        PYDANTIC + "class LoginForm(BaseModel): ...\n",
        "from pydantic_settings import BaseSettings\nimport pydantic\nclass Mail(BaseSettings): ...\n",
        PYDANTIC + "class View:\n    class Input(BaseModel): ...\n",
        PYDANTIC + "def make():\n    class Item(BaseModel): ...\n    return Item\n",
        "import pydantic\nfrom enum import Enum\nclass Item(Enum): ...\n",
        "import pydantic\nclass Item(ValueError): ...\n",
        "import pydantic\nfrom typing import NamedTuple\nclass Item(NamedTuple): ...\n",
    ],
)
def test_what_is_no_schema_of_the_api_is_fine_in_api(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, {"app/api/items.py": text}) == []


def test_in_services_only_what_is_called_like_a_shape_of_the_api(tmp_path: Path) -> None:
    text = (
        PYDANTIC
        + "class GithubUser(BaseModel): ...\nclass ScrapedPage(BaseModel): ...\nclass UserUpdate(BaseModel): ...\n"
    )

    assert _found(tmp_path, {"app/services/items.py": text}) == ["app.services.items:UserUpdate"]


def test_models_wiring_and_modules_without_a_role_may_hold_data_of_their_own(tmp_path: Path) -> None:
    files = {"app/models/item.py": HOME, "app/config.py": HOME, "app/events.py": HOME, "app/utils/pages.py": HOME}

    assert _found(tmp_path, files) == []


def test_schemas_in_the_api_are_the_convention_where_there_are_many(tmp_path: Path) -> None:
    assert _found(tmp_path, {"app/api/items.py": HOME}) == []


def test_a_module_named_for_its_schemas_is_a_home_for_them(tmp_path: Path) -> None:
    files = {"app/api/user/request.py": HOME, "app/api/databases/payloads.py": HOME}

    assert _found(tmp_path, files) == []


def test_without_a_home_nothing_is_misplaced(tmp_path: Path) -> None:
    item = PYDANTIC + "class Item(BaseModel): ...\n"

    assert _found(tmp_path, {"app/schemas/user.py": "", "app/api/items.py": item}) == []


def test_types_of_graphql_are_its_contract(tmp_path: Path) -> None:
    assert _found(tmp_path, {"app/graphql/items.py": PYDANTIC + "class Item(BaseModel): ...\n"}) == []
