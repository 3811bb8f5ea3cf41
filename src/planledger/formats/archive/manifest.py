"""Where things lie in an archive, and its manifest: every file with its SHA-256, and whether it is still so."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from unicodedata import normalize

from planledger.formats.archive.page import ArchiveFile
from planledger.formats.text.display import portable_name
from planledger.questions.answers.archive import Archive
from planledger.questions.answers.evidence import Evidence
from planledger.questions.facts.entry_rows import SHOWN_DIGITS, Entry
from planledger.questions.facts.office import ChainHead
from planledger.questions.sheet import Row, Sheet

FRONT = "00 首页.html"
README = "00 说明.txt"
INVENTORY = "01 卷内目录"
MISSING = "02 缺件清单"
ANNEX = "03 总表.xlsx"
DAYBOOK = "04 台账.xlsx"
FILINGS = "05 报送情况.html"
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


def head_name(head: ChainHead, sheet: Sheet) -> str:
    """Return the name of the file with the head of the chain, by which the manifest alone shows how far an archive goes."""
    day, moment = sheet.as_of.replace("-", ""), "".join(filter(str.isdigit, sheet.known_at.partition("+")[0]))
    return f"链首-{head.number}-{head.seal[:SHOWN_DIGITS]}-{day}-{moment}.txt"


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


_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\\")


class Manifest(NamedTuple):
    """What a manifest says."""

    digests: dict[str, str]  # SHA-256 of each file by its path
    faults: tuple[str, ...]


class Findings(NamedTuple):
    """What is wrong with an archive."""

    altered: tuple[str, ...]
    lacking: tuple[str, ...]
    extra: tuple[str, ...]
    faults: tuple[str, ...]  # of the manifest or of the archive as a zip file

    @property
    def is_sound(self) -> bool:
        """Whether the archive is what was built."""
        return not any(self)


def manifest_text(digests: Mapping[str, str]) -> bytes:
    """Write a manifest, in the order of the paths."""
    return "".join(f"{digests[path]}  {path}\n" for path in sorted(digests)).encode()


def read_manifest(data: bytes) -> Manifest:
    """Read a manifest; a line that cannot be used is a fault, and no path leads outside of the archive."""
    faults: list[str] = []
    digests: dict[str, str] = {}
    names: set[str] = set()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Manifest({}, ("清单不是 UTF-8 文字，无法核对",))
    for number, line in enumerate(text.splitlines(), 1):
        match = _LINE.fullmatch(line)
        if not match:
            faults.append(f"清单第{number}行不成格式")
            continue
        path = composed(match[2])
        if _OUTSIDE.search(path):
            faults.append(f"清单第{number}行指向档案之外：{path}")
        elif path.casefold() in names:
            faults.append(f"清单第{number}行的名字重复：{path}")
        else:
            digests[path] = match[1]
            names.add(path.casefold())
    if not digests and not faults:
        faults.append("清单是空的")
    return Manifest(digests, tuple(faults))


def composed(path: str) -> str:
    """Return a path in one form of Unicode: some systems take a name apart when they copy it."""
    return normalize("NFC", path)


def compare_files(manifest: Manifest, present: Mapping[str, str], faults: Iterable[str]) -> Findings:
    """Compare what is there with the manifest.

    Args:
        manifest: what was built.
        present: SHA-256 of each file that is there, by its path.
        faults: what is wrong with the archive as a zip file.
    """
    wanted = manifest.digests
    return Findings(
        altered=tuple(path for path in wanted if path in present and present[path] != wanted[path]),
        lacking=tuple(path for path in wanted if path not in present),
        extra=tuple(path for path in present if path not in wanted),
        faults=(*manifest.faults, *faults),
    )


def finding_lines(findings: Findings, count: int, seal: str) -> str:
    """Return what a user reads: every altered, lacking and extra file.

    Args:
        findings: what is wrong.
        count: how many files the manifest names.
        seal: SHA-256 of the manifest itself.
    """
    if findings.is_sound:
        return f"核对通过：{count}个文件都与归档时一致，没有多出的。\n清单的 SHA-256 {seal}"
    lines = [f"  {fault}" for fault in findings.faults]
    for what, paths in (("改动过", findings.altered), ("缺少", findings.lacking), ("多出", findings.extra)):
        lines += [f"  {what}：{path}" for path in paths]
    return "\n".join(("核对未通过：这份档案与归档时不一致。", *lines, "请向交来的单位要原件重新核对。"))
