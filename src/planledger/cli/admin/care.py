"""The care of a ledger: `verify` checks it and its files, `backup` and `restore` copy both, `doctor` looks at its place.

`server-setup` and `completion` print what other programs run: SQL for a server, a script for a shell.
"""

import os
import re
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Annotated

from planledger.cli.framework.command_table import COMPLETION
from planledger.cli.framework.parameters import ANYWHERE, LEDGER, argument, command, flag, option
from planledger.cli.session.lasting_settings import SETTINGS
from planledger.cli.session.output import note
from planledger.cli.session.output_file import make_output_folder, with_progress
from planledger.cli.session.session import Session
from planledger.cli.session.settings import Settings
from planledger.formats.admin import soundness
from planledger.formats.text.display import safe
from planledger.ledger.chain import verification
from planledger.ledger.files import restoration
from planledger.ledger.files.safekeeping import back_up
from planledger.ledger.files.stocktaking import stocktaking
from planledger.plan.phrases.texts import shell_word
from planledger.plan.refusal import ExitCode, Refusal
from planledger.questions.answers.archive import last_known
from planledger.questions.answers.overdue import overdue
from planledger.questions.answers.soundness import Loss, noted_head
from planledger.questions.answers.upcoming import upcoming
from planledger.questions.facts.entry_rows import moment_of
from planledger.questions.sheet import Sheet, load
from planledger.store.errors import NoFolder
from planledger.store.files.draft import abandoned_drafts
from planledger.store.paths import backups_beside
from planledger.store.schema import steps

DAYS, MOST = 14, 8  # how far ahead `doctor` shows dates, and how many
SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
_ROLE = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
_RESERVED = ("all", "public", "none", "user", "select", "current_user", "session_user", "current_role")


@command(*ANYWHERE)
def verify(
    session: Session,
    against: Annotated[str, option("链首", "与以前抄下的链首核对，如 33:0123456789abcdef")] = "",
    since: Annotated[str, option("链首", "只查这个链首之后的记录，不读文件；快")] = "",
) -> ExitCode:
    """Recompute the chain and the plans' digests, and read every file again."""
    if since:
        return _verify_since(session, since, against)
    noted = noted_head(against) if against else None
    with session.ledger.store() as store:
        if not session.ledger.has_ledger:
            session.output.write("没有可校验的记录。")
            return ExitCode.DONE
        chain, stock = verification.verify(store, noted), None
        try:
            if not chain.fault:
                stock = stocktaking(store, with_progress("佐证材料"))
        except NoFolder as error:
            raise NoFolder(f"{soundness.chain_text(chain)}。佐证材料没有查：{error}") from error
    left = (f"注意：{line}" for line in soundness.abandoned_drafts_line(abandoned_drafts(store.path)))
    session.output.write("\n".join([soundness.soundness_lines(chain, stock, noted), *left]))
    return ExitCode.DONE if stock and stock.is_sound else ExitCode.VERIFICATION


def _verify_since(session: Session, since: str, against: str) -> ExitCode:
    """Check the entries behind a head that was noted down."""
    if against:
        raise Refusal("--since 和 --against 只能写一个：--since 只查链首之后的，--against 查全部。")
    noted = noted_head(since)
    with session.ledger.store() as store:
        chain = verification.verify_since(store, noted)
    session.output.write(soundness.soundness_since_lines(chain, noted))
    return ExitCode.VERIFICATION if chain.fault else ExitCode.DONE


@command(LEDGER)
def backup(
    session: Session,
    file: Annotated[
        str, argument("文件", "备份写成哪个文件；不写放在台账旁的备份文件夹（服务器上的必写）")
    ] = "",
) -> ExitCode:
    """Write a backup of the ledger and its files, and verify it."""
    with session.ledger.store() as store:
        if not session.ledger.has_ledger:
            raise Refusal("还没有台账，没有可备份的内容。")
        target = Path(file) if file else _backup_path(session)
        if target.is_dir():
            target /= _backup_name(session)
        elif file.endswith(("/", "\\")):
            raise Refusal(f"没有文件夹 {file}；请先建文件夹，或写成文件名，如 {target}.zip。没有备份。")
        backed_up = back_up(store, target, with_progress("备份"))
    session.output.write_folded(soundness.backup_lines(str(target), backed_up.verification, backed_up.stock))
    return ExitCode.DONE if backed_up.stock.is_sound else ExitCode.VERIFICATION


@command(LEDGER)
def restore(
    session: Session,
    file: Annotated[str, argument("文件", "backup 写成的文件，或以前恢复时换下来的台账")],
    *,
    replace: Annotated[bool, flag("--replace", "备份里没有的记录和文件，也一起换下")] = False,
) -> None:
    """Put a backup in the place of the ledger; the old ledger is kept."""

    def accept(loss: Loss) -> None:
        text = soundness.loss_text(loss, str(session.ledger.path))
        if loss.is_damaged or replace:
            note(f"注意：{text}" if text else "")
        elif text:
            line = f"planledger restore {shell_word(file)} --replace"
            raise Refusal(f"{text}没有恢复，什么都没有动；确要换成备份的，请输入：{line}。")

    path = session.ledger.path
    restored = restoration.restore(Path(file), path, _stamp(session), accept, with_progress("恢复"))
    before = str(restored.before) if restored.before else ""
    session.output.write_folded(
        soundness.restore_lines(str(path), before, restored.verification, restored.stock)
    )


def _backup_path(session: Session) -> Path:
    """Return the path of a backup named by its moment, in a folder next to the ledger.

    Raises:
        Refusal: the ledger is on a server, which has no folder next to it.
    """
    if session.ledger.is_on_server:
        raise Refusal("台账在服务器上，请写明备份成哪个文件，例如 planledger backup 备份.zip。")
    return make_output_folder(str(backups_beside(session.ledger.path))) / _backup_name(session)


def _backup_name(session: Session) -> str:
    """Return the name of a backup by its moment; on a server the ledger has none of its own."""
    stem = "台账" if session.ledger.is_on_server else session.ledger.path.stem
    return f"{stem}-{_stamp(session)}.zip"


def _stamp(session: Session) -> str:
    """Return the moment of the command as a part of a file's name."""
    return re.sub("[-:]", "", session.settings.now()[:19]).replace("T", "-")


@command(*ANYWHERE)
def doctor(session: Session) -> None:
    """Answer where everything is and what needs attention; no person is named."""
    settings, access = session.settings, session.ledger
    access.has_ledger = access.exists  # where there is none the answer itself says so
    with access.reading() as ledger:
        if not access.has_ledger:
            place = safe(_at_home(access.path))
            session.output.write_folded(
                f"程序　　  {soundness.versions()}\n台账　　  还没有，第一次登记时建在 {place}\n设置　　  {_origins(settings)}"
            )
            return
        sheet, head = load(ledger), last_known(ledger)
        if head.number:
            moment_of(head.number, head.recorded_at)
        schema = ledger.store.schema_version()
        surroundings, where = ledger.store.surroundings(), ledger.store.path
    answer = soundness.Checkup(
        where if access.is_on_server else _at_home(access.path),
        schema,
        head,
        settings.now(),
        ledger.plan,
        _origins(settings),
        (*due_lines(sheet), *session.output.which[1:]),
        surroundings,
        tuple(one._replace(folder=Path(_at_home(one.folder))) for one in abandoned_drafts(where)),
    )
    session.output.write_folded(soundness.checkup_lines(answer))


def _origins(settings: Settings) -> str:
    """Return where each setting comes from; what it is may be of a person."""
    return "；".join(f"{name}：{settings.origin(key) or '没有设'}" for key, (name, _) in SETTINGS.items())


def due_lines(sheet: Sheet) -> tuple[str, ...]:
    """Return the lines about what is late and what comes in the next days."""
    answer = overdue(sheet)
    dates = upcoming(sheet, DAYS).dates
    lines = [f"逾期{len(answer.late)}项，见 planledger overdue"] if answer.late else []
    if answer.filings:
        lines.append(f"报送逾期{len(answer.filings)}项，{answer.late_filers}家未交齐，见 planledger filings")
    lines += [f"{date.day} {date.code} {date.label}".replace("  ", " ") for date in dates[:MOST]]
    return tuple(lines + ([f"……共{len(dates)}个日期，见 planledger upcoming"] if len(dates) > MOST else []))


def _at_home(path: Path) -> str:
    """Return a path with the home folder as `~`, so that the login name is not shown."""
    whole, home = str(path.absolute()), os.path.expanduser("~")  # noqa: PTH111  (as it is, where there is no home)
    return whole.replace(home, "~", 1) if len(home) > 1 else whole


@command()
def server_setup(
    session: Session,
    role: Annotated[str, option("用户", "程序登录数据库用的用户名，不写是 planledger")] = "planledger",
    files: Annotated[str, option("文件夹", "各台电脑共用的佐证材料文件夹")] = "",
    since: Annotated[int, option("版本", "只打印从这一版结构升到最新的语句", least=0, most=9999)] = 0,
) -> None:
    """Print the SQL statements that set up a ledger on a server; none is run."""
    from planledger.store.postgres.setup import setup_sql, steps_sql

    if files and since:
        raise Refusal("--since 只打印升级的语句，用不上 --files；请去掉一个。")
    if not _ROLE.fullmatch(role) or role in _RESERVED:
        raise Refusal("--role 要写一个小写英文的用户名，如 planledger。")
    if not files.isprintable():
        raise Refusal("--files 里有换行或控制字符；请写文件夹的路径。")
    if files and not (PurePosixPath(files).is_absolute() or PureWindowsPath(files).is_absolute()):
        raise Refusal(f"--files {files} 在每台电脑上是不同的文件夹；请写各台电脑都一样的完整路径。")
    if since >= steps.SCHEMA_VERSION:
        raise Refusal(f"最新的就是第{steps.SCHEMA_VERSION}版结构，从第{since}版起没有要升的。")
    session.output.write(steps_sql(since, role) if since else setup_sql(role, files))
    note("请管理员看过以后，用 psql 在一个空的数据库里运行；程序自己不建表、不改表。说明见 docs/server.md。")


@command()
def completion(
    session: Session,
    shell: Annotated[str, argument("终端", "bash、zsh、fish、powershell 或 pwsh")],
) -> None:
    """Print the script with which a shell completes the commands."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # Typer gives the name on and does not list it

    if shell not in SHELLS:
        raise Refusal(f"不认识 {shell}；可写：{'、'.join(SHELLS)}。")
    session.output.write(
        get_completion_script(prog_name="planledger", complete_var=COMPLETION, shell=shell).strip()
    )
