"""The page for a leader, section by section, from the answer of its question; it judges nothing and ranks nobody."""

from collections.abc import Iterable, Sequence

from planledger.formats.page.document import SHADES, HtmlPage, PageCell, PageColumn, progress_bar, shares_bar
from planledger.formats.text import lack_text, phrases
from planledger.formats.text.phrases import LOOKS
from planledger.plan.model.rows import write_quantity
from planledger.plan.model.terms import Comparison, Standing
from planledger.questions.answers.leaders_page import DAYS, LeadersPage, TargetBar
from planledger.questions.answers.sums import Tally
from planledger.questions.answers.upcoming import Coming
from planledger.questions.judge.lacks import LackKind
from planledger.questions.sheet import Row

LATE = (
    PageColumn("编号", "w"),
    PageColumn("事项"),
    PageColumn("最后一天", "w"),
    PageColumn("逾期", "n"),
    PageColumn("还缺"),
    PageColumn("未了的单位"),
)
COMING = (PageColumn("日期", "w"), PageColumn("还有", "n"), PageColumn("事项"), PageColumn("未了的单位"))
MONTHS = (
    PageColumn("月份"),
    PageColumn("登记", "n"),
    PageColumn("来自单位", "n"),
    PageColumn("到期事项", "n"),
)
PARTLY = "#5a86b5"  # of a figure that is not met yet
MOST_LATE, MOST_DATES, MOST_UNITS = 12, 12, 60  # lines of a page that is read standing


def page_file(answer: LeadersPage) -> bytes:
    """Return the page as the bytes of one HTML file; the same answer gives the same bytes."""
    sheet, source = answer.sheet, answer.source
    out = HtmlPage(sheet.plan.title)
    head = f"  链首 {source.short_head}" if source.head else ""
    office = f"{source.office}  " if source.office else ""
    out.text("p", f"{office}{phrases.extent_text(sheet)}{head}", "extent")
    out.text("p", _state(answer), "state", _counts(answer.whole))
    if review := phrases.review_text(sheet.rows):
        out.text("p", review, "note")
    _lights(out, answer)
    _bars(out, answer.bars)
    _late(out, answer)
    _coming(out, answer)
    _months(out, answer)
    _units(out, answer)
    return out.written()


def _state(answer: LeadersPage) -> str:
    """Return how the plan stands, as one sentence."""
    owing = f"{answer.bound}家责任单位中{len(answer.units)}家有未了事项"
    return f"共{answer.whole.rows}项：{_counted(answer.whole)}；{owing}。"


def _counted(tally: Tally) -> str:
    return "、".join(f"{one.label}{tally.standings[one]}" for one in SHADES if tally.standings[one])


def _counts(tally: Tally) -> dict[str, str]:
    return {one.value.replace("_", "-"): str(number) for one, number in tally.standings.items()}


def _lights(out: HtmlPage, answer: LeadersPage) -> None:
    """Write how many rows stand where, by area and by side."""
    shown = [one for one in SHADES if answer.whole.standings[one]]
    tallies = (*(answer.areas or (answer.whole,)), *answer.sides)
    out.section(
        "各项重点工作和各方" if answer.areas and answer.sides else "各项重点工作" if answer.areas else "进展"
    )
    columns = [PageColumn(f"{one.label}{LOOKS[one].mark}", "n") for one in shown]
    lines = (_light(tally, shown) for tally in tallies)
    out.table((PageColumn(""), *columns, PageColumn("", "bar")), lines)


def _light(tally: Tally, shown: Iterable[Standing]) -> Sequence[PageCell | str]:
    counts = (str(tally.standings[one] or "") for one in shown)
    picture = shares_bar(tally.standings, f"{tally.name}：{_counted(tally)}")
    return PageCell(tally.name, data=_counts(tally)), *counts, PageCell("", picture)


def _bars(out: HtmlPage, bars: Sequence[TargetBar]) -> None:
    """Write the figures against their targets."""
    if not bars:
        return
    out.section("数量目标")
    out.listing(_bar(one) for one in bars)
    if any(one.pace is not None for one in bars):
        out.text(
            "p",
            "黑线是序时进度：从1月1日（时限写明从何时起的，从那天起）到最后一天平均计，到今天应有多少；只画目标在10以上、逐次相加的数。",
            "note",
        )


def _bar(one: TargetBar) -> tuple[PageCell, str]:
    code, indicator = one.row.item.code, one.indicator
    total = "未报" if one.total is None else write_quantity(one.total, one.decimals)
    is_limit = indicator.comparison == Comparison.AT_MOST
    is_over = any(lack.kind == LackKind.EXCEEDED for lack in one.lacks)
    name = f"{code} {one.side}{indicator.label}"
    if one.is_of_units:
        name += "（认定没有超上限的单位）" if is_limit else "（达到任务数的单位）"
    target = write_quantity(one.target, one.decimals)
    limit, unit = ("", "家") if one.is_of_units else ("≤" * is_limit, indicator.unit)
    pace = f"，序时进度{write_quantity(one.pace, one.decimals)}" if one.pace is not None else ""
    reached = f"{total}/{limit}{target}{unit}{'，超上限' * is_over}{pace}"
    shade = SHADES[Standing.OVERDUE] if is_over else PARTLY if one.lacks else SHADES[Standing.DONE]
    picture = progress_bar((one.total or 0, one.target), one.pace, shade, f"{name} {reached}")
    data = {"code": code, "key": indicator.key, "side": one.side, "total": total, "target": target}
    return PageCell(name, picture, data), reached


def _late(out: HtmlPage, answer: LeadersPage) -> None:
    """Write what is late longest, and what was finished late."""
    rows = answer.late.late
    out.section(f"逾期（{len(rows)}项）" if rows else "逾期：没有")
    if rows:
        out.table(LATE, map(_late_row, rows[:MOST_LATE]))
    _note_rest(out, len(rows) - MOST_LATE, "项，见 planledger overdue")
    if answer.made_up:
        names = "、".join(
            f"{one.item.code} {one.item.title}（{one.judgement.days_late}天）" for one in answer.made_up
        )
        out.text("p", f"逾期后完成：{names}。", "note")


def _note_rest(out: HtmlPage, count: int, where: str) -> None:
    """Write how many more there are than the page has room for, and where they stand."""
    if count > 0:
        out.text("p", f"另有{count}{where}。", "note")


def _late_row(row: Row) -> Sequence[PageCell | str]:
    days_late = str(row.judgement.days_late)
    return (
        PageCell(row.item.code, data={"code": row.item.code, "days-late": days_late}),
        row.item.title,
        row.judgement.last_day,
        f"{days_late}天",
        lack_text.late_text(row),
        phrases.fitting_text(row.owing_agencies, 36),
    )


def _coming(out: HtmlPage, answer: LeadersPage) -> None:
    """Write what comes in the next days."""
    dates = answer.coming.dates
    out.section(f"今后{DAYS}天（{len(dates)}个日子）" if dates else f"今后{DAYS}天：没有")
    if dates:
        out.table(COMING, map(_date, dates[:MOST_DATES]))
    _note_rest(out, len(dates) - MOST_DATES, "个，见 planledger upcoming")


def _date(one: Coming) -> Sequence[str]:
    title = f"{one.code} {one.label}（{phrases.date_kind(one)}）".lstrip()
    return one.day, f"{one.days_left}天", title, phrases.fitting_text(one.agencies, 40)


def _months(out: HtmlPage, answer: LeadersPage) -> None:
    """Write how much came in each month, and from how many units: how complete the page is."""
    out.section("各月登记" if answer.months else "各月登记：没有")
    if not answer.months:
        return
    lines = (
        (one.month, f"{one.entries}条", f"{one.units}/{answer.bound}家", f"{one.due}项")
        for one in answer.months
    )
    out.table(MONTHS, lines)


def _units(out: HtmlPage, answer: LeadersPage) -> None:
    """Write which units owe how many rows."""
    if not answer.units:
        return
    out.section(f"有未了事项的单位（{len(answer.units)}家）")
    lines = (
        (
            PageCell(unit.agency.name, data={"agency": unit.agency.name, "owing": str(unit.owing)}),
            f"{unit.owing}项",
        )
        for unit in answer.units[:MOST_UNITS]
    )
    out.listing(lines, "units")
    _note_rest(out, len(answer.units) - MOST_UNITS, "家，见 planledger agencies")
