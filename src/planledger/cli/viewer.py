"""Looking at a file: a copy goes to the program that the system has for documents; a program is never started."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from time import time

from planledger.cli.handing_out import hand_out
from planledger.cli.session import Session
from planledger.papers.filenames import file_name
from planledger.papers.text import safe
from planledger.plan.masking import masked_private
from planledger.plan.refusal import Refusal
from planledger.questions.evidence import evidence_numbered
from planledger.store.vault import Vault

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


def viewed(session: Session, number: int) -> str:
    """Show a file, and say where its copy lies.

    Raises:
        Refusal: it is of a kind that might be run, or nothing here can show it.
    """
    with session.ledger.store() as store:
        entry = evidence_numbered(store, number, is_full=session.settings.is_full)
        vault = Vault(store.files)
    name = file_name(entry.said("name"))
    if Path(name).suffix.lower() not in SHOWN:
        raise Refusal(
            f"{name} 不是可以直接打开查看的文档；请先取出，自行判断能否打开：planledger evidence extract {number}。"
        )
    opener = _opener(number)
    _swept()
    folder = Path(tempfile.mkdtemp(prefix=_PREFIX))
    (folder / _OURS).touch()
    copy = folder / name
    hand_out(vault, entry, copy)
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


def _swept() -> None:
    """Remove the copies of earlier days."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        try:
            is_old = (folder / _OURS).is_file() and time() - (folder / _OURS).stat().st_mtime > _A_DAY
            is_old = is_old and not folder.is_symlink()
        except OSError:
            continue
        if is_old:
            shutil.rmtree(folder, ignore_errors=True)
