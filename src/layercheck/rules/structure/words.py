"""Words with one meaning in the names of folders."""

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
    """Return one word for all names with its meaning: `repositories` and `repo`, `Services` and `service`."""
    word = name.lower().replace("-", "_").strip("_")
    singular = word.removesuffix("s")
    return _HOMES.get(word) or _HOMES.get(singular) or singular


def last_word(stem: str) -> str:
    """Return the last word of the name of a file: `service` of `user_service`, `use_case` of `pay_use_case`."""
    word = stem.lower().replace("-", "_").strip("_")
    for pair in ("use_case", "use_cases"):
        if word.endswith(pair):
            return pair
    return word.rpartition("_")[2]
