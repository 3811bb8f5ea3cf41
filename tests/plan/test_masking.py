"""Names and numbers of people are shown with enough left to recognise a person that one knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.plan.people.masking import masked_name, masked_numbers, masked_phone, masked_text


@pytest.mark.parametrize(
    ("name", "shown"), [("试验员", "试**"), ("某某", "某**"), ("Tester", "T**"), ("", "")]
)
def test_a_name_keeps_its_first_character(name: str, shown: str) -> None:
    assert shown == masked_name(name)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13800005678", "138****5678"),
        ("138 0000 5678", "138****5678"),
        ("138-0000-5678", "138****5678"),
        ("+86 13800005678", "138****5678"),
        ("8613800005678", "138****5678"),
        ("0750-0001234", "****1234"),
        ("23800005678", "****5678"),
        ("0001234", "****1234"),
        ("110", "****"),
    ],
)
def test_a_mobile_number_keeps_three_and_four_digits_any_other_the_last_four(phone: str, shown: str) -> None:
    assert shown == masked_phone(phone)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("试验员 13800005678", "试** 138****5678"),
        ("试验员13800005678", "试**138****5678"),
        ("某某某（办公室）0750-0001234", "某**(办**)****1234"),
        ("试验员，１３８００００５６７８", "试**,138****5678"),
        ("试验员", "试**"),
        ("试　某 13800005678", "试** 138****5678"),  # a short name is spread out to the width of a long one
        ("试 验 员、欧阳 某", "试**、欧**"),
        ("试验员 某某某", "试** 某**"),
    ],
)
def test_a_contact_written_as_one_text_shows_no_name_and_no_number(text: str, shown: str) -> None:
    assert shown == masked_text(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("另有办公室电话 0750-0001234", "另有办公室电话 ****1234"),
        ("11月15日起接替，2楼，分机 1234", "11月15日起接替，2楼，分机 1234"),
        ("", ""),
    ],
)
def test_in_a_note_only_what_may_be_a_telephone_number_is_masked(text: str, shown: str) -> None:
    assert shown == masked_numbers(text)


@given(st.text("0123456789 -+", min_size=7, max_size=20))
def test_no_more_than_seven_digits_of_a_number_are_ever_shown(phone: str) -> None:
    digits = [char for char in phone if char.isdigit()]
    shown = [char for char in masked_phone(phone) if char.isdigit()]

    assert len(shown) <= 7
    assert len(shown) < len(digits) or not digits
