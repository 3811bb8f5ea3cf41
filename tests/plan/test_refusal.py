"""A refusal has its sentence, and the screen puts behind it what became of that which was to be stored."""

from pathlib import Path

import planledger
from planledger.plan.refusal import NOT_RECORDED, NotRecorded, Refusal, SeveralRefusals

SOURCE = Path(planledger.__file__).parent


def test_the_outcome_stands_behind_the_sentence_and_not_in_it() -> None:
    refused = NotRecorded("请检查日期。")

    assert ("请检查日期。", "请检查日期。未登记。") == (refused.sentence, str(refused))
    assert "请检查日期。" == str(Refusal("请检查日期。"))
    assert "请检查日期。没有补回。" == str(NotRecorded("请检查日期。", "没有补回。"))
    assert ["请检查日期。未登记。"] == SeveralRefusals([refused]).faults


def test_nobody_types_the_outcome_of_a_refusal() -> None:
    """On the screen of an import it is the end of a line, and of no refusal."""
    typing = {path.name for path in SOURCE.rglob("*.py") if f'{NOT_RECORDED}"' in path.read_text("utf-8")}
    assert {"mark_faults.py", "refusal.py"} == typing
