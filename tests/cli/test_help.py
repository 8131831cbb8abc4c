from __future__ import annotations

import pkgutil
import shlex
from contextlib import chdir
from typing import TYPE_CHECKING

import click
import pytest

from layercheck.cli import commands
from layercheck.cli.command_group import layercheck
from layercheck.cli.command_sections import SECTIONS, sort_into_sections
from layercheck.cli.help_layout import ExplainedCommand, ExplainedGroup, option
from tests.repositories import GitRepository
from tests.running import run_here

if TYPE_CHECKING:
    from pathlib import Path

NAMES = sorted(each.name.replace("_", "-") for each in pkgutil.iter_modules(commands.__path__))
PROJECT = {
    "pyproject.toml": '[project]\nname = "shop"\n',
    ".importlinter": "[importlinter]\nroot_package = app\n[importlinter:contract:1]\nname = order\ntype = layers\n"
    "layers =\n    app.api\n    app.services\n",
    "app/__init__.py": "",
    "app/main.py": "",
    "app/api/__init__.py": "",
    "app/api/orders.py": "from app.services import orders\n",
    "app/services/__init__.py": "",
    "app/services/orders.py": "from app.api import base\n",
    "app/api/base.py": "",
    "tests/test_orders.py": "from app.services import orders\n",
}
SERVERS = {"server", "mcp"}
"""Examples of these run until somebody stops them, and need extras."""


def _find(name: str) -> ExplainedCommand | ExplainedGroup:
    command = layercheck.get_command(click.Context(layercheck), name)
    assert isinstance(command, ExplainedCommand | ExplainedGroup)
    return command


EXAMPLES = [(name, line) for name in NAMES for line, _ in _find(name).examples]


@pytest.fixture
def backend(tmp_path: Path) -> Path:
    """A project with two commits and a change, in which every example means something."""
    repository = GitRepository.make(tmp_path, PROJECT)
    repository.commit({"app/api/users.py": ""})
    repository.write({"app/services/orders.py": "from app.api import base, users\n"})
    return repository.root


def _sections(text: str) -> dict[str, list[str]]:
    """Read the names of the commands or options in each section of a help text."""
    found: dict[str, list[str]] = {}
    title = ""
    for line in text.splitlines():
        if line.endswith(":") and not line.startswith(" "):
            title = line[:-1]
        elif title and line.startswith("  ") and line[2] != " ":
            found.setdefault(title, []).append(line.split()[0].rstrip(","))
    return found


def test_every_command_is_in_exactly_one_section() -> None:
    assert sorted(name for names in SECTIONS.values() for name in names) == NAMES


def test_the_help_lists_the_commands_in_sections() -> None:
    listed = _sections(run_here("--help").out)

    assert {title: tuple(names) for title, names in listed.items() if title in SECTIONS} == SECTIONS
    assert [*listed][:2] == ["Options", "Check"]


def test_a_command_without_a_section_is_listed_last() -> None:
    assert sort_into_sections(["new", "check"]) == {title: [] for title in SECTIONS} | {
        "Check": ["check"],
        "Other": ["new"],
    }


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("arguments", [(), ("hook",)])
def test_summaries_are_never_cut(arguments: tuple[str, ...], columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))

    assert "..." not in run_here(*arguments, "--help").out.partition("Options:")[2]


def test_summaries_fit_on_one_line() -> None:
    lines = run_here("--help").out.partition("Options:")[2].partition("Examples:")[0].splitlines()

    assert [line for line in lines if line.startswith("   ")] == []


@pytest.mark.parametrize("name", NAMES)
def test_help_ends_with_one_or_two_examples(name: str) -> None:
    examples = _find(name).examples

    shown = run_here(name, "--help").out.partition("\nExamples:\n")[2].splitlines()

    assert 1 <= len(examples) <= 2
    assert shown == [line for command, what in examples for line in (f"  {what}", f"    {command}")]
    assert all(command.startswith(f"layercheck {name}") and what.endswith(":") for command, what in examples)


@pytest.mark.parametrize(("name", "line"), EXAMPLES, ids=[line for _, line in EXAMPLES])
def test_examples_are_valid(name: str, line: str) -> None:
    command, arguments = _find(name), shlex.split(line)[2:]

    # With the settings of the group, as click keeps the help option that it makes for the first call.
    context = command.make_context(name, [*arguments], **layercheck.context_settings)

    if isinstance(command, click.Group):
        assert command.resolve_command(context, arguments)[0] == arguments[0]


@pytest.mark.parametrize("line", [line for name, line in EXAMPLES if name not in SERVERS])
def test_examples_run(line: str, backend: Path) -> None:
    with chdir(backend):
        outcome = run_here(*shlex.split(line)[1:])

    assert outcome.code in {0, 1}, outcome.err
    assert outcome.out or outcome.err or line.startswith(("layercheck hook", "layercheck facts"))


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("check", ["What to check", "What to report", "What to change", "Output", "Cache"]),
        ("diff", ["What to check", "What to report", "Output", "Cache"]),
        ("baseline", ["What to change", "Notes on new entries", "What to check", "Cache"]),
    ],
)
def test_many_options_are_grouped(name: str, titles: list[str]) -> None:
    sections = _sections(run_here(name, "--help").out)
    del sections["Examples"]

    assert [*sections] == [*titles, "Other"]
    assert sections["Other"] == ["-h"]
    assert len([each for names in sections.values() for each in names]) == len(_find(name).params) + 1 - sum(
        isinstance(each, click.Argument) for each in _find(name).params
    )


def test_few_options_are_one_list() -> None:
    assert [*_sections(run_here("explain", "--help").out)] == ["Options", "Examples"]


def test_options_of_a_section_stay_together() -> None:
    many = [option("A", f"--a{letter}") for letter in "cdefgh"] + [option("B", f"--b{letter}") for letter in "cdefgh"]

    def callback(**_options: str | None) -> None: ...

    for each in many[::2] + many[1::2]:
        each(callback)
    command = click.command(cls=ExplainedCommand, examples=())(callback)

    sections = _sections(command.get_help(click.Context(command)))
    assert {title: {name[:3] for name in names} for title, names in sections.items() if names[0] != "--help"} == {
        "A": {"--a"},
        "B": {"--b"},
    }
