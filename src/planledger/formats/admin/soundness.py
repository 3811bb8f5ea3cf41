"""What `verify`, `backup`, `restore` and `doctor` answer: sound or not, what deserves a look, and what to do now."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from platform import python_version
from sqlite3 import sqlite_version
from typing import NamedTuple

from planledger import __version__
from planledger.formats.text.display import safe
from planledger.formats.text.figures import size_text
from planledger.plan.days import to_the_minute
from planledger.questions.answers.evidence import File
from planledger.questions.answers.soundness import Behind, Loss, NotedHead, Stock, Verification
from planledger.questions.facts.entry_rows import short_head
from planledger.questions.facts.office import ChainHead
from planledger.questions.facts.plans import PlanInForce
from planledger.store.files.draft import AbandonedDraft
from planledger.store.files.surroundings import SCARCE
from planledger.store.place import ServerSurroundings, Surroundings

SLACK_MINUTES = 5  # that two clocks may differ


class Checkup(NamedTuple):
    """What `doctor` looks at: of any ledger alike, and of the place where this one is kept."""

    ledger: str  # where it lies, the home as ~
    schema: int
    head: ChainHead
    now: str
    plan: PlanInForce
    settings: str  # and where each comes from
    due: tuple[str, ...]
    place: Surroundings | ServerSurroundings
    left: tuple[AbandonedDraft, ...] = ()  # what killed commands left behind


def checkup_lines(checkup: Checkup) -> str:
    """Return what was looked at, and below it what to do about what is not as it should be."""
    place, head, now = checkup.place, checkup.head, to_the_minute(checkup.now)
    last = to_the_minute(head.recorded_at)
    of_place, cautions = (
        _server(place, checkup.now) if isinstance(place, ServerSurroundings) else _folder(place)
    )
    size = f"{size_text(place.size)}，" if isinstance(place, Surroundings) else ""
    facts = [
        ("程序", versions()),
        ("台账", f"{checkup.ledger}（{size}第{checkup.schema}版结构）"),
        ("记录", f"{head.number}条，最后一条登记于 {last}；链首 {head.text}"),
        ("方案", f"{checkup.plan.title}（{checkup.plan.key}）"),
        *of_place,
        ("时钟", f"{now}（北京时间）"),
        ("设置", checkup.settings),
    ]
    lines = [f"{name}{'　' * (4 - len(name))}  {text}" for name, text in facts]
    lines += ["近期", *(f"  {line}" for line in checkup.due)] if checkup.due else []
    alarms = [line for line, is_so in cautions.items() if is_so] + abandoned_drafts_line(checkup.left)
    if checkup.now < head.recorded_at:
        alarms.append(f"本机时钟（{now}）比最后一条记录（{last}）还早，请核对时钟。")
    return "\n".join([*lines, *(f"注意：{line}" for line in alarms or ["没有发现问题。"])])


def versions() -> str:
    """Return which versions are at work."""
    return f"planledger {__version__}，Python {python_version()}，SQLite {sqlite_version}"


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
    free = f"磁盘余 {size_text(place.free)}" if place.free >= 0 else "磁盘余量查不到"
    facts = [
        ("佐证材料", f"{place.files}个文件，{size_text(place.files_size)}"),
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


def soundness_lines(checked: Verification, stock: Stock | None, noted: NotedHead | None) -> str:
    """Return whether a ledger is sound, and what is wrong.

    Args:
        checked: the result of the check of the chain.
        stock: what became of the files; None where the chain is broken, and they were not looked at.
        noted: the head with which the chain was compared.
    """
    if stock is None:
        return _broken(checked)
    chain = chain_text(checked)
    if not stock.is_sound:
        wrong = ["校验未通过：佐证材料与登记不符。", *_wrong(stock)]
        return "\n".join([*wrong, f"台账本身完好：{chain}。", *_heads(checked)])
    lines = [f"校验通过：{chain}{_files(stock)}。"]
    if noted:
        lines.append(f"与抄下的链首 {noted.number}:{noted.seal} 相符：此前的记录没有改动、没有截去。")
    if stock.strays:
        lines.append(
            f"注意：佐证材料文件夹里有{stock.strays}个没有记录的文件（登记或恢复中途被打断时留下），不影响台账。"
        )
    if not checked.is_whole:
        lines.append("只查了这一本；整个数据库和其他各本请用 planledger verify 不写 --plan 校验。")
    return "\n".join([*lines, *_heads(checked)])


def chain_text(checked: Verification) -> str:
    """Return that a chain stands as it was sealed."""
    return f"自{checked.since}起共{checked.entries}条记录，与封存时一致；方案内容与启用时一致"


def soundness_since_lines(checked: Verification, noted: NotedHead) -> str:
    """Return whether the entries after a noted head are sound."""
    if checked.fault:
        return _broken(checked)
    new = checked.entries - noted.number
    since = f"第{noted.number}号之后{new}条记录与封存时一致" if new else f"第{noted.number}号之后没有记录"
    return f"校验通过：{since}；链首之前的没有再查，全部的请用 planledger verify 校验。\n链首 {short_head(checked.entries, checked.head)}"


def backup_lines(where: str, checked: Verification, stock: Stock) -> str:
    """Return what a backup holds, and which files are not in it."""
    lines = [f"已备份到 {where}：{checked.entries}条记录{_files(stock)}，写成后已校验。"]
    if not stock.is_sound:
        lines += ["以下文件没有或不对，台账和其余文件已备份：", *_wrong(stock)]
    return "\n".join([*lines, *_heads(checked), "请把备份另存一份到别的磁盘。"])


def restore_lines(where: str, before: str, checked: Verification, stock: Stock) -> str:
    """Return what took the place of a ledger, and where that ledger is now."""
    lines = [f"已恢复 {where}：自{checked.since}起共{checked.entries}条记录{_files(stock)}，恢复前已校验。"]
    lines += [f"原来的台账留在 {before}。"] if before else []
    if not stock.is_sound:
        lines += ["备份里以下文件没有或不对：", *_wrong(stock)]
    return "\n".join([*lines, *_heads(checked)])


def loss_text(loss: Loss, where: str) -> str:
    """Return what a ledger has that the backup does not, as one sentence; empty where nothing would be lost."""
    if loss.unread:
        what = "已损坏" if loss.is_damaged else "读不出来"
        return f"{where} {what}，里面有什么查不出来（{loss.unread.removesuffix('。')}）。"
    losses = [_behind(one) for one in loss.behind]
    if loss.is_other:
        losses = [f"备份是另一个台账的，{where} 有{sum(one.had for one in loss.behind)}条记录"]
    losses += [f"备份里没有{_named(file)}的文件，现在的台账有" for file in loss.lacking]
    return "；".join(losses) + "。" if losses else ""


def _behind(chain: Behind) -> str:
    first, last = chain.has + 1, chain.had
    numbers = f"{first}至{last}" if last > first else str(first)
    return f"{safe(chain.office)}现在有{chain.had}条，备份只有其中{chain.has}条：第{numbers}号不在其中"


def abandoned_drafts_line(drafts: Iterable[AbandonedDraft]) -> list[str]:
    """Return what killed commands left behind, how large it is, and what becomes of it."""
    return [
        f"{safe(str(one.folder))} 是被打断的{one.purpose.label}留下的（{size_text(one.size)}），里面可能有整份台账；"
        + (
            "过一小时，下一次 backup、restore 或 archive build 会收走它。"
            if one.may_go
            else f"它所属的台账 {safe(str(one.ledger))} 不在，可能只剩这一份，请先留着。"
        )
        for one in drafts
    ]


def _heads(checked: Verification) -> list[str]:
    """Return where each chain ends; whose it is, where there are several."""
    if len(checked.ends) == 1:
        return [f"链首 {short_head(checked.entries, checked.head)}"]
    return [f"链首 {short_head(end.entries, end.head)}  {safe(end.office)}" for end in checked.ends]


def _broken(checked: Verification) -> str:
    """Return what is wrong, and what to do now."""
    sound = f"此前{checked.entries}条完好。" if checked.entries else ""
    whose = f"{safe(checked.ends[-1].office)}：" if len(checked.ends) > 1 else ""
    return f"校验未通过：{whose}{safe(checked.fault)}{sound}请勿再登记，保留此文件，用最近的备份核对。"


def _wrong(stock: Stock) -> list[str]:
    """Return every file that is not as the ledger has it."""
    again = "请用原件补回（planledger evidence repair 原件），或从备份取回"
    return [
        *(f"  {_named(file)}的文件不见了；{again}。" for file in stock.lost),
        *(f"  {_named(file)}的文件与存入时不符，被改动过；{again}。" for file in stock.altered),
        *(
            f"  {_named(file)}的文件已登记销毁（第{file.destroyed_by}号），却还在；请运行 planledger evidence destroy {file.entries[0]} --because 续前次销毁。"
            for file in stock.undestroyed
        ),
    ]


def _named(file: File) -> str:
    return f"{safe(file.office)}第{'、'.join(map(str, file.entries))}号"


def _files(stock: Stock) -> str:
    if not (stock.whole or stock.destroyed):
        return ""
    gone = f"，另有{stock.destroyed}个已销毁" if stock.destroyed else ""
    return f"；佐证材料{stock.whole}个文件，与存入时一致{gone}"
