"""Zip archives that came from elsewhere: what they say of themselves costs no memory and is not believed."""

import zipfile
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, BadZipFile, ZipFile, ZipInfo

import pytest

from planledger.store.files.foreign_zip import is_listed_shortly, part_name, unpacked_pieces
from planledger.store.files.source import first_page


def zip_of(parts: dict[str, bytes], method: int = ZIP_DEFLATED) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def test_a_long_list_behind_a_short_one_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end says that two parts are listed; the larger end before it, which zipfile believes, says more."""
    monkeypatch.setattr(zipfile, "ZIP_FILECOUNT_LIMIT", 3)
    large = zip_of({f"{number}{'x' * 60_000}": b"" for number in range(40)})
    end = large.rfind(b"PK\x05\x06")
    crafted = large[: end + 8] + b"\x02\0\x02\0\x80\0\0\0" + large[end + 16 :]

    assert 40 == len(ZipFile(BytesIO(crafted)).infolist())
    assert not is_listed_shortly(BytesIO(crafted))
    assert [] == [one for one in first_page(BytesIO(crafted)) if one.is_name]


@pytest.mark.parametrize("method", [ZIP_BZIP2, ZIP_LZMA])
def test_what_unpacks_without_bounds_is_not_unpacked(method: int) -> None:
    """Four hundred bytes of BZIP2 may hold four hundred megabytes; the names of the parts are read all the same."""
    data = zip_of({"甲.txt": "秘密★1年".encode() * 9}, method)
    with ZipFile(BytesIO(data)) as archive, pytest.raises(BadZipFile):
        next(unpacked_pieces(archive, archive.infolist()[0]))

    pieces_read = [one for one in first_page(BytesIO(data)) if one.place]
    assert (["甲.txt"], "") == (
        [one.text for one in pieces_read if one.is_name],
        "".join(one.text for one in pieces_read if not one.is_name),
    )


def test_a_part_that_says_it_holds_more_than_it_can_is_broken() -> None:
    data = zip_of({"a": b"x" * 100})
    with ZipFile(BytesIO(data)) as archive:
        part = archive.infolist()[0]
        part.file_size = 1 << 40
        with pytest.raises(BadZipFile):
            next(unpacked_pieces(archive, part))


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_name_that_says_no_encoding_is_read_as_the_office_writes(encoding: str) -> None:
    part = ZipInfo("甲乡.txt".encode(encoding).decode("cp437"))

    assert "甲乡.txt" == part_name(part)
