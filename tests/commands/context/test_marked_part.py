from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from layercheck.commands.context.marked_part import BEGIN, END, plan_change
from layercheck.errors import UsageError

if TYPE_CHECKING:
    from pathlib import Path

PART = f"{BEGIN}\nnew\n{END}\n"
OLD = f"{BEGIN}\nold\n{END}\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, PART),
        (b"", PART),
        (b"# Mine\n", f"# Mine\n\n{PART}"),
        (b"# Mine", f"# Mine\n\n{PART}"),
        (f"# Mine\n\n{OLD}\nrest".encode(), f"# Mine\n\n{PART}\nrest"),
        (f"# Mine\n{BEGIN}\n{END} and more".encode(), f"# Mine\n{PART.rstrip()} and more"),
        (b"# Mine\n<!-- layercheck context: begin of another version -->\n" + END.encode(), f"# Mine\n{PART.rstrip()}"),
        (OLD.replace("\n", "\r\n").encode(), PART.replace("\n", "\r\n")),
        (f"\xff {OLD}".encode("latin-1"), None),
    ],
)
def test_the_part_is_put_in_its_place_and_all_else_stays(
    tmp_path: Path, before: bytes | None, after: str | None
) -> None:
    file = tmp_path / "AGENTS.md"
    if before is not None:
        file.write_bytes(before)

    change = plan_change(file, PART)
    assert change is not None
    change.write()

    expected = b"\xff " + PART.encode() if after is None else after.encode()
    assert file.read_bytes() == expected
    assert plan_change(file, PART) is None


@pytest.mark.parametrize("text", [f"{END}\n{BEGIN}\n", f"{BEGIN}\n", f"{END}\n", f"{OLD}{OLD}"])
def test_comments_that_are_no_pair_are_left_alone(tmp_path: Path, text: str) -> None:
    file = tmp_path / "AGENTS.md"
    file.write_text(text)

    with pytest.raises(UsageError, match="are no pair"):
        plan_change(file, PART)


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        plan_change(tmp_path, PART)
