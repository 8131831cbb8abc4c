"""From what names and contents say to the role of every file, with its certainty and the evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from layercheck.model.module import Certainty
from layercheck.project.evidence import business, busy_leaves, faces, idle_services
from layercheck.project.evidence.combination import Judgement, NamedRole, Neighbours, combine
from layercheck.project.evidence.signs import ENDPOINT, REQUEST
from layercheck.project.evidence.uses import Uses
from layercheck.project.evidence.verdict import judge
from layercheck.project.module_names import folders_above
from layercheck.project.roles import ASIDE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from layercheck.project.evidence.contents import Contents
    from layercheck.project.layout import Layout
    from layercheck.project.module_names import Naming


def judge_roles(
    layout: Layout, contents: Mapping[str, Contents], naming: Naming, imports: Mapping[str, Collection[str]]
) -> dict[str, Judgement]:
    """Decide the role of every file; files of which nothing can be said are left out."""
    serving = {folder for path, each in contents.items() if _serves(each) for folder in folders_above(path)}
    uses = Uses(layout, contents, naming, imports)
    tops = uses.tops
    around = _count_neighbours(contents, tops)
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
        beside = around[folder]
        if named.role == "api" and named.is_folder and _application_of(layout, path) in serving:
            beside = beside._replace(is_served=_top_named(folder, named.word) in serving)
        judged[path] = combine(
            named, each, beside, stem=path.rpartition("/")[2].rpartition(".")[0], may_follow=not is_top
        )
    for adjust in (busy_leaves.adjust, idle_services.adjust, business.adjust, faces.adjust):
        adjust(judged, uses)
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


def _count_neighbours(contents: Mapping[str, Contents], tops: Collection[str]) -> dict[str, Neighbours]:
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    files: Counter[str] = Counter()
    stored: Counter[str] = Counter()
    for path, each in contents.items():
        folder = path.rpartition("/")[0]
        verdict = judge(each)
        files[folder] += 1
        stored[folder] += each.is_stored
        told = roles[folder]
        if verdict is not None and verdict.kind != REQUEST:
            told[verdict.role] += 1
    return {
        folder: Neighbours(
            dict(counts.most_common()),
            folder,
            files[folder],
            stored[folder],
            is_at_top=folder.rpartition("/")[0] in tops,
        )
        for folder, counts in roles.items()
    }
