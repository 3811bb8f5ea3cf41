"""Copies of files that leave the ledger's own folder: whole, under a name that tells what they are, never over another."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from planledger.cli.outlet import folder_made
from planledger.cli.session import Session
from planledger.papers.filenames import file_name
from planledger.papers.text import safe
from planledger.plan.masking import masked_private
from planledger.plan.refusal import Refusal
from planledger.questions.evidence import evidence_numbered
from planledger.questions.files import digest_of
from planledger.store.disk import place_file
from planledger.store.errors import StorageTrouble
from planledger.store.sqlite_file import is_there
from planledger.store.trouble import meaning
from planledger.store.vault import Damaged, FileState, Vault

if TYPE_CHECKING:
    from planledger.questions.history import Entry


def copies(session: Session, numbers: list[int], folder: Path) -> Iterator[str]:
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
    folder_made(str(folder))
    for entry, target in zip(entries, targets, strict=True):
        hand_out(vault, entry, target)
        back = f"，已由第{entry.reversed_by}号撤回" if entry.reversed_by else ""
        yield safe(
            f"已取出 {masked_private(str(target))}（第{entry.id}号，{entry.subject}，与存入时一致{back}）。"
        )


def _targets(entries: list["Entry"], folder: Path) -> list[Path]:
    """Name the copies as the files were called; of several called alike, all but the first with their number before it."""
    found: list[Path] = []
    taken: set[str] = set()
    for entry in entries:
        name = file_name(entry.said("name"))
        if name.casefold() in taken:
            name = file_name(f"第{entry.id}号 {entry.said('name')}")
        taken.add(name.casefold())
        found.append(folder / name)
    return found


def hand_out(vault: Vault, entry: "Entry", target: Path) -> None:
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
        raise StorageTrouble(f"写不进 {target}（{meaning(error)}）；请检查路径、权限和磁盘空间。") from error


def _taken(target: Path) -> Refusal:
    return Refusal(f"{target} 已经有了，没有覆盖；请移走它，或用 --to 取到另一个文件夹。")
