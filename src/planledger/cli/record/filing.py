"""What units submit (报送), what is returned to them (退回补正), whom to call in them (联系人), and what this office is called."""

from typing import Annotated

from planledger.cli.framework.parameters import ABOUT, action, argument, command, flag, option
from planledger.cli.session.session import Session
from planledger.formats.text.reply import as_unit
from planledger.ledger.actions.contact import set_contact
from planledger.ledger.actions.filing import HandIn, SendBack, hand_in, send_back
from planledger.ledger.actions.names import merge_units, name_office, rename_unit
from planledger.questions.facts.annex import empty_sheet
from planledger.questions.facts.office import require_office
from planledger.questions.naming import split_list
from planledger.questions.sheet import unfilled


@action()
def record(
    session: Session,
    key: Annotated[str, argument("报送", "报送的代号或名称，如 归档资料；见 filings")],
    *,
    agency: Annotated[list[str], option("单位", "哪些单位报来的，可写几家", is_several=True)],
    on: Annotated[str, option("日期", "报来的那一天，不写是今天")] = "",
    form: Annotated[list[str] | None, option("形式", "如 纸质、电子；不写是方案要求的各种形式都齐")] = None,
    stamped: Annotated[bool, flag("--stamped", "已盖章；要求盖章的不写就算缺盖章")] = False,
    to: Annotated[
        list[str] | None, option("报送到", "报到哪里，写名称中的一段即可；不写是各处都报了")
    ] = None,
    note: Annotated[str, option("文字", "说明")] = "",
) -> None:
    """Store what units submitted."""
    filed = HandIn(
        key,
        "、".join(agency),
        forms=tuple(form or ()),
        recipients=tuple(to or ()),
        is_stamped=stamped,
        on=on,
        note=note,
    )
    session.output.reply(session.ledger.run(hand_in, filed))


@action()
def return_(
    session: Session,
    agency: Annotated[str, argument("单位", "退给哪个单位")],
    because: Annotated[str, option("原因", "为什么退回（必写）")] = "",
    filing: Annotated[str, option("报送", "退回哪一项；只报来一项时不用写")] = "",
    on: Annotated[str, option("日期", "退回的那一天，不写是今天")] = "",
) -> None:
    """Send back what a unit submitted, with a reason."""
    sent_back = SendBack(agency, because, key=filing, on=on)
    session.output.reply(session.ledger.run(send_back, sent_back))


@action()
def set_(
    session: Session,
    agency: Annotated[str, argument("单位", "哪个单位的联系人")],
    name: Annotated[str, option("姓名", "联系人姓名（必写）")] = "",
    phone: Annotated[str, option("电话", "手机或座机（必写），数字可带 +、- 和空格")] = "",
    note: Annotated[str, option("文字", "说明")] = "",
) -> None:
    """Store whom to call in a unit; the earlier contacts stay in the ledger."""
    session.output.reply(session.ledger.run(set_contact, agency, name, phone, note))


@action()
def name_(
    session: Session,
    name: Annotated[str, argument("名称", "本办的名称，照方案里主办单位的写")],
    note: Annotated[str, option("文字", "说明，如更名的文号")] = "",
) -> None:
    """Store what the office is called from today on; its earlier names stay in the ledger."""
    session.output.reply(session.ledger.run(name_office, name, note))


@command(*ABOUT)
def show(session: Session) -> None:
    """Answer which unit of the plan the office is."""
    with session.ledger.reading() as ledger:
        sheet = unfilled(ledger, empty_sheet(ledger))
    unit = require_office(sheet.office, sheet)
    session.output.note_which()
    session.output.write(f"本办：{as_unit(sheet.office, unit)}")


_Since = Annotated[str, option("日期", "从哪一天起，不写是今天", "--from")]
_Basis = Annotated[str, option("文号", "依据的文号（必写；没有写 无文号）")]


@action()
def rename(
    session: Session,
    old: Annotated[str, argument("单位", "哪个单位，现在的名称")],
    new: Annotated[str, argument("新名称", "新的全称")],
    from_: _Since = "",
    basis: _Basis = "",
) -> None:
    """Give a unit another name from a day on, in all plans of the ledger."""
    session.output.reply(session.ledger.run(rename_unit, old, new, from_, basis))


@action()
def merge(
    session: Session,
    old: Annotated[list[str], argument("单位", "哪几家单位", is_several=True)],
    into: Annotated[str, option("单位", "合并成哪家：新的全称，或并入的单位（必写）")],
    from_: _Since = "",
    basis: _Basis = "",
) -> None:
    """Make several units one from a day on, in all plans of the ledger."""
    session.output.reply(session.ledger.run(merge_units, split_list(*old), into, from_, basis))
