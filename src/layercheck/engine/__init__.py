"""The steps from a project to its report; every command, the editor and the tests take them."""

from __future__ import annotations

from layercheck.engine.check import Examination, check, check_baseline, examine
from layercheck.engine.options import SMALL_PROJECT, CheckOptions

__all__ = ["SMALL_PROJECT", "CheckOptions", "Examination", "check", "check_baseline", "examine"]
