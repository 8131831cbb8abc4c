"""The cheapest set that meets every one of some sets: a minimum hitting set, by branch and bound.

Sets of columns, and sets of rows, are integers whose bits are the members: to intersect or to compare them is one
operation. A row is a set of which at least one column has to be taken.
"""

from __future__ import annotations

from collections import Counter
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class SearchExhaustedError(Exception):
    """The search took more effort than it was given."""


class CoverSearch:
    """Finds cheapest covers, with so much effort and no more: the same question always has the same answer."""

    def __init__(self, costs: Sequence[int], effort: int) -> None:
        """`costs` are those of the columns, positive; `effort` is how many rows may be looked at in all branches."""
        self._costs = costs
        self._effort = effort

    def find(self, rows: Sequence[int]) -> int:
        """Find the cheapest set of columns that meets every row. Raises SearchExhaustedError."""
        cover = self._solve(list(rows), sum(self._costs) + 1)
        assert cover is not None  # noqa: S101  (all columns together meet every row)
        return cover

    def find_quickly(self, rows: Sequence[int]) -> int:
        """Find a cheap set of columns that meets every row: one after the other, what meets most for its cost."""
        columns = _columns(rows)
        unmet = (1 << len(rows)) - 1
        waiting = [(self._costs[column] / met.bit_count(), column) for column, met in columns.items()]
        heapify(waiting)
        chosen = []
        while unmet:
            price, column = heappop(waiting)
            count = (columns[column] & unmet).bit_count()
            if count and self._costs[column] / count > price:
                # Some of what it meets was met by others meanwhile.
                heappush(waiting, (self._costs[column] / count, column))
            elif count:
                chosen.append(column)
                unmet &= ~columns[column]
        return self._without_needless(chosen, columns)

    def _without_needless(self, chosen: Sequence[int], columns: Mapping[int, int]) -> int:
        times = Counter(row for column in chosen for row in list_bits(columns[column]))
        kept = 0
        for column in sorted(chosen, key=lambda column: (-self._costs[column], column)):
            met = list_bits(columns[column])
            if all(times[row] > 1 for row in met):
                times.subtract(met)
            else:
                kept |= 1 << column
        return kept

    def cost(self, columns: int) -> int:
        """Add up what columns cost."""
        return sum(self._costs[column] for column in list_bits(columns))

    def _solve(self, rows: list[int], limit: int) -> int | None:
        """Find the cheapest cover that costs less than `limit`, if there is one."""
        rows, taken = self._reduce(rows)
        limit -= self.cost(taken)
        if limit <= 0:
            return None
        parts = _split(rows)
        bounds = [self._bound(part) for part in parts]
        open_bound = sum(bounds)
        for part, bound in zip(parts, bounds, strict=True):
            # What the other parts cost at the least is not there to be spent on this one.
            open_bound -= bound
            found = self._branch(part, bound, limit - open_bound)
            if found is None:
                return None
            taken |= found
            limit -= self.cost(found)
        return taken

    def _branch(self, rows: list[int], bound: int, limit: int) -> int | None:
        best: int | None = self.find_quickly(rows)
        cost = self.cost(best or 0)
        if cost >= limit:
            best, cost = None, limit
        if bound >= cost:
            return best
        self._effort -= len(rows)
        if self._effort < 0:
            raise SearchExhaustedError
        column = self._busiest(rows)
        bit = 1 << column
        found = self._solve([row for row in rows if not row & bit], cost - self._costs[column])
        if found is not None:
            best = found | bit
            cost = self.cost(best)
        # No row has this column alone: such a column was taken before.
        found = self._solve([row & ~bit for row in rows], cost)
        return best if found is None else found

    def _busiest(self, rows: Sequence[int]) -> int:
        counts = {column: members.bit_count() for column, members in _columns(rows).items()}
        return max(counts, key=lambda column: (counts[column], -self._costs[column], -column))

    def _reduce(self, rows: list[int]) -> tuple[list[int], int]:
        """Take what has to be taken, and leave out rows and columns that cannot matter."""
        taken = 0
        while True:
            before = len(rows), sum(row.bit_count() for row in rows)
            rows = _minimal(rows)
            forced = 0
            for row in rows:
                if not row & (row - 1):
                    forced |= row
            if forced:
                taken |= forced
                rows = [row for row in rows if not row & forced]
            useless = self._find_dominated(rows)
            if useless:
                rows = [row & ~useless for row in rows]
            if (len(rows), sum(row.bit_count() for row in rows)) == before:
                return rows, taken

    def _find_dominated(self, rows: Sequence[int]) -> int:
        """Find the columns for each of which another one meets the same rows, or more, and costs no more."""
        columns = _columns(rows)
        cheapest: dict[int, int] = {}
        for column in sorted(columns, key=lambda column: (self._costs[column], column)):
            cheapest.setdefault(columns[column], column)
        kept = sum(1 << column for column in cheapest.values())
        useless = sum(1 << column for column in columns) & ~kept
        for met, column in cheapest.items():
            # Who meets all that this one meets stands in each of its rows.
            a_row = rows[(met & -met).bit_length() - 1]
            for other in list_bits(a_row & kept & ~(1 << column)):
                if met & ~columns[other] == 0 and self._costs[other] <= self._costs[column]:
                    useless |= 1 << column
                    break
        return useless

    def _bound(self, rows: Sequence[int]) -> int:
        """Find what a cover costs at the least: each row pays, out of what its columns still cost (dual ascent)."""
        left: dict[int, int] = {}
        total = 0
        for row in sorted(rows, key=lambda row: (row.bit_count(), row)):
            members = list_bits(row)
            paid = min(left.get(column, self._costs[column]) for column in members)
            if paid:
                total += paid
                for column in members:
                    left[column] = left.get(column, self._costs[column]) - paid
        return total


def list_bits(bits: int) -> list[int]:
    """List the members of a set, ascending."""
    found = []
    while bits:
        low = bits & -bits
        found.append(low.bit_length() - 1)
        bits ^= low
    return found


def _columns(rows: Sequence[int]) -> dict[int, int]:
    """Return the rows of each column."""
    columns: dict[int, int] = {}
    for at, row in enumerate(rows):
        for column in list_bits(row):
            columns[column] = columns.get(column, 0) | 1 << at
    return columns


def _minimal(rows: Sequence[int]) -> list[int]:
    """Leave out rows that hold another one: who meets that meets them."""
    kept: list[int] = []
    by_first: dict[int, list[int]] = {}
    for row in sorted(set(rows), key=lambda row: (row.bit_count(), row)):
        # What a row holds begins with one of its own columns.
        if not any(other & ~row == 0 for column in list_bits(row) for other in by_first.get(column, ())):
            kept.append(row)
            by_first.setdefault((row & -row).bit_length() - 1, []).append(row)
    return kept


def _split(rows: Sequence[int]) -> list[list[int]]:
    """Part the rows into groups that share no column; each is a question of its own."""
    groups: list[tuple[int, list[int]]] = []
    for row in rows:
        columns, together = row, [row]
        apart = []
        for members, part in groups:
            if members & row:
                columns |= members
                together += part
            else:
                apart.append((members, part))
        groups = [*apart, (columns, together)]
    return [part for _, part in groups]
