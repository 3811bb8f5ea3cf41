"""The pages and texts of an archive: whether it is complete, what is in it, how it is checked without this program."""

from collections import Counter
from collections.abc import Mapping

from planledger.formats.archive import lists, manifest
from planledger.formats.archive.manifest import ArchiveContents
from planledger.formats.archive.page import Link, Page, Table
from planledger.formats.text import filing_text, phrases, row_text
from planledger.plan.days import to_the_minute
from planledger.questions.answers.archive import Archive
from planledger.questions.sheet import Row

MASKED = "  姓名、电话按规则打码；含个人信息的材料只列打码的名字、SHA-256 和保管单位，不附文件。\n"
FULL = "本归档含未打码的姓名、电话和含个人信息的材料，请按规定保管，不得公开。"
SUPPLEMENT = f"""  这是补充归档：{manifest.SUPPLEMENT} 列出前次归档以后新增、撤回、销毁和冲正的；
  只附新增的材料，目录里写“见前次归档”的在前次归档里；没有新内容的事项没有文件夹。
"""


def front_page(contents: ArchiveContents, folders: Mapping[str, str]) -> bytes:
    """Return the first page.

    Args:
        contents: what is in the archive.
        folders: where each item lies, by its code; of a supplement only those with something new.
    """
    archive, since = contents.archive, contents.since
    sheet = archive.sheet
    kind = f"补充归档（第{since.number}号记录之后）" if since else "归档资料"
    out = Page(f"{sheet.plan.title}{kind}", extent_line(archive))
    _state(out, contents)
    names = [f"{manifest.SUPPLEMENT}.html"] if since else []
    names += [f"{manifest.INVENTORY}.html", f"{manifest.MISSING}.html", manifest.ANNEX, manifest.DAYBOOK]
    names += [manifest.FILINGS, manifest.README, manifest.head_name(archive.head, sheet)]
    out.listing([Link(name, name) for name in names], "目录")
    out.text("h2", "有新增内容的事项" if since else "各项")
    _items(out, contents, folders)
    out.text("h2", "链首")
    out.code(archive.head.text)
    if since:
        out.text("p", f"前次归档截至{since.as_of}、到第{since.number}号记录，清单的 SHA-256：")
        out.code(contents.earlier)
    out.text("p", f"怎样核对，见 {manifest.README}。")
    return out.written()


def _items(out: Page, contents: ArchiveContents, folders: Mapping[str, str]) -> None:
    """Write a line for each item: where it stands, and how many papers are there or missing."""
    archive = contents.archive
    attached = Counter(file.evidence.row.item.code for file in contents.evidence.values() if file.evidence)
    kept = Counter(one.row.item.code for one in archive.papers.kept)
    gone = Counter(one.row.item.code for one in archive.papers.missing)
    bare = {one.row.item.code for one in archive.papers.unattached}
    out.plain_table(
        ("编号", "事项", "最后一天", "状态", "附佐证材料", "另存", "缺"),
        (
            (
                row.item.code,
                Link(row.item.title, f"{folders[row.item.code]}/{manifest.EXTRACT}"),
                phrases.last_day(row),
                phrases.state_text(row),
                "未附" if row.item.code in bare else attached[row.item.code] or "",
                kept[row.item.code] or "",
                gone[row.item.code] or "",
            )
            for row in contents.rows
        ),
    )


def _state(out: Page, contents: ArchiveContents) -> None:
    """Write first whether the archive is complete."""
    archive = contents.archive
    papers = archive.papers
    if archive.is_full:
        out.text("p", FULL, "alarm")
    counts = f"未到期{len(papers.pending)}份，另存{len(papers.kept)}份，附佐证材料{contents.summary}"
    state = lists.completeness(papers, is_complete=archive.is_complete)
    kind = "sound" if archive.is_complete else "alarm"
    out.text("p", f"{state}。{counts}。{lists.proven_share(archive)}。", kind)
    out.listing(lists.lacking_lines(papers))


def list_page(archive: Archive, title: str, tables: tuple[Table, ...]) -> bytes:
    """Return lists as a page."""
    out = Page(f"{archive.sheet.plan.title}{title}", extent_line(archive), is_wide=True)
    for one in tables:
        out.text("h2", f"{one.title}（{len(one.lines)}）")
        if one.lines:
            out.sized_table(one)
    out.listing((Link(manifest.FRONT, manifest.FRONT),))
    return out.written()


def filings_page(archive: Archive) -> bytes:
    """Return the page on which unit filed what, of a rhythm in every period that has begun."""
    answer, year = archive.filings, archive.sheet.plan.year
    out = Page(f"{archive.sheet.plan.title}报送情况", extent_line(archive))
    for filing in answer.sheet.filings:
        out.text("p", filing_text.filing_counts(answer, filing))
    lines = (
        (unit.agency.name, *(filing_text.filing_cell(state, year) for state in unit.states))
        for unit in answer.units
    )
    out.plain_table(("责任单位", *map(filing_text.filing_asked, answer.sheet.filings)), lines)
    out.listing((Link(manifest.FRONT, manifest.FRONT),))
    return out.written()


def extract_page(archive: Archive, row: Row, folder: str, placed: Mapping[int, str]) -> bytes:
    """Return what the ledger has of one item (台账摘录): the row, the units, the figures, the files, every entry.

    Args:
        archive: the answers.
        row: the item.
        folder: where the page lies.
        placed: where the file of an entry lies in the archive, for those that are in it.
    """
    sheet, answer = archive.sheet, archive.dossier
    out = Page(f"{row.item.code} {row.item.title}", f"{sheet.plan.title}台账摘录　{extent_line(archive)}")
    out.particulars(row_text.particulars_section(answer, row))
    out.listing(row_text.amendments_section(row), "调整（方案原文不变）")
    out.text("h2", "责任")
    out.plain_table(("职责", "单位", "未了"), row_text.duties_section(row))
    if figures := row_text.figures_section(answer, row):
        out.text("h2", "指标")
        out.plain_table(("指标", "累计/目标", *row_text.sides_counted(answer), "按单位"), figures)
    out.listing(row_text.milestones_section(answer, row), "时间节点")
    out.listing(row_text.stages_section(answer, row), "阶段")
    out.listing(row_text.periods_section(answer, row), "逐期")
    out.listing(row_text.requirements_section(answer, row), "必备材料")
    out.listing(_evidence_lines(archive, row, folder, placed), "佐证材料")
    out.listing(row_text.findings_section(answer, row), "方案没有写定或前后不一之处")
    recorded = tuple(one for one in archive.daybook.history.entries if one.code == row.item.code)
    out.text("h2", f"记录（{len(recorded)}条，最早的在前）")
    out.sized_table(lists.entries_table(archive, "记录", recorded))
    above = "../" * (folder.count("/") + 1)
    out.listing((Link(manifest.FRONT, above + manifest.FRONT),))
    return out.written()


def _evidence_lines(archive: Archive, row: Row, folder: str, placed: Mapping[int, str]) -> list[str | Link]:
    """Return the files of an item, each with where it is."""
    lines: list[str | Link] = []
    files = [one for one in archive.holdings.evidence if one.row.item.code == row.item.code]
    for one, text in zip(files, row_text.files_section(row, is_full=archive.is_full), strict=True):
        path = placed.get(one.mark.entry, "")
        if one.mark.destroyed_by:  # as it was known then; what came later stands in the reason of absence
            lines.append(text)
        elif path:
            lines.append(Link(text, path.removeprefix(f"{folder}/")))
        else:
            lines.append(f"{text}：{lists.absence_reason(one, is_full=archive.is_full)}")
    bare = any(one.row.item.code == row.item.code for one in archive.papers.unattached)
    return lines or (["未附"] if bare else [])


def readme_text(archive: Archive, *, is_supplement: bool) -> bytes:
    """Return how the archive is looked at and checked, for whoever opens it without this program."""
    readme = f"""归档资料：怎样查看，怎样核对

一、看什么
  {manifest.FRONT} 是首页：齐不齐、缺什么、每一项在哪个文件夹。
  {manifest.INVENTORY} 是卷内目录，{manifest.MISSING} 是缺件清单，各有网页和 Excel 两种。
  每一项的文件夹里，{manifest.EXTRACT} 是台账摘录，其余是佐证材料。
  {manifest.ANNEX} 是总表，{manifest.DAYBOOK} 是全部记录和封签，{manifest.FILINGS} 是各单位报送。
{SUPPLEMENT if is_supplement else ""}
二、核对文件有没有改动、缺少或多出（不需要 planledger）
  Linux、macOS 或 Git Bash，在本文件夹里运行：
    sha256sum -c {manifest.MANIFEST}
  Windows，在本文件夹里打开 PowerShell，运行：
    Get-Content -Encoding UTF8 {manifest.MANIFEST} | ForEach-Object {{ $h, $f = $_ -split '  ', 2; if ((Get-FileHash -Algorithm SHA256 -LiteralPath $f).Hash -ne $h) {{ "不符: $f" }} }}
  没有一行“不符”或 FAILED，就是每个文件都与归档时一致。
  清单没有列出的文件是后来多出的。
  有 planledger 的，运行 planledger archive verify 本文件夹，三种情况都会列出。

三、核对清单本身
  归档时程序报出清单的 SHA-256。请与来文、纸质材料上抄录的数对照：
    sha256sum {manifest.MANIFEST}    或    certutil -hashfile {manifest.MANIFEST} SHA256

四、核对台账
  链首 {archive.head.text}
  归档时台账记到这里。在办公室的电脑上运行：
    planledger verify --against {archive.head.text}
  通过就是：第{archive.head.number}号和它之前的记录，归档以后没有改动、没有截去。
  {manifest.DAYBOOK} 里每条记录都有自己的封签，可与台账逐条对照；
  封签怎样计算，写在 planledger 的文档 docs/chain.md 里，不用本程序也能重算。

五、个人信息
"""
    return _text_file(readme + (f"  {FULL}\n" if archive.is_full else MASKED))


def head_text(archive: Archive) -> bytes:
    """Return the head of the chain with its whole seal."""
    plan, end = archive.sheet.plan, archive.head
    return _text_file(
        f"方案　　　　{plan.title}（{plan.key}）\n"
        f"方案内容摘要　{plan.digest}\n"
        f"链首　　　　第{end.number}号记录，登记于 {end.recorded_at}\n"
        f"封签　　　　{end.seal}\n"
    )


def _text_file(text: str) -> bytes:
    """Return a text as the oldest editors of Windows want it."""
    return ("\ufeff" + text.replace("\n", "\r\n")).encode()


def extent_line(archive: Archive) -> str:
    """Return of which day an archive is, and which entry of the ledger was the last."""
    end = archive.head
    known = f"，台账记到第{end.number}号（{to_the_minute(end.recorded_at)}登记）" if end.number else ""
    return f"截至{archive.sheet.as_of}{known}"
