"""Random edits of the files of a project, for property tests."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_PIECES = (
    "# a comment\n",
    "\n\ndef f{n}(request):\n    return {n}\n",
    "\n\nclass C{n}(BaseModel):\n    x: int\n",
    "\n\nclass T{n}(Base):\n    __tablename__ = 'x'\n",
    "\n\nclass Base(DeclarativeBase): ...\n",
    "\n\n@router.get('/{n}')\ndef g{n}(): ...\n",
    "\nimport {module}\n",
    "\nfrom {package} import {name}\n",
    "\nfrom {package} import *\n",
    "\n\ndef f{n}():\n    import {module}\n",
    "\nimport {top}\n{module}.thing()\n",
    "\nimport importlib\nimportlib.import_module('{module}')\n",
    "\nfrom sqlalchemy.orm import DeclarativeBase\n",
    "\nimport fastapi\napp = fastapi.FastAPI()\n",
    "\n__all__ = ['{name}']\n",
    "import {module}  # layercheck: ignore[LC101] known\n",
    "\ndef broken(:\n",
)


def edits(seed: int, root: Path) -> Iterator[tuple[str, bytes | None]]:
    """Make up edits: a path and its new text; None takes the text of the editor away."""
    chance = random.Random(seed)
    paths = sorted(path.relative_to(root).as_posix() for path in root.rglob("*.py"))
    texts = {path: (root / path).read_bytes() for path in paths}
    names = [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in paths]
    while True:
        path, module = chance.choice(paths), chance.choice(names)
        package, _, name = module.rpartition(".")
        piece = chance.choice(_PIECES).format(
            n=chance.randrange(4), module=module, package=package or module, name=name, top=module.partition(".")[0]
        )
        lines = texts[path].splitlines(keepends=True)
        at = chance.randrange(len(lines) + 1)
        match chance.randrange(9):
            case 0:
                yield path, None
                texts[path] = (root / path).read_bytes() if (root / path).is_file() else b""
                continue
            case 1 | 2:
                texts[path] = b"".join(lines[:at] + lines[at + 1 :])
            case 3:
                new = chance.choice(("made_up", f"{name}/made_up", "new/__init__", "__init__", name))
                path = f"{path.rpartition('/')[0]}/{new}.py".lstrip("/")
                texts[path] = piece.encode()
            case 4:
                texts[path] = b""
            case _:
                texts[path] = b"".join([*lines[:at], piece.encode(), *lines[at:]])
        yield path, texts[path]
