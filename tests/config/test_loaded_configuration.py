from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from typing import TYPE_CHECKING

import pytest

from layercheck.config.loaded_configuration import find_configuration, load_configuration
from layercheck.config.origins import Origin
from layercheck.config.preset import read_preset
from layercheck.errors import ConfigurationError
from layercheck.model.severity import Severity

if TYPE_CHECKING:
    from pathlib import Path

PRESET = read_preset("layered")
HEXAGONAL = read_preset("hexagonal")


def write(folder: Path, text: str, name: str = "layercheck.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


class TestFinding:
    def test_the_nearest_file_upward(self, tmp_path: Path) -> None:
        outer = write(tmp_path, "")
        inner = write(tmp_path, "", "backend/layercheck.toml")
        (tmp_path / "backend/app/api").mkdir(parents=True)
        (tmp_path / "frontend").mkdir()
        assert find_configuration(tmp_path / "backend/app/api") == inner
        assert find_configuration(tmp_path / "frontend") == outer
        assert find_configuration(tmp_path / "frontend/../backend") == inner

    def test_the_order_within_a_folder(self, tmp_path: Path) -> None:
        pyproject = write(tmp_path, "[tool.layercheck]", "pyproject.toml")
        assert find_configuration(tmp_path) == pyproject
        hidden = write(tmp_path, "", ".layercheck.toml")
        assert find_configuration(tmp_path) == hidden
        own = write(tmp_path, "")
        assert find_configuration(tmp_path) == own

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "[project]\nname = 'x'\ndependencies = ['layercheck']",
            "[tool.ruff]",
            "tool = 'layercheck'",
            "[tool.layercheckers]",
            "layercheck = []",
        ],
    )
    def test_a_pyproject_that_does_not_speak_to_us_is_passed_over(self, tmp_path: Path, text: str) -> None:
        above = write(tmp_path, "")
        write(tmp_path, text, "backend/pyproject.toml")
        assert find_configuration(tmp_path / "backend") == above

    @pytest.mark.parametrize(
        "text", ["[tool.layercheck]", "[tool]\nlayercheck = {}", "tool . 'layercheck' . layers = []"]
    )
    def test_every_way_to_write_the_table(self, tmp_path: Path, text: str) -> None:
        assert find_configuration(tmp_path) != tmp_path / "pyproject.toml"
        path = write(tmp_path, text, "pyproject.toml")
        assert find_configuration(tmp_path) == path

    def test_a_broken_pyproject_with_our_table_is_a_mistake(self, tmp_path: Path) -> None:
        write(tmp_path, "[tool.layercheck]\nlayers = [", "pyproject.toml")
        with pytest.raises(ConfigurationError, match=r"pyproject\.toml:2: column 11: not valid TOML"):
            find_configuration(tmp_path)

    @pytest.mark.parametrize(
        ("data", "said"),
        [
            (b"[tool.black\nx = 1", r"pyproject\.toml:1: column 12: not valid TOML"),
            (b"[project]\nname = {{ name }}", r"pyproject\.toml:2: column 9: not valid TOML"),
            (b"[tool]\nlayercheck = {", r"pyproject\.toml:2: column 15: not valid TOML"),
            (b"[project]\nname = '\xff'", r"pyproject\.toml:2: column 9: the byte 0xff is not UTF-8"),
            (b"\xef\xbb\xbf[project]", r"pyproject\.toml:1: starts with a byte order mark"),
        ],
    )
    def test_a_pyproject_that_is_no_toml_is_never_passed_over(self, tmp_path: Path, data: bytes, said: str) -> None:
        (tmp_path / "pyproject.toml").write_bytes(data)
        (tmp_path / "app").mkdir()
        for folder in (tmp_path, tmp_path / "app"):
            with pytest.raises(ConfigurationError, match=said):
                find_configuration(folder)

    @pytest.mark.parametrize("name", ["layer-check", "LayerCheck", "LAYERCHECK", "layerchek", "layerchecks"])
    def test_a_table_of_nearly_our_name_is_a_mistake(self, tmp_path: Path, name: str) -> None:
        write(tmp_path, f"[tool.ruff]\n\n[tool.{name}]\nfail-on = 'warning'\n", "pyproject.toml")
        with pytest.raises(ConfigurationError, match=rf"pyproject\.toml:3: expected .*\[tool\.{name}\]"):
            find_configuration(tmp_path)

    @pytest.mark.parametrize("name", ["layercheck", "LayerCheck"])
    def test_a_table_without_the_prefix_is_a_mistake(self, tmp_path: Path, name: str) -> None:
        write(tmp_path, f"[tool.ruff]\n\n[{name}]\nfail-on = 'warning'\n", "pyproject.toml")
        with pytest.raises(ConfigurationError, match=rf"pyproject\.toml:3: expected .*found \[{name}\]"):
            find_configuration(tmp_path)

    @pytest.mark.parametrize("name", ["layers", "linecheck", "layer", "layercake"])
    def test_a_table_of_another_tool_is_no_mistake(self, tmp_path: Path, name: str) -> None:
        write(tmp_path, f"[tool.{name}]\nfail-on = 'warning'\n", "pyproject.toml")
        assert find_configuration(tmp_path) is None

    def test_a_stronger_file_beside_it_is_enough(self, tmp_path: Path) -> None:
        write(tmp_path, "name = {{ name }}", "pyproject.toml")
        path = write(tmp_path, "")
        assert find_configuration(tmp_path / "app") == path

    def test_folders_with_the_name_of_a_file_are_no_configuration(self, tmp_path: Path) -> None:
        above = write(tmp_path, "")
        (tmp_path / "backend/layercheck.toml").mkdir(parents=True)
        (tmp_path / "backend/pyproject.toml").mkdir()
        assert find_configuration(tmp_path / "backend") == above


class TestLayingOver:
    def test_without_a_file_the_preset_holds(self) -> None:
        loaded = load_configuration(None)
        assert loaded.configuration.layers == ("main", "api", "services", "models : db")
        assert loaded.configuration.closed == ("services",)
        assert loaded.configuration.roles["db"] == tuple(PRESET["roles"]["db"])
        assert (loaded.path, loaded.root, loaded.user_keys) == (None, None, frozenset())

    def test_names_of_roles_are_added_up(self, tmp_path: Path) -> None:
        path = write(tmp_path, 'roles.api = ["app.web", "routes"]\nroles.scripts = ["tasks"]')
        roles = load_configuration(path).configuration.roles
        assert roles["api"] == (*PRESET["roles"]["api"], "app.web")
        assert roles["scripts"] == ("tasks",)
        assert roles["services"] == tuple(PRESET["roles"]["services"])

    def test_a_name_given_to_a_role_leaves_the_role_of_the_preset(self, tmp_path: Path) -> None:
        roles = load_configuration(write(tmp_path, 'roles.db = ["managers"]')).configuration.roles
        assert "managers" in roles["db"]
        assert "managers" not in roles["services"]

    def test_an_order_of_modules_leaves_nothing_of_the_preset_layers(self, tmp_path: Path) -> None:
        configuration = load_configuration(write(tmp_path, 'layers = ["app.web", "services"]')).configuration
        assert configuration.layers == ("app.web", "services")
        assert (configuration.closed, configuration.isolated, configuration.leaf) == ((), (), ())

    def test_an_order_of_roles_keeps_what_still_makes_sense(self, tmp_path: Path) -> None:
        short = load_configuration(write(tmp_path, 'layers = ["api", "(models)"]')).configuration
        assert (short.closed, short.isolated, short.leaf) == ((), ("schemas",), ("utils",))
        long = load_configuration(write(tmp_path, 'layers = ["api", "services", "db"]\nleaf = []')).configuration
        assert (long.closed, long.isolated, long.leaf) == (("services",), ("schemas",), ())

    def test_what_the_user_says_of_an_own_order_holds(self, tmp_path: Path) -> None:
        path = write(tmp_path, 'layers = ["app.web", "app.domain"]\nclosed = ["app.domain"]\nleaf = ["utils"]')
        configuration = load_configuration(path).configuration
        assert (configuration.closed, configuration.isolated, configuration.leaf) == (("app.domain",), (), ("utils",))

    def test_names_of_folders_are_added_to_those_of_the_preset(self, tmp_path: Path) -> None:
        path = write(tmp_path, 'preset = "hexagonal"\nfolders.domain = ["core", "infra"]')
        folders = load_configuration(path).configuration.folders
        assert folders["domain"] == (*HEXAGONAL["folders"]["domain"], "core", "infra")
        assert "infra" not in folders["adapters"]

    def test_an_order_of_ones_own_keeps_the_folders_of_its_layers(self, tmp_path: Path) -> None:
        path = write(tmp_path, 'preset = "hexagonal"\nlayers = ["adapters", "domain"]')
        assert load_configuration(path).configuration.folders.keys() == {"adapters", "domain"}

    @pytest.mark.parametrize(
        ("text", "follows"),
        [
            ("", True),
            ('roles.api = ["doors"]', True),
            ('preset = "layered"', False),
            ('layers = ["api", "db"]', False),
            ('layers = ["inner"]\nfolders.inner = ["core"]', False),
        ],
    )
    def test_a_style_decides_where_nobody_has_chosen(self, tmp_path: Path, text: str, follows: bool) -> None:
        loaded = load_configuration(write(tmp_path, text))
        assert ("domain" in loaded.for_style("hexagonal").folders) is follows

    def test_the_command_line_replaces(self, tmp_path: Path) -> None:
        path = write(tmp_path, 'select = ["LC101"]\nignore = ["LC102"]')
        loaded = load_configuration(path, overrides={"select": ("LC1", "LC2")})
        assert loaded.configuration.select == ("LC1", "LC2")
        assert loaded.configuration.ignore == ("LC102",)

    def test_everything_else(self, tmp_path: Path) -> None:
        (tmp_path / "src").mkdir()
        text = """
        [tool.layercheck]
        source-roots = ["src"]
        packages = ["shop"]
        exclude = ["/legacy/**", "!keep.py"]
        exhaustive = true
        severity.LC101 = "info"
        rules.layer-order.imports = ["runtime"]
        per-path-ignores."tests/**" = ["LC1"]
        """
        path = write(tmp_path, text, "pyproject.toml")
        configuration = load_configuration(path).configuration
        assert configuration.source_roots == ("src",)
        assert configuration.packages == ("shop",)
        assert configuration.exclude == ("/legacy/**", "!keep.py")
        assert configuration.exhaustive
        assert configuration.severity == {"LC101": Severity.INFO}
        assert configuration.rules == {"layer-order": {"imports": ["runtime"]}}
        assert configuration.per_path_ignores == {"tests/**": ("LC1",)}


class TestOrigins:
    def test_preset_file_command_line_and_default(self, tmp_path: Path) -> None:
        text = """\
[tool.layercheck]
exclude = [
  "old",
]
[tool.layercheck.roles]
api = ["web2"]
scripts = ["jobs"]
[tool.layercheck.severity]
LC102 = "info"
[tool.layercheck.per-path-ignores]
"tests/**" = ["LC1"]
"""
        path = write(tmp_path, text, "pyproject.toml")
        loaded = load_configuration(path, overrides={"select": ["LC1"]})
        assert loaded.path == path
        assert loaded.root == tmp_path
        assert loaded.origins["exclude"] == Origin("pyproject.toml:2", path, 2)
        assert loaded.origins["roles.api"] == Origin("preset layered, pyproject.toml:6", path, 6)
        assert loaded.origins["roles.scripts"] == Origin("pyproject.toml:7", path, 7)
        assert loaded.origins["roles.db"] == Origin("preset layered")
        assert loaded.origins["severity.LC102"] == Origin("pyproject.toml:9", path, 9)
        assert loaded.origins['per-path-ignores."tests/**"'].line == 11
        assert loaded.origins["layers"] == Origin("preset layered, or that of a recognised style")
        assert loaded.origins["select"] == Origin("--select")
        assert loaded.origins["ignore"] == Origin("default")
        assert {"exclude", "roles", "roles.api", "severity.LC102"} <= loaded.user_keys
        assert not {"select", "layers", "roles.db"} & loaded.user_keys

    def test_what_follows_from_layers_says_so(self, tmp_path: Path) -> None:
        path = write(tmp_path, 'layers = ["app.web"]\nleaf = []')
        origins = load_configuration(path).origins
        assert origins["closed"] == Origin("preset layered, as far as layers allows (layercheck.toml:1)", path, 1)
        assert origins["leaf"].text == "layercheck.toml:2"


def test_a_right_configuration_is_read_without_the_heavy_modules(tmp_path: Path) -> None:
    path = write(tmp_path, 'layers = ["app.web", "app.db"]\nroles.api = ["app.web"]')
    program = (
        "import sys; from pathlib import Path; from layercheck.config.loaded_configuration import load_configuration; "
        "load_configuration(Path(sys.argv[1])); print(*sys.modules)"
    )
    run = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    heavy = {"difflib", "json", "pathspec", "libcst", "grimp", "rich", "click"}
    ours = {f"layercheck.config.{name}" for name in ("shapes", "toml_lines", "origins", "description", "json_schema")}
    assert all(map(find_spec, ours))
    assert not set(run.stdout.split()) & (heavy | ours)
