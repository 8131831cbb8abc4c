"""The road from a project to its report; every door (command line, editor, tests) takes this one."""

from __future__ import annotations

from layercheck.pipeline.options import SMALL_PROJECT, CheckOptions
from layercheck.pipeline.road import Examination, check, examine, take_balance

__all__ = ["SMALL_PROJECT", "CheckOptions", "Examination", "check", "examine", "take_balance"]
