"""The commands that change what stands: reverse, correct, amend, close, reopen."""

from typing import Annotated

import typer

from planledger.cli.framework import completion, parameters
from planledger.cli.framework.parameters import ACTION, argument, command, option
from planledger.cli.session.session import Session
from planledger.ledger.actions.amendment import Amending
from planledger.ledger.book import Book
from planledger.questions.naming import entry_number, entry_numbers, split_list


@command(*ACTION)
def reverse(
    session: Session,
    ctx: typer.Context,
    entries: Annotated[list[str], argument("记录号", "要冲正的记录号，可写几个；见 history")],
    because: Annotated[str, option("原因", "为什么冲正（必写）")] = "",
) -> None:
    """Cancel entries, with a reason: all of them or none."""
    from planledger.cli.framework.suggestions import refuse_bare_reason

    refuse_bare_reason(ctx, entries, because)
    numbers = entry_numbers(*entries)
    session.output.reply(*session.ledger.run(Book, lambda book: book.reverse_all(numbers, because)))


@command(*ACTION)
def correct(
    session: Session,
    entry: Annotated[str, argument("记录号", "要更正的记录号，见 history")],
    to: Annotated[str, option("数", "正确的数")],
    because: Annotated[str, option("原因", "为什么更正（必写）")] = "",
) -> None:
    """Put another figure in place of one entry, with a reason."""
    number = entry_number(entry)
    session.output.reply(session.ledger.run(Book, lambda book: book.correct(number, to, because)))


@command(*ACTION)
def amend(
    session: Session,
    item: Annotated[str, parameters.item_argument("如 6.1")],
    *,
    due: Annotated[str, option("日期", "改期：新的最后一天，当天算在内")] = "",
    target: Annotated[
        tuple[str, str],
        option(
            "指标 数",
            "调整目标：指标写键或中文名，再写新的数",
            "--target",
            complete=completion.complete_targets,
        ),
    ] = ("", ""),
    add_agency: Annotated[str, parameters.agency_option("增加责任单位；名册里没有的写全称")] = "",
    side: Annotated[str, parameters.side_option("新单位属于哪一方")] = "",
    role: Annotated[str, option("职责", "牵头、负责或配合", complete=completion.complete_roles)] = "",
    drop_agency: Annotated[str, parameters.agency_option("减去责任单位")] = "",
    cancel: Annotated[bool, typer.Option("--cancel", help="终止：这一项不再开展")] = False,
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
        add_agency=add_agency,
        drop_agency=drop_agency,
        side=side,
        role=role,
        is_cancelled=cancel,
        since=from_,
    )
    session.output.reply(session.ledger.run(Book, lambda book: book.amend(amending)))


@command(*ACTION)
def close(
    session: Session,
    items: Annotated[
        list[str],
        argument(
            "事项编号", "已完成的事项，可写几项", complete=completion.complete_each(completion.complete_items)
        ),
    ],
    note: Annotated[str, option("文字", "说明")] = "",
) -> None:
    """Confirm that items are finished: all of them or none."""
    codes = split_list(*items)
    session.output.reply(*session.ledger.run(Book, lambda book: book.close_all(codes, note)))


@command(*ACTION)
def reopen(
    session: Session,
    item: Annotated[str, parameters.item_argument("已销号的事项")],
    because: Annotated[str, option("原因", "为什么撤销（必写）")] = "",
) -> None:
    """Take a close-out back, with a reason."""
    session.output.reply(session.ledger.run(Book, lambda book: book.reopen(item, because)))
