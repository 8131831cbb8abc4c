"""Measure texts that a stranger may write to make layercheck slow: each must cost no more than its size.

    python benchmarks/hostile.py

Runs the checkout in which it lies, with the Python that runs it, and prints the processor time of each whole run at a
quarter of the size and at the full size: a ratio far above 4 is not linear.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from table import markdown_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    _Files = Mapping[str, str]

_TIMEOUT = 120
_PROJECT = {
    "app/api.py": "from app import services\n",
    "app/services.py": "from app import models\n",
    "app/models.py": "class User: ...\n",
    "app/names.py": "",
}
_LAYERS = 'layers = ["app.api", "app.services", "app.models"]\n'
_UP = "from app.api import x"


class Text(NamedTuple):
    """One hostile text."""

    name: str
    size: int
    """Of what its name says."""
    write: Callable[[int], _Files]
    """Makes the files of a size."""


_LONG = f"app/{'a' * 100}.py"


def _stars(count: int) -> str:
    return "*a" * count + "b"


def _array(count: int, item: str) -> str:
    """Write an array; `@` in the item is its number."""
    return "[" + ", ".join(item.replace("@", str(at)) for at in range(count)) + "]"


def _configured(line: str) -> _Files:
    return {"layercheck.toml": f"{_LAYERS}{line}\n"}


def _imports(text: str) -> _Files:
    return {"app/models.py": text}


_TEXTS = (
    Text("stars in an ignore file", 40, lambda n: {".gitignore": _stars(n), _LONG: ""}),
    Text("stars in `exclude`", 40, lambda n: {**_configured(f'exclude = ["{_stars(n)}"]'), _LONG: ""}),
    Text(
        "stars in `per-path-ignores`",
        40,
        lambda n: {**_configured(f'per-path-ignores = {{"{_stars(n)}" = ["LC101"]}}'), _LONG: f"{_UP}\n"},
    ),
    Text("blanks after a suppression", 20_000, lambda n: _imports(f"{_UP}  # layercheck: ignore[LC101]{' ' * n}x\n")),
    Text("blanks in a suppression", 20_000, lambda n: _imports(f"{_UP}  # layercheck: ignore[LC101{' ' * n}x\n")),
    Text("blanks after `layercheck`", 20_000, lambda n: _imports(f"{_UP}  # layercheck{' ' * n}x\n")),
    Text("continued lines", 4_000, lambda n: _imports(f"{_UP} \\\n" * n + "\n")),
    Text(
        "names in one import",
        40_000,
        lambda n: _imports(f"from app.api import ({', '.join(f'n{at}' for at in range(n))})\n"),
    ),
    Text("equal imports", 1_000_000, lambda n: _imports(f"{_UP}\n" * n)),
    Text(
        "lines of a baseline",
        200_000,
        lambda n: {"layercheck-baseline.txt": "".join(f"LC101 app.models -> app.n{at}\n" for at in range(n))},
    ),
    Text("entries in `ignore`", 100_000, lambda n: _configured("ignore = " + _array(n, '"LC401"'))),
    Text("patterns in `exclude`", 5_000, lambda n: _configured("exclude = " + _array(n, '"x@/"'))),
    Text("letters in `source-roots`", 5_000, lambda n: _configured('source-roots = ["' + "a" * n + '"]')),
    Text(
        "arrays inside each other",
        500,
        lambda n: {"pyproject.toml": f"[tool.layercheck]\n{_LAYERS}[tool.x]\nx = {'[' * n}{']' * n}\n"},
    ),
    Text("letters in punycode", 100_000, lambda n: _imports(f"# coding: punycode\n{_UP}\n-{'a' * n}")),
    Text("open brackets", 100_000, lambda n: _imports("(" * n + "\n")),
)


def main() -> None:
    head = ("text", "size", "CPU s at a quarter", "CPU s", "ratio", "exit code")
    rows = [_measure(text) for text in _TEXTS if not sys.argv[1:] or any(word in text.name for word in sys.argv[1:])]
    sys.stdout.write("\n".join(markdown_table(head, rows)) + "\n")


def _measure(text: Text) -> tuple[str, ...]:
    quarter, _ = _run(text.write(text.size // 4))
    whole, code = _run(text.write(text.size))
    base, _ = _run({})
    ratio = max(whole - base, 0) / max(quarter - base, 0.01)
    return text.name, f"{text.size:,}", f"{quarter:.2f}", f"{whole:.2f}", f"{ratio:.1f}", str(code)


def _run(files: _Files) -> tuple[float, int]:
    """Check a project without a cache; return the processor seconds and the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / ".git").mkdir()
        configuration = {} if "pyproject.toml" in files else {"layercheck.toml": _LAYERS}
        for name, content in {**_PROJECT, **configuration, **files}.items():
            place = Path(folder) / name
            place.parent.mkdir(exist_ok=True)
            place.write_text(content, "utf-8")
        return _time([sys.executable, "-m", "layercheck", "check", "--no-ci", "--no-cache", "-q"], folder)


def _time(command: list[str], folder: str) -> tuple[float, int]:
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1] / "src")}
    # To compile layercheck in every run would count half a second for each of them.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    limited = ["sh", "-c", f'ulimit -t {_TIMEOUT}; cd "$0" && exec "$@"', folder, *command]
    pid = os.posix_spawn("/bin/sh", limited, environment, file_actions=nowhere)
    _, status, usage = os.wait4(pid, 0)
    return usage.ru_utime + usage.ru_stime, os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main()
