"""Sources of which parts know what module rules find in them, so that they need not be parsed for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from layercheck.edits.fix_checks import find_problem_of_edits
from layercheck.engine.module_examiner import ModuleExaminer
from layercheck.engine.part_examiner import is_true_of
from layercheck.errors import PartError
from layercheck.facts.fact_store import SourceStore
from layercheck.model.examination import Examination
from layercheck.python.text.encoding import decode_source
from layercheck.python.text.line_index import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from layercheck.facts.examiner import Examiner
    from layercheck.facts.part import FileEntry, Part
    from layercheck.model.examination import Fact, ModuleFinding
    from layercheck.model.module import Module


class Placed(NamedTuple):
    """One file of a part, and where the part is."""

    entry: FileEntry
    part: Part
    place: Path


class PartStore(SourceStore):
    """A store that takes from parts what rules find, as far as they foresaw what the project says of the modules."""

    def take_parts(self, placed: Iterable[Placed]) -> None:
        """Take in what rules found in files whose contents are those on disk."""
        self._placed = {each.entry.path: each for each in placed}

    def examine(self, modules: Iterable[Module], examiner: Examiner[Any]) -> None:
        """Have an examiner look at the syntax of modules, except those for which the parts know the result."""
        modules = list(modules)
        if not isinstance(examiner, ModuleExaminer):
            raise TypeError(f"parts know nothing of what {type(examiner).__name__} finds")
        for module in modules:
            facts = self.facts[module.path]
            if facts.examination is None and module.path in self._placed:
                examination = self._recall(module, examiner, self._placed[module.path])
                self.facts[module.path] = replace(facts, examination=examination)
        super().examine(modules, examiner)

    def _recall(self, module: Module, examiner: ModuleExaminer, placed: Placed) -> Examination | None:
        readings, codes = placed.entry.readings, [rule.code for rule in placed.part.rules]
        lookers = [rule.code for rule in examiner.find_lookers(module, self.facts[module.path].scan)]
        if readings is None or not frozenset(codes).issuperset(lookers):
            return None
        found: list[tuple[str, ModuleFinding]] = []
        facts: list[tuple[str, Fact]] = []
        wanted = frozenset(lookers).intersection(codes[at] for at in readings.interested)
        for code in filter(wanted.__contains__, lookers):
            reading = next(
                (
                    each
                    for each in readings.readings
                    if codes[each.rule] == code
                    and readings.names[each.name] == module.name
                    and is_true_of(each, module)
                ),
                None,
            )
            if reading is None:
                return None
            found += ((code, finding) for finding in reading.findings)
            facts += ((code, fact) for fact in reading.facts)
        if found:
            self._require_places(placed, [finding for _, finding in found])
        return Examination(module, examiner.identity, tuple(found), is_parsed=bool(wanted), facts=tuple(facts))

    def _require_places(self, placed: Placed, findings: Sequence[ModuleFinding]) -> None:
        """Raise PartError for what is in no line of the file: parts come from others."""
        lines = LineIndex(decode_source(self.read(placed.entry.path)))
        for finding in findings:
            is_inside = lines.holds(finding.span) and lines.holds(finding.statement)
            if not is_inside or (finding.fix is not None and find_problem_of_edits(finding.fix.edits, lines)):
                raise PartError(
                    f"{placed.place}: is damaged (what it says of {placed.entry.path} is not in that file): make it again"
                    " with `layercheck facts`"
                )
