from __future__ import annotations

import pytest
from hypothesis import given, strategies as st

from layercheck.python.outline import ClassOutline, Outline, read_outline


def test_classes_stand_with_their_bases() -> None:
    text = b"class User(db.Model, Generic[T], metaclass=Meta):\n    class Meta(Other): ...\nclass Plain:\n    pass\n"

    assert read_outline(text).classes == (ClassOutline("User", ("db.Model", "Generic")), ClassOutline("Plain"))


def test_bases_may_take_several_lines() -> None:
    assert read_outline(b"class Item(\n    Base,\n    SQLModel,\n    table=True,\n):\n").classes == (
        ClassOutline("Item", ("Base", "SQLModel"), is_table=True),
    )


def test_decorators_and_calls_are_listed_once() -> None:
    text = b'router = APIRouter(prefix="/a")\n@router.get("/")\ndef a(): ...\n@router.get("/b")\nasync def b(): ...\n'

    outline = read_outline(text)

    assert (outline.decorators, outline.calls, outline.functions) == (("router.get",), ("APIRouter",), 2)


@pytest.mark.parametrize(
    ("parameters", "is_counted"),
    [
        ("request", True),
        ("request: HttpRequest", True),
        ("self, request, *args", True),
        ("request: web.Request", True),
        ("request: OrderPayload", False),
        ("request: CreateOrderRequest", False),
        ('request: "CreateOrderRequest"', False),
        ('request: "HttpRequest"', True),
        ("requests", False),
        ("user, request", False),
    ],
)
def test_functions_that_take_a_request_are_counted(parameters: str, is_counted: bool) -> None:
    assert read_outline(f"def view({parameters}):\n    pass\n".encode()).request_takers == is_counted


def test_an_application_that_a_function_makes_is_told_apart() -> None:
    outline = read_outline(b"def create_app():\n    app = Flask(__name__)\n    return app\n")

    assert (outline.local_calls, outline.calls) == (("Flask",), ())


@pytest.mark.parametrize("quotes", ['"""', "'''"])
@pytest.mark.parametrize(
    "example",
    [
        "    @router.get('/')\n    def read(): ...",
        "app = FastAPI()",
        "    app = Flask()",
    ],
)
def test_an_example_in_a_docstring_is_no_code(quotes: str, example: str) -> None:
    text = f"from fastapi import FastAPI\n\n\ndef connect():\n    {quotes}Connect, as in\n\n{example}\n    {quotes}\n"

    assert read_outline(text.encode()) == Outline(functions=1)


def test_what_stands_in_a_docstring_and_below_it_counts() -> None:
    text = b'"""Users.\n\n@router.get("/")\n"""\n\nrouter = APIRouter()\n\n\n@router.get("/")\ndef read(): ...\n'

    assert read_outline(text) == Outline(decorators=("router.get",), calls=("APIRouter",), functions=1)


def test_line_ends_of_windows_are_line_ends() -> None:
    assert read_outline(b"import os\r\nclass A(B):\r\n    pass\r\n").classes == (ClassOutline("A", ("B",)),)


def test_nothing_but_comments_and_imports_is_empty() -> None:
    assert read_outline(b'"""A package."""\n\nimport os\n# class A(B): ...\n') == Outline()


@given(st.binary(max_size=300))
def test_any_bytes_have_an_outline(data: bytes) -> None:
    read_outline(data)
