"""The deeds at the counter: record, reverse, close, reopen."""

from typing import Annotated, Any

import typer

from planledger.cli import choices
from planledger.cli.counter import DEED, TYPED, Command, offered
from planledger.cli.desk import Desk
from planledger.ledger.book import Book
from planledger.ledger.recording import Recording
from planledger.papers import reply
from planledger.plan.digits import fold
from planledger.plan.refusal import Refusal
from planledger.plan.reserved import RESERVED
from planledger.questions.naming import rows_named
from planledger.questions.receipt import Receipt

AMOUNTS = "planledger.amounts"


class RecordCommand(Command):
    """`record`, whose options are the item's own indicators: `--KEY N` or the Chinese label, `--新增转移就业 40`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Set aside `--indicator N` pairs; what is left are options that every item has."""
        known = {name for param in self.get_params(ctx) for name in param.opts}
        kept, ctx.meta[AMOUNTS] = _apart(args, known, strict=not ctx.resilient_parsing)
        rest: list[str] = super().parse_args(ctx, kept)
        return rest

    def get_help(self, ctx: Any) -> str:
        """Write the page; where an item is named, with its indicators, their targets and what is recorded."""
        from planledger.cli.help import indicator_lines  # noqa: PLC0415  (only where help is asked for)

        page, desk = super().get_help(ctx), Desk.of(ctx)
        desk.is_quiet = True
        code = next((fold(word) for word in ctx.meta.get(TYPED, ()) if fold(word)[:1].isdigit()), "")
        return f"{page}\n\n{indicator_lines(rows_named(desk.sheet(), code))}" if code else page

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Offer the item's indicators among the options."""
        found: list[Any] = super().shell_complete(ctx, incomplete)
        code = ctx.params.get("item") or ""
        if incomplete.startswith("--") and code:
            from typer.core import CompletionItem  # type: ignore[attr-defined]  # noqa: PLC0415  (only while a line is being completed)

            found += [CompletionItem(word) for word in choices.indicators(ctx, code, incomplete)]
        return found


def _apart(
    args: list[str], known: set[str], *, strict: bool
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """Split what was typed into known words and (indicator, number) pairs; whether they exist is not judged here."""
    kept: list[str] = []
    amounts: list[tuple[str, str]] = []
    words = iter(args)
    for word in words:
        name, given, value = word.partition("=")
        if not word.startswith("--") or word == "--" or name in known or name.removeprefix("--") in RESERVED:
            kept.append(word)
            continue
        typed = value if given else next(words, "--")
        if typed.startswith("--"):
            if strict:
                raise Refusal(f"{name} 后面缺少数；例如 {name} 40。未登记。")
            kept.append(word)
            continue
        amounts.append((name.removeprefix("--"), typed))
    return kept, tuple(amounts)


@offered(*DEED, cls=RecordCommand)
def record(  # noqa: PLR0913, PLR0917  (each is an option of the command line)
    ctx: typer.Context,
    item: Annotated[
        str,
        typer.Argument(
            metavar="事项编号", help="如 6.1；指标选项见 record 6.1 --help", autocompletion=choices.items
        ),
    ],
    on: Annotated[str, typer.Option(metavar="日期", help="事情发生的那一天，不写是今天")] = "",
    agency: Annotated[
        str, typer.Option(metavar="单位", help="谁报来的；不写是本办代记", autocompletion=choices.agencies)
    ] = "",
    side: Annotated[
        str,
        typer.Option(metavar="方", help="算在哪一方；写了 --agency 不必再写", autocompletion=choices.sides),
    ] = "",
    done: Annotated[bool, typer.Option("--done", help="申报完成；不写 --agency 是本办认定")] = False,  # noqa: FBT002
    paper: Annotated[
        str,
        typer.Option(
            metavar="材料", help="登记一份另存的必备材料，如 会议纪要", autocompletion=choices.papers
        ),
    ] = "",
    ref: Annotated[str, typer.Option(metavar="文号", help="材料的文号；没有写 无文号")] = "",
    held_by: Annotated[
        str, typer.Option(metavar="单位", help="材料原件存放在哪个责任单位", autocompletion=choices.agencies)
    ] = "",
    entry: Annotated[str, typer.Option(metavar="记录号", help="材料属于哪条记录，如哪一次会议")] = "",
    event: Annotated[str, typer.Option(metavar="文字", help="发生了什么事，如 代表团互访")] = "",
    same_event: Annotated[
        str,
        typer.Option(metavar="记录号", help="与某条记录是同一件事：带出它的日期、单位和方"),
    ] = "",
    note: Annotated[str, typer.Option(metavar="文字", help="说明")] = "",
    any_agency: Annotated[bool, typer.Option("--any-agency", help="该单位不在责任单位之列也登记")] = False,  # noqa: FBT002
) -> None:
    """Record figures, papers, or that something is done."""
    desk = Desk.of(ctx)
    recording = Recording(
        item,
        ctx.meta[AMOUNTS],
        done,
        paper,
        ref,
        held_by,
        entry,
        event,
        same_event,
        on,
        agency,
        any_agency,
        side,
        note,
    )
    told(desk, desk.write(lambda store: Book(store, desk.hand(), desk.plan).record(recording)))


@offered(*DEED)
def report(  # noqa: PLR0913, PLR0917  (each is an option of the command line)
    ctx: typer.Context,
    item: Annotated[str, typer.Argument(metavar="事项编号", help="如 6.1", autocompletion=choices.items)],
    progress: Annotated[str, typer.Option(metavar="文字", help="进展情况")] = "",
    problem: Annotated[str, typer.Option(metavar="文字", help="存在问题")] = "",
    next_: Annotated[str, typer.Option("--next", metavar="文字", help="下一步措施")] = "",
    nothing: Annotated[bool, typer.Option("--nothing", help="零报告：本期没有进展")] = False,  # noqa: FBT002
    agency: Annotated[
        str, typer.Option(metavar="单位", help="谁报来的；不写是本办代记", autocompletion=choices.agencies)
    ] = "",
    on: Annotated[str, typer.Option(metavar="日期", help="哪一天的情况，不写是今天")] = "",
    any_agency: Annotated[bool, typer.Option("--any-agency", help="该单位不在责任单位之列也登记")] = False,  # noqa: FBT002
) -> None:
    """Take down what a unit says in words."""
    from planledger.ledger.report import Words  # noqa: PLC0415  (figures need none)

    desk = Desk.of(ctx)
    words = Words(item, progress, problem, next_, nothing, on, agency, any_agency)
    told(desk, desk.write(lambda store: Book(store, desk.hand(), desk.plan).report(words)))


@offered(*DEED)
def reverse(
    ctx: typer.Context,
    entry: Annotated[str, typer.Argument(metavar="记录号", help="要冲正的记录号，见 history")],
    because: Annotated[str, typer.Option(metavar="原因", help="为什么冲正（必写）")] = "",
) -> None:
    """Cancel one entry, with a reason."""
    desk = Desk.of(ctx)
    number = _number(entry)
    told(desk, desk.write(lambda store: Book(store, desk.hand(), desk.plan).reverse(number, because)))


@offered(*DEED)
def correct(
    ctx: typer.Context,
    entry: Annotated[str, typer.Argument(metavar="记录号", help="要更正的记录号，见 history")],
    to: Annotated[str, typer.Option(metavar="数", help="正确的数")],
    because: Annotated[str, typer.Option(metavar="原因", help="为什么更正（必写）")] = "",
) -> None:
    """Put another figure in place of one entry, with a reason."""
    desk = Desk.of(ctx)
    number = _number(entry)
    told(desk, desk.write(lambda store: Book(store, desk.hand(), desk.plan).correct(number, to, because)))


@offered(*DEED)
def close(
    ctx: typer.Context,
    item: Annotated[
        str, typer.Argument(metavar="事项编号", help="已完成的事项", autocompletion=choices.items)
    ],
    note: Annotated[str, typer.Option(metavar="文字", help="说明")] = "",
) -> None:
    """Confirm that an item is finished."""
    desk = Desk.of(ctx)
    told(desk, desk.write(lambda store: Book(store, desk.hand(), desk.plan).close(item, note)))


@offered(*DEED)
def reopen(
    ctx: typer.Context,
    item: Annotated[
        str, typer.Argument(metavar="事项编号", help="已销号的事项", autocompletion=choices.items)
    ],
    because: Annotated[str, typer.Option(metavar="原因", help="为什么撤销（必写）")] = "",
) -> None:
    """Take a close-out back, with a reason."""
    desk = Desk.of(ctx)
    told(desk, desk.write(lambda store: Book(store, desk.hand(), desk.plan).reopen(item, because)))


def told(desk: Desk, receipt: Receipt) -> None:
    """Print what a deed did, and beside it what deserves a second look."""
    desk.say(reply.receipt(receipt))
    for line in reply.remarks(receipt):
        desk.note(line)


def _number(typed: str) -> int:
    word = fold(typed).removeprefix("第").removesuffix("号")
    if not (word.isascii() and word.isdigit()) or len(word) > 12:  # noqa: PLR2004  (no ledger has so many entries)
        raise Refusal(f"记录号 {typed} 应是一个整数，如 17；运行 planledger history 可看编号。未登记。")
    return int(word)
