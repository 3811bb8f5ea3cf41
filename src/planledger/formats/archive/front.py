"""The first sheets of an archive: whether it is complete, what is in it, and how it is checked without this program."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from planledger.formats.archive import lists, places
from planledger.formats.archive.page import Link, Page
from planledger.formats.text import filing_text, phrases
from planledger.plan.days import to_the_minute

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planledger.formats.archive.binder import Binding
    from planledger.formats.archive.page import Table
    from planledger.questions.answers.archive import Archive

_LINES = "\r\n"  # as the oldest editors of Windows want them
README = """归档资料：怎样查看，怎样核对

一、看什么
  {front} 是首页：齐不齐、缺什么、每一项在哪个文件夹。
  {inventory} 是卷内目录，{missing} 是缺件清单，各有网页和 Excel 两种。
  每一项的文件夹里，{extract} 是台账摘录，其余是佐证材料。
  {annex} 是总表，{daybook} 是全部记录和封签，{filings} 是各单位报送，
  {data} 是同样内容的 JSON，供程序使用。
{supplement}
二、核对文件有没有改动、缺少或多出（不需要 planledger）
  Linux、macOS 或 Git Bash，在本文件夹里运行：
    sha256sum -c {manifest}
  Windows，在本文件夹里打开 PowerShell，运行：
    Get-Content -Encoding UTF8 {manifest} | ForEach-Object {{ $h, $f = $_ -split '  ', 2; if ((Get-FileHash -Algorithm SHA256 -LiteralPath $f).Hash -ne $h) {{ "不符: $f" }} }}
  没有一行“不符”或 FAILED，就是每个文件都与归档时一致。
  清单没有列出的文件是后来多出的。
  有 planledger 的，运行 planledger archive verify 本文件夹，三种情况都会列出。

三、核对清单本身
  归档时程序报出清单的 SHA-256。请与来文、纸质材料上抄录的数对照：
    sha256sum {manifest}    或    certutil -hashfile {manifest} SHA256

四、核对台账
  链首 {head}
  归档时台账记到这里。在办公室的电脑上运行：
    planledger verify --against {head}
  通过就是：第 {number} 号和它之前的记录，归档以后没有改动、没有截去。
  {daybook} 里每条记录都有自己的封签，可与台账逐条对照；
  封签怎样计算，写在 planledger 的文档 docs/chain.md 里，不用本程序也能重算。

五、个人信息
"""
MASKED = "  姓名、电话按规则打码；含个人信息的材料只列打码的名字、SHA-256 和保管单位，不附文件。\n"
FULL = "  本归档含未打码的姓名、电话和含个人信息的材料，请按规定保管，不得公开。\n"
SUPPLEMENT = f"""  这是补充归档：{places.SUPPLEMENT} 列出前次归档以后新增、撤回、销毁和冲正的；
  只附新增的材料，目录里写“见前次归档”的在前次归档里；没有新内容的事项没有文件夹。
"""


def front_page(binding: Binding, folders: Mapping[str, str]) -> bytes:
    """Write the first page.

    Args:
        binding: the archive.
        folders: where each item lies, by its code; of a supplement only those with something new.
    """
    archive, since = binding.archive, binding.since
    sheet = archive.sheet
    kind = f"补充归档（第{since.number}号记录之后）" if since else "归档资料"
    out = Page(f"{sheet.plan.title}{kind}", extent_line(archive))
    _state(out, binding)
    out.heading("目录")
    names = [f"{path}.html" for path in (places.INVENTORY, places.MISSING)]
    names += [
        places.ANNEX,
        places.DAYBOOK,
        places.FILINGS,
        places.README,
        places.head_name(archive.head, sheet),
    ]
    out.listing(Link(name, name) for name in ([f"{places.SUPPLEMENT}.html"] if since else []) + names)
    out.heading("有新增内容的事项" if since else "各项")
    kept = Counter(one.row.item.code for one in archive.papers.kept)
    gone = Counter(one.row.item.code for one in archive.papers.missing)
    bare = {one.row.item.code for one in archive.papers.unattached}
    out.table(
        ("编号", "事项", "最后一天", "状态", "附佐证材料", "另存", "缺"),
        (
            (
                row.item.code,
                Link(row.item.title, f"{folders[row.item.code]}/{places.EXTRACT}"),
                phrases.last_day(row),
                phrases.state_text(row),
                "未附" if row.item.code in bare else binding.files_of(row.item.code) or "",
                kept[row.item.code] or "",
                gone[row.item.code] or "",
            )
            for row in binding.rows
        ),
    )
    out.heading("链首")
    out.code(archive.head.said)
    if since:
        out.paragraph(f"前次归档截至{since.as_of}、到第{since.number}号记录，清单的 SHA-256：")
        out.code(binding.earlier)
    out.paragraph(f"怎样核对，见 {places.README}。")
    return out.written()


def _state(out: Page, binding: Binding) -> None:
    """Say first whether the archive is complete."""
    archive = binding.archive
    papers = archive.papers
    if archive.is_full:
        out.paragraph("本归档含未打码的姓名、电话和含个人信息的材料，请按规定保管，不得公开。", "alarm")
    beside = f"未到期{len(papers.pending)}份，另存{len(papers.kept)}份，附佐证材料{binding.contents}"
    state = lists.completeness(papers, is_complete=archive.is_complete)
    out.paragraph(
        f"{state}。{beside}。{lists.proven_share(archive)}。", "sound" if archive.is_complete else "alarm"
    )
    told_apart = [lists.missing_line(one) for one in papers.missing]
    told_apart += [lists.unattached_line(one) for one in papers.unattached]
    if told_apart:
        out.listing(told_apart)


def list_page(archive: Archive, title: str, tables: tuple[Table, ...]) -> bytes:
    """Write lists as a page."""
    out = Page(f"{archive.sheet.plan.title}{title}", extent_line(archive), is_wide=True)
    for one in tables:
        out.heading(f"{one.title}（{len(one.lines)}）")
        if one.lines:
            out.listed(one)
    out.listing((Link(places.FRONT, places.FRONT),))
    return out.written()


def filings_page(archive: Archive) -> bytes:
    """Write who handed in what."""
    out = Page(f"{archive.sheet.plan.title}报送情况", extent_line(archive))
    sheet = archive.sheet
    for filing in sheet.filings:
        out.paragraph(filing_text.filing_counts(archive.filings, filing))
    lines = (
        (unit.agency.name, *(filing_text.filing_cell(state, sheet.plan.year) for state in unit.states))
        for unit in archive.filings.units
    )
    out.table(("责任单位", *(filing_text.filing_asked(filing) for filing in sheet.filings)), lines)
    out.listing((Link(places.FRONT, places.FRONT),))
    return out.written()


def readme_text(archive: Archive, *, is_supplement: bool) -> bytes:
    """Write how the archive is looked at and checked, for whoever opens it without this program."""
    text = (README + (FULL if archive.is_full else MASKED)).format(
        supplement=SUPPLEMENT if is_supplement else "",
        filings=places.FILINGS,
        front=places.FRONT,
        inventory=places.INVENTORY,
        missing=places.MISSING,
        extract=places.EXTRACT,
        annex=places.ANNEX,
        daybook=places.DAYBOOK,
        data=places.DATA,
        manifest=places.MANIFEST,
        head=archive.head.said,
        number=archive.head.number,
    )
    return _text(text)


def head_text(archive: Archive) -> bytes:
    """Write where the chain stood, whole."""
    plan, end = archive.sheet.plan, archive.head
    return _text(
        f"方案　　　　{plan.title}（{plan.key}）\n"
        f"方案内容摘要　{archive.daybook.digest}\n"
        f"链首　　　　第{end.number}号记录，登记于 {end.recorded_at}\n"
        f"封签　　　　{end.seal}\n"
    )


def _text(text: str) -> bytes:
    return ("\ufeff" + text.replace("\n", _LINES)).encode()


def extent_line(archive: Archive) -> str:
    """Say of which day an archive is, and how far the ledger had come."""
    end = archive.head
    known = f"，台账记到第{end.number}号（{to_the_minute(end.recorded_at)}登记）" if end.number else ""
    return f"截至{archive.sheet.as_of}{known}"
