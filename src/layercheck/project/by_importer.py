"""Results that are derived from the possible imports of each module; an edit recomputes only the modules whose imports change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from layercheck.project.project import Project
    from layercheck.project.suspect import Suspect

T = TypeVar("T")


class ByImporter(Generic[T]):
    """Derives something from the possible imports of each module; two instances with one function are equal."""

    def __init__(self, function: Callable[[Project, Sequence[Suspect]], Sequence[T]]) -> None:
        self.function = function

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByImporter) and self.function == other.function

    def __hash__(self) -> int:
        return hash(self.function)

    def __call__(self, project: Project) -> dict[str, Sequence[T]]:
        """Derive it for all modules, in their order; modules without a result are left out."""
        return self._derive_for(project._imported, project)  # noqa: SLF001  (not public: it is not recorded)

    def update(
        self, known: Mapping[str, Sequence[T]], importers: Collection[str], project: Project
    ) -> Mapping[str, Sequence[T]]:
        """Derive it again for modules whose imports have changed; returns the same object if nothing differs."""
        suspects_by = project._imported  # noqa: SLF001  (not public: it is not recorded)
        fresh = self._derive_for({path: suspects_by.get(path, ()) for path in importers}, project)
        if all(known.get(path) == fresh.get(path) for path in importers):
            return known
        now = {path: found for path, found in {**known, **fresh}.items() if path in fresh or path not in importers}
        return now if now.keys() <= known.keys() else {path: now[path] for path in suspects_by if path in now}

    def _derive_for(self, suspects_by: Mapping[str, Sequence[Suspect]], project: Project) -> dict[str, Sequence[T]]:
        found = ((path, self.function(project, suspects)) for path, suspects in suspects_by.items() if suspects)
        return {path: each for path, each in found if each}
