"""Putting an archive together: which sheets and files it has, in the order of their places.

Every text and figure is asked of `Archive`; here is only said where it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.archive import extract, front, lists, places
from planledger.formats.archive.page import Leaf, Table, lists_workbook
from planledger.formats.archive.places import ArchiveExtent
from planledger.formats.json import answers as json_answers
from planledger.formats.workbook import daybook, register
from planledger.formats.workbook.tables import reproducible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planledger.formats.json.items import Json
    from planledger.questions.answers.archive import Archive
    from planledger.questions.answers.evidence import Evidence
    from planledger.questions.sheet import Row


class Binding:
    """One archive, or the supplement to an earlier one, as the files that it is made of."""

    def __init__(self, archive: Archive, since: ArchiveExtent | None = None, earlier: str = "") -> None:
        """Lay out where everything goes.

        Args:
            archive: the answers.
            since: how far the earlier archive reached; None for a whole one.
            earlier: SHA-256 of the manifest of the earlier archive.
        """
        self.archive = archive
        self.since = since
        self.earlier = earlier
        self.new = tuple(one for one in archive.daybook.history.entries if not (since and since.holds(one)))
        self._numbers = {one.id for one in self.new}
        self.rows = tuple(row for row in archive.sheet.rows if self._is_touched(row))
        self.files = dict(self._placed())

    @property
    def contents(self) -> str:
        """Say how many files are in it, and of how many others it only tells."""
        rest = [one for one in self.archive.holdings.evidence if one.mark.entry not in self.files]
        destroyed = sum(bool(one.destroyed_by) for one in rest)
        earlier = sum(not one.destroyed_by and self._may_leave(one) for one in rest)
        why = {
            "份含个人信息未附": len(rest) - destroyed - earlier,
            "份已销毁": destroyed,
            "份见前次归档": earlier,
        }
        said = "，".join(f"{count}{what}" for what, count in why.items() if count)
        return f"{len(self.files)}份" + (f"（另{said}）" if said else "")

    def files_of(self, code: str) -> int:
        """Count the files of an item that are in it."""
        return sum(
            leaf.evidence is not None and leaf.evidence.row.item.code == code for leaf in self.files.values()
        )

    def leaves(self) -> Iterator[Leaf]:
        """Give every file of the archive but its manifest."""
        archive, placed = self.archive, {entry: leaf.path for entry, leaf in self.files.items()}
        folders = {row.item.code: places.item_folder(archive.sheet, row) for row in self.rows}
        yield Leaf(places.FRONT, front.front_page(self, folders))
        yield Leaf(places.README, front.readme_text(archive, is_supplement=bool(self.since)))
        yield Leaf(places.head_name(archive.head, archive.sheet), front.head_text(archive))
        if self.since:
            added = lists.supplement_tables(archive, self.new)
            yield from self._both(places.SUPPLEMENT, "补充清单", added)
        yield from self._both(places.INVENTORY, "卷内目录", (lists.inventory_table(archive, placed),))
        yield from self._both(places.MISSING, "缺件清单", lists.missing_tables(archive))
        yield Leaf(places.ANNEX, reproducible(register.annex_workbook(archive.sheet)))
        yield Leaf(places.DAYBOOK, reproducible(daybook.ledger_workbook(archive.daybook)))
        yield Leaf(places.FILINGS, front.filings_page(archive))
        yield from self._data()
        for row in self.rows:
            folder = folders[row.item.code]
            yield Leaf(f"{folder}/{places.EXTRACT}", extract.extract_page(archive, row, folder, placed))
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
        return not one.destroyed_by and self._may_leave(one) and one.mark.entry in self._numbers

    def _may_leave(self, one: Evidence) -> bool:
        return self.archive.is_full or not one.is_personal

    def _is_touched(self, row: Row) -> bool:
        """Whether anything was recorded of a row since the earlier archive."""
        return not self.since or any(one.code == row.item.code for one in self.new)

    def _both(self, path: str, title: str, tables: tuple[Table, ...]) -> Iterator[Leaf]:
        """Give a list as a page and as a workbook."""
        yield Leaf(f"{path}.html", front.list_page(self.archive, title, tables))
        yield Leaf(
            f"{path}.xlsx", lists_workbook(self.archive.sheet, front.extent_line(self.archive), title, tables)
        )

    def _data(self) -> Iterator[Leaf]:
        """Give the answers as JSON, for whoever counts with a machine."""
        archive = self.archive
        answers = {
            "status": json_answers.status(archive.sheet, archive.sheet.rows, ()),
            "missing": json_answers.missing(archive.papers),
            "evidence": json_answers.evidence(archive.holdings),
            "filings": json_answers.filings(archive.filings),
            "history": json_answers.history(archive.daybook.history),
        }
        for name, answer in answers.items():
            yield self._answer(name, answer)
        for row in self.rows:
            yield self._answer(row.item.code, json_answers.dossier(archive.dossier(row)))

    def _answer(self, name: str, answer: Json) -> Leaf:
        told = json_answers.of_plan(answer, self.archive.source)
        return Leaf(f"{places.DATA}/{name}.json", f"{json_answers.json_text(told)}\n".encode())


def delivery_lines(binding: Binding, where: str, seal: str) -> str:
    """Say what was built.

    Args:
        binding: the archive.
        where: how the user called it.
        seal: SHA-256 of its manifest.
    """
    archive = binding.archive
    papers = archive.papers
    kind = f"补充归档（第{binding.since.number}号记录之后）" if binding.since else "归档"
    lines = [
        f"已写成{kind} {where}：{len(binding.rows)}项，佐证材料{binding.contents}，另存{len(papers.kept)}份。"
    ]
    told_apart = [lists.missing_line(one) for one in papers.missing]
    told_apart += [lists.unattached_line(one) for one in papers.unattached]
    lines.append(f"{lists.proven_share(archive)}。")
    state = lists.completeness(papers, is_complete=archive.is_complete)
    lines.append(f"{state}（未到期{len(papers.pending)}份）{'：' if told_apart else '。'}")
    lines += [f"  {one}" for one in told_apart]
    lines.append(f"清单的 SHA-256 {seal}")
    lines.append(f"链首 {archive.head.said}")
    lines.append("请把这两行抄在来文或纸质材料上，以后可以核对。")
    return "\n".join(lines)
