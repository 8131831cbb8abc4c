"""Tests for the rules of a plugin, in the author's own pytest.

from layercheck.testing import rule_tests

test_rules = rule_tests("acme_rules", cases=__file__)
"""

from __future__ import annotations

from layercheck.testing.rule_tests import rule_tests

__all__ = ["rule_tests"]
