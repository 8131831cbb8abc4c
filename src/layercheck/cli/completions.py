"""Completions for the shell where click has none of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import click
    from click.shell_completion import CompletionItem


def complete_rules(_context: click.Context, _parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """List the codes of our own rules that can stand here; the names, where a name was begun.

    Rules of plugins are left out: nobody who presses TAB wants a project's code to run.

    In a list (`LC101,LC1`) the last part is completed, with what is not in the list yet.
    """
    from click.shell_completion import CompletionItem  # noqa: PLC0415  (not for every other call)

    from layercheck.plugins.built_in import builtin_rules  # noqa: PLC0415

    before, comma, begun = incomplete.rpartition(",")
    given = before.split(",")
    words = [(rule.code, rule.name) for rule in builtin_rules() if not {rule.code, rule.name} & {*given}]
    if begun and not any(code.startswith(begun.upper()) for code, _ in words):
        words = [(name, code) for code, name in words]
        begun = begun.lower()
    else:
        begun = begun.upper()
    return [CompletionItem(before + comma + word, help=other) for word, other in words if word.startswith(begun)]


def complete_subject(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem[str]]:
    """List rules, and leave to the shell what can only be a file."""
    from click.shell_completion import CompletionItem  # noqa: PLC0415  (see above)

    return complete_rules(context, parameter, incomplete) or [CompletionItem(incomplete, type="file")]
