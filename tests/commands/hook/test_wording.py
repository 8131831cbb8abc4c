from __future__ import annotations

from layercheck.commands.hook.judging import Verdict
from layercheck.commands.hook.wording import write_verdicts


def test_what_is_not_there_is_not_shortened() -> None:
    verdicts = [Verdict(concessions=(f"{at}: a comment".ljust(190, "."),) * 9) for at in range(40)]

    assert "0 more lines" not in write_verdicts(verdicts)
