"""Copies of files that leave the ledger's own folder: whole, under a name that tells what they are, never over another."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import time
from typing import TYPE_CHECKING

from planledger.cli.session.output_file import make_output_folder
from planledger.cli.session.session import Session
from planledger.formats.text.display import portable_name, safe
from planledger.plan.people.masking import masked_private
from planledger.plan.refusal import Refusal
from planledger.questions.answers.evidence import digest_of, evidence_numbered
from planledger.store.errors import StorageTrouble, os_error_text
from planledger.store.files.disk import place_file
from planledger.store.files.vault import Damaged, FileState, Vault
from planledger.store.sqlite_file import is_there

if TYPE_CHECKING:
    from planledger.questions.answers.history import Entry


def copy_out(session: Session, numbers: list[int], folder: Path) -> Iterator[str]:
    """Copy files into a folder, one after the other, and tell of each; none is begun if one of them may not leave."""
    with session.ledger.store() as store:
        entries = [
            evidence_numbered(store, number, is_full=session.settings.is_full)
            for number in dict.fromkeys(numbers)
        ]
        vault = Vault(store.files)
    targets = _targets(entries, folder)
    for target in targets:
        if is_there(target) or target.is_symlink():
            raise _taken(target)
    make_output_folder(str(folder))
    for entry, target in zip(entries, targets, strict=True):
        copy_one_out(vault, entry, target)
        back = f"，已由第{entry.reversed_by}号撤回" if entry.reversed_by else ""
        yield safe(
            f"已取出 {masked_private(str(target))}（第{entry.id}号，{entry.subject}，与存入时一致{back}）。"
        )


def _targets(entries: list["Entry"], folder: Path) -> list[Path]:
    """Name the copies as the files were called; of several called alike, all but the first with their number before it."""
    found: list[Path] = []
    taken: set[str] = set()
    for entry in entries:
        name = portable_name(entry.said("name"))
        if name.casefold() in taken:
            name = portable_name(f"第{entry.id}号 {entry.said('name')}")
        taken.add(name.casefold())
        found.append(folder / name)
    return found


def copy_one_out(vault: Vault, entry: "Entry", target: Path) -> None:
    """Copy one file out, hold it against what was taken in, and let it appear; what stands there is never touched.

    Raises:
        Damaged: it is not what was taken in; nothing is handed out.
        StorageTrouble: it cannot be written there.
    """
    try:
        with place_file(target) as out:
            state = vault.copy(digest_of(entry.details), out)
            if state != FileState.WHOLE:
                what = "不见了" if state == FileState.LOST else "与存入时不符，被改动过"
                raise Damaged(
                    f"第 {entry.id} 号的文件{what}；请用原件补回：planledger evidence repair 原件。"
                )
    except FileExistsError:
        raise _taken(target) from None
    except OSError as error:
        raise StorageTrouble(
            f"写不进 {target}（{os_error_text(error)}）；请检查路径、权限和磁盘空间。"
        ) from error


def _taken(target: Path) -> Refusal:
    return Refusal(f"{target} 已经有了，没有覆盖；请移走它，或用 --to 取到另一个文件夹。")


# what a system shows and does not run
SHOWN = frozenset(
    (
        *(".pdf", ".ofd", ".txt", ".csv", ".rtf", ".odt", ".ods", ".odp"),
        *(".doc", ".docx", ".xls", ".xlsx", ".ppt", ".pptx", ".wps", ".et", ".dps"),
        *(".jpg", ".jpeg", ".png", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"),
        *(".mp3", ".wav", ".mp4", ".mov", ".avi"),
    )
)
_PREFIX = "planledger-view-"
_OURS = ".planledger-view"  # nothing without it is ever removed
_A_DAY = 86_400
_PATIENCE = 5.0


def open_viewer(session: Session, number: int) -> str:
    """Show a file, and say where its copy lies.

    Raises:
        Refusal: it is of a kind that might be run, or nothing here can show it.
    """
    with session.ledger.store() as store:
        entry = evidence_numbered(store, number, is_full=session.settings.is_full)
        vault = Vault(store.files)
    name = portable_name(entry.said("name"))
    if Path(name).suffix.lower() not in SHOWN:
        raise Refusal(
            f"{name} 不是可以直接打开查看的文档；请先取出，自行判断能否打开：planledger evidence extract {number}。"
        )
    opener = _opener(number)
    _delete_old()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    (folder / _OURS).touch()
    copy = folder / name
    copy_one_out(vault, entry, copy)
    _shown(opener, copy, number)
    return safe(f"已打开副本 {masked_private(str(copy))}；改动它不会改动台账，看完可删。")


def _opener(number: int) -> str:
    """Find what opens documents on this system."""
    if sys.platform == "win32":
        return ""
    found = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
    if not found:
        raise Refusal(f"这台电脑没有能打开文档的程序；请取出后查看：planledger evidence extract {number}。")
    return found


def _shown(opener: str, copy: Path, number: int) -> None:
    trouble = Refusal(f"打不开 {copy.name}；请取出后查看：planledger evidence extract {number}。")
    if sys.platform == "win32":
        try:
            os.startfile(copy)  # noqa: S606
        except OSError:
            raise trouble from None
        return
    started = subprocess.Popen(
        [opener, str(copy)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        failed = started.wait(_PATIENCE)
    except subprocess.TimeoutExpired:  # some stay as long as the document is open
        return
    if failed:
        shutil.rmtree(copy.parent, ignore_errors=True)
        raise trouble


def _delete_old() -> None:
    """Remove the copies of earlier days."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            is_old = (folder / _OURS).is_file() and time() - (folder / _OURS).stat().st_mtime > _A_DAY
            is_old = is_old and not folder.is_symlink()
        except OSError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
