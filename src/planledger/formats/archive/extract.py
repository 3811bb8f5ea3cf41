"""What the ledger says of one item, on one page (台账摘录): the row, who, the figures, the files, every entry."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.formats.archive import lists, places
from planledger.formats.archive.front import extent_line
from planledger.formats.archive.page import Link, Page
from planledger.formats.text import row_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from planledger.questions.answers.archive import Archive
    from planledger.questions.sheet import Row


def extract_page(archive: Archive, row: Row, folder: str, placed: Mapping[int, str]) -> bytes:
    """Write the page of one item.

    Args:
        archive: the answers.
        row: the item.
        folder: where the page lies.
        placed: where the file of an entry lies in the archive, for those that are in it.
    """
    sheet, answer = archive.sheet, archive.dossier(row)
    out = Page(f"{row.item.code} {row.item.title}", f"{sheet.plan.title}台账摘录　{extent_line(archive)}")
    out.particulars(row_text.particulars_section(answer, row))
    _listed(out, "调整（方案原文不变）", row_text.amendments_section(row))
    out.heading("责任")
    out.table(("职责", "单位", "未了"), row_text.duties_section(row))
    figures = row_text.figures_section(answer, row)
    if figures:
        out.heading("指标")
        out.table(("指标", "累计/目标", *row_text.sides_counted(answer), "按单位"), figures)
    _listed(out, "时间节点", row_text.milestones_section(answer, row))
    _listed(out, "必备材料", row_text.requirements_section(answer, row))
    _listed(out, "佐证材料", _files(archive, row, folder, placed))
    _listed(out, "方案没有写定或前后不一之处", row_text.findings_section(answer, row))
    recorded = answer.entries[row.item.code].entries[::-1]
    out.heading(f"记录（{len(recorded)}条，最早的在前）")
    out.listed(lists.entries_table(archive, "记录", recorded))
    out.listing((places.up_from(folder, places.FRONT),))
    return out.written()


def _files(archive: Archive, row: Row, folder: str, placed: Mapping[int, str]) -> list[str | Link]:
    """Name the files of an item, and where they are."""
    found: list[str | Link] = []
    for one, said in zip(
        (one for one in archive.holdings.evidence if one.row.item.code == row.item.code),
        row_text.files_section(row, is_full=archive.is_full),
        strict=True,
    ):
        path = placed.get(one.mark.entry, "")
        if one.mark.destroyed_by:  # as it was known then; what came later is told by whereabouts
            found.append(said)
            continue
        found.append(
            Link(said, path.removeprefix(f"{folder}/"))
            if path
            else f"{said}：{lists.absence_reason(one, is_full=archive.is_full)}"
        )
    bare = any(one.row.item.code == row.item.code for one in archive.papers.unattached)
    return found or (["未附"] if bare else [])


def _listed(out: Page, head: str, lines: list[str] | list[str | Link]) -> None:
    if lines:
        out.heading(head)
        out.listing(lines)
