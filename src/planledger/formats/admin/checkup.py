"""What `doctor` answers: where everything is, what deserves a look, what is due; no name and no number of a person."""

from datetime import datetime, timedelta
from typing import NamedTuple

from planledger.formats.admin import soundness
from planledger.formats.text import figures
from planledger.plan.days import to_the_minute
from planledger.store.database import ServerSurroundings, Surroundings
from planledger.store.files.draft import AbandonedDraft
from planledger.store.files.surroundings import SCARCE

SLACK_MINUTES = 5  # that two clocks may differ


class Checkup(NamedTuple):
    """What `doctor` looks at: of any ledger alike, and of the place where this one is kept."""

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
    place: Surroundings | ServerSurroundings
    left: tuple[AbandonedDraft, ...] = ()  # what killed commands left behind


def checkup_lines(checkup: Checkup) -> str:
    """Return what was looked at, and below it what to do about what is not as it should be."""
    place, now = checkup.place, to_the_minute(checkup.now)
    of_place, cautions = (
        _server(place, checkup.now) if isinstance(place, ServerSurroundings) else _folder(place)
    )
    size = f"{figures.size_text(place.size)}，" if isinstance(place, Surroundings) else ""
    facts = [
        ("程序", versions(checkup.program, checkup.python, checkup.sqlite)),
        ("台账", f"{checkup.ledger}（{size}第{checkup.schema}版结构）"),
        ("记录", f"{checkup.entries}条，最后一条登记于 {to_the_minute(checkup.last)}；链首 {checkup.head}"),
        ("方案", checkup.plan),
        *of_place,
        ("时钟", f"{now}（北京时间）"),
    ]
    lines = [f"{name}{'　' * (4 - len(name))}  {text}" for name, text in facts]
    lines += ["近期", *(f"  {line}" for line in checkup.due)] if checkup.due else []
    alarms = [line for line, is_so in cautions.items() if is_so] + soundness.abandoned_drafts_line(
        checkup.left
    )
    if checkup.now < checkup.last:
        alarms.append(f"本机时钟（{now}）比最后一条记录（{to_the_minute(checkup.last)}）还早，请核对时钟。")
    return "\n".join([*lines, *(f"注意：{line}" for line in alarms or ["没有发现问题。"])])


def versions(program: str, python: str, sqlite: str) -> str:
    """Return which versions are at work."""
    return f"planledger {program}，Python {python}，SQLite {sqlite}"


def _server(place: ServerSurroundings, now: str) -> tuple[list[tuple[str, str]], dict[str, bool]]:
    """Return the facts of a server, and of each caution whether it holds."""
    facts = [
        ("服务器", f"PostgreSQL {place.version}，共{place.chains}个办公室的台账"),
        ("佐证材料", place.files or "没有设共享文件夹"),
    ]
    apart = abs(datetime.fromisoformat(now) - datetime.fromisoformat(place.clock))
    return facts, {
        "登录的用户能改动或删除已登记的内容；请管理员按 planledger server-setup 打印的语句只给该给的权限。": place.may_change,
        "与服务器之间没有加密，路上能被看到；请在地址后加 ?sslmode=require，或请管理员开启 TLS。": place.is_open,
        "没有设佐证材料的共享文件夹，存不了文件；请管理员设好，或在本机设环境变量 PLANLEDGER_FILES。": not place.files,
        f"佐证材料的共享文件夹 {place.files} 不在这台电脑上；请接上共享文件夹。": bool(place.files)
        and not place.is_there,
        f"本机时钟（{to_the_minute(now)}）与服务器的（{to_the_minute(place.clock)}）不同，请核对时钟。": apart
        > timedelta(minutes=SLACK_MINUTES),
    }


def _folder(place: Surroundings) -> tuple[list[tuple[str, str]], dict[str, bool]]:
    """Return the facts of the folder of a ledger file, and of each caution whether it holds."""
    backups = f"台账旁有{place.backups}份，最近 {place.last_backup}" if place.backups else "台账旁没有备份"
    free = f"磁盘余 {figures.size_text(place.free)}" if place.free >= 0 else "磁盘余量查不到"
    facts = [
        ("佐证材料", f"{place.files}个文件，{figures.size_text(place.files_size)}"),
        ("备份", backups),
        ("磁盘", free),
    ]
    return facts, {
        f"台账在网络文件夹（{place.network}）里，几个人同时写可能损坏；请移到本机硬盘。": bool(place.network),
        f"台账在同步文件夹 {place.synced} 里，同步程序会复制写到一半的状态；请移到别处，用备份文件交换。": bool(
            place.synced
        ),
        "台账文件别人也能读；请改成只有自己能读（chmod 600）。": place.is_open_to_others,
        "台账旁有 -journal 文件：有一次登记中断，或正在登记；运行 planledger status 会自动收拾。": place.has_journal,
        "台账写不进去（文件或文件夹只读），只能查询。": not place.is_writable,
        "磁盘快满了；请腾出空间。": 0 <= place.free < SCARCE,
        "还没有备份；请运行 planledger backup，并另存一份到别的磁盘。": not place.backups,
    }
