"""What is in an archive and where it lies: folders by area and item, named so that a person finds them on any system."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from planledger.formats.archive.page import ArchiveFile, Link
from planledger.formats.text.display import portable_name
from planledger.questions.answers.archive import Archive, KnownHead
from planledger.questions.answers.evidence import Evidence
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.sheet import Row, Sheet

FRONT = "00 首页.html"
README = "00 说明.txt"
INVENTORY = "01 卷内目录"
MISSING = "02 缺件清单"
ANNEX = "03 总表.xlsx"
DAYBOOK = "04 台账.xlsx"
FILINGS = "05 报送情况.html"
DATA = "06 数据"
SUPPLEMENT = "00 补充清单"
EXTRACT = "00 台账摘录.html"
MANIFEST = "MANIFEST.sha256"
_HEAD_NAME = re.compile(r"链首-([1-9][0-9]{0,11})-([0-9a-f]{16})-([0-9]{8})-([0-9]{20})\.txt")
_FOLDER, _FILE = 75, 140  # bytes of a name; two folders and a file stay below what Windows takes


class ArchiveExtent(NamedTuple):
    """How far an archive goes: what had happened by a day, and had been recorded by a moment."""

    number: int = 0  # of the last entry that counted
    seal: str = ""
    as_of: str = ""
    known_at: str = ""

    def holds(self, entry: Entry) -> bool:
        """Whether an entry was in that archive."""
        return entry.dated <= self.as_of and entry.recorded_at <= self.known_at


class ArchiveContents:
    """Which entries, rows and files of evidence an archive has, or the supplement to an earlier one."""

    def __init__(self, archive: Archive, since: ArchiveExtent | None = None, earlier: str = "") -> None:
        """Give every file of evidence its place.

        Args:
            archive: the answers.
            since: how far the earlier archive goes; None for a whole one.
            earlier: SHA-256 of the manifest of the earlier archive.
        """
        self.archive = archive
        self.since = since
        self.earlier = earlier
        self.new = tuple(one for one in archive.daybook.history.entries if not (since and since.holds(one)))
        changed = {one.code for one in self.new}
        self.rows = tuple(row for row in archive.sheet.rows if not since or row.item.code in changed)
        self.evidence = dict(self._placed())

    @property
    def summary(self) -> str:
        """How many files of evidence are in it, and how many others it only names."""
        rest = [one for one in self.archive.holdings.evidence if one.mark.entry not in self.evidence]
        destroyed = sum(bool(one.destroyed_by) for one in rest)
        earlier = sum(not one.destroyed_by and self._may_leave(one) for one in rest)
        why = {
            "份含个人信息未附": len(rest) - destroyed - earlier,
            "份已销毁": destroyed,
            "份见前次归档": earlier,
        }
        others = "，".join(f"{count}{what}" for what, count in why.items() if count)
        return f"{len(self.evidence)}份" + (f"（另{others}）" if others else "")

    @property
    def paths(self) -> dict[int, str]:
        """Where the file of each entry lies, for those that are in it."""
        return {entry: file.path for entry, file in self.evidence.items()}

    def _placed(self) -> Iterator[tuple[int, ArchiveFile]]:
        """Give every file that leaves with the archive its place; what is destroyed or personal has none."""
        numbers = {one.number for one in self.new}
        counts: dict[str, int] = {}
        for one in self.archive.holdings.evidence:
            code = one.row.item.code
            counts[code] = counts.get(code, 0) + 1
            if not one.destroyed_by and self._may_leave(one) and one.mark.entry in numbers:
                name = f"{counts[code]:02d} {one.mark.subject} {one.mark.day} {one.name(is_full=True)}"
                path = f"{item_folder(self.archive.sheet, one.row)}/{portable_name(name, _FILE)}"
                yield one.mark.entry, ArchiveFile(path, evidence=one)

    def _may_leave(self, one: Evidence) -> bool:
        return self.archive.is_full or not one.is_personal


def item_folder(sheet: Sheet, row: Row) -> str:
    """Return the folder of an item, in that of its area where the plan has areas: 1 组织领导/1.3 党委召开常委会."""
    own = portable_name(f"{row.item.code} {row.item.title}", _FOLDER)
    area = sheet.area_name(row.item.area)
    return f"{portable_name(f'{row.item.area} {area}', _FOLDER)}/{own}" if area else own


def head_name(head: KnownHead, sheet: Sheet) -> str:
    """Return the name of the file with the head of the chain, by which the manifest alone shows how far an archive goes."""
    day, moment = sheet.as_of.replace("-", ""), "".join(filter(str.isdigit, sheet.known_at.partition("+")[0]))
    return f"链首-{head.number}-{head.seal[:16]}-{day}-{moment}.txt"


def extent_in(paths: Iterable[str]) -> ArchiveExtent | None:
    """Read from the names of its files how far an archive goes; None where none of them shows it."""
    match = next(filter(None, map(_HEAD_NAME.fullmatch, paths)), None)
    if match is None:
        return None
    number, seal, day, moment = match.groups()
    clock = f"{moment[8:10]}:{moment[10:12]}:{moment[12:14]}.{moment[14:]}+08:00"
    return ArchiveExtent(int(number), seal, _day(day), f"{_day(moment)}T{clock}")


def _day(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"


def up_from(folder: str, path: str) -> Link:
    """Return a link from a page in a folder to a file at the top."""
    return Link(path, "../" * (folder.count("/") + 1) + path)
