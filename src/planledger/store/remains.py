"""What is left of a ledger at a name where none stands: put aside by a restore that was cut off, unpacked and not yet in place, or its files.

Founding another one there would hide it: whoever asks would be told that nothing was ever recorded.
"""

import glob
import os
import re
from pathlib import Path

from planledger.plan.refusal import Refusal
from planledger.plan.typed import word
from planledger.store.drafts import is_being_restored
from planledger.store.places import files_beside
from planledger.store.sqlite_file import beside, is_there

_BEFORE = r"\.[0-9]{8}-[0-9]{6}(-[0-9]+)?\.before"


def refuse_remains(path: Path) -> None:
    """Refuse to take a name for one at which nothing was ever recorded, where what another ledger left lies.

    Raises:
        Refusal: something of another ledger lies there.
    """
    said = remains_at(path)
    if said and not is_there(path):
        at = word(str(path))
        raise Refusal(
            f"没有台账 {path}，可是{said}没有另建台账；不要了、确要另建的，请输入：planledger init --beside --ledger {at}。"
        )


def remains_at(path: Path) -> str:
    """Say what of a ledger lies at the name of a missing one, and how to go on; empty where nothing does."""
    at = word(str(path))
    real = Path(os.path.realpath(path))
    if kept := sorted(real.parent.glob(f"{glob.escape(real.name)}.*before")):
        return f"旁边有它换下来的 {kept[-1]}：请用原来的备份再恢复一次，或换回这一个：planledger restore {word(str(kept[-1]))} --ledger {at}。"
    if is_being_restored(path):
        return f"有一次恢复没有做完：请用那份备份再恢复一次：planledger restore 备份 --ledger {at}。"
    files = files_beside(path)
    found = [files] if files.is_dir() and any(files.iterdir()) else []
    found += [one for one in (beside(path, "journal"), beside(path, "wal")) if one.exists()]
    if found:
        return f"旁边有一个台账的 {found[0].name}：请找回那个台账文件，或用备份恢复：planledger restore 备份 --ledger {at}。"
    return ""


def put_aside(path: Path) -> list[Path]:
    """Find what restoring put aside at a name."""
    real = Path(os.path.realpath(path))
    exact = re.compile(re.escape(real.name) + _BEFORE)
    return [one for one in real.parent.glob("*.before") if exact.fullmatch(one.name)]
