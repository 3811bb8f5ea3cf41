"""What `doctor` answers: where everything is, what deserves a look, what is due; no name and no number of a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from planledger.papers import figures
from planledger.plan.days import to_the_minute
from planledger.plan.rows import NamedTuple
from planledger.store.surroundings import SCARCE

if TYPE_CHECKING:
    from planledger.store.surroundings import Surroundings


class Checkup(NamedTuple):
    """What was looked at."""

    program: str
    python: str
    sqlite: str
    ledger: str  # where it lies, the home as ~
    schema: int
    entries: int
    head: str
    last: str  # moment of the last entry
    now: str
    plan: str
    due: tuple[str, ...]
    place: Surroundings


def told(found: Checkup) -> str:
    """Say what was found, and below it what to do about what is not as it should be."""
    place = found.place
    free = f"磁盘余 {figures.size(place.free)}" if place.free >= 0 else "磁盘余量查不到"
    facts = [
        ("程序", versions(found.program, found.python, found.sqlite)),
        ("台账", f"{found.ledger}（{figures.size(place.size)}，第{found.schema}版结构）"),
        ("记录", f"{found.entries}条，最后一条登记于 {to_the_minute(found.last)}；链首 {found.head}"),
        ("方案", found.plan),
        ("佐证材料", f"{place.files}个文件，{figures.size(place.files_size)}"),
        (
            "备份",
            f"台账旁有{place.backups}份，最近 {place.last_backup}" if place.backups else "台账旁没有备份",
        ),
        ("磁盘", free),
        ("时钟", f"{to_the_minute(found.now)}（北京时间）"),
    ]
    lines = [f"{name}{'　' * (4 - len(name))}  {said}" for name, said in facts]
    lines += ["近期", *(f"  {line}" for line in found.due)] if found.due else []
    cautions = _cautions(found)
    return "\n".join([*lines, *(f"注意：{line}" for line in cautions or ["没有发现问题。"])])


def versions(program: str, python: str, sqlite: str) -> str:
    """Say which versions are at work."""
    return f"planledger {program}，Python {python}，SQLite {sqlite}"


def _cautions(found: Checkup) -> list[str]:
    """Say what deserves a look."""
    place = found.place
    said = {
        f"台账在网络文件夹（{place.network}）里，几个人同时写可能损坏；请移到本机硬盘。": bool(place.network),
        f"台账在同步文件夹 {place.synced} 里，同步程序会复制写到一半的状态；请移到别处，用备份文件交换。": bool(
            place.synced
        ),
        "台账文件别人也能读；请改成只有自己能读（chmod 600）。": place.is_open_to_others,
        "台账旁有 -journal 文件：有一次登记中断，或正在登记；运行 planledger status 会自动收拾。": place.has_journal,
        "台账写不进去（文件或文件夹只读），只能查询。": not place.is_writable,
        "磁盘快满了；请腾出空间。": 0 <= place.free < SCARCE,
        f"本机时钟（{to_the_minute(found.now)}）比最后一条记录（{to_the_minute(found.last)}）还早，请核对时钟。": found.now
        < found.last,
        "还没有备份；请运行 planledger backup，并另存一份到别的磁盘。": not place.backups,
    }
    return [line for line, is_so in said.items() if is_so]
