"""The plugins: ours (every folder of rules), those that are installed, those that a configuration names."""

from __future__ import annotations

from layercheck.plugins.built_in import builtin_plugins, builtin_rules
from layercheck.plugins.failure_report import describe_failure
from layercheck.plugins.load import load_plugins
from layercheck.plugins.registry import Plugins
from layercheck.plugins.rule_classes import may_be_foreign
from layercheck.trusted_code.raised import CAUGHT

__all__ = [
    "CAUGHT",
    "Plugins",
    "builtin_plugins",
    "builtin_rules",
    "describe_failure",
    "load_plugins",
    "may_be_foreign",
]
