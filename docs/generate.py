"""Write the generated pages, from docstrings, `docs/precision.toml` and the types of the configuration.

With them comes the table of the options that `layercheck check` reads without click.

`python docs/generate.py` writes them, `--check` writes nothing and prints what is stale. A path writes them elsewhere.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from configuration_reference import make_page as make_configuration_page
from interface_reference import make_page as make_interface_page
from plain_options import make_module as make_plain_options
from precision import Precision, read_precision, write_precision

from layercheck.commands.explain.pages import write_list, write_page
from layercheck.plugins.built_in import builtin_rules
from layercheck.rule.documentation import describe_rule

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from layercheck.rule.documentation import RulePage

FOLDER = Path(__file__).parent
INDEX = "rules/index.md"
PLAIN_OPTIONS = "../src/layercheck/cli/plain_options.py"
_MADE = "<!-- Made by docs/generate.py from the docstring of the rule and docs/precision.toml; change these. -->\n\n"
_INTRODUCTION = """\
# The rules

Every rule has a code and a name; both can be used in comments and in the configuration. `layercheck explain LC102`
shows a page in the terminal, `layercheck rule --all` this list. A rule that is *off* by default runs only if selected:
`extend-select = ["LC102"]`.
"""
_CONTENTS = """
```{toctree}
:hidden:
:glob:

*
```
"""


def make_pages() -> dict[str, str]:
    """Make the text of every generated file, by its path below `docs/`."""
    pages = [describe_rule(rule) for rule in builtin_rules()]
    _, precision = read_precision()
    return {
        "configuration.md": make_configuration_page(),
        "interface.md": make_interface_page(),
        INDEX: _make_index(pages),
        **{
            f"rules/{page.name}.md": _MADE + write_page(page) + write_precision(precision.get(page.code, Precision()))
            for page in pages
        },
    }


def find_stale(folder: Path, pages: Mapping[str, str]) -> list[str]:
    """List the files that are missing, stale or superfluous."""
    paths = [*folder.glob("rules/*.md"), *folder.glob("configuration.md"), *folder.glob("interface.md")]
    there = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}
    if PLAIN_OPTIONS in pages:
        there[PLAIN_OPTIONS] = (folder / PLAIN_OPTIONS).read_text("utf-8")
    return sorted(name for name in {*there, *pages} if there.get(name) != pages.get(name))


def write_pages(folder: Path, pages: Mapping[str, str]) -> None:
    """Write every generated file, and remove what is superfluous."""
    (folder / "rules").mkdir(parents=True, exist_ok=True)
    for name in find_stale(folder, pages):
        if name in pages:
            (folder / name).write_text(pages[name], "utf-8")
        else:
            (folder / name).unlink()


def _make_index(pages: Iterable[RulePage]) -> str:
    """Make the list of all rules, one table for each set, in the order of the codes."""
    sets: dict[str, list[RulePage]] = defaultdict(list)
    for page in pages:
        sets[page.set].append(page)
    tables = (f"## {name}\n\n{write_list(in_set, is_linked=True)}" for name, in_set in sets.items())
    return "\n".join([_MADE + _INTRODUCTION, *tables]) + _CONTENTS


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if something is stale")
    given = parser.parse_args(arguments)
    pages = make_pages()
    if given.folder == FOLDER:
        pages[PLAIN_OPTIONS] = make_plain_options()
    stale = find_stale(given.folder, pages)
    if not given.check:
        write_pages(given.folder, pages)
    for name in stale:
        sys.stdout.write(f"{given.folder / name}\n")
    return 1 if stale and given.check else 0


if __name__ == "__main__":
    sys.exit(main())
