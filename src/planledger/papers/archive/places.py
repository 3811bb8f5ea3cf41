"""Where things lie in an archive: folders by area and item, named so that a person finds them on any system."""

from planledger.papers.archive.leaves import Link
from planledger.papers.filenames import file_name
from planledger.questions.archive import Head
from planledger.questions.evidence import Evidence
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
_HEAD = "链首"
_FOLDER, _FILE = 75, 140  # bytes of a name; two folders and a file stay below what Windows takes


def item_folder(sheet: Sheet, row: Row) -> str:
    """Name the folder of an item, in that of its area where the plan has areas: 1 组织领导/1.3 党委召开常委会."""
    own = file_name(f"{row.item.code} {row.item.title}", _FOLDER)
    area = sheet.area_name(row.item.area)
    return f"{file_name(f'{row.item.area} {area}', _FOLDER)}/{own}" if area else own


def evidence_name(one: Evidence, number: int) -> str:
    """Name a file by its place among those of its item, its kind, its day, and what it was called."""
    return file_name(f"{number:02d} {one.mark.subject} {one.mark.day} {one.name(is_full=True)}", _FILE)


def head_name(head: Head) -> str:
    """Name the file that says where the chain stood, so that the manifest binds it by name too."""
    return f"{_HEAD}-{head.number}-{head.seal[:16]}.txt"


def head_in(paths: list[str]) -> tuple[int, str] | None:
    """Read number and seal of the head from the names of an archive's files."""
    for path in paths:
        parts = path.removesuffix(".txt").split("-")
        if path.endswith(".txt") and len(parts) == 3 and parts[0] == _HEAD and parts[1].isdecimal():  # noqa: PLR2004
            return int(parts[1]), parts[2]
    return None


def up_from(folder: str, path: str) -> Link:
    """Lead from a page in a folder to a file at the top."""
    return Link(path, "../" * (folder.count("/") + 1) + path)
