"""Copies of files that leave the vault: checked, under the name that the file had, and never over another file."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from subprocess import DEVNULL, Popen, TimeoutExpired
from time import time

from planledger.cli.session.output_file import make_output_folder
from planledger.cli.session.session import Session
from planledger.formats.text.display import portable_name, safe
from planledger.plan.people.masking import masked_private
from planledger.plan.refusal import Refusal
from planledger.questions.answers.evidence import evidence_numbered
from planledger.questions.facts.entry_rows import Entry
from planledger.store.errors import Unsound, translate_writing
from planledger.store.files.disk import place_file
from planledger.store.files.vault import FileState, Vault
from planledger.store.paths import is_taken

# Endings of the kinds of file that a system shows and does not run.
VIEWABLE = frozenset(
    (
        *(".pdf", ".ofd", ".txt", ".csv", ".rtf", ".odt", ".ods", ".odp"),
        *(".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".dps"),
        *(".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"),
        *(".mp3", ".wav", ".mp4", ".mov", ".avi"),
    )
)
_PREFIX = "planledger-view-"
_MARK = ".planledger-view"  # a folder without it is not ours and is never removed
_DAY = 86_400  # seconds
_PATIENCE = 5.0  # seconds


def copy_out(session: Session, numbers: list[int], folder: Path) -> Iterator[str]:
    """Copy files into a folder and yield one line for each; none is begun if one of them may not leave."""
    vault, entries = _evidence(session, *dict.fromkeys(numbers))
    targets = _targets(entries, folder)
    for target in targets:
        if is_taken(target):
            raise _occupied(target)
    make_output_folder(str(folder))
    for entry, target in zip(entries, targets, strict=True):
        _copy_one(vault, entry, target)
        undone = f"，已由第{entry.reversed_by}号撤回" if entry.reversed_by else ""
        yield safe(
            f"已取出 {masked_private(str(target))}（第{entry.number}号，{entry.subject}，与存入时一致{undone}）。"
        )


def open_viewer(session: Session, number: int) -> str:
    """Open a copy of a file in the system's viewer and return the line that names the copy.

    Raises:
        Refusal: the file is of a kind that might be run, or this system has no viewer.
    """
    vault, (entry,) = _evidence(session, number)
    name = portable_name(entry.detail("name"))
    if Path(name).suffix.lower() not in VIEWABLE:
        raise Refusal(
            f"{name} 不是可以直接打开查看的文档；请先取出，自行判断能否打开：planledger evidence extract {number}。"
        )
    program = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if sys.platform != "win32" and not program:
        raise Refusal(f"这台电脑没有能打开文档的程序；请取出后查看：planledger evidence extract {number}。")
    _delete_old()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    (folder / _MARK).touch()
    copy = folder / name
    _copy_one(vault, entry, copy)
    if not _is_opened(program or "", copy):
        shutil.rmtree(folder, ignore_errors=True)
        raise Refusal(f"打不开 {name}；请取出后查看：planledger evidence extract {number}。")
    return safe(f"已打开副本 {masked_private(str(copy))}；改动它不会改动台账，看完可删。")


def _evidence(session: Session, *numbers: int) -> tuple[Vault, list[Entry]]:
    """Return the vault and the entries that stored the files; refuse what may not leave."""
    is_full = session.settings.is_full
    with session.ledger.store() as store:
        return Vault(store.files), [evidence_numbered(store, one, is_full=is_full) for one in numbers]


def _targets(entries: list[Entry], folder: Path) -> list[Path]:
    """Return where each copy is to stand; of files of one name, all but the first have their entry's number before it."""
    targets: list[Path] = []
    names: set[str] = set()
    for entry in entries:
        name = portable_name(entry.detail("name"))
        if name.casefold() in names:
            name = portable_name(f"第{entry.number}号 {entry.detail('name')}")
        names.add(name.casefold())
        targets.append(folder / name)
    return targets


def _copy_one(vault: Vault, entry: Entry, target: Path) -> None:
    """Copy one file to *target*, where it appears when its bytes are those that were stored.

    Raises:
        Unsound: the bytes are gone or are others; nothing appears.
        Refusal: another file stands at *target*; it is not touched.
        StorageTrouble: *target* cannot be written.
    """
    with translate_writing(target):
        try:
            with place_file(target) as out:
                state = vault.copy(entry.details.text("sha256"), out)
                if state != FileState.WHOLE:
                    what = "不见了" if state == FileState.LOST else "与存入时不符，被改动过"
                    raise Unsound(
                        f"第{entry.number}号的文件{what}；请用原件补回：planledger evidence repair 原件。"
                    )
        except FileExistsError:
            raise _occupied(target) from None


def _occupied(target: Path) -> Refusal:
    return Refusal(f"{target} 已经有了，没有覆盖；请移走它，或用 --to 取到另一个文件夹。")


def _is_opened(program: str, copy: Path) -> bool:
    """Open a copy with the viewer; False where the viewer failed."""
    if sys.platform == "win32":
        try:
            os.startfile(copy)  # noqa: S606  (Windows has no other way; only what it shows gets here)
        except OSError:
            return False
        return True
    viewer = Popen(
        [program, str(copy)], stdin=DEVNULL, stdout=DEVNULL, stderr=DEVNULL, start_new_session=True
    )
    try:
        return viewer.wait(_PATIENCE) == 0
    except TimeoutExpired:  # some viewers run as long as the document is open
        return True


def _delete_old() -> None:
    """Remove the copies of earlier days."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        mark = folder / _MARK
        try:
            is_old = not folder.is_symlink() and mark.is_file() and time() - mark.stat().st_mtime > _DAY
        except OSError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
