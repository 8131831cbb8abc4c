from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.model.severity import Severity
from tests.rules.layers.shop import BACKEND, MODULES, check_imports
from tests.running import check_tree, imports_reported, of_rule

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("imported", ["api", "services", "models", "db"])
def test_a_schema_that_imports_a_layer(tmp_path: Path, imported: str) -> None:
    report = check_imports(tmp_path, {"schemas": f"from {{{imported}}} import x\n"})

    assert imports_reported(report, "LC103") == [f"app.schemas.user -> {MODULES[imported]}"]
    (finding,) = of_rule(report, "LC103")
    assert finding.message == (
        f"`schemas` is isolated and must not import `{imported}`: app.schemas.user imports {MODULES[imported]}"
    )
    assert finding.notes[0] == "allowed: `schemas` may import utils, modules without a layer"


@pytest.mark.parametrize("imported", ["utils", "config", "free"])
def test_what_a_schema_may_import(tmp_path: Path, imported: str) -> None:
    report = check_imports(tmp_path, {"schemas": f"from {{{imported}}} import x\nfrom . import other\n"})

    assert imports_reported(report, "LC103") == []


def test_an_entry_point_is_the_matter_of_another_rule(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"schemas": "from {main} import app\n"})

    assert [each.code for each in report.findings if each.code != "LC107"] == ["LC105"]


def test_imports_for_the_type_checker_only_do_not_count(tmp_path: Path) -> None:
    text = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from {models} import User\n"

    assert imports_reported(check_imports(tmp_path / "a", {"schemas": text}), "LC103") == []
    configuration = 'rules.LC103.imports = ["runtime", "typing"]\n'
    assert len(imports_reported(check_imports(tmp_path / "b", {"schemas": text}, configuration), "LC103")) == 1


def test_a_helper_of_a_module_that_is_only_likely_a_service_may_pass(tmp_path: Path) -> None:
    files = {f"app/utils/{name}.py": "from app.api.users import router\n\ndef f(): return 1\n" for name in "abc"}
    text = "from app.utils.a import f\n\nSIZE = f()\n"

    assert imports_reported(check_imports(tmp_path, {"schemas": text}, files=files), "LC103") == []


def test_a_package_that_is_likely_one_of_schemas_may_pass_on_what_lies_in_it(tmp_path: Path) -> None:
    shapes = "from pydantic import BaseModel\n\nclass Head(BaseModel): ...\n"
    package = f"{shapes}\nfrom app.models.repos.base import Repo\n"
    base = "class Repo:\n    def load(self): ...\n"
    files = {"app/models/repos/__init__.py": package, "app/models/repos/base.py": base, "app/models/shapes.py": shapes}

    assert imports_reported(check_imports(tmp_path, {}, files=files), "LC103") == []


def test_isolated_layers_of_ones_own(tmp_path: Path) -> None:
    files = {
        "app/web.py": "import app.shapes\n",
        "app/data.py": "",
        "app/shapes.py": "import app.data, app.events\n",
        "app/events.py": "import app.web, app.shapes\n",
    }
    configuration = """
    layers = ["app.web", "app.data"]
    isolated = ["shapes", "events"]
    roles.shapes = ["app.shapes"]
    roles.events = ["app.events"]
    """

    assert imports_reported(check_tree(tmp_path, files, configuration), "LC103") == [
        "app.events -> app.web",
        "app.shapes -> app.data",
    ]


def test_nothing_is_isolated_if_the_configuration_says_so(tmp_path: Path) -> None:
    report = check_imports(tmp_path, {"schemas": "from {models} import User\n"}, "isolated = []\n")

    assert imports_reported(report, "LC103") == []


SERIALIZERS = {
    "serializer": "from rest_framework import serializers\n\nclass Out(serializers.Serializer): ...\n",
    "field": "from rest_framework import serializers\n\nclass Name(serializers.CharField): ...\n",
    "of another library": "from djoser.serializers import UserSerializer\n\nclass Out(UserSerializer): ...\n",
    "own": "from app.base import BaseSerializer\n\nclass Out(BaseSerializer): ...\n",
    "form": "from django import forms\n\nclass UserForm(forms.ModelForm): ...\n",
    "filter": "import django_filters\n\nclass Users(django_filters.FilterSet): ...\n",
    "graphene": "from graphene_django import DjangoObjectType\n\nclass User(DjangoObjectType): ...\n",
    "mutation": "import graphene\n\nclass Save(graphene.Mutation): ...\n",
    "strawberry": "import strawberry\n\n@strawberry.type\nclass User: ...\n",
}
PLAIN = {
    "pydantic": "from pydantic import BaseModel\n\nclass Out(BaseModel): ...\n",
    "called like a serializer": "from pydantic import BaseModel\n\nclass OutSerializer(BaseModel): ...\n",
    "own base": "from app.shapes import ShapeSerializer\n\nclass Out(ShapeSerializer): ...\n",
    "ninja": "from ninja import ModelSchema\n\nclass Out(ModelSchema): ...\n",
    "marshmallow": "from marshmallow import Schema\n\nclass Out(Schema): ...\n",
    "dataclass": "import dataclasses\n\n@dataclasses.dataclass\nclass Out: ...\n",
    "exception": "from rest_framework import serializers\n\nclass Wrong(serializers.ValidationError): ...\n",
    "functions": "from rest_framework import serializers\n\ndef show(user): return serializers.ValidationError()\n",
    "enum of GraphQL": "import graphene\n\nclass Role(graphene.Enum): ...\n",
}
BASES = {
    "app/base.py": "class BaseSerializer:\n    def save(self): ...\n",
    "app/shapes.py": "from pydantic import BaseModel\n\nclass ShapeSerializer(BaseModel): ...\n",
    "app/services/users.py": "class Register:\n    def run(self): ...\n",
    "app/db/session.py": "def load(name): return open(name)\n",
}
TAKEN = "from app.services.users import Register\nfrom app.db.session import load\n"


@pytest.mark.parametrize("text", SERIALIZERS.values(), ids=SERIALIZERS)
def test_a_serializer_may_import_what_lies_below_the_api(tmp_path: Path, text: str) -> None:
    report = check_tree(tmp_path / "a", BACKEND | BASES | {"app/schemas/user.py": text + TAKEN})

    (finding,) = of_rule(report, "LC103")
    assert finding.severity is Severity.INFO
    assert finding.message == (
        "2 imports by serializers or forms are allowed: app.schemas.user takes the class `Register` from"
        " app.services.users"
    )
    isolated = "rules.LC103.isolate-serializers = true\n"
    report = check_tree(tmp_path / "b", BACKEND | BASES | {"app/schemas/user.py": text + TAKEN}, isolated)
    assert len(imports_reported(report, "LC103")) == 2


@pytest.mark.parametrize("text", PLAIN.values(), ids=PLAIN)
def test_a_plain_schema_may_not(tmp_path: Path, text: str) -> None:
    report = check_tree(tmp_path, BACKEND | BASES | {"app/schemas/user.py": text + TAKEN})

    assert imports_reported(report, "LC103") == [
        "app.schemas.user -> app.services.users",
        "app.schemas.user -> app.db.session",
    ]


def test_a_serializer_may_not_import_the_api(tmp_path: Path) -> None:
    text = SERIALIZERS["serializer"] + "from app.api.users import show\n"
    files = {"app/schemas/user.py": text, "app/api/users.py": "def show(): return 1\n"}

    report = check_tree(tmp_path, BACKEND | files)

    assert imports_reported(report, "LC103") == ["app.schemas.user -> app.api.users"]
    assert of_rule(report, "LC103")[0].severity is Severity.ERROR


def test_one_import_of_a_serializer_is_counted_in_the_singular(tmp_path: Path) -> None:
    text = SERIALIZERS["serializer"] + "from app.services.users import Register\n"
    (finding,) = of_rule(check_tree(tmp_path, BACKEND | BASES | {"app/schemas/user.py": text}), "LC103")

    assert finding.message.startswith("1 import by a serializer or form is allowed: app.schemas.user takes")
    assert finding.notes == ("help: to report them, set `isolate-serializers = true` in `rules.LC103`",)


@pytest.mark.parametrize(
    ("text", "reported"),
    [
        ("class Shown:\n    def show(self): ...\n", 0),
        ("def show(user): return user\n", 0),
        ("", 0),
        (PLAIN["pydantic"], 2),
    ],
)
def test_what_lies_beside_serializers_in_their_folder_may_as_well(tmp_path: Path, text: str, reported: int) -> None:
    files = {"app/schemas/mixins.py": text + TAKEN, "app/schemas/user.py": SERIALIZERS["serializer"]}

    report = check_tree(tmp_path / "a", BACKEND | BASES | files)
    assert len([each for each in of_rule(report, "LC103") if each.severity is not Severity.INFO]) == reported
    alone = check_tree(tmp_path / "b", BACKEND | BASES | {"app/schemas/mixins.py": text + TAKEN})
    assert len(imports_reported(alone, "LC103")) == 2


@pytest.mark.parametrize(
    ("text", "judged"),
    [
        ("from .views import show\n__all__ = ['show']\n", False),
        ("from .views import show\n\ndef run(): show()\n", True),
        ("from app.api.users import show\n", True),
    ],
)
def test_a_module_that_defines_nothing_may_pass_on_what_lies_beside_it(
    tmp_path: Path, text: str, *, judged: bool
) -> None:
    view = "from fastapi import APIRouter\nrouter = APIRouter()\n\n@router.get('/')\ndef show(): ...\n"
    files = {"app/badges/schema.py": text, "app/badges/views.py": view, "app/api/users.py": view}

    assert bool(of_rule(check_tree(tmp_path, BACKEND | files), "LC103")) == judged


ARGUMENTS = "from pydantic import BaseModel\n\nclass Arguments(BaseModel): ...\n"


@pytest.mark.parametrize(("path", "judged"), [("app/robots/write.py", False), ("app/robots/write_schema.py", True)])
def test_what_nothing_but_a_class_makes_one_of_schemas_is_counted_not_judged(
    tmp_path: Path, path: str, *, judged: bool
) -> None:
    report = check_tree(
        tmp_path, BACKEND | BASES | {path: f"{ARGUMENTS}\nclass Write(Arguments):\n    def run(self): ...\n{TAKEN}"}
    )

    assert bool(of_rule(report, "LC103")) == judged
    reasons = [each.reason for each in report.coverage.stood_down if each.code == "LC103"]
    assert [reason.partition(" by")[0] for reason in reasons] == ([] if judged else ["2 imports"])


@pytest.mark.parametrize(
    ("imported", "text", "judged"),
    [
        ("app/api/versions.py", "def show(name): return open(name)\n", False),
        ("app/api/versions.py", "from fastapi import APIRouter\n\nshow = APIRouter()\n", True),
        ("app/api/versions.py", "from fastapi import APIRouter\n\nrouter = APIRouter()\n\ndef show(): ...\n", True),
    ],
)
def test_what_lies_in_the_folder_of_the_api_beside_its_schemas_serves_them(
    tmp_path: Path, imported: str, text: str, *, judged: bool
) -> None:
    module = imported.removesuffix(".py").replace("/", ".")
    schema = f"from {module} import show\n{PLAIN['pydantic']}"
    files = {imported: text, "app/api/schemas/user.py": schema}

    report = check_tree(tmp_path / "a", BACKEND | files)
    assert bool(of_rule(report, "LC103")) == judged
    assert bool([each for each in report.coverage.stood_down if each.code == "LC103"]) != judged
    elsewhere = check_tree(tmp_path / "b", BACKEND | {imported: text, "app/schemas/user.py": schema})
    assert of_rule(elsewhere, "LC103")


def test_serializers_in_another_folder_change_nothing(tmp_path: Path) -> None:
    files = {"app/orders/schemas.py": TAKEN, "app/orders/serializers.py": SERIALIZERS["serializer"]}

    assert len(imports_reported(check_tree(tmp_path, BACKEND | BASES | files), "LC103")) == 2
