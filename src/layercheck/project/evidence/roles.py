"""From what names and contents say to the role of every file, with its certainty and the evidence."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from layercheck.model.module import Certainty
from layercheck.project.evidence import business, busy_leaves, faces, idle_services
from layercheck.project.evidence.combination import combine
from layercheck.project.evidence.judgement import Judgement, NamedRole
from layercheck.project.evidence.neighbours import Neighbours
from layercheck.project.evidence.signs import ENDPOINT, REQUEST
from layercheck.project.evidence.verdict import judge
from layercheck.project.relative_paths import folders_above
from layercheck.project.roles import ASIDE, aside_role

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from layercheck.project.evidence.contents import Contents
    from layercheck.project.evidence.uses import UseQuestion, Uses
    from layercheck.project.layout import Layout


_TOLD_BY_NAMES = ("named", "roles", "application_of")
"""What the layout knows of a file."""


class RoleJudge:
    """Decides the role of every file, and again when a few have changed."""

    def __init__(self, uses: Uses, before: RoleJudge | None = None) -> None:
        """Take all files, and which of them use others; `before` is what judged when other files were there."""
        self._uses = uses
        self._around = _count_neighbours(uses.contents, uses.tops)
        self._serving = _find_serving(uses.contents)
        known = {} if before is None else self._find_alike(before)
        self._alone = {path: known.get(path) or self._judge_alone(path) for path in uses.contents}
        """What is judged of a file without looking at the roles of others."""
        self.judged = self._adjust()
        """The roles by path."""

    @property
    def asked(self) -> Sequence[UseQuestion]:
        """What of the imports of files had a say in the roles."""
        return self._uses.asked

    def replace(
        self, paths: Collection[str], contents: Mapping[str, Contents], imports: Mapping[str, Collection[str]]
    ) -> None:
        """Judge again after the contents or the imports of some files have changed."""
        used, self._uses = self._uses, self._uses.replace(paths, contents, imports)
        before = used.contents
        changed = [path for path in paths if before[path] != contents[path]]
        if not changed:
            if not self._uses.is_like(used, paths):
                self.judged = self._adjust()
            return
        again = set(changed)
        if any(_serves(before[path]) != _serves(contents[path]) for path in changed):
            self._serving = _find_serving(contents)
            again.update(contents)
        folders = {path.rpartition("/")[0] for path in changed}
        beside = {path: each for path, each in contents.items() if path.rpartition("/")[0] in folders}
        around = _count_neighbours(beside, self._uses.tops)
        if any(self._around[folder] != around[folder] for folder in folders):
            self._around |= around
            again.update(beside)
        judged = {path: self._judge_alone(path) for path in again}
        is_alike = all(self._alone[path] == each for path, each in judged.items()) and all(
            _looks_alike(before[path], contents[path]) for path in changed
        )
        # In the order of the files, which stays.
        self._alone.update(judged)
        if not is_alike or not self._uses.is_like(used, paths):
            self.judged = self._adjust()

    def _find_alike(self, before: RoleJudge) -> Mapping[str, Judgement]:
        """Find what was judged of files of which everything that counts is the same."""
        then, now, around = before._uses, self._uses, self._around
        if before._serving != self._serving or then.tops != now.tops:
            return {}
        folders = {folder for folder, each in around.items() if before._around.get(folder) == each}
        return {
            path: judgement
            for path, judgement in before._alone.items()
            if path.rpartition("/")[0] in folders
            and then.contents.get(path) is now.contents.get(path)
            and all(
                getattr(then.layout, each).get(path) == getattr(now.layout, each).get(path) for each in _TOLD_BY_NAMES
            )
        }

    def _adjust(self) -> dict[str, Judgement]:
        judged = dict(self._alone)
        for adjust in (busy_leaves.adjust, idle_services.adjust, business.adjust, faces.adjust):
            adjust(judged, self._uses)
        return judged

    def _judge_alone(self, path: str) -> Judgement:
        layout, contents = self._uses.layout, self._uses.contents[path]
        named = layout.named.get(path)
        folder = path.rpartition("/")[0]
        if named is None:
            role = layout.roles.get(path)
            if role is not None:
                return Judgement(role, Certainty.CERTAIN, "its name says so")
            named = NamedRole()
        if named.role in ASIDE:
            if not _is_code_in_disguise(named, contents, folder):
                return Judgement(named.role, Certainty.CERTAIN, "its name says so")
            named = NamedRole()
        beside = self._around[folder]
        if named.role == "api" and named.is_folder and _application_of(layout, path) in self._serving:
            beside = beside._replace(is_served=_top_named(folder, named.word) in self._serving)
        stem = path.rpartition("/")[2].rpartition(".")[0]
        return combine(named, contents, beside, stem=stem, may_follow=folder not in self._uses.tops)


def _find_serving(contents: Mapping[str, Contents]) -> set[str]:
    return {folder for path, each in contents.items() if _serves(each) for folder in folders_above(path)}


def _looks_alike(before: Contents, after: Contents) -> bool:
    """Tell whether who adjusts roles sees no difference: nobody counts functions there, but asks whether there are some."""
    then, now = (each._replace(functions=bool(each.functions)) for each in (before, after))
    return then == now


def _serves(contents: Contents) -> bool:
    return ENDPOINT in contents.kinds or REQUEST in contents.kinds


def _application_of(layout: Layout, path: str) -> str:
    return layout.application_of.get(path, "")


def _top_named(folder: str, word: str) -> str:
    """Find the outermost folder above that is called `word`."""
    parts = folder.split("/")
    return "/".join(parts[: parts.index(word) + 1]) if word in parts else folder


def _is_code_in_disguise(named: NamedRole, contents: Contents, folder: str) -> bool:
    """Tell whether a file that is called like a test defines endpoints, tables or the like: `test_items.py` of a shop.

    A test defines some as well, to have something to test.
    """
    if named.is_folder or contents.is_test or any(aside_role(name) == named.role for name in folder.split("/")):
        return False
    verdict = judge(contents)
    return verdict is not None and verdict.role in {"api", "models"}


def _count_neighbours(contents: Mapping[str, Contents], tops: Collection[str]) -> dict[str, Neighbours]:
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    files: Counter[str] = Counter()
    stored: Counter[str] = Counter()
    learning: Counter[str] = Counter()
    asking: Counter[str] = Counter()
    for path, each in contents.items():
        folder = path.rpartition("/")[0]
        verdict = judge(each)
        files[folder] += 1
        stored[folder] += each.is_stored
        learning[folder] += each.is_learning
        asking[folder] += each.takes_requests
        told = roles[folder]
        if verdict is not None and verdict.kind != REQUEST:
            told[verdict.role] += 1
    return {
        folder: Neighbours(
            dict(counts.most_common()),
            folder,
            files[folder],
            stored[folder],
            learning[folder],
            asking[folder],
            is_at_top=folder.rpartition("/")[0] in tops,
        )
        for folder, counts in roles.items()
    }
