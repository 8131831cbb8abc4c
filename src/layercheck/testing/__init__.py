"""Tests for a plugin, in the author's own pytest: its rules, fixes, presets and output formats.

from layercheck.testing import rule_tests

test_rules = rule_tests("acme_rules", cases=__file__)
"""

from __future__ import annotations

from layercheck.testing.plugin_project import PluginProject
from layercheck.testing.rule_tests import rule_tests

__all__ = ["PluginProject", "rule_tests"]
