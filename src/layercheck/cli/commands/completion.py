"""`layercheck completion`: the shell completion script for commands, options, rules and paths."""

from __future__ import annotations

import click

from layercheck.cli.help_layout import ExplainedCommand
from layercheck.errors import UsageError

_INSTALL = {
    "bash": (
        'Bash 4.4 or newer. For this shell:  eval "$(layercheck completion bash)"',
        "For every shell:  layercheck completion bash > ~/.local/share/bash-completion/completions/layercheck",
    ),
    "zsh": (
        'For this shell:  eval "$(layercheck completion zsh)"',
        'For every shell:  layercheck completion zsh > "${fpath[1]}/_layercheck"',
    ),
    "fish": (
        "For this shell:  layercheck completion fish | source",
        "For every shell:  layercheck completion fish > ~/.config/fish/completions/layercheck.fish",
    ),
    "powershell": (
        "For this shell:  layercheck completion powershell | Out-String | Invoke-Expression",
        "For every shell:  layercheck completion powershell >> $PROFILE",
    ),
}


@click.command(
    cls=ExplainedCommand,
    examples=(("layercheck completion bash", "Print the script for bash:"),),
)
@click.argument("shell", type=click.Choice(list(_INSTALL)))
@click.pass_context
def command(context: click.Context, shell: str) -> int:
    """Print the completion script for a shell.

    The first lines of the script explain how to install it.
    """
    from click.shell_completion import get_completion_class  # noqa: PLC0415  (only this command needs it)

    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"completion for {shell} needs click 8.5 or newer")
    source = kind(context.find_root().command, {}, "layercheck", "_LAYERCHECK_COMPLETE").source()
    lines = [f"# {line}" for line in _INSTALL[shell]]
    if shell == "zsh":
        # zsh looks for `#compdef` in the very first line.
        first, _, rest = source.partition("\n")
        click.echo("\n".join([first, *lines, rest]), nl=False)
    else:
        click.echo("\n".join([*lines, source]), nl=False)
    return 0
