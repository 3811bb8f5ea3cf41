"""`record` stores figures, papers and declarations of units, `report` what they write in words."""

import re
from typing import Annotated, Any

import typer

from planledger.cli.framework import completion
from planledger.cli.framework.lazy_group import Command
from planledger.cli.framework.parameters import action, argument, flag, option
from planledger.cli.session.output import is_terminal
from planledger.cli.session.session import AMOUNTS, TYPED, Session
from planledger.ledger.actions.recording import record_item
from planledger.ledger.actions.report import Words, record_words
from planledger.ledger.actions.request import Recording
from planledger.plan.model.rows import RESERVED
from planledger.plan.phrases.texts import fold
from planledger.plan.refusal import NotRecorded, Refusal
from planledger.questions.naming import rows_named

_GLUED = r"(?s)第?(\d+(?:[.．]\d+)+)项?[,，:：;；、 ]*([\u4e00-\u9fff]{2}.*)"


class RecordCommand(Command):
    """`record`, whose options are the item's own indicators: `--KEY N` or the Chinese label, `--新增转移就业 40`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put pairs of indicator and number aside; the words left over are options that every item has."""
        known = {name for param in self.get_params(ctx) for name in param.opts}
        if not ctx.resilient_parsing:
            args = _parted(ctx, args)
            self.refuse_other_dashes(ctx, args, any_name=True)
        others, ctx.meta[AMOUNTS] = _apart(args, known, strict=not ctx.resilient_parsing)
        rest: list[str] = super().parse_args(ctx, others)
        return rest

    def get_help(self, ctx: Any) -> str:
        """Return the help page; with an item in the line, its indicators, their targets and their sums are below it."""
        from planledger.cli.framework.help_pages import indicator_lines

        page, session = super().get_help(ctx), Session.of(ctx)
        session.ledger.is_quiet = True
        code = next((fold(word) for word in ctx.meta.get(TYPED, ()) if fold(word)[:1].isdigit()), "")
        return f"{page}\n\n{indicator_lines(rows_named(session.ledger.sheet(), code))}" if code else page

    def shell_complete(self, ctx: Any, incomplete: str) -> list[Any]:
        """Return the words that complete the line, among them the indicators of the item as options."""
        words: list[Any] = super().shell_complete(ctx, incomplete)
        if incomplete.startswith("--"):
            from typer.core import CompletionItem  # type: ignore[attr-defined]  # Typer gives the name on and does not list it

            words += [CompletionItem(word) for word in completion.complete_indicators(ctx, incomplete)]
        return words


class ReportCommand(Command):
    """`report`, after which words are the progress of the item."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Parse the words, the item apart from what is written onto it."""
        rest: list[str] = super().parse_args(ctx, _parted(ctx, args))
        return rest


def _parted(ctx: Any, args: list[str]) -> list[str]:
    """Return a line with the code of an item apart from the words that are written onto it, which stay as they are: 6.1转移40."""
    glued = re.fullmatch(_GLUED, args[0]) if args and not args[0].isascii() else None
    if not glued:
        return args
    line = [*glued.groups(), *args[1:]]
    typed = Session.of(ctx).typed
    typed[len(typed) - len(args) :] = line
    return line


def _apart(
    args: list[str], known: set[str], *, strict: bool
) -> tuple[list[str], tuple[tuple[str, str], ...]]:
    """Split a line into the words that the parser knows and pairs of indicator and number, of which nothing is checked."""
    others: list[str] = []
    amounts: list[tuple[str, str]] = []
    words = iter(args)
    for word in words:
        name, given, value = word.partition("=")
        if not word.startswith("--") or word == "--" or name in known or name.removeprefix("--") in RESERVED:
            others.append(word)
            continue
        typed = value if given else next(words, "--")
        if typed.startswith("--"):
            if strict:
                raise NotRecorded(_stuck(name, known))
            others.append(word)
            continue
        amounts.append((name.removeprefix("--"), typed))
    return others, tuple(amounts)


def _stuck(word: str, known: set[str]) -> str:
    """Return that an option has no value, or how the one that sticks to it is written: --转移5, --方江海区."""
    from planledger.plan.phrases.option_names import OPTION_NAMES

    names = [*known, *(f"--{OPTION_NAMES[name]}" for name in known if name in OPTION_NAMES)]
    option = max((name for name in names if word.startswith(name)), key=len, default="")
    if option:
        return f"{word} 中间要有空格：{option} {word.removeprefix(option)}。"
    number = re.fullmatch(r"(--\D+)(\d.*)", word)
    return f"{word} 后面缺少数；例如 {' '.join(number.groups()) if number else f'{word} 40'}。"


@action(cls=RecordCommand)
def record(
    session: Session,
    ctx: typer.Context,
    item: Annotated[str, argument("事项编号", "如 6.1；指标选项见 record 6.1 --help")] = "",
    *,
    on: Annotated[str, option("日期", "事情发生的那一天，不写是今天")] = "",
    agency: Annotated[
        list[str] | None, option("单位", "谁报来的；不写是本办代记；--done 可写几家", is_several=True)
    ] = None,
    side: Annotated[str, option("方", "算在哪一方；写了 --agency 不必再写")] = "",
    done: Annotated[bool, flag("--done", "申报完成；不写 --agency 是本办认定")] = False,
    paper: Annotated[str, option("材料", "登记一份另存的材料，如 会议纪要")] = "",
    ref: Annotated[str, option("文号", "材料的文号；没有写 无文号")] = "",
    held_by: Annotated[str, option("单位", "材料原件存放在哪个责任单位")] = "",
    entry: Annotated[str, option("记录号", "材料属于哪条记录，如哪一次会议")] = "",
    event: Annotated[str, option("文字", "发生了什么事，如 代表团互访")] = "",
    same_event: Annotated[str, option("记录号", "与某条记录是同一件事：带出它的日期、单位和方")] = "",
    evidence: Annotated[list[str] | None, option("文件", "同时存入佐证材料，可写几次；见 attach")] = None,
    kind: Annotated[str, option("材料", "--evidence 是哪种材料，如 会议纪要")] = "",
    personal: Annotated[bool, flag("--personal", "--evidence 的文件含个人信息")] = False,
    note: Annotated[str, option("文字", "说明")] = "",
    any_agency: Annotated[bool, flag("--any-agency", "该单位不在责任单位之列也登记")] = False,
) -> None:
    """Record figures, papers, or that something is done."""
    recording = Recording(
        item,
        amounts=ctx.meta[AMOUNTS],
        is_done=done,
        paper=paper,
        reference=ref,
        held_by=held_by,
        entry=entry,
        event=event,
        same_event=same_event,
        on=on,
        agency="、".join(agency or ()),
        any_agency=any_agency,
        side=side,
        note=note,
        evidence=tuple(evidence or ()),
        kind=kind,
        is_personal=personal,
    )
    if recording == Recording("") and is_terminal():
        from planledger.cli.record.desk import record_step_by_step

        record_step_by_step(session)
        return
    if not item:
        raise Refusal("缺少 事项编号。用法见：planledger record --help")
    if recording.evidence:
        session.ledger.require()
    session.output.reply(session.ledger.run(record_item, recording))


@action(cls=ReportCommand)
def report(
    session: Session,
    item: Annotated[str, argument("事项编号", "如 6.1")],
    *,
    progress: Annotated[str, option("文字", "进展情况")] = "",
    problem: Annotated[str, option("文字", "存在问题")] = "",
    next_: Annotated[str, option("文字", "下一步措施", "--next")] = "",
    nothing: Annotated[bool, flag("--nothing", "零报告：本期没有进展")] = False,
    agency: Annotated[
        list[str] | None, option("单位", "谁报来的；不写是本办代记；--nothing 可写几家", is_several=True)
    ] = None,
    on: Annotated[str, option("日期", "哪一天的情况，不写是今天")] = "",
    any_agency: Annotated[bool, flag("--any-agency", "该单位不在责任单位之列也登记")] = False,
) -> None:
    """Store the progress of a unit in words, or that there is none."""
    words = Words(
        item,
        progress=progress,
        problem=problem,
        next_step=next_,
        is_nothing=nothing,
        on=on,
        agency="、".join(agency or ()),
        any_agency=any_agency,
    )
    session.output.reply(session.ledger.run(record_words, words))
