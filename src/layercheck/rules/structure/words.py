"""Words that name the same home: two of them in one place are one home too many."""

from __future__ import annotations

_SYNONYMS = (
    ("service", "usecase", "use_case"),
    ("route", "router", "endpoint"),
    ("entity", "entities"),
    ("db", "database"),
    ("repo", "repository", "repositories", "dao", "crud"),
    ("schema", "dto", "datamodel"),
    ("util", "helper"),
    ("config", "setting"),
    ("dep", "dependency", "dependencies"),
)
_HOMES = {word: group[0] for group in _SYNONYMS for word in group}


def home_of(name: str) -> str:
    """Give all names of one home the same word: `repositories` and `repo`, `Services` and `service`."""
    word = name.lower().replace("-", "_").strip("_")
    singular = word.removesuffix("s")
    return _HOMES.get(word) or _HOMES.get(singular) or singular


def last_word(stem: str) -> str:
    """Give the word that says what a file is: `service` of `user_service`, `use_case` of `pay_use_case`."""
    word = stem.lower().replace("-", "_").strip("_")
    for pair in ("use_case", "use_cases"):
        if word.endswith(pair):
            return pair
    return word.rpartition("_")[2]
