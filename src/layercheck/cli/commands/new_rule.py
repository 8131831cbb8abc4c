"""`layercheck new-rule`: create a custom rule with an example and a test that passes."""

from __future__ import annotations

from pathlib import Path

import click

from layercheck.cli.given_path import GivenPath
from layercheck.cli.help_layout import ExplainedCommand
from layercheck.cli.messages import make_lines_printable
from layercheck.cli.shared_options import plugins_option
from layercheck.engine.project_target import find_plugins
from layercheck.errors import UsageError


@click.command(
    "new-rule",
    cls=ExplainedCommand,
    examples=(("layercheck new-rule printed-output --code MY001", "Create the rule in the folder lint_rules:"),),
)
@click.argument("name")
@click.option(
    "--code", help="Code of the rule: 2 to 4 capital letters and 3 digits.  [default: MY001, or the next free one]"
)
@click.option(
    "--folder",
    type=GivenPath(path_type=Path),
    default=Path("lint_rules"),
    show_default=True,
    help="Folder to write the files to.",
)
@plugins_option
def command(name: str, code: str | None, folder: Path, *, with_plugins: bool) -> int:
    """Create a rule with documentation, an example and a test.

    NAME says what the rule reports, in lower case with dashes, for example printed-output.
    """
    from layercheck.commands.new_rule.plan import plan_rule  # noqa: PLC0415  (--help does without)

    new = plan_rule(name, code, folder, find_plugins(with_plugins=with_plugins).names)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for path, text in new.files.items():
            with path.open("x", encoding="utf-8") as file:
                file.write(text)
            click.echo(make_lines_printable(f"wrote {path}"))
    except OSError as error:
        raise UsageError(f"{error.filename or folder} cannot be written: {error.strerror}") from error
    rule = new.rule.as_posix()
    description = (
        f"\nRun its test:   pytest {folder.as_posix()}\n"
        f'Enable it:      plugins = ["{rule}"] in the configuration (pyproject.toml: [tool.layercheck])\n'
        f"Then:           layercheck check --select {new.code}\n"
        f"                layercheck explain {new.code}"
    )
    click.echo(make_lines_printable(description))
    return 0
