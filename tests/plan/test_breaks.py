"""Line breaks and escapes: whatever writes them, they are read as one, and come back from a cell as they went in."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planledger.formats.text.display import cell_text
from planledger.plan.phrases.texts import from_cell, into_cell, with_one_line_break

PIECES = st.sampled_from(
    ("_", "x", "\t", "_x000D_", "_x005F_", "x005F_", "_x0009_", "000d", "5F", "_x000d_", "a", "中", "\n")
)


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\v", "\f", "\x85", "\u2028", "\u2029"])
def test_a_line_break_is_one_whichever_program_wrote_it(line_break: str) -> None:
    assert "召开\n招聘会" == with_one_line_break(f"召开{line_break}招聘会")
    assert "召开\n\n招聘会" == with_one_line_break(f"召开{line_break}{line_break}招聘会")
    assert "招聘会" == with_one_line_break(f"招聘会{line_break}{line_break}{line_break}")


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("召开_x000D_\n招聘会", "召开\n招聘会"),
        ("召开_x000D_招聘会", "召开\n招聘会"),
        ("召开_x000d__x000a_招聘会", "召开\n招聘会"),
        ("a_x0009_b", "a\tb"),
        ("a_x005F_b", "a_b"),
        ("_x005F_x000D_", "_x000D_"),
        ("_x005F_x005F_x000D_a", "_x005F\na"),
        ("_xD83D__xDE00_", "😀"),
        ("_xD83D_", "\ud83d"),
        ("_x00D_ _x000G_ x000D_ _X000D_", "_x00D_ _x000G_ x000D_ _X000D_"),
    ],
)
def test_what_a_cell_writes_is_read_as_a_spreadsheet_shows_it(raw: str, expected: str) -> None:
    assert expected == from_cell(raw)


@given(st.one_of(st.lists(PIECES).map("".join), st.text()))
def test_a_text_comes_back_from_a_cell_as_it_went_in(text: str) -> None:
    assert with_one_line_break(text) == from_cell(into_cell(text))
    assert with_one_line_break(text) == with_one_line_break(with_one_line_break(text))


@given(st.lists(PIECES).map("".join).filter(str.strip))
def test_what_a_workbook_is_given_says_the_text(text: str) -> None:
    """Tabs and lines stay; what acts on a machine is escaped, and that alone."""
    assert with_one_line_break(text) == from_cell(cell_text(text))
    assert from_cell(cell_text(f"{text}a\x1b")).endswith("a\\x1b")
