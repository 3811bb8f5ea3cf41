"""The parts of a workbook that came from outside (xlsx is a zip archive), under the names by which they know each other."""

from collections.abc import Callable, Iterator
from io import BytesIO
from posixpath import dirname, join, normpath
from typing import NamedTuple
from urllib.parse import unquote
from xml.etree.ElementTree import Element, iterparse
from zipfile import ZIP_DEFLATED, ZipFile

from planledger.formats.xlsx.bounds import Meter, OddWorkbookError, TooLargeError, is_xml
from planledger.store.files.foreign_zip import METHODS, is_encrypted, unpacked_pieces

LARGEST_UNPACKED, MOST_PARTS = 20_000_000, 500
MOST_IN_ALL = 5_000  # entries of the directory of an archive, and of those in it
_MAIN = "xl/workbook.xml"
COMMON, STRICT = "http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/"
_OURS = ("", f"{{{COMMON}spreadsheetml/2006/main", f"{{{STRICT}spreadsheetml/main")


class Related(NamedTuple):
    """A part that another one names."""

    kind: str  # the last word of the relation's type, which strict and common files share
    target: str


class Parts:
    """The parts of one workbook: bounded, and each known by its name however that is spelt."""

    def __init__(self, data: bytes, meter: Meter | None = None) -> None:
        """Unpack them and let a meter count them, that of a workbook where no other is given.

        Raises:
            TooLargeError: they hold more than a form has.
        """
        if data.count(b"PK\x01\x02") > MOST_IN_ALL:
            raise TooLargeError("解开后过大")
        with ZipFile(BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MOST_PARTS or sum(info.file_size for info in infos) > LARGEST_UNPACKED:
                raise TooLargeError("解开后过大")
            self.by_name: dict[str, bytes] = {}
            for info in infos:
                if is_encrypted(info):
                    raise OddWorkbookError("加了密码")
                if info.compress_type not in METHODS:
                    raise OddWorkbookError("不是 Excel、WPS 或 LibreOffice 存的")
                name = info.filename.replace("\\", "/").lstrip("/")
                self.by_name[name] = b"".join(unpacked_pieces(archive, info))
            if len({_known(name) for name in self.by_name}) < len(infos):
                raise OddWorkbookError("里有两份同名的内容，不能确认哪一份算数")
        self._names = {_known(name): name for name in self.by_name}
        self._related: dict[str, dict[str, Related]] = {}
        meter = meter or Meter()
        for part in filter(is_xml, self.by_name.values()):
            meter.read(part)

    def get(self, name: str) -> bytes | None:
        """Return a part by its name; None where there is none."""
        return self.by_name[known] if (known := self._names.get(_known(name))) else None

    def has(self, beginning: str) -> bool:
        """Whether there is a part whose name begins so."""
        return any(name.startswith(beginning) for name in self._names)

    def related(self, source: str) -> dict[str, Related]:
        """Return which other parts one part names, by the mark it has for each; those that are not there are left out.

        The workbook as a whole, whose relations say where its main part is, has the empty name.
        """
        if source not in self._related:
            self._related[source] = self._relations(source)
        return self._related[source]

    def _relations(self, source: str) -> dict[str, Related]:
        folder, _, name = source.rpartition("/")
        relations = self.get(join(folder, "_rels", f"{name}.rels"))
        related = {}
        for one in elements(relations) if relations else ():
            if one.tag.endswith("}Relationship"):
                target = normpath(join("/", dirname(source), one.get("Target", "").replace("\\", "/")))
                if _known(target) in self._names:  # one part has one name, however it is spelt
                    kind = one.get("Type", "").rpartition("/")[2]
                    related[one.get("Id", "")] = Related(kind, self._names[_known(target)])
        return related

    def named(self, source: str, kind: str) -> str:
        """Return the name of the part of a kind that another one has; empty where it has none."""
        return next((one.target for one in self.related(source).values() if one.kind == kind), "")

    @property
    def main(self) -> str:
        """The name of the main part, wherever it lies; empty where there is none."""
        return self.named("", "officeDocument") or (_MAIN if self.get(_MAIN) is not None else "")

    def zipped(self, part_of: Callable[[str, bytes], bytes]) -> bytes:
        """Return the parts as a zip archive, under plain names, as much of each as *part_of* gives, and none without bytes."""
        out = BytesIO()
        with ZipFile(out, "w", ZIP_DEFLATED) as archive:
            for name, whole in self.by_name.items():
                if part := part_of(name, whole):
                    archive.writestr(name, part)
        return out.getvalue()


def _known(name: str) -> str:
    """Return by what a part is known: programs differ in slashes and in upper and lower case."""
    return unquote(name).replace("\\", "/").lstrip("/").casefold()


def elements(part: bytes) -> Iterator[Element]:
    """Give each element of a part when it is complete."""
    for _, element in iterparse(BytesIO(part)):  # noqa: S314  (Meter has refused definitions and what is too large)
        yield element


def name_of(element: Element) -> str:
    """Return the name of an element of a workbook; what belongs to drawings and the like has none here."""
    space, _, name = element.tag.rpartition("}")
    return name if space in _OURS else ""


def local_name(element: Element) -> str:
    """Return the name of an element, whatever it belongs to."""
    return element.tag.rpartition("}")[2]
