"""Copies of files that leave the ledger's own folder: whole, under a name that tells what they are, never over another."""

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from planledger.cli.desk import Desk
from planledger.cli.outlet import folder_made
from planledger.papers.filenames import file_name
from planledger.papers.text import safe
from planledger.plan.refusal import ExitCode, Refusal
from planledger.questions.evidence import evidence_numbered
from planledger.store.database import StorageTrouble
from planledger.store.trouble import meaning
from planledger.store.vault import FileState, Vault

if TYPE_CHECKING:
    from planledger.questions.history import Entry


class Damaged(Refusal):
    """A file is not what was taken in."""

    exit_code = ExitCode.VERIFICATION


def copies(desk: Desk, numbers: list[int], folder: Path) -> Iterator[str]:
    """Copy files into a folder, one after the other, and tell of each; none is begun if one of them may not leave."""
    store = desk.store()
    try:
        entries = [evidence_numbered(store, number, is_full=desk.full) for number in numbers]
        vault = Vault(store.path)
    finally:
        store.close()
    targets = [folder / file_name(entry.said("name")) for entry in entries]
    for place, target in enumerate(targets):
        if target.exists() or target in targets[:place]:
            raise Refusal(f"{target} 已经有了，没有覆盖；请移走它，或用 --to 取到另一个文件夹。")
    folder_made(str(folder))
    for entry, target in zip(entries, targets, strict=True):
        hand_out(vault, entry, target)
        yield safe(f"已取出 {target}（第{entry.id}号，{entry.subject}，与存入时一致）。")


def hand_out(vault: Vault, entry: "Entry", target: Path) -> None:
    """Copy one file out, and hold it against what was taken in.

    Raises:
        Damaged: it is not what was taken in; nothing is handed out.
        StorageTrouble: it cannot be written there.
    """
    state = FileState.LOST
    try:
        with target.open("xb") as out:
            target.chmod(0o600)
            state = vault.copy(entry.said("sha256"), out)
    except OSError as error:
        raise StorageTrouble(f"写不进 {target}（{meaning(error)}）；请检查路径、权限和磁盘空间。") from error
    finally:
        if state != FileState.WHOLE:
            with suppress(OSError):  # why it could not be written is told already
                target.unlink(missing_ok=True)
    if state != FileState.WHOLE:
        what = "不见了" if state == FileState.LOST else "与存入时不符，被改动过"
        raise Damaged(
            f"第 {entry.id} 号的文件{what}；请运行 planledger verify，并用原件重新存入：planledger attach {entry.code} 文件。"
        )
