"""What units write where there is nothing to report, and what only begins so."""

import pytest

from planledger.plan.phrases.texts import means_nothing, names_none

NOTHING = (
    "零报告", "无", "无进展", "暂无", "暂无进展", "本月无进展", "本月暂无进展。", "没有", "没有进展", "本期没有新的进展", "无。", "（无）",
    "无；", " 暂 无 ", "暂\n无", "／", "/", "-", "——", "……", "N/A", "Ｎ／Ａ", "无新进展", "目前暂无", "截至目前，尚无进展！", "7月无进展", "７月份无进展",
    "本单位本月无工作进展", "该项工作暂无新进展", "无相关情况", "进展情况：无", "本月零报告", "0报告", "无变化", "无更新", "无需报告", "无上报内容",
    "暂时没有", "本季度暂无", "0", "本期内无实质性进展", "无新的情况", "无进展。无。", "无/无", "暂_无", "本月无相关工作",
    "七月无进展", "十二月份暂无", "2019年7月无进展", "無", "暂無", "无（本月）", "无\n无", "无此项工作", "2019 年 7 月 暂无",
)  # fmt: skip
SOMETHING = (
    "无人参加", "暂无，下月开展", "没有问题", "无锡考察", "未开展", "尚未启动", "本月无进展，因资金未到", "同上月", "暂无进展，正在摸底", "无资金",
    "没有按时召开", "零星开展", "10人", "已完成", "本月有进展", "有", "进展", "工作", "本月", "无进展的3户已落实", "no2培训", "无偿捐赠", "暂停", "没收到名单",
    "一月", "无七月名单", "无本局人员", "七月十日无偿捐赠", "√", "✓", "☑", "○", "×", "👍", "？",
)  # fmt: skip


@pytest.mark.parametrize("text", NOTHING)
def test_it_is_a_report_of_nothing(text: str) -> None:
    assert means_nothing(text)


@pytest.mark.parametrize("text", SOMETHING)
def test_it_says_something(text: str) -> None:
    assert not means_nothing(text)


@pytest.mark.parametrize(
    "words",
    [
        "新的",
        "工作情况进展",
        "实质性",
        "本月内",
        "12月份",
        "十一月",
        "无本项",
        "2019年7月",
        "新增",
        "上报",
        "暂时尚",
        "本项本月",
    ],
)
def test_a_long_text_of_such_words_takes_no_time(words: str) -> None:
    assert not means_nothing(words * 500 + "有")


def test_a_head_is_empty_where_there_is_none_of_what_it_asks_for_and_a_lack_is_a_problem() -> None:
    """没有项目 is a problem; that there is no problem is none."""
    none = (
        "无",
        "暂无",
        "没有",
        "/",
        "—",
        "无。",
        "暂无困难",
        "不存在问题",
        "目前没有问题和困难",
        "存在问题：无",
        "本月暂无",
    )
    problems = (
        "没有项目",
        "无资金",
        "存在困难",
        "问题",
        "没有工作计划",
        "无锡方面未回函",
        "暂无，下月再看",
        "不存在人员",
    )
    steps = ("没有安排资金", "无人机巡查", "下一步安排")

    assert [] == [text for text in none if not names_none(text, "problem")]
    assert [] == [text for text in problems if names_none(text, "problem")]
    assert names_none("暂无下一步计划", "next")
    assert [] == [text for text in steps if names_none(text, "next")]
    assert not names_none("没有问题困难的" * 500 + "人", "problem")
