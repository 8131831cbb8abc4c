"""The road from a project to its report; every door (command line, editor, tests) takes this one."""

from __future__ import annotations

from layercheck.engine.check import Examination, apply_baseline, check, examine
from layercheck.engine.options import SMALL_PROJECT, CheckOptions

__all__ = ["SMALL_PROJECT", "CheckOptions", "Examination", "apply_baseline", "check", "examine"]
