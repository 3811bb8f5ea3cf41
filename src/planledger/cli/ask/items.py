"""The questions of items: how they stand, what is late or comes, and everything about one."""

from typing import Annotated

from planledger.cli.framework.parameters import FULL, AgencyOption, argument, flag, one_of, option, question
from planledger.cli.session.session import Session
from planledger.plan.model.rows import ColumnText
from planledger.plan.model.terms import Standing
from planledger.plan.refusal import Refusal
from planledger.questions.naming import area_named, codes_in_column
from planledger.questions.sheet import Row, Sheet, load
from planledger.questions.unit_naming import agencies_in

SUM_BY = {"area": "重点工作", "side": "方", "agency": "责任单位"}


@question()
def status(
    session: Session,
    agency: AgencyOption = "",
    area: Annotated[str, option("重点工作", "只看某项重点工作（编号或名称）")] = "",
    standing: Annotated[str, option("状态", "只看某种状态，如 逾期、临期、已完成")] = "",
    where: Annotated[
        list[str] | None,
        option("栏目=内容", "只看方案某一栏目写着这个内容的，如 分管领导=张三；可写几次，都要符合"),
    ] = None,
    sum_by: Annotated[str, option("area|side|agency", "按重点工作、方或单位汇总")] = "",
    *,
    all_plans: Annotated[bool, flag("--all-plans", "台账里的每个方案一行")] = False,
) -> None:
    """Answer how the annex stands."""
    if all_plans:
        _all_plans(session, agency or area or standing or "".join(where or ()) or sum_by)
        return
    with session.ledger.reading() as ledger:
        sheet = load(ledger)
        names = agencies_in(sheet, agency)
        rows = _rows(sheet, names, area, standing)
        cells = ledger.plan_rows(ColumnText) if where else ()
        for one in where or ():
            codes = codes_in_column(cells, one)
            rows = tuple(row for row in rows if row.item.code in codes)
    if sum_by:
        _status_sums(session, sheet, rows, sum_by)
        return
    session.output.answer(
        lambda form: form.status(sheet, rows, names), *names, area, standing, *(where or ())
    )


@question()
def overdue(
    session: Session,
    agency: AgencyOption = "",
    by: Annotated[str, option("agency|item|side", "按单位（默认）、事项（item）或方（side）列")] = "agency",
) -> None:
    """Answer what is late, and who owes it."""
    from planledger.questions.answers.overdue import by_side
    from planledger.questions.answers.overdue import overdue as late

    sheet = session.ledger.sheet()
    names = agencies_in(sheet, agency)
    by = one_of(by, ("agency", "item", "side"), "--by")
    if by == "side":
        parts = by_side(sheet, names)
        session.output.answer(lambda form: form.overdue_by_side(sheet, parts), *names)
        return
    answer, by_item = late(sheet, names), by == "item"
    session.output.answer(
        lambda form: form.overdue_by_item(answer) if by_item else form.overdue(answer), *names
    )


@question(FULL)
def upcoming(
    session: Session,
    agency: AgencyOption = "",
    days: Annotated[int, option("天数", "往后看多少天，不写是 30", least=0, most=3660)] = 30,
) -> None:
    """Answer what comes next."""
    from planledger.questions.answers.upcoming import upcoming as coming

    with session.ledger.reading() as ledger:
        sheet = load(ledger)
        answer = coming(sheet, days, names := agencies_in(sheet, agency))
        if session.settings.is_full:
            from planledger.questions.answers.agencies import contacts, with_inherited

            answer = answer._replace(contacts=contacts(with_inherited(ledger, sheet)))
    session.output.answer(lambda form: form.upcoming(answer), f"{days}天内", *names)


@question(FULL)
def show(
    session: Session,
    item: Annotated[str, argument("事项编号", "如 6.1；5.2 表示它的两行")],
) -> None:
    """Answer everything about a row."""
    from planledger.questions.answers.evidence import dossier

    answer = session.ledger.ask(dossier, item, is_full=session.settings.is_full)
    session.output.answer(lambda form: form.dossier(answer), item)


def _rows(sheet: Sheet, names: tuple[str, ...], area: str, standing: str) -> tuple[Row, ...]:
    wanted_area = area_named(area, sheet.areas).code if area else ""
    words = {word.label: word for word in Standing} | {
        word.value: word for word in Standing if standing == word
    }
    wanted = words[one_of(standing, tuple(words), "--standing")] if standing else None
    return tuple(
        row
        for row in sheet.rows
        if (not names or any(row.duty_of(name) for name in names))
        and wanted_area in ("", row.item.area)
        and wanted in (None, row.judgement.standing)
    )


def _status_sums(session: Session, sheet: Sheet, rows: tuple[Row, ...], sum_by: str) -> None:
    from planledger.questions.answers.sums import tallied

    by = one_of(sum_by, tuple(SUM_BY), "--sum-by")
    counted = tallied(sheet, rows, by)
    session.output.answer(lambda form: form.sums(sheet, counted, SUM_BY[by]))


def _all_plans(session: Session, narrowed: str) -> None:
    from planledger.questions.answers.roll_up import roll_up

    if narrowed or session.settings.plan:
        raise Refusal("--all-plans 是全部方案各一行，不能再按方案、单位、重点工作或状态筛选。")
    with session.ledger.store() as store:
        answer = roll_up(store, session.settings.day(), session.settings.moment())
    session.output.answer(lambda form: form.roll_up(answer))
