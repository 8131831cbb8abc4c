"""Helpers that use layers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.project.evidence.backend import BACKEND, modules_of
from tests.running import check_tree, imports_reported

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


def test_a_busy_helper_that_uses_the_api_is_likely_below_it(tmp_path: Path) -> None:
    files = {f"app/utils/{name}.py": "from app.services.orders import place\n\ndef f(): ...\n" for name in "abc"}
    upward = "from app.api.orders import router\n\ndef f(): ...\n"
    files |= {"app/utils/chat.py": upward, "app/utils/init.py": upward}

    modules = modules_of(tmp_path, files)

    chat = modules["app/utils/chat.py"]
    assert (chat.role, str(chat.certainty)) == ("services", "likely")
    assert chat.evidence == "5 of 5 files there use layers, so it is no leaf; this one uses `api`"
    assert modules["app/utils/init.py"].guess == "services", "what sets things up may use everything"
    report = check_tree(tmp_path / "again", {**BACKEND, **files})
    assert imports_reported(report, "LC101") == ["app.utils.chat -> app.api.orders"]


def test_a_helper_that_is_called_like_wiring_and_sets_nothing_up_is_a_busy_one(tmp_path: Path) -> None:
    files = {f"app/utils/{name}.py": "from app.services.orders import place\n\ndef f(): ...\n" for name in "abc"}
    upward = "from app.api.orders import router\n" + "".join(f"\ndef f{n}(): ...\n" for n in range(12))
    files |= {"app/utils/middleware.py": upward, "app/utils/logger.py": upward.replace("\ndef f11(): ...\n", "")}

    modules = modules_of(tmp_path, files)

    assert (modules["app/utils/middleware.py"].role, str(modules["app/utils/middleware.py"].certainty)) == (
        "services",
        "likely",
    )
    assert modules["app/utils/logger.py"].role == "wiring"
    report = check_tree(tmp_path / "again", {**BACKEND, **files})
    assert imports_reported(report, "LC101") == ["app.utils.middleware -> app.api.orders"]
