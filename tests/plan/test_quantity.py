"""The one rule by which numbers are read and written, and targets understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.model.rows import plain_quantity, write_quantity
from planledger.plan.model.terms import Comparison
from planledger.plan.phrases.quantities import Quantity, read_quantity
from planledger.plan.phrases.targets import Target, read_target

WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
AMOUNTS = st.integers(0, 10**9 - 1)
DECIMALS = st.integers(0, 4)


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("NaN", None),
        ("inf", None),
        ("-inf", None),
        ("+inf", None),
        ("-5", None),
        ("40.5", None),
        (f"{2**63}", None),
        (f"{10**30}", None),
        ("", None),
        ("True", None),
        ("是", None),
        ("1_000", None),
        ("1e3", None),
        ("0x10", None),
        ("四十", None),
        ("٤٠", None),
        ("40", 40),
        ("４０", 40),
        (" 40 ", 40),
        ("40.0", 40),
    ],
)
def test_of_twenty_hostile_numbers_only_the_forms_of_forty_are_read(text: str, amount: int | None) -> None:
    """What is refused has a sentence, what is read has none."""
    reading = read_quantity(text, "人", 0)
    assert (amount, amount is None) == (reading.amount, bool(reading.fault))


@pytest.mark.parametrize(
    ("text", "unit", "decimals", "amount"),
    [
        ("0", "人", 0, 0),
        ("40人", "人", 0, 40),
        ("40 人", "人", 0, 40),
        ("40.00", "人", 0, 40),
        ("007", "人", 0, 7),
        ("1,000", "人", 0, 1000),
        ("1，000", "人", 0, 1000),
        ("999,999,999人次", "人次", 0, 999_999_999),
        ("1.2万", "人", 0, 12_000),
        ("1.2万人", "人", 0, 12_000),
        ("1.2 万 人", "人", 0, 12_000),
        ("0.0001万", "人", 0, 1),
        ("9.99999999亿", "人", 0, 999_999_999),
        ("12.5", "元", 2, 1250),
        ("12.5元", "元", 2, 1250),
        ("12.500元", "元", 2, 1250),
        ("1.2万元", "元", 2, 1_200_000),
        ("0.000001万元", "元", 2, 1),
        ("３．５％", "%", 1, 35),
        ("3万元", "万元", 0, 3),
        ("3.25", "万元", 2, 325),
        ("2.4亿元", "万元", 0, 24_000),
        ("24000万元", "亿元", 1, 24),
        ("300元", "万元", 2, 3),
        ("3千亩", "万亩", 1, 3),
        ("5百万元", "万元", 0, 500),
        ("1.5万千瓦", "千瓦", 0, 15_000),
        ("2千克", "克", 0, 2_000),
        ("40", "", 0, 40),
    ],
)
def test_a_number_is_read_exactly_in_the_smallest_unit(
    text: str, unit: str, decimals: int, amount: int
) -> None:
    """The indicator's own unit, 万 and 亿, and commas in threes are understood."""
    assert Quantity(amount, "") == read_quantity(text, unit, decimals)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "没有写数量；请写阿拉伯数字，例如 40人。"),
        ("\u3000", "没有写数量；请写阿拉伯数字，例如 40人。"),
        ("-5", "数量“-5”是负数；请写0或大于0的数。"),
        ("－５人", "数量“-5人”是负数；请写0或大于0的数。"),
        ("−5", "数量“−5”是负数；请写0或大于0的数。"),
        ("负五", "数量“负五”是负数；请写0或大于0的数。"),
        ("40.5", "数量“40.5”不是整数；这里只记整数，请写整数，例如 40人。"),
        ("1.23456万", "数量“1.23456万”不是整数；这里只记整数，请写整数，例如 40人。"),
        ("nan", "数量“nan”看不懂；请写阿拉伯数字，例如 40。"),
        ("-Infinity", "数量“-Infinity”看不懂；请写阿拉伯数字，例如 40。"),
        ("1e3", "数量“1e3”是科学记数法；请把数字全部写出，例如 1e3 写成 1000。"),
        ("4.0E+1人", "数量“4.0E+1人”是科学记数法；请把数字全部写出，例如 1e3 写成 1000。"),
        ("0x10", "数量“0x10”不是十进制数；请写阿拉伯数字，例如 40。"),
        ("1_000", "数量“1_000”里有下划线；请去掉下划线，例如 1_000 写成 1000。"),
        ("四十", "数量“四十”是中文数字；请写 40。"),
        ("四十人", "数量“四十人”是中文数字；请写 40。"),
        ("一百五十五", "数量“一百五十五”是中文数字；请写阿拉伯数字，例如 40。"),
        ("٤٠", "数量“٤٠”里有别种数字；只认 0123456789，请改写，例如 40。"),
        ("4²", "数量“4²”里有别种数字；只认 0123456789，请改写，例如 40。"),
        ("True", "数量“True”看不懂；请写阿拉伯数字，例如 40。"),
        ("是", "数量“是”看不懂；请写阿拉伯数字，例如 40。"),
        ("1000000000", "数量“1000000000”太大；小数点前最多九位，请核对后改写。"),
        ("10亿", "数量“10亿”太大；小数点前最多九位，请核对后改写。"),
        ("100000万", "数量“100000万”太大；小数点前最多九位，请核对后改写。"),
        ("40次", "数量“40次”的单位不对；这里的单位是人，请按人填写，例如 40人。"),
        ("40人次", "数量“40人次”的单位不对；这里的单位是人，请按人填写，例如 40人。"),
        ("40%", "数量“40%”的单位不对；这里的单位是人，请按人填写，例如 40人。"),
        ("4户", "数量“4户”的单位不对；这里的单位是人，请按人填写，例如 40人。"),
        ("40 50", "数量“40 50”不止一个数；请只写一个，例如 40。"),
        ("40\xa050", "数量“40?50”不止一个数；请只写一个，例如 40。"),
        ("40-50", "数量“40-50”不止一个数；请只写一个，例如 40。"),
        ("40人、50人", "数量“40人、50人”不止一个数；请只写一个，例如 40。"),
        ("约40", "数量“约40”不是准确数；请填准确数，例如 40。"),
        ("40余人", "数量“40余人”不是准确数；请填准确数，例如 40。"),
        ("40人以上", "数量“40人以上”不是准确数；请填准确数，例如 40。"),
        ("1,00", "数量“1,00”的逗号位置不对；请去掉逗号，或每三位一个，例如 1,000。"),
        ("0,040", "数量“0,040”的逗号位置不对；请去掉逗号，或每三位一个，例如 1,000。"),
        ("40人（在建）", "数量“40人(在建)”后面有括号；请只写数，例如 40人，括号里的话另写在文字里。"),
        ("40.", "数量“40.”看不懂；请写阿拉伯数字，例如 40。"),
        (".5", "数量“.5”看不懂；请写阿拉伯数字，例如 40。"),
        ("+40", "数量“+40”看不懂；请写阿拉伯数字，例如 40。"),
        ("=40", "数量“=40”看不懂；请写阿拉伯数字，例如 40。"),
        ("1.2.3", "数量“1.2.3”看不懂；请写阿拉伯数字，例如 40。"),
        ("5.000", "数量“5.000”的点可能是小数点，也可能是千位的逗号；请写成 5 或 5000。"),
        ("１２．５００人", "数量“12.500人”的点可能是小数点，也可能是千位的逗号；请写成 12500。"),
    ],
)
def test_what_is_no_number_of_people_is_refused_with_what_to_write(text: str, fault: str) -> None:
    """Each kind of mistake has its own sentence."""
    assert Quantity(None, fault) == read_quantity(text, "人", 0)


@pytest.mark.parametrize(
    ("text", "unit", "fault"),
    [
        ("12.345元", "元", "数量“12.345元”的小数太多；最多2位小数，请核对后改写。"),
        ("1.2万", "万元", "数量“1.2万”的单位不对；这里的单位是万元，请按万元填写，例如 40万元。"),
        ("40元", "万元", "数量“40元”的小数太多；最多2位小数，请核对后改写。"),
        ("40人", "万元", "数量“40人”的单位不对；这里的单位是万元，请按万元填写，例如 40万元。"),
        ("1亿", "万元", "数量“1亿”的单位不对；这里的单位是万元，请按万元填写，例如 40万元。"),
        ("999999亿元", "万元", "数量“999999亿元”太大；小数点前最多九位，请核对后改写。"),
    ],
)
def test_money_is_never_rounded_and_a_unit_of_ten_thousands_never_multiplied(
    text: str, unit: str, fault: str
) -> None:
    """Where 万 is in the unit, a bare 万 could be either and is refused."""
    assert Quantity(None, fault) == read_quantity(text, unit, 2)


@given(AMOUNTS, DECIMALS, st.booleans(), st.sampled_from(["", "元"]))
def test_what_is_written_is_read_back(amount: int, decimals: int, wide: bool, unit: str) -> None:
    """Commas, decimals, full-width digits and the unit lose nothing."""
    written = write_quantity(amount, decimals) + unit
    typed = written.translate(WIDE) if wide else written
    assert Quantity(amount, "") == read_quantity(typed, "元", decimals)


TYPED = st.one_of(
    st.text(),
    st.text("0123456789０４.,-_ e万亿元人约四十", max_size=14),
    st.from_regex(r"[0-9]{1,12}(\.[0-9]{1,6})?[万亿]?元?", fullmatch=True),
)


@given(TYPED, st.sampled_from(["", "元", "人", "万元", "%"]), DECIMALS)
def test_reading_a_number_never_raises_and_is_one_of_two(text: str, unit: str, decimals: int) -> None:
    """Either an amount that can be written, or a sentence."""
    amount, fault = read_quantity(text, unit, decimals)
    assert (amount is None) == bool(fault)
    assert amount is None or 0 <= amount < 10 ** (9 + decimals)


@given(
    st.integers(0, 10**12),
    st.integers(0, 10**7),
    st.integers(0, 8),
    st.sampled_from(["", "万", "亿"]),
    DECIMALS,
)
def test_what_is_accepted_is_the_value_of_its_digits(
    whole: int, part: int, places: int, magnitude: str, decimals: int
) -> None:
    """Nothing is rounded: digits and zeros give the amount, or there is none."""
    fraction = f".{part % 10**places:0{places}}" if places else ""
    amount, _ = read_quantity(f"{whole}{fraction}{magnitude}", "元", decimals)
    zeros = {"": 0, "万": 4, "亿": 8}[magnitude]
    value = (whole * 10**places + (part % 10**places if places else 0)) * 10 ** (zeros + decimals)
    exact = value % 10**places == 0 and value // 10**places < 10 ** (9 + decimals)
    assert (value // 10**places if exact else None) == amount


@pytest.mark.parametrize(
    "text", ["9" * 100_000, "0." + "1" * 100_000, "1-" * 50_000, "1," * 50_000, "1万" * 50_000]
)
def test_a_very_long_number_is_refused_with_a_short_sentence(text: str) -> None:
    """The sentence stays readable whatever was pasted into the cell."""
    amount, fault = read_quantity(text, "人", 0)
    assert (None, True) == (amount, 0 < len(fault) < 100)


@pytest.mark.parametrize(
    ("amount", "decimals", "written", "plain"),
    [
        (0, 0, "0", 0),
        (155, 0, "155", 155),
        (1234567, 0, "1,234,567", 1234567),
        (125000, 2, "1,250.00", 1250.0),
        (1250, 2, "12.50", 12.5),
        (-5, 2, "-0.05", -0.05),
        (-1234567, 0, "-1,234,567", -1234567),
        (-40, 0, "-40", -40),
    ],
)
def test_an_amount_is_written_in_the_unit_of_its_indicator(
    amount: int, decimals: int, written: str, plain: float
) -> None:
    """People get commas and every decimal, JSON a plain number."""
    assert (written, plain) == (write_quantity(amount, decimals), plain_quantity(amount, decimals))


def test_whole_units_stay_whole_in_json() -> None:
    """An indicator without decimals never shows a point."""
    assert (int, float) == (type(plain_quantity(40, 0)), type(plain_quantity(4000, 2)))


TARGETS = [
    ("155", "人", 0, "at_least", 155, ""),
    ("155人", "人", 0, "at_least", 155, ""),
    ("不低于155人", "人", 0, "at_least", 155, ""),
    ("不少于 155 人", "人", 0, "at_least", 155, ""),
    ("至少155人", "人", 0, "at_least", 155, ""),
    ("155人以上", "人", 0, "at_least", 155, ""),
    ("155人及以上", "人", 0, "at_least", 155, ""),
    ("达到１５５人", "人", 0, "at_least", 155, ""),
    ("达到155人以上", "人", 0, "at_least", 155, ""),
    ("完成155人", "人", 0, "at_least", 155, ""),
    ("1.5万人", "人", 0, "at_least", 15_000, ""),
    ("95%", "%", 0, "at_least", 95, ""),
    ("95％以上", "%", 0, "at_least", 95, ""),
    ("不超过3人", "人", 0, "at_most", 3, ""),
    ("不高于3人", "人", 0, "at_most", 3, ""),
    ("不多于3人", "人", 0, "at_most", 3, ""),
    ("控制在3万元以内", "元", 2, "at_most", 3_000_000, ""),
    ("3万元以内", "元", 2, "at_most", 3_000_000, ""),
    ("3万元以内", "万元", 1, "at_most", 30, ""),
    ("3万元以下", "万元", 0, "at_most", 3, ""),
    ("约100人", "人", 0, "about", 100, "“约”按达到该数认定。"),
    ("100人左右", "人", 0, "about", 100, "“左右”按达到该数认定。"),
    ("100人上下", "人", 0, "about", 100, "“上下”按达到该数认定。"),
    ("大于100", "人", 0, "at_least", 101, "“大于”不含本数，按不少于101人认定。"),
    ("超过100人", "人", 0, "at_least", 101, "“超过”不含本数，按不少于101人认定。"),
    ("超过1万元", "元", 2, "at_least", 1_000_001, "“超过”不含本数，按不少于10,000.01元认定。"),
    ("少于100人", "人", 0, "at_most", 99, "“少于”不含本数，按不超过99人认定。"),
]


@pytest.mark.parametrize(("text", "unit", "decimals", "comparison", "amount", "assumed"), TARGETS)
def test_a_promise_names_a_comparison_and_an_amount(
    text: str, unit: str, decimals: int, comparison: str, amount: int, assumed: str
) -> None:
    """以上, 以下, 以内 include the number; what leaves it out or only nears it is an assumption."""
    expected = Target(Comparison[comparison.upper()], amount, assumed, "")
    assert expected == read_target(text, unit, decimals)


@pytest.mark.parametrize(
    "text",
    [
        *("-5", "四十人", "约四十人", "100%左右以上", "不少于155人以内", "不低于155人左右", "超过100人以上"),
        *(
            "控制在100人",
            "少于0人",
            "超过999999999人",
            "完成率95%",
            "若干",
            "不少于",
            "以上",
            "翻一番",
        ),
    ],
)
def test_a_promise_that_could_be_taken_in_two_ways_is_a_fault(text: str) -> None:
    """Contradictions and unknown words are answered with the forms that are understood."""
    reading = read_target(text, "人", 0)
    assert (Comparison.NONE, None, "", "。") == (*reading[:3], reading.fault[-1:])


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "没有写目标；请写成 100人、不少于100人、不超过100人、约100人 之一。"),
        (
            "若干",
            "目标“若干”看不懂；请写成 100人、不少于100人、不超过100人、约100人 之一；没有数的照原文写在 text，不写 target，另写 declare: true。",
        ),
        (
            "不少于155次",
            "目标“不少于155次”无法采用：数量“155次”的单位不对；这里的单位是人，请按人填写，例如 40人。",
        ),
    ],
)
def test_the_fault_of_a_promise_says_what_to_write(text: str, fault: str) -> None:
    """Where only its number is wrong, the number's own sentence is given."""
    assert fault == read_target(text, "人", 0).fault


@given(
    st.one_of(TYPED, st.sampled_from([row[0] for row in TARGETS])),
    st.sampled_from(["人", "元", "万元", ""]),
    DECIMALS,
)
def test_reading_a_promise_never_raises_and_is_one_of_two(text: str, unit: str, decimals: int) -> None:
    """A fault leaves neither amount nor comparison."""
    reading = read_target(text, unit, decimals)
    assert (bool(reading.fault), bool(reading.fault)) == (
        reading.amount is None,
        reading.comparison is Comparison.NONE,
    )
