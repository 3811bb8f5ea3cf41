"""How forms are printed: what is alike for all units is written by openpyxl once, and only what differs each time."""

from io import BytesIO
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile


class Press:
    """Prints one workbook again and again while some of its sheets change."""

    def __init__(self, book: Any, changing: tuple[str, ...]) -> None:
        """Take the workbook, and the titles of the sheets that are laid out anew for each unit."""
        self.book = book
        self.changing = changing
        self.parts: dict[str, bytes] = {}  # of the file, by name
        self.kinds = 0

    def print(self, file: IO[bytes], kinds: int) -> None:
        """Write the workbook as it stands now.

        Args:
            file: where to.
            kinds: how many kinds of cell there are by now; with a new one, all is written anew.
        """
        if self.kinds == kinds:
            self.parts |= self._changed()
        else:
            self.parts, self.kinds = self._whole(), kinds
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            for name, part in self.parts.items():
                archive.writestr(name, part)

    def _whole(self) -> dict[str, bytes]:
        whole = BytesIO()
        self.book.save(whole)
        with ZipFile(whole) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def _changed(self) -> dict[str, bytes]:
        """Write what differs from unit to unit: two sheets, the names in the workbook, and its properties."""
        from openpyxl.workbook._writer import WorkbookWriter
        from openpyxl.worksheet._writer import WorksheetWriter
        from openpyxl.xml.constants import ARC_CORE, ARC_CUSTOM, ARC_WORKBOOK
        from openpyxl.xml.functions import tostring

        parts = {
            ARC_CORE: tostring(self.book.properties.to_tree()),
            ARC_CUSTOM: tostring(self.book.custom_doc_props.to_tree()),
            ARC_WORKBOOK: WorkbookWriter(self.book).write(),
        }
        for title in self.changing:
            sheet, page = self.book[title], BytesIO()
            WorksheetWriter(sheet, page).write()
            parts[f"xl/worksheets/sheet{self.book.index(sheet) + 1}.xml"] = page.getvalue()
        return parts
