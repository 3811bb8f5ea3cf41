"""How days and months are read as people type them: the table of typed words, the table of the documents, and laws."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from planledger.plan.days import shift, spoken
from planledger.plan.phrases.days import (
    FIRST,
    FORM,
    LAST,
    MONTH,
    REPLY,
    SIGNED,
    TABLE,
    WORK,
    DayPlace,
    DayReading,
    read_day,
    read_day_of_form,
    read_typed_day,
    typed_year,
)
from trials import every

HERE = Path(__file__)
TYPED = [
    line.split(" | ", 5)
    for line in HERE.with_name("typed_days.txt").read_text(encoding="utf-8").splitlines()
    if line[:1] != "#"
]
DAYS = st.dates(date(1950, 1, 1), date(2990, 12, 31)).map(date.isoformat)
YEARS = st.integers(2015, 2024)
TODAY = st.dates(date(2014, 1, 1), date(2026, 12, 31)).map(date.isoformat)
OPTIONS = (WORK, FIRST, LAST, REPLY)
YEARLESS = st.builds(
    "{}{}{}".format, st.integers(0, 13), st.sampled_from([".", "-", "/", "月"]), st.integers(0, 32)
)
WORDS = st.one_of(
    st.text(),
    st.text("0123456789.-/年月日号上下本去明一二十周末初底天前后至~ ", max_size=14),
    st.sampled_from(["今天", "昨天", "前天", "3天前", "上周五", "本月底", "上月", "本月"]),
    YEARLESS,
    st.builds("{}至{}".format, YEARLESS, YEARLESS),
)


def read(place: str, typed: str, today: str, year: int, period: str) -> DayReading:
    """Read by the function of the place; a number of a spreadsheet is typed behind #."""
    if place in (FORM, SIGNED, TABLE):
        number = typed.removeprefix("#")
        return read_day_of_form(number, DayPlace(place, today, year, period), is_number=typed != number)
    return read_typed_day(typed, DayPlace(place, today, year))


def written(reading: DayReading) -> str:
    return f"!{reading.fault}" if reading.fault else f"{reading.day} {reading.span}".rstrip()


@every(("/".join(one[:5]), one) for one in TYPED)
def test_what_is_typed_is_read_or_refused_as_the_table_says(
    place: str, today: str, year: str, period: str, typed: str, reading: str
) -> None:
    assert reading == written(read(place, typed, today, int(year or 0), period))


def test_the_table_has_enough_lines_for_every_place() -> None:
    places = [line[0] for line in TYPED]

    assert {WORK, FIRST, LAST, REPLY, MONTH, FORM, SIGNED, TABLE} == set(places)
    assert len(TYPED) >= 120


@pytest.mark.parametrize("today", ["2019-07-10", "2020-01-10"])
def test_the_tables_in_the_documents_say_what_is_read(today: str) -> None:
    """Each line of the two tables of `docs/commands.md`, column by column."""
    text = (HERE.parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    table = text.partition(f"<!-- days as of {today} -->\n")[2].partition("\n\n")[0].splitlines()
    lines = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in table[2:]]
    assert lines
    for typed, *cells in lines:
        number = typed.removesuffix("（数）")
        places = (WORK, FIRST, LAST, REPLY, MONTH, FORM)
        for place, cell in zip(places, cells, strict=True):
            word = f"#{number}" if number != typed and place == FORM else number
            reading = read(place, word, today, 2019, "2019-06")
            is_doubt = len(reading.choices) > 1 and "是两天" not in reading.fault
            several = " 或 ".join(reading.choices) if is_doubt else "×"
            # by the rules that every action holds
            is_refused = (place == WORK and reading.day > today) or (place == REPLY and reading.day < today)
            assert cell == ("×" if is_refused else reading.day or several), (typed, place)


@given(DAYS, TODAY, YEARS)
def test_a_full_day_reads_as_itself_in_every_place(day: str, today: str, year: int) -> None:
    forms = (day, spoken(day), day.replace("-", "/"), day.replace("-", ""))
    for form in forms:
        assert [DayReading(day, "")] * 4 == [
            read_typed_day(form, DayPlace(place, today, year)) for place in OPTIONS
        ]
        assert day == read_day_of_form(form, DayPlace(FORM, today, 0, "2019-06"), is_number=False).day
        assert day[:4] == typed_year(form, today)


@example("1月3日至1月5日", WORK, "2022-06-15", 2021)
@example("1月3日至1月5日", FIRST, "2022-06-15", 2021)
@given(WORDS, st.sampled_from(OPTIONS), TODAY, YEARS)
def test_what_is_read_reads_again_as_the_same_day(typed: str, place: str, today: str, year: int) -> None:
    """What is shown of a reading is what somebody may type instead, and then nothing is left to guess."""
    reading = read_typed_day(typed, DayPlace(place, today, year))
    assert bool(reading.day) != bool(reading.fault)
    if reading.day:
        assert DayReading(reading.day, "") == read_day(reading.day, year)
        assert reading.day == read_typed_day(reading.day, DayPlace(place, today, year)).day
    for choice in reading.choices:
        assert read_typed_day(choice, DayPlace(place if "至" in choice else LAST, today, year)).day
        assert choice in reading.fault


@given(YEARLESS, TODAY, YEARS)
def test_a_day_without_its_year_is_of_the_plan_or_of_today_and_never_in_the_future(
    typed: str, today: str, year: int
) -> None:
    """Of something that has happened it is the only such day."""
    reading = read_typed_day(typed, DayPlace(WORK, today, year))
    assume(reading.day)
    assert "" == typed_year(typed, today)
    assert "2018" == typed_year("2018年11月18日（周日）", today)
    assert reading.day <= today
    assert int(reading.day[:4]) in (year, int(today[:4]))


@given(WORDS, TODAY, st.dates(date(2015, 1, 1), date(2024, 12, 31)).map(lambda day: day.isoformat()[:7]))
def test_a_form_takes_a_day_without_its_year_in_its_own_month_alone(
    typed: str, today: str, period: str
) -> None:
    reading = read_day_of_form(typed, DayPlace(FORM, today, 0, period), is_number=False)
    assume(not typed_year(typed, today))
    assert reading.fault or reading.day[:7] == period


@given(st.integers(1, 12), st.integers(1, 31), TODAY, YEARS)
def test_a_day_is_refused_only_where_it_has_not_come_or_may_be_two(
    month: int, day: int, today: str, year: int
) -> None:
    """The days of the plan's year and of today's that are past: one is read, two are both named."""
    past = set()
    for one in (year, int(today[:4])):
        try:
            past.add(date(one, month, day).isoformat())
        except ValueError:
            continue
    past = {one for one in past if one <= today}
    reading = read_typed_day(f"{month}月{day}日", DayPlace(WORK, today, year))

    assert (reading.day == next(iter(past))) if len(past) == 1 else reading.fault
    assert len(past) < 2 or past == set(reading.choices)


@given(TODAY, st.integers(1, 7))
def test_a_day_of_the_last_week_lies_in_the_calendar_week_before(today: str, weekday: int) -> None:
    read_as = read_typed_day(f"上周{'一二三四五六日'[weekday - 1]}", DayPlace(WORK, today, 2019)).day
    this, last = date.fromisoformat(today).isocalendar(), date.fromisoformat(read_as).isocalendar()

    assert weekday == last.weekday
    assert shift(today, -this.weekday - 6) <= read_as <= shift(today, -this.weekday)


@pytest.mark.parametrize("today", ["2019-12-31", "2020-01-01", "2020-03-01", "2019-07-10"])
@pytest.mark.parametrize(
    "typed",
    [
        "昨天",
        "今天",
        "前天",
        "明天",
        "后天",
        "3天前",
        "十天后",
        "上周五",
        "本周一",
        "下周三",
        "上月",
        "本月底",
        "上月底",
        "下月5日",
        "去年12月",
    ],
)
def test_what_counts_from_today_chooses_as_the_same_day_with_its_year(typed: str, today: str) -> None:
    read_as = read_typed_day(typed, DayPlace(LAST, today, 0))
    assert read_as.is_loose
    assert typed_year(read_as.day, today) == typed_year(typed, today) == read_as.day[:4]


@given(WORDS, TODAY, YEARS)
def test_a_month_is_read_as_one_or_refused(typed: str, today: str, year: int) -> None:
    reading = read_typed_day(typed, DayPlace(MONTH, today, year))
    assert bool(reading.day) != bool(reading.fault)
    assert not reading.day or reading.day == read_typed_day(reading.day, DayPlace(MONTH, today, year)).day
