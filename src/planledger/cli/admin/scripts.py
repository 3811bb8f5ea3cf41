"""`server-setup` and `completion` print what other programs run: SQL for a server, a script for a shell."""

import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Annotated

import typer

from planledger.cli.framework.shared_options import command
from planledger.cli.session.output import note
from planledger.cli.session.session import Session
from planledger.plan.refusal import Refusal
from planledger.store.schema.steps import SCHEMA_VERSION

SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")
_ROLE = re.compile(r"(?!pg_)[a-z_][a-z0-9_]{0,62}")
_RESERVED = ("all", "public", "none", "user", "select", "current_user", "session_user", "current_role")


@command()
def server_setup(
    ctx: typer.Context,
    role: Annotated[
        str, typer.Option(metavar="用户", help="程序登录数据库用的用户名，不写是 planledger")
    ] = "planledger",
    files: Annotated[str, typer.Option(metavar="文件夹", help="各台电脑共用的佐证材料文件夹")] = "",
    since: Annotated[
        int, typer.Option(metavar="版本", help="只打印从这一版结构升到最新的语句", min=0, max=9999)
    ] = 0,
) -> None:
    """Print the SQL statements that set up a ledger on a server; none is run."""
    from planledger.store.postgres.setup import setup_sql, steps_sql

    if not _ROLE.fullmatch(role) or role in _RESERVED:
        raise Refusal("--role 要写一个小写英文的用户名，如 planledger。")
    if not files.isprintable():
        raise Refusal("--files 里有换行或控制字符；请写文件夹的路径。")
    if files and not (PurePosixPath(files).is_absolute() or PureWindowsPath(files).is_absolute()):
        raise Refusal(f"--files {files} 在每台电脑上是不同的文件夹；请写各台电脑都一样的完整路径。")
    if since >= SCHEMA_VERSION:
        raise Refusal(f"最新的就是第{SCHEMA_VERSION}版结构，从第{since}版起没有要升的。")
    session = Session.of(ctx)
    session.output.write(steps_sql(since, role) if since else setup_sql(role, files))
    note("请管理员看过以后，用 psql 在一个空的数据库里运行；程序自己不建表、不改表。说明见 docs/server.md。")


@command()
def completion(
    ctx: typer.Context,
    shell: Annotated[str, typer.Argument(metavar="终端", help="bash、zsh、fish、powershell 或 pwsh")],
) -> None:
    """Print the script with which a shell completes the commands."""
    from typer.completion import get_completion_script  # type: ignore[attr-defined]  # Typer gives the name on and does not list it

    if shell not in SHELLS:
        raise Refusal(f"不认识 {shell}；可写：{'、'.join(SHELLS)}。")
    Session.of(ctx).output.write(
        get_completion_script(
            prog_name="planledger", complete_var="_PLANLEDGER_COMPLETE", shell=shell
        ).strip()
    )
