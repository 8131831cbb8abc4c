"""The pages for users say what is true: commands run, configurations are valid, options and rules exist."""

from __future__ import annotations

import importlib
import pkgutil
import re
import textwrap
from pathlib import Path

import click
import pytest

from layercheck.cli import commands
from layercheck.commands.init.ci_job import ci_snippet
from layercheck.plugins.built_in import builtin_rules
from tests.running import run_here, write_tree
from tests.tutorial_page import follow

ROOT = Path(__file__).parents[1]
PAGES = {path.name: path.read_text("utf-8") for path in (ROOT / "README.md", *(ROOT / "docs").glob("*.md"))}
USER_PAGES = sorted(PAGES.keys() - {"writing-rules.md", "configuration.md"})
OTHER_TOOLS = {"--contract", "--with", "--from", "--project", "--peer-limit", "--quiet"} | {
    "--cached",
    "--name-only",
    "--diff-filter",
    "--deselect",
    "--compile-bytecode",
    "--layercheck",
    "--work",
    "--lf",
}
"""Options of import-linter, uv, git, pip, pytest and our benchmarks, which the pages also name."""


def _options() -> set[str]:
    modules = [
        importlib.import_module(f"{commands.__name__}.{each.name}") for each in pkgutil.iter_modules(commands.__path__)
    ]
    parameters = [parameter for module in modules for parameter in module.command.params]
    return {
        name for each in parameters if isinstance(each, click.Option) for name in (*each.opts, *each.secondary_opts)
    }


def test_the_tutorial_can_be_followed(tmp_path: Path) -> None:
    done = list(follow(PAGES["tutorial.md"], tmp_path))

    assert len(done) > 10
    assert [(each.text, each.missing(), each.printed) for each in done if each.missing()] == []


def test_the_tutorial_shows_the_job_that_init_prints(tmp_path: Path) -> None:
    shown = re.findall(r"```yaml\n(.*?)```", PAGES["tutorial.md"], re.DOTALL)

    assert shown == [ci_snippet(tmp_path, tmp_path).text]


@pytest.mark.parametrize("name", USER_PAGES)
def test_the_configurations_of_a_page_are_valid(name: str, tmp_path: Path) -> None:
    blocks = [
        textwrap.dedent(block)
        for block in re.findall(r"^ *```toml\n(.*?)^ *```", PAGES[name], re.DOTALL | re.MULTILINE)
    ]
    for index, block in enumerate(block for block in blocks if block.startswith("[tool.layercheck")):
        folder = write_tree(tmp_path / str(index), {"pyproject.toml": block})

        outcome = run_here("config", "--no-plugins", folder)

        assert (outcome.code, outcome.err) == (0, ""), block


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_options_that_a_page_names_exist(name: str) -> None:
    named = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", PAGES[name]))

    assert named - _options() - OTHER_TOOLS - {"--help", "--check", "--version"} == set()


@pytest.mark.parametrize("name", sorted(PAGES))
def test_the_rules_that_a_page_names_exist(name: str) -> None:
    codes = {rule.code for rule in builtin_rules()}

    assert set(re.findall(r"\bLC\d{3}\b", PAGES[name])) - codes == set()


@pytest.mark.parametrize("name", USER_PAGES)
def test_the_commands_that_a_page_names_exist(name: str) -> None:
    known = {each.name.replace("_", "-") for each in pkgutil.iter_modules(commands.__path__)}
    scripts = "".join(re.findall(r"^```bash\n(.*?)^```", PAGES[name], re.DOTALL | re.MULTILINE))
    named = set(re.findall(r"`layercheck ([a-z][a-z-]*)", PAGES[name]))
    named |= set(re.findall(r"^layercheck ([a-z][a-z-]*)", scripts, re.MULTILINE))

    assert named - known == set()


def test_the_page_of_exit_codes_names_every_command() -> None:
    table = PAGES["exit-codes.md"].partition("## By command")[2]
    known = {each.name.replace("_", "-") for each in pkgutil.iter_modules(commands.__path__)}

    assert known - set(re.findall(r"`([a-z-]+)`", table)) == set()


def test_the_readme_and_the_first_page_link_every_page() -> None:
    pages = {path.name for path in (ROOT / "docs").glob("*.md")} - {"index.md"}
    readme = set(re.findall(r"\]\(docs/([\w-]+\.md)", PAGES["README.md"]))
    index = set(re.findall(r"\]\(([\w-]+\.md)", PAGES["index.md"]))

    assert (pages - readme, pages - index) == (set(), set())
    assert {name for name in readme if not (ROOT / "docs" / name).is_file()} == set()
