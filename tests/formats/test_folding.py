"""Long lines are folded at the edge of the terminal, whatever its width."""

from hypothesis import given
from hypothesis import strategies as st

from planledger.formats.text.display import columns, folded

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
