"""Helpers that use layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.project.evidence.backend import modules_of

if TYPE_CHECKING:
    from pathlib import Path


def test_helpers_most_of_which_use_layers_are_no_leaf(tmp_path: Path) -> None:
    busy = {f"app/utils/{name}.py": "from app.services.orders import place\n\ndef f(): ...\n" for name in "abc"}
    leaf = {"app/utils/text.py": "def slug(text): ...\n"}

    modules = modules_of(tmp_path, busy | leaf)

    assert {(modules[path].guess, str(modules[path].certainty)) for path in busy} == {("services", "guess")}
    assert modules["app/utils/text.py"].role == "utils"


def test_one_helper_that_uses_a_layer_stays_a_helper(tmp_path: Path) -> None:
    files = {
        "app/utils/a.py": "from app.services.orders import place\n\ndef f(): ...\n",
        "app/utils/b.py": "def g(): ...\n",
    }

    assert modules_of(tmp_path, files)["app/utils/a.py"].role == "utils"


def test_a_helper_that_uses_layers_through_others_only_has_no_role(tmp_path: Path) -> None:
    files = {f"app/utils/{name}.py": "from app.services.orders import place\n\ndef f(): ...\n" for name in "abc"}
    files["app/utils/d.py"] = "from app.utils.a import f\n\ndef g(): ...\n"

    module = modules_of(tmp_path, files)["app/utils/d.py"]

    assert module.shown_role is None
    assert module.evidence == "4 of 4 files there use layers, so it is no leaf"
