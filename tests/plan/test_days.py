"""How days and moments are read, and that they are kept in one form."""

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan import days
from planledger.plan.phrases import texts
from planledger.plan.phrases.days import DayReading, read_day, read_moment

DAYS = st.dates(date(1900, 1, 1), date(2999, 12, 31))
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


@pytest.mark.parametrize(
    "text",
    [
        "2019-06-18",
        "2019-6-18",
        "2019/6/18",
        "2019.6.18",
        "2019年6月18日",
        "2019年06月18日",
        "20190618",
        "２０１９－０６－１８",
        "２０１９年６月１８日",
        " 2019-06-18\u3000",
        "\u200b2019-06-18\xa0",
    ],
)
def test_a_day_with_its_year_is_read_in_each_form_an_office_writes(text: str) -> None:
    """Every form gives the one canonical text."""
    assert DayReading("2019-06-18", "") == read_day(text, 2019)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("2019-02-30", "2019年2月没有30日，该月最后一天是28日；请改写日期。"),
        ("2020年2月30日", "2020年2月没有30日，该月最后一天是29日；请改写日期。"),
        ("2019-11-00", "2019年11月没有0日，该月最后一天是30日；请改写日期。"),
        ("20191131", "2019年11月没有31日，该月最后一天是30日；请改写日期。"),
        ("2019-13-01", "没有13月；月份请写1到12。"),
        ("1899-12-31", "年份1899不在1900到2999之间；请改写年份。"),
        ("3000-01-01", "年份3000不在1900到2999之间；请改写年份。"),
        ("19年6月18日", "年份不是四位；请写成 2019-06-18。"),
        ("19-13-45", "没有13月；月份请写1到12。"),
        ("6月18日", "没有写年份；请写上年份，如 2019-06-18。"),
        ("12-31", "没有写年份；请写上年份，如 2019-12-31。"),
        ("2019-6/18", "看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("2019-6", "只写了月份；请写是哪一天，如 2019-06-01。"),
        ("昨天", "“昨天”要看是哪一天写的；请写成 年-月-日，如 2019-06-18。"),
        ("6月1日至5日", "看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("٢٠١٩-٠٦-١٨", "看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("²019-06-18", "看不懂；请写成 年-月-日，如 2019-06-18。"),
    ],
)
def test_what_is_no_day_of_the_calendar_is_refused_with_what_to_write(text: str, fault: str) -> None:
    """A fault leaves no day."""
    assert ("", fault) == read_day(text, 2019)[:2]


@given(DAYS)
def test_every_day_is_read_back_from_every_form(day: date) -> None:
    """The canonical text, the Chinese form, the form without hyphens and full-width digits are the same day."""
    canonical = day.isoformat()
    forms = [canonical, days.spoken(canonical), f"{day:%Y%m%d}", canonical.translate(WIDE)]
    assert [(canonical, "")] * 4 == [read_day(form, 2019)[:2] for form in forms]


@given(st.text())
def test_reading_a_day_or_a_moment_never_raises_and_is_one_of_two(text: str) -> None:
    """A reading has either a value or a fault."""
    day, moment = read_day(text, 2019)[:2], read_moment(text, 2019)
    assert [True, True] == [bool(value) != bool(fault) for value, fault in (day, moment)]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2019-06-18", "2019-06-18T23:59:59.999999+08:00"),
        ("2019年6月18日", "2019-06-18T23:59:59.999999+08:00"),
        ("2019-06-18T15:30", "2019-06-18T15:30:00.000000+08:00"),
        ("2019-06-18 15:30", "2019-06-18T15:30:00.000000+08:00"),
        ("2019-06-18T15:30:01", "2019-06-18T15:30:01.000000+08:00"),
        ("2019-06-18T15:30:01.5", "2019-06-18T15:30:01.500000+08:00"),
        ("2019-06-18T15:30:01.000002", "2019-06-18T15:30:01.000002+08:00"),
        ("2019-06-18T15:30:00Z", "2019-06-18T23:30:00.000000+08:00"),
        ("2019-06-18T16:30:00Z", "2019-06-19T00:30:00.000000+08:00"),
        ("2019-06-18T15:30+0800", "2019-06-18T15:30:00.000000+08:00"),
        ("2019-06-18T15:30-05", "2019-06-19T04:30:00.000000+08:00"),
        ("２０１９－０６－１８　１５：３０", "2019-06-18T15:30:00.000000+08:00"),
    ],
)
def test_a_moment_is_kept_at_fixed_width_in_china(text: str, moment: str) -> None:
    """No offset means +08:00, another one is converted, a bare day means its end."""
    assert (moment, "") == read_moment(text, 2019)


def test_the_example_of_a_moment_is_of_the_year_that_is_given() -> None:
    sentence = "时间看不懂；请写成 2020-06-18T15:30 或 2020-06-18T15:30:00+08:00（00:00到23:59）。"
    assert ("", sentence) == read_moment("2019-06-18T9:30", 2020)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2019-02-30T10:00",
        "2019-06-18T",
        "2019-06-18T9:30",
        "2019-06-18T24:00",
        "2019-06-18T10:60",
        "2019-06-18T10:00:60",
        "2019-06-18T10:00:00.1234567",
        "2019-06-18T10:00+15:00",
        "2019-06-18T10:00+14:30",
        "2019-06-18T10:00+08:60",
        "2999-12-31T23:00Z",
        "1900-01-01T00:00+14:00",
        "2019-W25-2",
        "now",
    ],
)
def test_what_is_no_moment_is_refused(text: str) -> None:
    """A fault leaves no moment and is a whole sentence."""
    moment, fault = read_moment(text, 2019)
    assert ("", "。") == (moment, fault[-1:])


@given(
    st.datetimes(datetime(1901, 1, 1), datetime(2998, 12, 31)),  # noqa: DTZ001
    st.integers(-14 * 60, 14 * 60),
)
def test_a_moment_is_the_same_instant_whatever_its_offset(local: datetime, minutes: int) -> None:
    """Conversion to +08:00 keeps the instant, the canonical text reads as itself."""
    instant = local.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    moment, _ = read_moment(instant.isoformat(), 2019)
    assert (instant, 32, moment) == (
        datetime.fromisoformat(moment),
        len(moment),
        read_moment(moment, 2019)[0],
    )


@pytest.mark.parametrize(
    ("year", "month", "last"),
    [
        (2019, 2, "2019-02-28"),
        (2020, 2, "2020-02-29"),
        (1900, 2, "1900-02-28"),
        (2019, 11, "2019-11-30"),
        (2999, 12, "2999-12-31"),
    ],
)
def test_a_month_has_a_last_day(year: int, month: int, last: str) -> None:
    """Leap years count, December does not run over."""
    assert last == days.last_day_of_month(year, month)


@given(DAYS, DAYS)
def test_shifting_by_the_days_between_arrives(first: date, second: date) -> None:
    """`shift` undoes `days_between`, which is negative backwards."""
    one, other = first.isoformat(), second.isoformat()
    between = days.days_between(one, other)
    assert (other, -between) == (days.shift(one, between), days.days_between(other, one))


def test_a_day_is_late_from_the_day_after() -> None:
    """The day itself is no day away, the next day is one."""
    last = "2019-11-30"
    assert (0, 1) == (days.days_between(last, last), days.days_between(last, "2019-12-01"))


def test_a_day_is_written_with_its_year_unless_the_year_is_understood() -> None:
    """The year goes without saying only where it is the one that is meant."""
    phrases = [days.spoken("2019-11-03"), days.spoken("2019-11-03", 2019), days.spoken("2019-11-03", 2020)]
    assert ["2019年11月3日", "11月3日", "2019年11月3日"] == phrases


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("４０", "40"),
        ("\u3000４０\xa0\u200b", "40"),
        ("１，０００．５％", "1,000.5%"),
        ("⺠⽣⼾", "民生户"),
        ("²", "²"),
        ("٤٠", "٤٠"),
        ("二〇一九", "二〇一九"),
        ("①", "①"),
        ("a b", "a b"),
    ],
)
def test_typed_text_is_folded_only_where_it_is_a_full_width_form(typed: str, folded: str) -> None:
    """Other digits stay what they are, to be refused; blanks inside stay too. A radical in place of its character goes."""
    assert folded == texts.fold(typed)


def test_the_numerals_are_exact() -> None:
    """The table holds 一 to 九十九, each written in one way."""
    named = [texts.SPELLED[word] for word in ("一", "十", "十一", "二十", "三十一", "四十", "九十九")]
    assert (list(range(1, 100)), [1, 10, 11, 20, 31, 40, 99]) == (sorted(texts.SPELLED.values()), named)


def test_what_was_typed_is_quoted_short_and_on_one_line() -> None:
    """Control characters are never shown, long text is cut."""
    assert ("“a?[31m?b”", 34) == (texts.quoted("a\x1b[31m\nb"), len(texts.quoted("长" * 500)))
