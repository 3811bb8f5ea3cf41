"""Putting an archive together: which sheets and files it has, in the order of their places.

Every text and figure is asked of `Archive`; here is only said where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.papers import daybook, porcelain, register
from planledger.papers.archive import extract, front, lists, places
from planledger.papers.archive.leaves import Leaf, Table
from planledger.papers.archive.workbook import workbook
from planledger.papers.cells import reproducible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planledger.questions.archive import Archive
    from planledger.questions.evidence import Evidence
    from planledger.questions.sheet import Row


class Binding:
    """One archive, or the supplement to an earlier one, as the files that it is made of."""

    def __init__(self, archive: Archive, since: int = 0) -> None:
        """Lay out where everything goes.

        Args:
            archive: the answers.
            since: the last entry of the earlier archive; 0 for a whole one.
        """
        self.archive = archive
        self.since = since
        self.rows = tuple(row for row in archive.sheet.rows if self._is_touched(row))
        self.files = dict(self._placed())

    def leaves(self) -> Iterator[Leaf]:
        """Give every file of the archive but its manifest."""
        archive, placed = self.archive, {entry: leaf.path for entry, leaf in self.files.items()}
        folders = {row.item.code: places.item_folder(archive.sheet, row) for row in self.rows}
        yield Leaf(places.FRONT, front.page(archive, folders, self.since))
        yield Leaf(places.README, front.readme(archive))
        yield Leaf(places.head_name(archive.head), front.head(archive))
        if self.since:
            added = lists.supplement(archive, self.since)
            yield from self._both(places.SUPPLEMENT, "补充清单", added)
        yield from self._both(places.INVENTORY, "卷内目录", (lists.inventory(archive, placed),))
        yield from self._both(places.MISSING, "缺件清单", lists.missing(archive))
        yield Leaf(places.ANNEX, reproducible(register.annex(archive.sheet)))
        yield Leaf(places.DAYBOOK, reproducible(daybook.ledger(archive.daybook)))
        yield Leaf(places.FILINGS, front.filings(archive))
        yield from self._data()
        for row in self.rows:
            folder = folders[row.item.code]
            yield Leaf(f"{folder}/{places.EXTRACT}", extract.page(archive, row, folder, placed))
        yield from self.files.values()

    def _placed(self) -> Iterator[tuple[int, Leaf]]:
        """Give every file that leaves with the archive its place; what is destroyed or personal has none."""
        counts: dict[str, int] = {}
        for one in self.archive.holdings.evidence:
            code = one.row.item.code
            counts[code] = counts.get(code, 0) + 1
            if self._leaves(one):
                folder = places.item_folder(self.archive.sheet, one.row)
                path = f"{folder}/{places.evidence_name(one, counts[code])}"
                yield one.mark.entry, Leaf(path, evidence=one)

    def _leaves(self, one: Evidence) -> bool:
        may_leave = not one.destroyed_by and (self.archive.is_full or not one.is_personal)
        return may_leave and one.mark.entry > self.since

    def _is_touched(self, row: Row) -> bool:
        """Whether anything was recorded of a row since the earlier archive."""
        code = row.item.code
        of_row = (one.id for one in self.archive.daybook.history.entries if one.code == code)
        return not self.since or any(number > self.since for number in of_row)

    def _both(self, path: str, title: str, tables: tuple[Table, ...]) -> Iterator[Leaf]:
        """Give a list as a page and as a workbook."""
        yield Leaf(f"{path}.html", front.listed(self.archive, title, tables))
        yield Leaf(f"{path}.xlsx", workbook(self.archive.sheet, front.told(self.archive), title, tables))

    def _data(self) -> Iterator[Leaf]:
        """Give the answers as JSON, for whoever counts with a machine."""
        archive = self.archive
        answers = {
            "status": porcelain.status(archive.sheet, archive.sheet.rows, ()),
            "missing": porcelain.missing(archive.papers),
            "evidence": porcelain.evidence(archive.holdings),
            "filings": porcelain.filings(archive.filings),
            "history": porcelain.history(archive.daybook.history),
        }
        for name, answer in answers.items():
            yield Leaf(f"{places.DATA}/{name}.json", f"{porcelain.text(answer)}\n".encode())
        for row in self.rows:
            answer = porcelain.dossier(archive.dossier(row))
            yield Leaf(f"{places.DATA}/{row.item.code}.json", f"{porcelain.text(answer)}\n".encode())
