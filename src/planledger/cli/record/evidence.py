"""Files as evidence (佐证材料): stored with `attach`; listed, opened, copied out, repaired and destroyed with `evidence`."""

from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from planledger.cli.framework.parameters import (
    ANYWHERE,
    FULL,
    action,
    argument,
    command,
    flag,
    option,
    question,
)
from planledger.cli.session.session import Session
from planledger.formats.text.display import safe
from planledger.ledger.actions.evidence import destroy_all
from planledger.ledger.actions.recording import record_item
from planledger.ledger.actions.request import Recording
from planledger.ledger.files.stocktaking import restore_files
from planledger.plan.refusal import Refusal, each
from planledger.questions.answers.evidence import holdings
from planledger.questions.naming import codes_named, entry_number, entry_numbers, split_list
from planledger.questions.sheet import load, load_printed
from planledger.questions.unit_naming import agencies_in
from planledger.store.files.source import MEGABYTE

NumberArgument = Annotated[str, argument("记录号", "文件的记录号，见 evidence list")]
NumbersArgument = Annotated[list[str], argument("记录号", "一个或几个文件的记录号")]


@action()
def attach(
    session: Session,
    item: Annotated[str, argument("事项编号", "如 1.3")],
    files: Annotated[list[str], argument("文件", "一个或几个文件；存入的是副本")],
    *,
    kind: Annotated[str, option("材料", "是哪种材料，如 会议纪要；该项要求材料的必写")] = "",
    agency: Annotated[str, option("单位", "谁报来的；不写是本办存入")] = "",
    side: Annotated[str, option("方", "属于哪一方；写了 --agency 不必再写")] = "",
    entry: Annotated[str, option("记录号", "证明哪条记录，如哪一次会议")] = "",
    on: Annotated[str, option("日期", "材料的日期，不写是今天")] = "",
    note: Annotated[str, option("文字", "说明")] = "",
    personal: Annotated[bool, flag("--personal", "含个人信息：各处打码，不交出文件")] = False,
    largest: Annotated[int, option("兆", "单个文件最多多少兆，不写是 200", least=1, most=10_000)] = 200,
    any_agency: Annotated[bool, flag("--any-agency", "该单位不在责任单位之列也登记")] = False,
) -> None:
    """Store copies of files as evidence of an item."""
    recording = Recording(
        item,
        entry=entry,
        on=on,
        agency=agency,
        any_agency=any_agency,
        side=side,
        note=note,
        evidence=tuple(files),
        kind=kind,
        is_personal=personal,
        largest=largest * MEGABYTE,
    )
    session.ledger.require()
    session.output.reply(session.ledger.run(record_item, recording))


@question(FULL)
def list_(
    session: Session,
    item: Annotated[str, argument("事项编号", "只看某一项")] = "",
    agency: Annotated[str, option("单位", "只看某单位报来的")] = "",
) -> None:
    """Answer which files stand as evidence."""
    with session.ledger.reading() as ledger:
        sheet = load_printed(ledger) if item else load(ledger)
        answer = holdings(ledger.store, sheet, codes_named(sheet, item), names := agencies_in(sheet, agency))
    answer = answer._replace(is_full=session.settings.is_full)
    session.output.answer(lambda form: form.evidence(answer), item, *names)


@command(*ANYWHERE, FULL)
def open_(session: Session, entry: NumberArgument) -> None:
    """Open a copy of a file with the program that the system has for it."""
    from planledger.cli.record.copies import open_viewer

    session.output.write(open_viewer(session, entry_number(entry)))


@command(*ANYWHERE, FULL)
def extract(
    session: Session,
    entries: NumbersArgument,
    to: Annotated[str, option("文件夹", "取到哪个文件夹，不写是当前文件夹")] = ".",
) -> None:
    """Write copies of files into a folder, under their own names."""
    from planledger.cli.record.copies import copy_out

    for line in copy_out(session, each(split_list(*entries), entry_number), Path(to)):
        session.output.write(line)


@command(*ANYWHERE)
def repair(
    session: Session,
    files: Annotated[list[str], argument("文件", "一个或几个原件；按内容认，不看名字")],
) -> None:
    """Put originals in the place of files that were lost or altered."""
    if not session.ledger.exists:
        raise Refusal(f"还没有台账（{session.ledger.path}）；请先登记，或用 --ledger 写明台账。")
    with closing(session.ledger.opened(to_write=True)) as store:
        restored = restore_files(store, files)
    for one in restored:
        numbers = "、".join(map(str, one.entries))
        session.output.write(
            safe(f"第{numbers}号的文件{'完好，不用补' if one.was_whole else '已补回'}（{one.name}）。")
        )


@action()
def destroy(
    session: Session,
    ctx: typer.Context,
    entries: NumbersArgument,
    because: Annotated[str, option("原因", "为什么销毁（必写）")] = "",
) -> None:
    """Delete the bytes of files for good, with a reason: of all of them or of none; their entries stay."""
    from planledger.cli.framework.suggestions import refuse_bare_reason

    refuse_bare_reason(ctx, entries, because)
    session.output.reply(*session.ledger.run(destroy_all, entry_numbers(*entries), because))
