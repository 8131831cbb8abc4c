"""Folders inside `services` that are none: parsers, clients, prompts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from layercheck.model.module import Certainty
from layercheck.project.evidence.judgement import Judgement
from layercheck.project.evidence.signs import SERVICE

if TYPE_CHECKING:
    from layercheck.project.evidence.uses import Judged, Uses

_SERVED = frozenset({"api", "models", "db", "schemas"})


def adjust(judged: Judged, uses: Uses) -> None:
    """Take the role from folders inside `services` that use no other layer and define no service."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path, each in judged.items():
        named = uses.layout.named.get(path)
        folder = path.rpartition("/")[0]
        if each.role == "services" and named and named.is_folder and folder.rpartition("/")[2] != named.word:
            folders[folder].append(path)
    inside = {path for paths in folders.values() for path in paths}
    serving = {path for path in inside if SERVICE in uses.contents[path].kinds}
    layers = {path for path, each in judged.items() if each.role in _SERVED and path not in inside} | serving
    users = uses.users_of(layers, inside)
    for folder, paths in folders.items():
        for path in paths:
            if path not in users and path not in serving and not uses.contents[path].is_stored:
                why = f"uses no layer and defines no service, inside {folder}/"
                judged[path] = Judgement(None, Certainty.GUESS, why)
