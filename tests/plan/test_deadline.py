"""How the words of 完成时限 are understood, and what is refused rather than guessed."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planledger.plan.days import CHINA, last_day_of_month
from planledger.plan.phrases.deadlines import Deadline, read_deadline
from planledger.plan.phrases.undated import DeadlineKind
from trials import every

YEAR = 2019
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
MONTHS_CN = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

CALENDAR = {
    "day 2019-08-31": [
        *("2019年8月31日", "8月31日", "8月31号", "2019-08-31", "2019/8/31", "2019.8.31", "八月三十一日"),
        *("8月31日前", "8月31日以前", "8月31日之前", "8月31日内", "2019-8-31前", "2019年8月31日底前"),
        *(
            "于8月31日前完成",
            "截至8月31日",
            "截止8月31日",
            "截止到8月31日",
            "在8月31日前全面完成",
            "8月31日止",
        ),
        *("8月31日24时", "8月31日24时前", "8月31日24:00前", "今年8月31日"),
    ],
    "day 2020-02-29": ["2020年2月29日", "次年2月29日前", "翌年2月29日"],
    "month 2019-11-30": [
        *(
            "2019年11月",
            "11月",
            "11月份",
            "2019-11",
            "2019/11",
            "十一月",
            "十一月底前",
            "今年11月",
            "本年度11月",
        ),
        *("11月底", "11月底前", "11月末", "11月内", "11月底以前", "2019年11月份底前", "到11月底", "至11月底"),
        *("11月完成", "11月底前完成", "11月底前全面完成", "于11月底前全部完成。", "２０１９年 １１ 月"),
        *(
            "1-11月",
            "1—11月",
            "1–11月",
            "1~11月",
            "1～11月",
            "1至11月",
            "1到11月",
            "2019年1-11月",
            "一至十一月",
        ),
        *("1月至11月", "1月-11月", "1月——11月", "1-11月份", "1月份至11月份", "1-11月底前", "2019年1月至11月"),
        *("2019年1月—2019年11月", "2018年12月-2019年11月", "11-11月"),
    ],
    "month 2019-02-28": ["2月", "二月底前", "1-2月"],
    "month 2020-03-31": ["次年3月底前", "翌年3月", "2020年3月", "11月-次年3月", "2019年11月至2020年3月"],
    "ten_days 2019-11-10": ["11月上旬", "2019年11月上旬", "11月份上旬", "十一月上旬末"],
    "ten_days 2019-11-20": ["11月中旬", "11月中旬内"],
    "ten_days 2019-11-30": ["11月下旬"],
    "ten_days 2019-02-28": ["2月下旬"],
    "quarter 2019-03-31": [
        "第一季度",
        "一季度",
        "1季度",
        "第1季度",
        "Q1",
        "q1",
        "2019年Q1",
        "2019年第一季度",
    ],
    "quarter 2019-09-30": ["第三季度末", "三季度底前", "第三季度内完成"],
    "quarter 2020-12-31": ["2020年四季度"],
    "half_year 2019-06-30": ["上半年", "上半年底前", "2019年上半年", "上半年内", "上半年完成"],
    "half_year 2019-12-31": ["下半年", "下半年底前"],
    "year 2019-12-31": [
        *("全年", "年内", "年内完成", "本年度", "当年", "今年", "年底", "年底前", "年末", "年末前", "年度内"),
        *(
            "2019年",
            "2019年底",
            "2019年底前",
            "2019年度",
            "2019年内",
            "2019年全年",
            "2019年年底",
            "今年年底前",
        ),
        *("到2019年底", "于年底前完成", "截至2019年底"),
    ],
    "year 2020-12-31": ["2020年", "2020年底前", "次年底", "次年年底前"],
    "recurring ": [
        *("每月", "每个月", "每月5日前", "每月5号", "每月底", "每月末前", "每季度", "每季度末", "每季末前"),
        *(
            "每半年",
            "每年",
            "每年底",
            "每年年底前",
            "每周",
            "每周五前",
            "按月",
            "按季",
            "按季度",
            "逐月",
            "逐季",
            "按年",
        ),
    ],
    "open_ended ": [
        *(
            "长期",
            "长期坚持",
            "持续推进",
            "常态化",
            "常年",
            "长期推进",
            "持续开展",
            "长期任务",
            " 长 期 坚 持 ",
        ),
    ],
    "none ": ["", " ", "无", "—", "——", "-", "－", "/", "不限"],
}


@every((text, (text, reading)) for reading, texts in CALENDAR.items() for text in texts)
def test_words_mean_the_last_day_that_is_still_in_time(text: str, reading: str) -> None:
    """The named day is in time, a period ends with its last day; nothing is assumed."""
    kind, last_day = reading.split(" ")
    assert Deadline(text, last_day, DeadlineKind[kind.upper()], "", "") == read_deadline(text, YEAR)


@pytest.mark.parametrize(
    ("text", "last_day", "kind", "assumed"),
    [
        ("11月前", "2019-10-31", "month", "“11月前”按不含11月、即10月31日为限；如含11月，请写“11月底前”。"),
        (
            "于2019年11月之前完成",
            "2019-10-31",
            "month",
            "“2019年11月之前”按不含2019年11月、即10月31日为限；如含2019年11月，请写“2019年11月底前”。",
        ),
        (
            "2020年前",
            "2019-12-31",
            "year",
            "“2020年前”按不含2020年、即2019年12月31日为限；如含2020年，请写“2020年底前”。",
        ),
        (
            "第三季度前",
            "2019-06-30",
            "quarter",
            "“第三季度前”按不含第三季度、即6月30日为限；如含第三季度，请写“第三季度底前”。",
        ),
        (
            "下半年以前",
            "2019-06-30",
            "half_year",
            "“下半年以前”按不含下半年、即6月30日为限；如含下半年，请写“下半年底前”。",
        ),
        (
            "11月中旬前",
            "2019-11-10",
            "ten_days",
            "“11月中旬前”按不含11月中旬、即11月10日为限；如含11月中旬，请写“11月中旬内”。",
        ),
    ],
)
def test_a_bare_period_with_before_is_assumed_not_to_include_it(
    text: str, last_day: str, kind: str, assumed: str
) -> None:
    """The reading can be wrong only on the strict side, and says how to write the other."""
    assert Deadline(text, last_day, DeadlineKind[kind.upper()], assumed, "") == read_deadline(text, YEAR)


@pytest.mark.parametrize("text", ["2019年前", "1月前", "第一季度前", "上半年前", "今年前"])
def test_a_bare_period_with_before_that_ends_before_the_plan_begins_is_a_fault(text: str) -> None:
    """Nobody can have meant it, so the sentence offers 底前."""
    words = text.removesuffix("前")
    fault = f"“{text}”不含{words}就早于方案年度（2019年）；请用 last_day 写明最后一天，原文不改；如含{words}，请写“{words}底前”。"
    assert Deadline(text, "", DeadlineKind.NONE, "", fault) == read_deadline(text, YEAR)


@pytest.mark.parametrize(
    "text",
    [
        *("收到通知后30日内", "文件印发后3个月内", "合同签订后15个工作日内", "自收到通知之日起三十日内"),
        *("项目批复之后6个月以内完成", "验收通过后7天内"),
    ],
)
def test_a_time_after_an_event_has_no_last_day_until_the_event_is_known(text: str) -> None:
    """It is no fault, but the sentence asks the writer for the day."""
    assumed = f"“{text}”从哪天起算，方案没有写；日期确定后，请用 last_day 写明最后一天。"
    assert Deadline(text, "", DeadlineKind.RELATIVE, assumed, "") == read_deadline(text, YEAR)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "国庆节前",
            "春节前",
            "年前",
            "年前完成",
            "尽快",
            "近期",
            "分阶段",
            "按计划",
            "。",
            "前",
            "底前",
        ),
        *("第11个月", "11个月", "30日前", "三十日", "国庆节后30日内", "年底后30日内"),
        *(
            "收到通知后0日内",
            "收到通知后30日",
            "11月初",
            "11月中",
            "11月左右",
            "11月前后",
            "11月底前后",
        ),
        *("11月后", "11月前未完成", "19年11月", "去年11月", "201911"),
        *("8.31", "8-31", "11-30", "2019", "年", "年度", "2019年年", "十十月", "十一", "一十月"),
        *(
            "长期坚持，11月",
            "11月30日0时",
        ),
        *(
            "2019-11月",
            "第五季度",
            "第0季度",
            "每季度前",
            "每月前",
        ),
        *("٢٠١٩年١١月", "²月", "11月11", "2019年11月30", "自2019年11月", "从11月"),
    ],
)
def test_what_the_grammar_does_not_know_is_a_fault_that_says_how_to_write_it(text: str) -> None:
    """No word is skipped and none is guessed."""
    reading = read_deadline(text, YEAR)
    how = "看不懂；请用 last_day 写明最后一天，原文不改；或者写成 2019年11月、2019年11月15日前、上半年、第三季度、每季度末、长期坚持 之一。"
    assert ("", DeadlineKind.NONE, "", True) == (*reading[1:4], reading.fault.endswith(how))


@pytest.mark.parametrize(
    "text",
    [
        *("6月、9月", "5、9月", "6月底前完成选址，11月底前完工", "2019年11月11月"),
        *(
            "11月30日或12月31日",
            "第二季度、第四季度",
            "上半年和下半年",
            "1月底至11月底",
            "2019年11月(2019年12月)",
        ),
    ],
)
def test_two_times_in_one_phrase_are_a_fault_that_says_where_the_others_belong(text: str) -> None:
    """The last one is the deadline, the others are milestones; the writer decides, not we."""
    fault = f"完成时限“{text.replace('，', ',')}”不止一个时间；请用 last_day 写明最后一天，原文不改；其余的写成阶段（stages）或者时间节点（milestones）。"
    assert Deadline(text, "", DeadlineKind.NONE, "", fault) == read_deadline(text, YEAR)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (
            "2019-02-30",
            "2019年2月没有30日，该月最后一天是28日；请用 last_day 写明最后一天，原文不改；或者改写日期。",
        ),
        (
            "2019年2月30日前",
            "2019年2月没有30日，该月最后一天是28日；请用 last_day 写明最后一天，原文不改；或者改写日期。",
        ),
        (
            "11月31日",
            "2019年11月没有31日，该月最后一天是30日；请用 last_day 写明最后一天，原文不改；或者改写日期。",
        ),
        (
            "次年2月30日",
            "2020年2月没有30日，该月最后一天是29日；请用 last_day 写明最后一天，原文不改；或者改写日期。",
        ),
        ("2019年13月", "没有13月；请用 last_day 写明最后一天，原文不改；月份请写1到12。"),
        ("0月", "没有0月；请用 last_day 写明最后一天，原文不改；月份请写1到12。"),
        ("1-13月", "没有13月；请用 last_day 写明最后一天，原文不改；月份请写1到12。"),
        ("3000年11月", "年份3000不在1900到2999之间；请用 last_day 写明最后一天，原文不改；或者改写年份。"),
        (
            "每月32日前",
            "完成时限“每月32日前”里没有这一天；请用 last_day 写明最后一天，原文不改；或者核对月份和日子。",
        ),
        (
            "11-1月",
            "完成时限“11-1月”前后颠倒；请用 last_day 写明最后一天，原文不改；跨年请写成“11月至次年3月”。",
        ),
        (
            "12月-2018年3月",
            "完成时限“12月-2018年3月”前后颠倒；请用 last_day 写明最后一天，原文不改；跨年请写成“11月至次年3月”。",
        ),
        (
            "1-11月前",
            "“1-11月前”说不清含不含最后一个月；请用 last_day 写明最后一天，原文不改；或者写成“1-11月”。",
        ),
        (
            "月底",
            "完成时限“月底”没有写是几月；请用 last_day 写明最后一天，原文不改；或者写全，如“11月底前”。",
        ),
        (
            "月底前完成",
            "完成时限“月底前完成”没有写是几月；请用 last_day 写明最后一天，原文不改；或者写全，如“11月底前”。",
        ),
    ],
)
def test_a_time_that_is_not_on_the_calendar_is_a_fault_that_names_what_is(text: str, fault: str) -> None:
    """Nothing is rounded to the nearest day."""
    assert Deadline(text, "", DeadlineKind.NONE, "", fault) == read_deadline(text, YEAR)


@pytest.mark.parametrize(
    "text",
    [
        *("2018年11月", "2018年11月30日前", "2018-11-30", "2018-11", "2018年11月底前", "2018年11月前"),
        *(
            "2018年第四季度",
            "2018年上半年",
            "2018年底前",
            "2018年",
            "2018年9月至2018年12月",
            "2018年12月下旬",
        ),
    ],
)
def test_a_time_before_the_plans_year_is_a_fault(text: str) -> None:
    """A year left over from the plan that was copied would make everybody late at once."""
    fault = f"完成时限“{text}”早于方案年度（2019年）；请用 last_day 写明最后一天，原文不改；或者核对年份。"
    assert Deadline(text, "", DeadlineKind.NONE, "", fault) == read_deadline(text, YEAR)


def test_work_that_began_in_the_year_before_may_end_in_the_plans_year() -> None:
    """The end of a stretch is what counts."""
    reading = read_deadline("2018年9月至2019年6月", YEAR)
    assert ("2019-06-30", "month", "", "") == reading[1:]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1 2月", "12月"),
        ("2019年1 1月", "2019年11月"),
        ("11月3\n0日", "11月30日"),
        ("20\u300019年", "2019年"),
        ("１　２月", "12月"),
        ("每月1 5日前", "每月15日前"),
        (" 1 2月 ", "12月"),
        ("收到通知后3 0日内", "收到通知后30日内"),
    ],
)
def test_a_blank_between_two_digits_is_a_fault(text: str, words: str) -> None:
    """It may be one number torn apart or two that lost their 、: which of them cannot be decided."""
    fault = f"完成时限“{' '.join(text.split())}”的数字中间有空格，看不出是一个数还是两个；请用 last_day 写明最后一天，原文不改；是一个数的，请写成“{words}”。"
    assert Deadline(text, "", DeadlineKind.NONE, "", fault) == read_deadline(text, YEAR)


YEARS = st.lists(st.integers(1900, 2999), min_size=2, max_size=2).map(sorted)


@given(YEARS, st.integers(1, 12))
def test_every_month_of_every_year_ends_on_its_last_day(years: list[int], month: int) -> None:
    """In the plan's year and after it, in digits and in numerals, with 底前 and as the end of a range."""
    plan_year, year = years
    named = f"{year}年{month}月"
    forms = [
        named,
        f"{named}底前",
        f"{year}年{MONTHS_CN[month - 1]}月",
        f"{year}-{month:02}",
        f"{year}年1-{month}月",
    ]
    expected = ("", last_day_of_month(year, month), DeadlineKind.MONTH)
    readings = [read_deadline(form, plan_year) for form in forms]
    assert [expected] * 5 == [(reading.fault, *reading[1:3]) for reading in readings]


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)))
def test_every_day_is_the_last_day_of_its_own_reading(day: date) -> None:
    """A day is in time, with 前 as without it, with its year or in the plan's."""
    spoken = f"{day.month}月{day.day}日"
    forms = [
        f"{day}",
        f"{day.year}年{spoken}",
        f"{day.year}年{spoken}前",
        spoken,
        f"{spoken}之前",
        f"{spoken}24时前",
    ]
    readings = [read_deadline(form, day.year) for form in forms]
    assert [(f"{day}", DeadlineKind.DAY)] * 6 == [reading[1:3] for reading in readings]


WORDS = (
    *("2019年", "2020年", "今年", "明年", "次年", "每", "1", "2", "11", "30", "31", "十", "十一", "三十"),
    *("月", "月份", "日", "号", "-", "—", "至", "到", "/", ".", "、", "，", "（", "）"),
    *("第", "一", "三", "季度", "上", "下", "半年", "中", "旬"),
    *("全年", "年", "年度", "底", "末", "内", "前", "之前", "以前", "后", "起", "于", "在", "截至"),
    *("完成", "全面", "长期", "坚持", "收到通知", "个工作日", "个月", "24时", "无", "Q1"),
)
PHRASES = st.lists(st.sampled_from(WORDS), max_size=7).map("".join)


@given(st.one_of(PHRASES, st.text()), st.one_of(st.integers(1900, 2999), st.integers()))
def test_reading_never_raises_and_a_fault_leaves_nothing_to_act_on(text: str, year: int) -> None:
    """A fault has no day, no kind and no assumption; without one, a day is there where the kind has days."""
    reading = read_deadline(text, year)
    dayless = reading.kind in ("none", "recurring", "open_ended", "relative")
    assert (text, dayless) == (reading.text, not reading.last_day)
    if reading.fault:
        assert ("", DeadlineKind.NONE, "", "。") == (*reading[1:4], reading.fault[-1])


@given(PHRASES)
def test_a_last_day_is_a_day_of_the_calendar(text: str) -> None:
    """Canonical text, never a day that does not exist."""
    last_day = read_deadline(text, YEAR).last_day
    assert not last_day or last_day == date.fromisoformat(last_day).isoformat()


READABLE = st.sampled_from([text for texts in CALENDAR.values() for text in texts])
BLANKS = st.sampled_from([" ", "\t", "\n", "\xa0", "\u3000", "\u200b"])


@given(st.one_of(READABLE, PHRASES), BLANKS, st.integers(min_value=0), st.booleans())
def test_blanks_and_full_width_digits_never_change_the_reading(
    text: str, blank: str, place: int, wide: bool
) -> None:
    """How a phrase is typed is no part of what it says, as long as no number is torn apart."""
    place %= len(text) + 1
    assume(not text[place - 1 : place].isdigit() or not text[place : place + 1].isdigit())
    typed = text[:place] + blank + text[place:]
    typed = typed.translate(WIDE) if wide else typed
    assert read_deadline(text, YEAR)[1:] == read_deadline(typed, YEAR)[1:]


@pytest.mark.parametrize(
    "text", ["1" * 100_000, "月" * 100_000, "1月、" * 30_000, "（" * 100_000, "后" * 100_000]
)
def test_a_very_long_text_is_a_fault_with_a_short_sentence(text: str) -> None:
    """The sentence stays readable whatever was pasted into the cell."""
    reading = read_deadline(text, YEAR)
    assert ("", True) == (reading.last_day, 0 < len(reading.fault) < 150)


def test_china_is_eight_hours_ahead_the_whole_year() -> None:
    """No summer time moves a deadline."""
    assert "UTC+08:00" == str(CHINA)
