"""A small project in which an agent is at work, and the events that it sends."""

from __future__ import annotations

from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING

from tests.running import PROJECT_FILES, run_here

if TYPE_CHECKING:
    from tests.running import Outcome

PAYLOADS = Path(__file__).parents[1] / "commands" / "hook" / "payloads"
LAYERED = {
    **PROJECT_FILES,
    "app/__init__.py": "",
    "app/main.py": "import app.api.users\n",
    "app/api/users.py": "import app.services.users\n",
    "app/services/users.py": "import app.models.user\n\n\ndef find_user(): ...\n",
    "app/models/user.py": "",
}
UPWARD = "import app.services.users\n"


def send(root: Path, payload: str, agent: str = "claude-code") -> Outcome:
    """Send a recorded event to the hook, standing in `root`."""
    text = (PAYLOADS / f"{payload}.json").read_text().replace("{root}", root.as_posix())
    with chdir(root):
        return run_here("hook", agent, stdin=text)
