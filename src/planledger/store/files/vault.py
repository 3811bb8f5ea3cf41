"""The vault of the files of evidence (佐证材料): each kept once, under its SHA-256, in a folder next to the ledger.

A file is copied under a draft's name first, synced, then renamed; the row that names it comes last. A command that is
killed in between leaves at most a file that no row names. What a file proves, and for whom, stands in the ledger.
"""

import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from enum import StrEnum
from hashlib import file_digest, sha256
from io import BufferedReader
from pathlib import Path
from time import time
from typing import IO, NamedTuple

from planledger.plan.refusal import NOT_RECORDED
from planledger.store.errors import StorageTrouble, translate_os_errors
from planledger.store.files import disk
from planledger.store.files.foreign_zip import CHUNK
from planledger.store.files.source import FLAGS, LARGEST, Admit, admit_all, open_source

AT_WORK_SECONDS = 60
_DRAFT = ".new"


class FileState(StrEnum):
    """The state of a file that was committed."""

    WHOLE = "whole"
    LOST = "lost"
    ALTERED = "altered"


class StagedFile(NamedTuple):
    """A file that is copied in, and not yet committed."""

    name: str  # as it was called where it came from
    sha256: str
    size: int
    draft: Path


class Vault:
    """The folder of files that belongs to one chain of a ledger."""

    def __init__(self, folder: Path) -> None:
        """Use a folder; it is made when a file comes in."""
        self.folder = folder

    def place(self, digest: str) -> Path:
        """The path of a file."""
        return disk.place_in(self.folder, digest)

    def has(self, digest: str) -> bool:
        """Whether a file lies in its place; a link, or what lies behind one, does not count."""
        place = self.place(digest)
        try:
            return disk.is_plain(place.parent) and stat.S_ISREG(place.lstat().st_mode)
        except OSError:
            return False

    @contextmanager
    def stage(
        self, paths: Sequence[str], largest: int = 0, admit: Admit = admit_all
    ) -> Iterator[tuple[StagedFile, ...]]:
        """Copy files in, under names of drafts; what is not committed at the end of the block is deleted.

        Raises:
            Refusal: one of them is no ordinary file, too large, empty, not admitted, or changes while it is read.
            StorageTrouble: it cannot be copied.
        """
        try:
            self._prepare()
            with ExitStack() as drafts:
                staged = (self._stage_one(Path(path), largest or LARGEST, admit) for path in paths)
                yield tuple(map(drafts.enter_context, staged))
        finally:
            with suppress(OSError):  # files are in it
                self.folder.rmdir()

    @contextmanager
    def commit(self, several: Sequence[StagedFile]) -> Iterator[None]:
        """Keep what was staged, inside the transaction that names it; undo that where the block fails."""
        new: list[Path] = []
        try:
            for one in several:
                state = self.state(one.sha256)
                if state != FileState.WHOLE:
                    place = self._commit_one(one)
                    new += [place] if state == FileState.LOST else []  # what replaces an altered file stays
            yield
        except BaseException:
            for place in new:
                place.unlink(missing_ok=True)
                with suppress(OSError):
                    place.parent.rmdir()
            raise

    def state(self, digest: str) -> FileState:
        """Read a file again and compare it with what was committed."""
        with self._translate(""):
            try:
                with self.open(digest) as file:
                    computed = file_digest(file, sha256).hexdigest()
            except FileNotFoundError:
                return FileState.LOST
        return FileState.WHOLE if computed == digest else FileState.ALTERED

    def copy(self, digest: str, out: IO[bytes]) -> FileState:
        """Copy a file out and compare the copy with what was committed."""
        computed = sha256()
        with self._translate(""):
            try:
                file = self.open(digest)
            except FileNotFoundError:
                return FileState.LOST
        with file:
            while chunk := file.read(CHUNK):
                computed.update(chunk)
                out.write(chunk)
        return FileState.WHOLE if computed.hexdigest() == digest else FileState.ALTERED

    def open(self, digest: str) -> BufferedReader:
        """Open a file that was committed.

        Raises:
            FileNotFoundError: none lies there.
        """
        place = self.place(digest)
        if not self.has(digest):
            raise FileNotFoundError(place)
        return os.fdopen(os.open(place, FLAGS), "rb")

    def drafts(self) -> int:
        """The number of drafts that killed programs left; one younger than a minute may still be in use."""
        return len(self._drafts_older_than(AT_WORK_SECONDS))

    def _drafts_older_than(self, seconds: float) -> list[Path]:
        """The drafts that were not written to for so many seconds."""
        left = []
        for draft in self.folder.glob(f"*{_DRAFT}") if disk.is_plain(self.folder) else ():
            with suppress(FileNotFoundError):  # its program has just finished with it
                left += [draft] if time() - draft.stat().st_mtime > seconds else []
        return left

    def digests(self) -> set[str]:
        """The SHA-256 of every file that is there."""
        return {path.name for path in disk.stored(self.folder)}

    def discard(self, digest: str) -> bool:
        """Delete a file for good.

        Returns:
            Whether it was there.

        Raises:
            StorageTrouble: they cannot be removed.
        """
        place = self.place(digest)
        if not self.has(digest):
            return False
        with self._translate(""):
            try:
                place.unlink()
                disk.sync_folder(place.parent)
            except FileNotFoundError:
                return False
        with suppress(OSError):
            place.parent.rmdir()
        return True

    def _prepare(self) -> None:
        """Make the folder, and delete the drafts that a killed program left."""
        with self._translate():
            self._require_plain(self.folder)
            disk.make_folder(self.folder)
            for leftover in self._drafts_older_than(disk.STALE_SECONDS):
                leftover.unlink(missing_ok=True)

    @contextmanager
    def _stage_one(self, path: Path, largest: int, admit: Admit) -> Iterator[StagedFile]:
        """Copy one file in, and delete its draft at the end of the block."""
        draft = self.folder / f"{os.urandom(8).hex()}{_DRAFT}"
        computed, size = sha256(), 0
        try:
            with (
                self._translate(),
                open_source(path, largest, admit) as chunks,
                disk.synced(self._new(draft)) as out,
            ):
                for chunk in chunks:
                    computed.update(chunk)
                    size += out.write(chunk)
            yield StagedFile(path.name, computed.hexdigest(), size, draft)
        finally:
            draft.unlink(missing_ok=True)

    def _new(self, draft: Path) -> IO[bytes]:
        """Make a draft; another program may have just deleted the empty folder."""
        try:
            return disk.new_file(draft)
        except FileNotFoundError:
            self.folder.mkdir(mode=0o700, exist_ok=True)
            return disk.new_file(draft)

    def _commit_one(self, one: StagedFile) -> Path:
        place = self.place(one.sha256)
        with self._translate():
            self._require_plain(place.parent)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            disk.appear(one.draft, place, covers=True)
            disk.sync_folder(self.folder)
        return place

    def _require_plain(self, folder: Path) -> None:
        if not disk.is_plain(folder):
            raise StorageTrouble(
                f"佐证材料文件夹 {folder} 是链接，不跟随；请换成真的文件夹（要放到别的磁盘，请把台账和它一起移过去）。",
                NOT_RECORDED,
            )

    def _translate(self, outcome: str = NOT_RECORDED) -> AbstractContextManager[None]:
        """Turn an error of the disk into the sentence that the office can act on."""
        what = f"佐证材料文件夹 {self.folder} 读写不了"
        return translate_os_errors(what, "请检查权限和磁盘空间。", outcome=outcome)
