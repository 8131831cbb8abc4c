from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import pytest

from tests.rules.fastapi.backends import LAYERED, check_api, lines_of
from tests.running import run_here, write_project

if TYPE_CHECKING:
    from pathlib import Path

MODELS = """\
    from pydantic import BaseModel, Extra, field_validator, validator


    class User(BaseModel):
        name: str

        class Config:
            orm_mode = True
            extra = Extra.forbid
            schema_extra = {
                "example": {},
            }

        @validator("name", pre=True)
        def strip(cls, value):
            return value.strip()


    class Strange(BaseModel):
        class Config:
            # why
            orm_mode = True

        @validator("name", each_item=True)
        def strip(cls, value):
            return value
    """
CONFIG = "from pydantic import BaseModel\nclass A(BaseModel):\n    class Config:\n        orm_mode = True\n"


def _fix(root: Path, *options: str) -> str:
    write_project(root, LAYERED | {"app/schemas/user.py": MODELS})
    run_here("check", "--select", "LC504", "--fix", *options, root)
    return (root / "app/schemas/user.py").read_text("utf-8")


def test_a_config_is_replaced_where_that_is_sure(tmp_path: Path) -> None:
    assert _fix(tmp_path) == textwrap.dedent(
        """\
        from pydantic import BaseModel, Extra, field_validator, validator, ConfigDict


        class User(BaseModel):
            name: str

            model_config = ConfigDict(from_attributes=True, extra="forbid", json_schema_extra={
                    "example": {},
                })

            @validator("name", pre=True)
            def strip(cls, value):
                return value.strip()


        class Strange(BaseModel):
            class Config:
                # why
                orm_mode = True

            @validator("name", each_item=True)
            def strip(cls, value):
                return value
        """
    )


def test_validators_are_replaced_by_those_who_dare(tmp_path: Path) -> None:
    text = _fix(tmp_path, "--unsafe-fixes")

    assert '    @field_validator("name", mode="before")\n    @classmethod\n    def strip(cls, value):\n' in text
    assert '    @validator("name", each_item=True)\n' in text


def test_what_cannot_be_fixed_is_still_told(tmp_path: Path) -> None:
    report = check_api(tmp_path, "LC504", "", {"app/schemas/user.py": MODELS})

    assert [(each.object, each.fix is not None) for each in report.findings] == [
        ("User.Config", True),
        ("User.strip validator", True),
        ("Strange.Config", False),
        ("Strange.strip validator", False),
    ]


def test_code_for_both_versions_is_left_alone(tmp_path: Path) -> None:
    text = (
        "import pydantic\nclass A(pydantic.BaseModel):\n    if pydantic.VERSION.startswith('2.'):\n"
        "        model_config = pydantic.ConfigDict(frozen=True)\n    else:\n        class Config:\n            frozen = True\n"
        "        @pydantic.root_validator\n        def check(cls, values): ...\n"
    )

    assert (
        lines_of(
            check_api(
                tmp_path,
                "LC504",
                "",
                {"app/schemas/a.py": text, "app/schemas/b.py": "from pydantic import TypeAdapter\n"},
            )
        )
        == []
    )


@pytest.mark.parametrize(
    "elsewhere",
    [
        "from pydantic import ConfigDict\n",
        "from pydantic_settings import BaseSettings\n",
        "from pydantic import TypeAdapter\n",
    ],
)
def test_any_module_may_prove_the_version(tmp_path: Path, elsewhere: str) -> None:
    files = {"app/schemas/a.py": CONFIG, "app/schemas/b.py": elsewhere}

    assert lines_of(check_api(tmp_path, "LC504", "", files)) == [3]


@pytest.mark.parametrize(
    "text",
    [
        CONFIG,
        "from pydantic.v1 import BaseModel, validator\nclass A(BaseModel):\n    @validator('x')\n    def f(cls, v): ...\n",
    ],
)
def test_a_project_of_version_1_is_left_alone(tmp_path: Path, text: str) -> None:
    assert lines_of(check_api(tmp_path, "LC504", "", {"app/schemas/a.py": text})) == []


@pytest.mark.parametrize(
    "text",
    [
        "from pydantic import ConfigDict\nclass A:\n    class Config:\n        orm_mode = True\n",
        "from pydantic import ConfigDict\nclass A(Base):\n    class Config:\n        colour = 1\n",
        "from pydantic import ConfigDict\nclass Config:\n    extra = 1\n",
    ],
)
def test_other_classes_of_that_name(tmp_path: Path, text: str) -> None:
    assert lines_of(check_api(tmp_path, "LC504", "", {"app/schemas/a.py": text})) == []


@pytest.mark.parametrize(
    ("files", "is_reported"),
    [
        ({"pyproject.toml": '[project]\ndependencies = [\n  "pydantic[email]>=2.6",\n]\n'}, True),
        ({"pyproject.toml": '[tool.poetry.dependencies]\npydantic = "^2.6"\n'}, True),
        ({"pyproject.toml": '[tool.poetry.dependencies]\npydantic = { version = "~2.1", extras = ["email"] }\n'}, True),
        ({"requirements.txt": "fastapi\npydantic==2.10.1\n"}, True),
        ({"pyproject.toml": '[project]\ndependencies = ["pydantic>=2"]\n'}, True),
        ({"pyproject.toml": '[project]\ndependencies = ["fastapi>=0.1", "pydantic[email]~=2.1"]\n'}, True),
        ({"pyproject.toml": "[dependency-groups]\napi = ['fastapi', 'pydantic>=2,<3']\n"}, True),
        ({"pyproject.toml": 'project = { name = "x", dependencies = ["fastapi", "pydantic>=2"] }\n'}, True),
        ({"pyproject.toml": 'project.dependencies = ["pydantic (>=2.10.6,<3.0.0)"]\n'}, True),
        ({"pyproject.toml": 'project.dependencies = ["pydantic[email] (>=2.10.6,<3.0.0)"]\n'}, True),
        ({"pyproject.toml": '[project]\ndependencies = ["pydantic != 2.1, >= 2"]\n'}, True),
        ({"pyproject.toml": '[project.optional-dependencies]\napi = ["Pydantic >= 2"]\n'}, True),
        ({"pyproject.toml": '[dependency-groups]\ndev = [{include-group = "api"}]\napi = ["pydantic==2.*"]\n'}, True),
        ({"pyproject.toml": '[tool.uv]\ndev-dependencies = ["pydantic>=2"]\n'}, True),
        ({"pyproject.toml": '[tool.pdm.dev-dependencies]\napi = ["pydantic>=2"]\n'}, True),
        ({"pyproject.toml": '[tool.poetry.dependencies]\npydantic = { extras = ["email"], version = "^2.1" }\n'}, True),
        ({"pyproject.toml": '[tool.poetry.group.api.dependencies]\npydantic = "2.*"\n'}, True),
        ({"pyproject.toml": '[tool.poetry.dependencies]\npydantic = [{ version = "^2.1", python = ">=3.9" }]\n'}, True),
        ({"pyproject.toml": '[tool.poetry.dependencies.pydantic]\nversion = ">=2.1,<3"\n'}, True),
        ({"Pipfile": '[packages]\npydantic = ">=2"\n'}, True),
        ({"setup.py": 'setup(install_requires=["fastapi", "pydantic[email]>=2"])\n'}, True),
        ({"setup.cfg": "[options]\ninstall_requires =\n    fastapi\n    pydantic >= 2\n"}, True),
        ({"environment.yml": "dependencies:\n  - pydantic=2.6\n"}, True),
        ({"pyproject.toml": '[project]\ndependencies = ["pydantic>=1.10,<3"]\n'}, False),
        ({"pyproject.toml": '[project]\ndependencies = ["pydantic<2"]\n'}, False),
        (
            {"pyproject.toml": '[project]\ndependencies = ["pydantic"]\n[tool.mypy]\nplugins = ["pydantic.mypy"]\n'},
            False,
        ),
        ({"pyproject.toml": '[tool.poetry.dependencies]\npydantic = "*"\n'}, False),
        ({"pyproject.toml": '[tool.poetry.dependencies]\npydantic = { git = "https://example.org/2" }\n'}, False),
        ({"pyproject.toml": '[project]\ndependencies = ["my-pydantic>=2"]\n'}, False),
        ({"uv.lock": '[[package]]\nname = "pydantic"\nversion = "2.10.1"\n'}, True),
        ({"Pipfile.lock": '{"default": {"pydantic": {"hashes": [], "version": "==2.1.0"}}}'}, True),
        ({"requirements.txt": "pydantic==1.10.26\n"}, False),
        ({"requirements.txt": "pydantic-settings==2.1\n"}, False),
        ({"requirements.txt": "pydantic>=2\n", "poetry.lock": 'name = "pydantic"\nversion = "1.10.0"\n'}, False),
        ({"requirements.txt": "pydantic\n"}, False),
    ],
)
def test_the_version_that_is_required_counts(tmp_path: Path, files: dict[str, str], is_reported: bool) -> None:
    report = check_api(tmp_path, "LC504", "", {"app/schemas/a.py": CONFIG, **files})

    assert bool(report.findings) is is_reported


def test_who_requires_version_1_is_left_alone_whatever_the_code_says(tmp_path: Path) -> None:
    files = {"app/schemas/a.py": CONFIG, "app/schemas/b.py": "from pydantic import ConfigDict\n"}

    assert lines_of(check_api(tmp_path, "LC504", "", files)) == [3]
    for required in ("pydantic<2,>=1.10", "pydantic==1.10", "pydantic <= 1.10"):
        assert lines_of(check_api(tmp_path, "LC504", "", files | {"requirements.txt": f"{required}\n"})) == []
