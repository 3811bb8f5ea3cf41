"""Long lines are folded at the edge of the terminal, whatever its width."""

from functools import partial

from hypothesis import given
from hypothesis import strategies as st

from counting import calls
from planledger.formats.text.display import columns, folded, safe
from planledger.formats.text.phrases import fitting_text

TEXTS = st.text(st.sampled_from("甲乙 ，。（）ab1\n"), max_size=60)


@given(TEXTS, st.integers(-30, 90))
def test_folding_ends_at_any_width_and_loses_nothing_but_blanks(text: str, width: int) -> None:
    """A window narrower than one character, or than the indent, gets lines that are too wide, and all of the text."""
    assert "".join(folded(text, width)).replace(" ", "") == text.replace("\n", "").replace(" ", "")


@given(TEXTS, st.integers(20, 90))
def test_a_folded_line_is_no_wider_than_the_window(text: str, width: int) -> None:
    """The indent of the lines that follow is at most two columns more than that of the text."""
    text = "\n".join(line.lstrip(" ") for line in text.split("\n"))

    assert all(columns(line) <= width for line in folded(text, width))


def test_a_blank_of_another_kind_is_shown_as_one() -> None:
    """Words that were pasted from a web page are full of them."""
    assert "已办 3 件\\x07" == safe("已办\xa03\u2009件\x07")


def test_a_text_is_folded_by_work_that_grows_with_its_length() -> None:
    """A unit that assists in hundreds of rows has a long list of them."""
    few, many = (calls(partial(folded, "石桥乡、" * times, 40)) for times in (100, 1000))
    assert many <= 10.5 * few


def test_of_many_names_only_those_are_measured_that_could_fit() -> None:
    """2,000 rows that one unit owes are not measured 2,000 times."""
    few, many = (calls(partial(fitting_text, [f"{n}.1" for n in range(times)], 30)) for times in (200, 2000))
    assert many <= 1.1 * few
    assert "0.1、1.1、2.1等2000家" == fitting_text([f"{n}.1" for n in range(2000)], 22)
