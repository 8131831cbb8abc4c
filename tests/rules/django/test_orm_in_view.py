from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rules.django.django_backends import check_django, places_of

if TYPE_CHECKING:
    from pathlib import Path

    from layercheck.model.report import Report

THROUGH = "import django\nfrom shop.orders import {0}\n" + "".join(
    f"def {name}(request):\n    return {{0}}.find()\n" for name in "abcd"
)
HEAD = "import django\nfrom shop.orders.models import Order\n"
QUERY = "        return Order.objects.all()\n"


def _check(root: Path, text: str, name: str = "views", others: str = THROUGH.format("services")) -> Report:
    files = {"shop/users/views.py": others, f"shop/orders/{name}.py": text}
    return check_django(root, "LC702", files)


@pytest.mark.parametrize(
    "definition",
    [
        "def show(request):\n",
        "async def show(request, order_id):\n",
        "@router.get('/orders')\ndef show(request, order_id: int):\n",
        "class Orders(View):\n    def get(self, request):\n",
        "class Orders(generics.ListAPIView):\n    def list(self, request):\n",
        "class Orders(ModelViewSet):\n    def create(self, request):\n",
        "class Orders(serializers.ModelSerializer):\n    def get_total(self, order):\n",
    ],
)
def test_a_query_in_a_view(tmp_path: Path, definition: str) -> None:
    assert len(places_of(_check(tmp_path, HEAD + definition + QUERY))) == 1


def test_selectors_count_as_services(tmp_path: Path) -> None:
    files = {
        "shop/orders/selectors.py": "def find(): ...\n",
        "shop/users/views.py": THROUGH.format("selectors"),
        "shop/orders/views.py": HEAD + "def show(request):\n" + QUERY,
    }

    report = check_django(tmp_path, "LC702", files)

    assert places_of(report) == [("shop/orders/views.py", 4)]
    assert report.findings[0].message == "a view must not query the database itself: `show` uses `Order.objects`"


def test_a_serializer_is_called_one(tmp_path: Path) -> None:
    text = HEAD + "class OrderSerializer(ModelSerializer):\n    def get_total(self, order):\n" + QUERY

    (finding,) = _check(tmp_path, text, "serializers").findings

    assert finding.message.startswith("a serializer must not query the database itself")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("class A(ModelViewSet):\n    queryset = Order.objects.all()\n", "a declaration"),
        ("class A(ModelViewSet):\n    def get_queryset(self):\n" + QUERY, "the framework asks for it"),
        ("class A(ModelSerializer):\n    def create(self, data):\n" + QUERY, "how serializers store"),
        ("class A(ModelSerializer):\n    def validate_name(self, name):\n" + QUERY, "how serializers check"),
        ("def show(request):\n    return Order.objects.get(pk=1)\n", "one by its key"),
        ("def show(request):\n    return get_object_or_404(Order.objects.all(), name=1)\n", "the framework asks"),
        ("def show(request):\n    return Filter(queryset=Order.objects.all())\n", "the filter asks"),
        ("def show(request):\n    return Unknown.objects.all()\n", "nobody knows that it is a table"),
        ("def _find(name):\n" + QUERY, "no view"),
        ("class A(Form):\n    def clean(self):\n" + QUERY, "a form"),
        (
            "from django.contrib.contenttypes.models import *\ndef show(request):\n    ContentType.objects.all()\n",
            "Django remembers them",
        ),
    ],
)
def test_nothing_to_report(tmp_path: Path, text: str, why: str) -> None:
    assert places_of(_check(tmp_path, HEAD + text)) == [], why


@pytest.mark.parametrize("name", ["cart", "admin"])
def test_what_is_no_module_of_views(tmp_path: Path, name: str) -> None:
    assert places_of(_check(tmp_path, HEAD + "def show(request):\n" + QUERY, name)) == []


def test_where_nobody_goes_through_services_nothing_is_reported(tmp_path: Path) -> None:
    assert places_of(_check(tmp_path, HEAD + "def show(request):\n" + QUERY, others="import django\n")) == []
