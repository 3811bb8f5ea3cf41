"""An identity number is refused; the numbers are made up from the examples of the standard."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.people.identity import masked_identity

NUMBER = "11010519491231002X"
MASKED = "1101***********02X"


@pytest.mark.parametrize(
    "text",
    [
        NUMBER,
        f"身份证{NUMBER.lower()}。",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105 19491231 002X",
        "110105-19491231-002X",
        "1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 X",
        "110105\u200b19491231\u00ad002X",
        "١١٠١٠٥١٩٤٩١٢٣١٠٠٢X",
        f"²{NUMBER}",
        f"①{NUMBER}",
    ],
)
def test_a_valid_number_is_found_however_it_is_written(text: str) -> None:
    assert MASKED == masked_identity(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "40人",
        f"9{NUMBER}",
        f"{NUMBER[:-1]}12",
        "110105194913310027",
        "试办〔2019〕3号 2019-07-16 至 2019-08-01",
    ],
)
def test_other_numbers_pass(text: str) -> None:
    assert "" == masked_identity(text)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("110105194912310021", "1101***********021"),
        ("身份证11010519491231002x，", "1101***********02X"),
        ("110105194912310020", "1101***********020"),
        ("１１０１０５ １９４９１２３１ ００２１", "1101***********021"),
        ("110105-1949-1231-0021", "1101***********021"),
        ("1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 1", "1101***********021"),
        ("110105 - 19491231 - 0021", "1101***********021"),
        ("110105\t19491231\t0021", "1101***********021"),
        ("110105  491231  002", "1101********002"),
        ("11010519491231002×", "1101***********02X"),
        ("11010519491231001Х", "1101***********01X"),
        ("110105491231002", "1101********002"),
        ("110105 491231 002", "1101********002"),
        ("1101 0549 1231 002", "1101********002"),
        ("１１０１０５４９１２３１００２", "1101********002"),
        ("1 1 0 1 0 5 4 9 1 2 3 1 0 0 2", "1101********002"),
        ("4.52E+17", "452***************"),
        ("4.52127E+17", "4521**************"),
        ("4.52127199001011E+17", "4521**************"),
        ("身份证 4.52e+17。", "452***************"),
        ("４．５２Ｅ＋１７", "452***************"),
        ("5E+17", "5*****************"),
        ("4.52E17", "452***************"),
        ("4.52E+14", "452************"),
    ],
)
def test_a_mistyped_an_old_and_a_rounded_number_are_found_like_a_right_one(text: str, masked: str) -> None:
    assert masked == masked_identity(text)


@pytest.mark.parametrize(
    "text",
    [
        "110105194913310021",  # no such month
        "110105194902300021",  # no such day
        "990105194912310021",  # no such province
        "110105184912310021",  # nobody is as old
        "1101051949123100211",  # nineteen digits: a card
        "11010519491231002112",
        "6222020000000000004",
        "4111111111111111",
        "4111 1111 1111 1111",
        "110105493231002",
        "990105491231002",
        "13812071212 2019",  # a mobile number, and a year
        "2019-07-16 2019-08-01 20",
        "11-15 2019-11-15 123",
        "110105    19491231 0021",
        "0771-3622133 0750-3388123",
        "粤扶〔2019〕5号",
        "9.52E+17",
        "4.52E+18",
        "4.52E+1",
        "14.52E+17",
        "5E+14",
        "链首 12:3fa4e17b5891b5b5",
        "4e17号房",
        "型号A4.52E+17",
        "金额138000000.01元，另452127万元",
        "12440700456000000X",
        "ee110105194912310021ab5"[:10],
    ],
)
def test_cards_amounts_days_and_serials_pass(text: str) -> None:
    assert "" == masked_identity(text)


REGIONS = st.sampled_from(["110105", "440704", "452127", "451424", "659001", "820000"])
DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31)).map(lambda day: f"{day:%Y%m%d}")
GAPS = st.sampled_from(["", " ", "-", "·", "\u3000", "\u200b"])
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@given(REGIONS, DAYS, st.integers(0, 999), st.sampled_from("0123456789X"), GAPS, st.booleans())
def test_whatever_the_check_digit_a_region_and_a_birthday_are_found(
    region: str, day: str, serial: int, check: str, gap: str, wide: bool
) -> None:
    number = f"{region}{day}{serial:03}{check}"
    typed = gap.join((region, day[:4], day[4:], f"{serial:03}{check}"))
    text = f"某人（{typed.translate(WIDE) if wide else typed}）已到"

    assert number[:4] + "*" * 11 + number[-3:] == masked_identity(text)


@given(REGIONS, DAYS.filter(lambda day: day < "2000"), st.integers(0, 999))
def test_an_old_number_is_found(region: str, day: str, serial: int) -> None:
    assert region[:4] + "*" * 8 + f"{serial:03}" == masked_identity(f"证{region}{day[2:]}{serial:03}。")


@given(st.integers(10**15, 10**16 - 1) | st.integers(10**16, 10**17 - 1) | st.integers(10**18, 10**19 - 1))
def test_a_number_of_another_length_is_no_persons(number: int) -> None:
    assert "" == masked_identity(f"卡号{number}。")


@given(st.text(max_size=80))
def test_the_mask_is_not_found_again(text: str) -> None:
    assert "" == masked_identity(masked_identity(text))
