from __future__ import annotations

import pytest

from layercheck.config.rule_guess import RuleName, guess_rules

KNOWN = [
    RuleName("LC001", "unreadable-file", "files"),
    RuleName("LC002", "unused-suppression", "files"),
    RuleName("LC101", "layer-order", "layers"),
    RuleName("LC102", "skipped-layer", "layers"),
    RuleName("LC103", "isolated-layer", "layers"),
    RuleName("LC104", "leaf-layer", "layers"),
    RuleName("LC401", "library-in-layer", "dependencies"),
    RuleName("MY101", "printed-output", "mine"),
    RuleName("MY201", "long-name", "others"),
]


@pytest.mark.parametrize(
    ("word", "guess"),
    [
        ("lc101", "; did you mean 'LC101'?"),
        ("lc1", "; did you mean 'LC1'?"),
        (" LC101 ", "; did you mean 'LC101'?"),
        ("layer_order", "; did you mean 'layer-order'?"),
        ("Layer Order", "; did you mean 'layer-order'?"),
        ("layer-ordr", "; did you mean 'layer-order'?"),
        ("layers", "; did you mean 'LC10', the rules of 'layers'?"),
        ("dependencies", "; did you mean 'LC401', the rules of 'dependencies'?"),
        ("Files", "; did you mean 'LC00', the rules of 'files'?"),
        ("dependencys", "; did you mean 'LC401', the rules of 'dependencies'?"),
        ("LC403", "; did you mean 'LC401'?"),
        ("LC19", "; did you mean 'LC1'?"),
        ("LC99", ""),
        ("zzz", ""),
        ("", ""),
    ],
)
def test_what_was_meant_where_a_prefix_will_do(word: str, guess: str) -> None:
    assert guess_rules(word, KNOWN, may_be_prefix=True) == guess


@pytest.mark.parametrize(
    ("word", "guess"),
    [
        ("lc101", "; did you mean 'LC101'?"),
        ("LC1", "; it is the beginning of LC101, LC102, LC103 and 1 more: name one"),
        ("lc4", "; it is the beginning of LC401: name one"),
        ("layers", "; 'layers' is the set of LC101, LC102, LC103 and 1 more: name one"),
        ("LC14", "; did you mean 'LC104'?"),
    ],
)
def test_what_was_meant_where_it_must_be_one_rule(word: str, guess: str) -> None:
    assert guess_rules(word, KNOWN, may_be_prefix=False) == guess


def test_a_guess_is_never_the_word_itself() -> None:
    beginnings = {rule.code[:length] for rule in KNOWN for length in range(1, len(rule.code))}
    for word in (*beginnings, *(rule.set for rule in KNOWN)):
        assert f"did you mean {word!r}" not in guess_rules(word, KNOWN, may_be_prefix=False)
    for rule in KNOWN:
        assert f"did you mean {rule.set!r}" not in guess_rules(rule.set, KNOWN, may_be_prefix=True)
