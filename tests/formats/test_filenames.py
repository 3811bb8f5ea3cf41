"""The name of a file that is written is one on every system, and still recognised."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.formats.text.display import LONGEST, portable_name


@pytest.mark.parametrize(
    ("name", "bears"),
    [
        ("../../etc/passwd", "／..／etc／passwd"),
        ("/etc/passwd", "／etc／passwd"),
        ("C:\\Windows\\a.exe", "C：＼Windows＼a.exe"),
        ("CON.pdf", "_CON.pdf"),
        ("lpt1", "_lpt1"),
        ("会议纪要.pdf. .", "会议纪要.pdf"),
        ("a\0b.pdf", "a＼x00b.pdf"),
        ("cafe\u0301.pdf", "café.pdf"),
        ("会议\u202efdp.exe", "会议＼u202efdp.exe"),
        ("  两个  空格 .pdf", "两个 空格.pdf"),
        ('<纪要>:"一"|二?*.pdf', "＜纪要＞：＂一＂｜二？＊.pdf"),
        ("...", "_"),
        ("", "_"),
        ("换\n行\t.pdf", "换 行.pdf"),
    ],
)
def test_what_another_system_cannot_bear_is_made_bearable(name: str, bears: str) -> None:
    assert bears == portable_name(name)


def test_a_long_name_keeps_its_ending() -> None:
    short = portable_name("纪" * 200 + ".pdf")

    assert short.endswith("纪.pdf")
    assert len(short.encode()) <= LONGEST


@given(st.text(max_size=300), st.integers(40, 200))
def test_every_name_is_short_plain_and_stays_in_its_folder(name: str, longest: int) -> None:
    given_name = portable_name(name, longest)

    assert 0 < len(given_name.encode()) <= longest
    assert given_name not in {".", ".."}
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f]', given_name)
    assert given_name == given_name.strip(" .")
    assert given_name == portable_name(given_name, longest)
