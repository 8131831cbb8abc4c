from __future__ import annotations

from typing import TYPE_CHECKING

import tomli
from hypothesis import given, strategies as st

from layercheck.config.description import describe
from layercheck.config.loaded_configuration import LoadedConfiguration, load_configuration
from layercheck.config.schema import Configuration

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """\
[tool.layercheck]
exhaustive = true
layers = ["api", "services", "models : db"]
exclude = ['a "quoted" \\ name', "tab\\tand \\u007f", "no # comment"]

[tool.layercheck.roles]
api = ["managers", "app.web"]
scripts = []

[tool.layercheck.severity]
LC101 = "info"

[tool.layercheck.rules.LC106]
imports = ["runtime"]
limits = { depth = 3, "per module" = [1.5, true] }
since = 2024-01-01

[tool.layercheck.rules.empty]

[tool.layercheck.per-path-ignores]
"tests/**" = ["LC1"]
"""


def test_it_loads_as_the_same_configuration(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(TEXT)
    loaded = load_configuration(path, overrides={"select": ("LC1",)})
    again = tmp_path / "layercheck.toml"
    again.write_text(describe(loaded))
    assert load_configuration(again).configuration == loaded.configuration


def test_every_key_says_where_it_comes_from(tmp_path: Path) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_text(TEXT)
    lines = describe(load_configuration(path, overrides={"select": ["LC1"]})).splitlines()
    assert lines[0] == f"# The configuration in force ({path})."
    assert 'preset = "layered"  # default' in lines
    assert "exhaustive = true  # pyproject.toml:2" in lines
    assert 'layers = ["api", "services", "models : db"]  # pyproject.toml:3' in lines
    assert 'closed = ["services"]  # preset layered, as far as layers allows (pyproject.toml:3)' in lines
    assert 'select = ["LC1"]  # --select' in lines
    assert 'main = ["main", "app", "asgi", "wsgi", "manage", "__main__"]  # preset layered' in lines
    assert "]  # preset layered, pyproject.toml:7" in lines
    assert 'LC101 = "info"  # pyproject.toml:11' in lines
    assert 'imports = ["runtime"]  # pyproject.toml:14' in lines
    assert "[rules.empty]  # pyproject.toml:18" in lines
    assert '"tests/**" = ["LC1"]  # pyproject.toml:21' in lines
    assert all(
        "  # " in line or line in {"", "]"} or line.startswith(("#", "[", "    ")) or line.endswith("[")
        for line in lines
    )


def test_without_a_file() -> None:
    text = describe(load_configuration(None))
    assert text.startswith("# The configuration in force (no configuration file).\n")
    assert "[severity]  # default\n" in text
    assert "\n\n\n" not in text


@given(st.lists(st.text("ab#=\"'[], \\\n\r\t\x00\x1b\x7f\x85\u2028é\U0001f600"), max_size=5))
def test_any_text_survives(patterns: list[str]) -> None:
    loaded = LoadedConfiguration(Configuration(exclude=tuple(patterns)))
    assert tomli.loads(describe(loaded))["exclude"] == patterns


def test_what_can_be_written_in_no_toml_is_replaced() -> None:
    loaded = LoadedConfiguration(Configuration(exclude=("caf\udce9",)))
    assert tomli.loads(describe(loaded))["exclude"] == ["caf?"]
