"""A part of an indicator's label is an option of its own, as long as no other label of the item has it."""

from collections.abc import Callable

import pytest

from conftest import Result

CHOICES = (
    "6.1 可登记：--fairs N（招聘会，期）、--transferred N（新增转移就业，人）、--stable N（稳定就业，人）、"
    "--students N（就读职业学校，人）、--graduates N（毕业学生就业，人）、--done（申报完成）。"
)


@pytest.mark.parametrize("option", ["--转移", "--新增", "--新增转移就业", "--transferred"])
def test_a_part_that_one_label_has_is_an_option(cli: Callable[..., Result], option: str) -> None:
    """The answer says in full what was recorded."""
    code, out, _ = cli("record", "6.1", option, "40")

    assert (0, True) == (code, "\n  新增转移就业 +40人，累计 40/155人（" in out)


AMBIGUOUS = [
    ("record 6.1 --学 4", "6.1 有2个指标含 学，请写明是哪一个：--students（就读职业学校）、--graduates（毕业学生就业）。"),
    ("record 6.1 --transfer 4", f"6.1 没有指标 transfer。您是不是要写：transferred？{CHOICES}\n  planledger record 6.1 --transferred 4"),
    ("amend 6.1 --target 学 4 --because 试 --basis 无文号", "6.1 有2个指标含 学，请写明是哪一个：--students（就读职业学校）、--graduates（毕业学生就业）。"),
    ("record 6.1 --=4", f"6.1 没有指标 。{CHOICES}"),
    ("record 6.1 --转移 4 --transferred 5", "--transferred 写了两次；一次登记里每个指标只写一次。未登记。"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "sentence"), AMBIGUOUS)
def test_a_part_that_several_labels_have_is_refused_with_all_of_them(
    cli: Callable[..., Result], line: str, sentence: str
) -> None:
    code, out, err = cli(*line.split())

    assert (2, "", f"{sentence}\n") == (code, out, err[-len(sentence) - 1 :])
