"""What a project asks of the comments that put findings aside."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import msgspec
from msgspec import Meta


class SuppressionPolicy(msgspec.Struct, frozen=True, rename="kebab", forbid_unknown_fields=True):
    """What `[tool.layercheck.suppressions]` may say."""

    require_reason: Annotated[
        bool, Meta(description="Whether every suppression comment must give a reason (LC007).")
    ] = False
    require_until: Annotated[
        bool, Meta(description="Whether every suppression comment must give an end date (LC007).")
    ] = False
    max_days: Annotated[
        int,
        Meta(
            ge=0,
            le=36_500,
            description="Largest number of days that `until=` may be ahead (LC007); 0 means no limit.",
        ),
    ] = 0
    noqa: Annotated[bool, Meta(description="Whether `# noqa: LC101` counts like `# layercheck: ignore[LC101]`.")] = (
        False
    )

    def last_day(self, today: str) -> str:
        """Return the last day that an `until=` may name where `max_days` is set; days are written `2027-03-01`."""
        return (dt.date.fromisoformat(today) + dt.timedelta(days=self.max_days)).isoformat()

    def find_missing(self, reason: str, until: str, today: str) -> list[str]:
        """Find what a comment with this reason and this date does not do although it must; each reads after "it"."""
        missing = []
        if self.require_reason and not reason:
            missing.append("gives no reason")
        if self.require_until and not until:
            missing.append("does not say until when (`until=2027-03-01`)")
        if self.max_days and until and until > self.last_day(today):
            missing.append(f"holds for more than {self.max_days} days: until={self.last_day(today)} at most")
        return missing
