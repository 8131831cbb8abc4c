"""From what names and contents say to the role of every file, with its certainty and the evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from layercheck.model.module import Certainty
from layercheck.project.evidence.combination import Judgement, NamedRole, Neighbours, combine
from layercheck.project.evidence.leaves import find_users
from layercheck.project.evidence.signs import ENDPOINT, REQUEST, SERVICE
from layercheck.project.evidence.verdict import judge
from layercheck.project.module_names import folders_above
from layercheck.project.roles import ASIDE, MAIN

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from layercheck.project.evidence.contents import Contents
    from layercheck.project.layout import Layout
    from layercheck.project.module_names import Naming

_MOSTLY = 0.5
_ENOUGH_BUSY = 3
"""One or two helpers that use a layer are what a rule is there to find."""
_BUSINESS = frozenset({"api", "services", "models", "db"})
_NOT_JUDGED = frozenset({*ASIDE, MAIN})


def judge_roles(
    layout: Layout, contents: Mapping[str, Contents], naming: Naming, imports: Mapping[str, Collection[str]]
) -> dict[str, Judgement]:
    """Decide the role of every file; files of which nothing can be said are left out."""
    around = _count_neighbours(contents)
    serving = {folder for path, each in contents.items() if _serves(each) for folder in folders_above(path)}
    tops = {each.path for each in layout.applications} | {""}
    judged: dict[str, Judgement] = {}
    for path, each in contents.items():
        named = layout.named.get(path)
        folder = path.rpartition("/")[0]
        if named is None:
            role = layout.roles.get(path)
            if role is not None:
                judged[path] = Judgement(role, Certainty.CERTAIN, "its name says so")
                continue
            named = NamedRole()
        if named.role in ASIDE:
            if not _is_code_in_disguise(named, each):
                judged[path] = Judgement(named.role, Certainty.CERTAIN, "its name says so")
                continue
            named = NamedRole()
        is_top = folder in tops
        beside = around[folder]._replace(is_at_top=folder.rpartition("/")[0] in tops)
        if named.role == "api" and named.is_folder and _application_of(layout, path) in serving:
            beside = beside._replace(is_served=_top_named(folder, named.word) in serving)
        judged[path] = combine(
            named, each, beside, stem=path.rpartition("/")[2].rpartition(".")[0], may_follow=not is_top
        )
    _drop_busy_leaves(judged, layout, naming, imports, tops)
    _drop_idle_services(judged, layout, contents, naming, imports)
    _let_faces_follow(judged, layout, contents)
    return judged


def _serves(contents: Contents) -> bool:
    return ENDPOINT in contents.kinds or REQUEST in contents.kinds


def _application_of(layout: Layout, path: str) -> str:
    return layout.application_of.get(path, "")


def _top_named(folder: str, word: str) -> str:
    """Find the outermost folder above that is called `word`."""
    parts = folder.split("/")
    return "/".join(parts[: parts.index(word) + 1]) if word in parts else folder


def _is_code_in_disguise(named: NamedRole, contents: Contents) -> bool:
    """Tell whether a file that is called like a test defines endpoints, tables or the like: `test_items.py` of a shop."""
    verdict = judge(contents)
    return not named.is_folder and verdict is not None and verdict.role in {"api", "models"}


def _count_neighbours(contents: Mapping[str, Contents]) -> dict[str, Neighbours]:
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    files: Counter[str] = Counter()
    stored: Counter[str] = Counter()
    for path, each in contents.items():
        folder = path.rpartition("/")[0]
        verdict = judge(each)
        files[folder] += 1
        stored[folder] += each.is_stored
        roles[folder] += Counter({verdict.role: 1} if verdict is not None and verdict.kind != REQUEST else {})
    return {
        folder: Neighbours(dict(counts.most_common()), folder, files[folder], stored[folder])
        for folder, counts in roles.items()
    }


def _drop_busy_leaves(
    judged: dict[str, Judgement],
    layout: Layout,
    naming: Naming,
    imports: Mapping[str, Collection[str]],
    tops: Collection[str],
) -> None:
    """Take the role from helpers that know the business, where most of their folder does: such a folder is no leaf.

    Where most keep to themselves, those that do not are what a rule is there to find.
    """
    named = {path: layout.named.get(path, NamedRole()) for path, each in judged.items() if each.role == "utils"}
    layers = {path for path, each in judged.items() if each.role in _BUSINESS}
    users: set[str] = set()
    while more := find_users(named.keys() - users, layers | users, naming, imports):
        users |= more
    groups: dict[tuple[str, str], list[str]] = defaultdict(list)
    for path, each in named.items():
        groups[layout.application_of.get(path, ""), each.word if each.is_folder else path].append(path)
    for paths in groups.values():
        busy = [path for path in paths if path in users]
        first = named[paths[0]]
        is_alone = not first.is_folder and not first.is_agreed and paths[0].rpartition("/")[0] not in tops
        if (len(busy) >= _ENOUGH_BUSY or is_alone) and len(busy) > _MOSTLY * len(paths):
            for path in busy:
                why = f"{len(busy)} of {len(paths)} files there use layers, so it is no leaf"
                judged[path] = Judgement(None, Certainty.GUESS, why)


def _drop_idle_services(
    judged: dict[str, Judgement],
    layout: Layout,
    contents: Mapping[str, Contents],
    naming: Naming,
    imports: Mapping[str, Collection[str]],
) -> None:
    """Take the role from folders inside `services` that use no layer and define no service: parsers, clients, prompts."""
    folders: dict[str, list[str]] = defaultdict(list)
    for path, each in judged.items():
        named = layout.named.get(path)
        folder = path.rpartition("/")[0]
        if each.role == "services" and named and named.is_folder and folder.rpartition("/")[2] != named.word:
            folders[folder].append(path)
    inside = {path for paths in folders.values() for path in paths}
    layers = {path for path, each in judged.items() if each.role in _BUSINESS | {"schemas"} and path not in inside}
    layers |= {path for path in inside if SERVICE in contents[path].kinds}
    for folder, paths in folders.items():
        users = find_users(paths, layers, naming, imports)
        for path in paths:
            if path not in users and SERVICE not in contents[path].kinds and not contents[path].is_stored:
                judged[path] = Judgement(
                    None, Certainty.GUESS, f"uses no layer and defines no service, inside {folder}/"
                )


def _let_faces_follow(judged: dict[str, Judgement], layout: Layout, contents: Mapping[str, Contents]) -> None:
    """Give an `__init__.py` that defines nothing the role of its neighbours, where these agree."""
    roles: dict[str, Counter[str | None]] = defaultdict(Counter)
    faces: list[str] = []
    for path, each in judged.items():
        folder, _, name = path.rpartition("/")
        if not name.startswith("__init__."):
            roles[folder][each.role] += 1
        elif contents[path].is_empty and (each.role is None or each.certainty is not Certainty.CERTAIN):
            faces.append(path)
    for path in faces:
        around = roles[path.rpartition("/")[0]]
        said = [role for role in around if role is not None]
        named = layout.named.get(path)
        if named is not None and named.is_folder and named.role in said and judged[path].role is None:
            judged[path] = Judgement(named.role, Certainty.LIKELY, f"there are `{named.role}` beside it")
            continue
        if len(said) == 1 and said[0] not in ASIDE and around[said[0]] >= max(around[None], 2):
            judged[path] = Judgement(said[0], Certainty.LIKELY, f"the files beside it are `{said[0]}`")
        elif around and not said and judged[path].role is not None:
            judged[path] = Judgement(None, Certainty.GUESS, "no file beside it has a role")
