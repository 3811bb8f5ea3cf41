"""The commands that change what stands: reverse, correct, amend, close, reopen."""

from hashlib import file_digest
from pathlib import Path
from typing import Annotated

import typer

from planledger.cli.framework.parameters import action, argument, flag, option
from planledger.cli.session.session import Session
from planledger.ledger.actions.amendment import Amending, amend_item
from planledger.ledger.actions.closing import close_all, reopen_item
from planledger.ledger.actions.reversal import correct_figure, reverse_all, reverse_import
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions.naming import entry_number, entry_numbers, split_list
from planledger.store.errors import os_error_text

FEWEST_DIGITS = 6  # of a digest: fewer may be a name that was mistyped


@action()
def reverse(
    session: Session,
    ctx: typer.Context,
    entries: Annotated[list[str] | None, argument("记录号", "要冲正的记录号，可写几个；见 history")] = None,
    *,
    because: Annotated[str, option("原因", "为什么冲正（必写）")] = "",
    import_: Annotated[
        str, option("文件", "冲正从这份表导入的全部记录；也可写文件摘要的开头几位", "--import")
    ] = "",
) -> None:
    """Cancel entries, or all that was imported from one file, with a reason: all of them or none."""
    from planledger.cli.framework.suggestions import refuse_bare_reason

    if bool(entries) == bool(import_):
        raise Refusal(
            "--import 冲正整份导入，不能再写记录号；请只写一样。"
            if entries
            else "缺少 记录号。用法见：planledger reverse --help"
        )
    if not entries:
        session.output.reply(*session.ledger.run(reverse_import, _digest(import_), because))
        return
    refuse_bare_reason(ctx, entries, because)
    session.output.reply(*session.ledger.run(reverse_all, entry_numbers(*entries), because))


def _digest(typed: str) -> str:
    """Return the SHA-256 of the file that was typed, or what was typed of a SHA-256.

    Raises:
        Refusal: there is no such file, and it is no beginning of one.
    """
    try:
        with Path(typed).open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as error:
        digits = fold(typed).lower()
        if len(digits) < FEWEST_DIGITS or not digits.isalnum() or not digits.isascii():
            why = os_error_text(error)
            raise NotRecorded(
                f"--import {typed}：打不开（{why}）；请写导入过的那份表，或它的摘要的开头{FEWEST_DIGITS}位以上。"
            ) from error
        return digits


@action()
def correct(
    session: Session,
    entry: Annotated[str, argument("记录号", "要更正的记录号，见 history")],
    to: Annotated[str, option("数", "正确的数")],
    because: Annotated[str, option("原因", "为什么更正（必写）")] = "",
) -> None:
    """Put another figure in place of one entry, with a reason."""
    session.output.reply(session.ledger.run(correct_figure, entry_number(entry), to, because))


@action()
def amend(
    session: Session,
    item: Annotated[str, argument("事项编号", "如 6.1")],
    *,
    due: Annotated[str, option("日期", "改期：新的最后一天，当天算在内")] = "",
    target: Annotated[
        tuple[str, str],
        option("指标 数", "调整目标：指标写键或中文名，再写新的数", "--target"),
    ] = ("", ""),
    quota: Annotated[
        tuple[str, str],
        option("单位 数", "调整一家单位的分解任务数；有几个这样的指标时写 指标=数", "--quota"),
    ] = ("", ""),
    add_agency: Annotated[str, option("单位", "增加责任单位；名册里没有的写全称")] = "",
    side: Annotated[str, option("方", "新单位属于哪一方")] = "",
    role: Annotated[str, option("职责", "牵头、负责或配合")] = "",
    drop_agency: Annotated[str, option("单位", "减去责任单位")] = "",
    cancel: Annotated[bool, flag("--cancel", "终止：这一项不再开展")] = False,
    because: Annotated[str, option("原因", "为什么调整（必写）")] = "",
    basis: Annotated[str, option("文号", "依据的文号（必写；没有写 无文号）")] = "",
    from_: Annotated[str, option("日期", "从哪一天起，不写是今天", "--from")] = "",
) -> None:
    """Change a deadline, a target or a unit of an item from a day on, or cancel it."""
    amending = Amending(
        item,
        because=because,
        basis=basis,
        due=due,
        target=target,
        quota=quota,
        add_agency=add_agency,
        drop_agency=drop_agency,
        side=side,
        role=role,
        is_cancelled=cancel,
        since=from_,
    )
    session.output.reply(session.ledger.run(amend_item, amending))


@action()
def close(
    session: Session,
    items: Annotated[list[str], argument("事项编号", "已完成的事项，可写几项", is_several=True)],
    note: Annotated[str, option("文字", "说明")] = "",
    approved: Annotated[str, option("审定人", "谁审定的；各处打码")] = "",
    ref: Annotated[str, option("文号", "审定的文号；写了 --approved 才能写")] = "",
) -> None:
    """Confirm that items are finished: all of them or none."""
    session.output.reply(*session.ledger.run(close_all, split_list(*items), note, approved, ref))


@action()
def reopen(
    session: Session,
    item: Annotated[str, argument("事项编号", "已销号的事项")],
    because: Annotated[str, option("原因", "为什么撤销（必写）")] = "",
) -> None:
    """Take a close-out back, with a reason."""
    session.output.reply(session.ledger.run(reopen_item, item, because))
