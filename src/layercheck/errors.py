"""The user's mistakes: told in plain words, with exit code 2, never as a traceback."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


class LayercheckError(Exception):
    """Something that the user can fix; the message says what is wrong and what to do."""


class UsageError(LayercheckError):
    """The arguments of the command are wrong."""


class NothingCheckedError(LayercheckError):
    """There was nothing to check, so there is no verdict."""


class NothingNamedError(NothingCheckedError):
    """Nothing that was named is a file of the project; `why` is the part of a sentence."""

    def __init__(self, message: str, why: str) -> None:
        super().__init__(message)
        self.why = why


class HistoryError(LayercheckError):
    """The base of a comparison cannot be had: no repository, no such revision, a history that is cut off."""


class PartError(LayercheckError):
    """Parts that cannot be merged: damaged, stale, made in another way, or not those of the project."""


class PluginError(LayercheckError):
    """A plugin that cannot be used: not imported, of the wrong form, or in conflict with another one."""


class Problem:
    """One mistake in a file that tells us what to do: the configuration, the baseline."""

    def __init__(self, message: str, *, path: Path | None = None, line: int | None = None, key: str = "") -> None:
        self.message = message
        self.path = path
        self.line = line
        self.key = key

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}:" if self.line is None else f"{self.path}:{self.line}:"
        key = f"{self.key}:" if self.key else ""
        return " ".join(part for part in (place, key, self.message) if part)


class ConfigurationError(LayercheckError):
    """Every mistake found in the configuration, at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class BaselineError(LayercheckError):
    """Every mistake found in the baseline, at once: its entries are believed all or not at all."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


class UnreadableSourceError(LayercheckError):
    """A source text that no reader can make sense of; line is 1-based, column 0-based in code points."""

    def __init__(self, reason: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line
        self.column = column
