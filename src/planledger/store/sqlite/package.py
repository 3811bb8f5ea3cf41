"""A backup in one file (备份): the ledger as it stood at one moment, and every file that belongs to it.

It is a zip archive without compression: `ledger.db`, and each file under its SHA-256, as they lie on the disk;
of a second office in the same database, under the name of its chain.
"""

import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from planledger.store.database import Chain, Store
from planledger.store.errors import NotALedger, translate_os_errors
from planledger.store.files.disk import make_folder, new_file, second_name, synced
from planledger.store.files.foreign_zip import BROKEN, CHUNK, unpacked_pieces
from planledger.store.files.vault import Vault
from planledger.store.paths import LEDGER, files_beside
from planledger.store.sqlite.copies import copy_ledger

_FILE = re.compile(r"files/(?:(?P<chain>[0-9a-f]{16})/)?(?P<digest>[0-9a-f]{64})")
_PRIVATE = (stat.S_IFREG | 0o600) << 16
_EARLIEST = (1980, 1, 1, 0, 0, 0)


class Wanted(NamedTuple):
    """A file that belongs into a backup."""

    chain: Chain
    digest: str

    @property
    def name(self) -> str:
        """What it is called in there."""
        return (self.chain.part_of(Path("files")) / self.digest).as_posix()

    def place_in(self, files: Path) -> Path:
        """Its path in the folder of a ledger's files."""
        return Vault(self.chain.part_of(files)).place(self.digest)


def write_package(store: Store, copy: Path, wanted: Iterable[Wanted], package: Path) -> None:
    """Pack a copy of a ledger and its files; a file that is not there is left out.

    Args:
        store: the ledger.
        copy: the copy of it.
        wanted: which files belong to it.
        package: the file to write, under the name of a draft.

    Raises:
        OSError: it cannot be written.
    """
    with synced(new_file(package)) as out, ZipFile(out, "w", ZIP_STORED) as archive:
        _add(archive, copy.open("rb"), LEDGER)
        for one in wanted:
            with suppress(FileNotFoundError):
                _add(archive, Vault(store.of(one.chain).files).open(one.digest), one.name)


def _add(archive: ZipFile, opened: IO[bytes], name: str) -> None:
    with opened as file:
        info = ZipInfo(name, _EARLIEST)
        info.external_attr, info.file_size = _PRIVATE, os.fstat(file.fileno()).st_size
        with archive.open(info, "w") as entry:
            shutil.copyfileobj(file, entry, CHUNK)


def unpack(
    package: Path,
    folder: Path,
    watched: Callable[[list[ZipInfo]], Iterable[ZipInfo]] = iter,
    shown_as: Path | None = None,
) -> Path:
    """Unpack a backup into a new folder; return the ledger in it.

    A draft is *shown_as* what the user calls it.

    Raises:
        NotALedger: it is no backup of ours, or damaged.
        StorageTrouble: it cannot be read, or not unpacked there.
    """
    with translate_os_errors(f"备份 {shown_as or package} 读不出来或解不开", "请检查权限和磁盘空间。"):
        try:
            folder.mkdir(mode=0o700)
            with ZipFile(package) as archive:
                for part in watched(_parts(archive, package)):
                    _extract(archive, part, folder)
        except FileNotFoundError as error:
            raise NotALedger(f"没有备份 {package}；请检查文件名。") from error
        except (KeyError, *BROKEN) as error:
            raise NotALedger(f"{package} 不是备份，或已损坏；请换一份备份。") from error
    return folder / LEDGER


def lay_out(store: Store, wanted: Iterable[Wanted], folder: Path, shown_as: Path) -> Path:
    """Copy a ledger that was put aside and its files into a new folder, as a backup is unpacked; return the ledger in it.

    Raises:
        StorageTrouble: it cannot be read, or not written there.
    """
    ledger = folder / LEDGER
    with translate_os_errors(f"{shown_as} 或它的佐证材料读不出来", "请检查权限和磁盘空间。"):
        folder.mkdir(mode=0o700)
        copy_ledger(store, ledger, shown_as)
        for one in wanted:
            vault = Vault(store.of(one.chain).files)
            if vault.has(one.digest):
                place = one.place_in(files_beside(ledger))
                make_folder(place.parent)
                second_name(vault.place(one.digest), place)
    return ledger


def _parts(archive: ZipFile, package: Path) -> list[ZipInfo]:
    """The parts of a backup; a part that no backup of ours has makes it none."""
    parts = archive.infolist()
    names = [part.filename for part in parts]
    are_ours = all(name == LEDGER or _FILE.fullmatch(name) for name in names)
    if names.count(LEDGER) != 1 or len(set(names)) != len(names) or not are_ours:
        raise NotALedger(f"{package} 不是 planledger 的备份；请换一份。")
    if sum(part.file_size for part in parts) > package.stat().st_size:  # it is not compressed
        raise NotALedger(f"{package} 不是 planledger 的备份，或已损坏；请换一份。")
    return parts


def _extract(archive: ZipFile, part: ZipInfo, folder: Path) -> None:
    place = folder / LEDGER
    if match := _FILE.fullmatch(part.filename):
        files = files_beside(place)
        place = Vault(files / match["chain"] if match["chain"] else files).place(match["digest"])
        make_folder(place.parent)
    with synced(new_file(place)) as out:
        out.writelines(unpacked_pieces(archive, part))
