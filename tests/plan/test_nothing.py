"""What units write where there is nothing to report, and what only begins so."""

import pytest

from planledger.plan.phrases.texts import means_nothing

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
    "一月", "无七月名单", "无本局人员", "七月十日无偿捐赠",
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
