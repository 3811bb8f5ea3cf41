"""The files of an archive in the order of their places, and the report on what was written."""

from collections.abc import Iterator

from planledger.formats.archive import front, lists, manifest
from planledger.formats.archive.manifest import ArchiveContents
from planledger.formats.archive.page import ArchiveFile, Table, lists_workbook
from planledger.formats.workbook.daybook import ledger_workbook
from planledger.formats.workbook.register import annex_workbook
from planledger.formats.workbook.tables import reproducible
from planledger.questions.answers.archive import Archive


def archive_files(contents: ArchiveContents) -> Iterator[ArchiveFile]:
    """Give every file of an archive but its manifest."""
    archive, placed = contents.archive, contents.paths
    folders = {row.item.code: manifest.item_folder(archive.sheet, row) for row in contents.rows}
    yield ArchiveFile(manifest.FRONT, front.front_page(contents, folders))
    yield ArchiveFile(manifest.README, front.readme_text(archive, is_supplement=bool(contents.since)))
    yield ArchiveFile(manifest.head_name(archive.head, archive.sheet), front.head_text(archive))
    if contents.since:
        added = lists.supplement_tables(archive, contents.new)
        yield from _page_and_workbook(archive, manifest.SUPPLEMENT, "补充清单", added)
    inventory = (lists.inventory_table(archive, placed),)
    yield from _page_and_workbook(archive, manifest.INVENTORY, "卷内目录", inventory)
    yield from _page_and_workbook(archive, manifest.MISSING, "缺件清单", lists.missing_tables(archive))
    yield ArchiveFile(manifest.ANNEX, reproducible(annex_workbook(archive.sheet)))
    yield ArchiveFile(manifest.DAYBOOK, reproducible(ledger_workbook(archive.daybook)))
    yield ArchiveFile(manifest.FILINGS, front.filings_page(archive))
    for row in contents.rows:
        folder = folders[row.item.code]
        yield ArchiveFile(f"{folder}/{manifest.EXTRACT}", front.extract_page(archive, row, folder, placed))
    yield from contents.evidence.values()


def _page_and_workbook(
    archive: Archive, path: str, title: str, tables: tuple[Table, ...]
) -> Iterator[ArchiveFile]:
    yield ArchiveFile(f"{path}.html", front.list_page(archive, title, tables))
    workbook = lists_workbook(archive.sheet, front.extent_line(archive), title, tables)
    yield ArchiveFile(f"{path}.xlsx", workbook)


def delivery_lines(contents: ArchiveContents, where: str, seal: str) -> str:
    """Return what a user reads of an archive that was written.

    Args:
        contents: what is in it.
        where: how the user called it.
        seal: SHA-256 of its manifest.
    """
    archive = contents.archive
    papers = archive.papers
    kind = f"补充归档（第{contents.since.number}号记录之后）" if contents.since else "归档"
    lacking = lists.lacking_lines(papers)
    state = lists.completeness(papers, is_complete=archive.is_complete)
    return "\n".join(
        (
            f"已写成{kind} {where}：{len(contents.rows)}项，佐证材料{contents.summary}，另存{len(papers.kept)}份。",
            f"{lists.proven_share(archive)}。",
            f"{state}（未到期{len(papers.pending)}份）{'：' if lacking else '。'}",
            *(f"  {one}" for one in lacking),
            f"清单的 SHA-256 {seal}",
            f"链首 {archive.head.text}",
            "请把这两行抄在来文或纸质材料上，以后可以核对。",
        )
    )
