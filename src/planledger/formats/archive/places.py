"""Where things lie in an archive: folders by area and item, named so that a person finds them on any system."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from planledger.formats.archive.page import Link
from planledger.formats.text.display import portable_name
from planledger.questions.answers.archive import KnownHead
from planledger.questions.answers.evidence import Evidence
from planledger.questions.answers.history import Entry
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
_REACH = re.compile(r"链首-([1-9][0-9]{0,11})-([0-9a-f]{16})-([0-9]{8})-([0-9]{20})\.txt")
_FOLDER, _FILE = 75, 140  # bytes of a name; two folders and a file stay below what Windows takes


def item_folder(sheet: Sheet, row: Row) -> str:
    """Name the folder of an item, in that of its area where the plan has areas: 1 组织领导/1.3 党委召开常委会."""
    own = portable_name(f"{row.item.code} {row.item.title}", _FOLDER)
    area = sheet.area_name(row.item.area)
    return f"{portable_name(f'{row.item.area} {area}', _FOLDER)}/{own}" if area else own


def evidence_name(one: Evidence, number: int) -> str:
    """Name a file by its place among those of its item, its kind, its day, and what it was called."""
    return portable_name(f"{number:02d} {one.mark.subject} {one.mark.day} {one.name(is_full=True)}", _FILE)


class ArchiveExtent(NamedTuple):
    """How far an archive reaches: what had happened by a day, and had been recorded by a moment."""

    number: int = 0  # of the last entry that counted
    seal: str = ""
    as_of: str = ""
    known_at: str = ""

    def holds(self, entry: Entry) -> bool:
        """Whether an entry was in that archive."""
        return entry.dated <= self.as_of and entry.recorded_at <= self.known_at


def head_name(head: KnownHead, sheet: Sheet) -> str:
    """Name the file that says where the chain stood, so that the manifest alone says how far an archive reaches."""
    day, moment = sheet.as_of.replace("-", ""), "".join(filter(str.isdigit, sheet.known_at.partition("+")[0]))
    return f"链首-{head.number}-{head.seal[:16]}-{day}-{moment}.txt"


def extent_in(paths: Iterable[str]) -> ArchiveExtent | None:
    """Read how far an archive reaches from the names of its files."""
    found = next(filter(None, map(_REACH.fullmatch, paths)), None)
    if found is None:
        return None
    number, seal, day, moment = found.groups()
    clock = f"{moment[8:10]}:{moment[10:12]}:{moment[12:14]}.{moment[14:]}+08:00"
    return ArchiveExtent(int(number), seal, _day(day), f"{_day(moment)}T{clock}")


def _day(digits: str) -> str:
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}"


def up_from(folder: str, path: str) -> Link:
    """Lead from a page in a folder to a file at the top."""
    return Link(path, "../" * (folder.count("/") + 1) + path)
