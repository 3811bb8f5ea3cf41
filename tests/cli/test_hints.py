"""Lines that cannot be read as they were typed are answered with the line that was probably meant."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result

Cli = Callable[..., Result]

MEANT = [
    ("record 6.1 —transferred 40", "record 6.1 --transferred 40"),
    ("record 6.1 ——transferred 40", "record 6.1 --transferred 40"),
    ("record 6.1 –transferred 40", "record 6.1 --transferred 40"),
    ("record 6.1 －－ｔｒａｎｓｆｅｒｒｅｄ 40", "record 6.1 --transferred 40"),
    ("record 6.1 −−transferred=40", "record 6.1 --transferred=40"),
    ("record 6.1 --transferred＝40", "record 6.1 --transferred=40"),
    ("record 6.1 -transferred 40", "record 6.1 --transferred 40"),
    ("record 6.1 -—transferred 40", "record 6.1 --transferred 40"),
    ("record 6.1 —新增转移就业 40", "record 6.1 --新增转移就业 40"),
    ("record —transferred 40 6.1", "record --transferred 40 6.1"),
    ("record 6.1 --transferred 40 —on 2019-11-01 —agency 大新县人社局", "record 6.1 --transferred 40 --on 2019-11-01 --agency 大新县人社局"),
    ("status --agency＝人社局", "status --agency=人社局"),
    ("status -agency 人社局", "status --agency 人社局"),
    ("overdue ——json", "overdue --json"),
    ("reverse 2 —because 重复登记", "reverse 2 --because 重复登记"),
    ("—plan jianghai-daxin-2019 status", "--plan jianghai-daxin-2019 status"),
    ("record 1.2 1", "record 1.2 --visits 1"),
    ("record 1.2 1次 --on 2019-11-01", "record 1.2 --on 2019-11-01 --visits 1次"),
    ("record 6.1 transferred 40", "record 6.1 --transferred 40"),
    ("record 6.1 已摸底", "report 6.1 --progress 已摸底"),
    ("report 6.1 已摸底", "report 6.1 --progress 已摸底"),
    ("report 6.1 已与 江海区人社局 对接", "report 6.1 --progress '已与 江海区人社局 对接'"),
    ("record 1.2 1 大新县委办", "record 1.2 --visits 1 --agency 大新县委办"),
    ("record 1.2 --visits 1 大新县委办 2019-11-01", "record 1.2 --visits 1 --agency 大新县委办 --on 2019-11-01"),
    ("record 1.2 1 --by 1", "record 1.2 --by 1 --visits 1"),
    ("record 1.3 --meetings 2 江海区", "record 1.3 --meetings 2 --side 江海区"),
    ("record 6.1 --transferred 40 桂扶〔2019〕3号", "record 6.1 --transferred 40 --note '桂扶〔2019〕3号'"),
    ("record 6.1 已摸底 --agency 大新县人社局", "report 6.1 --agency 大新县人社局 --progress 已摸底"),
    ("record 6.1 大新县人社局 已摸底", "report 6.1 --agency 大新县人社局 --progress 已摸底"),
    ("record 6.1 transferred=40", "record 6.1 --transferred 40"),
    ("record 6.1 新增转移就业：40 大新县人社局", "record 6.1 --新增转移就业 40 --agency 大新县人社局"),
    ("record 7.1 --done 大新县妇联、江海区妇联", "record 7.1 --done --agency 大新县妇联、江海区妇联"),
    ("record 7.1 已完成", "record 7.1 --done"),
    ("report 6.1 暂无", "report 6.1 --nothing"),
    ("record 7.1 完成 --agency 大新县妇联 江海区妇联", "record 7.1 --agency 大新县妇联 --done --agency 江海区妇联"),
    ("report 6.1 大新县人社局 已摸底", "report 6.1 --agency 大新县人社局 --progress 已摸底"),
    ("status 6.1 --as-of 2019-10-01 --agency 人社局", "show 6.1 --as-of 2019-10-01"),
    ("status 6.1 --plan 2019 --json", "show 6.1 --plan jianghai-daxin-2019 --json"),
    ("status 5.2", "show 5.2"),
    ("status 6", "status --area 6"),
    ("status 第6.1项", "show 第6.1项"),
    ("overdue 人社局", "overdue --agency 人社局"),
    ("status rsj", "status --agency rsj"),
    ("filings 江海妇联", "filings --agency 江海妇联"),
    ("status 劳务协作", "status --area 劳务协作"),
    ("status 逾期", "status --standing 逾期"),
    ("reports 2019-07", "reports --month 2019-07"),
    ("template 江海区妇联 2019-07", "template --agency 江海区妇联 --period 2019-07"),
    ("overdue 2019-11-20", "overdue --as-of 2019-11-20"),
    ("reverse 2 重复 登记", "reverse 2 --because '重复 登记'"),
    ("reopen 6.1 数据有误", "reopen 6.1 --because 数据有误"),
    ("evidence destroy 3 误存", "evidence destroy 3 --because 误存"),
    ("filing return 江海区妇联 缺目录", "filing return 江海区妇联 --because 缺目录"),
    ("filing return 归档资料 江海区妇联 缺目录", "filing return 江海区妇联 --because 缺目录 --filing 归档资料"),
    ("contact set 江海区妇联 某某 0771-0000000", "contact set 江海区妇联 --name 某某 --phone 0771-0000000"),
    ("upcoming 60", "upcoming --days 60"),
    ("correct 2 30 报错", "correct 2 --to 30 --because 报错"),
    ("filing return 缺目录 江海区妇联", "filing return 江海区妇联 --because 缺目录"),
    ("filing return 江海区妇联 归档资料 --because 缺目录", "filing return 江海区妇联 --because 缺目录 --filing 归档资料"),
    ("filing return 归档资料 --单位 江海区妇联 --because 缺目录", "filing return 江海区妇联 --because 缺目录 --filing 归档资料"),
    ("filing return --agency=江海区妇联 --because 缺目录", "filing return 江海区妇联 --because 缺目录"),
    ("filing record 归档资料 江海区妇联", "filing record 归档资料 --agency 江海区妇联"),
    ("filing record 江海区妇联 归档资料", "filing record 归档资料 --agency 江海区妇联"),
    ("contact set --单位 江海区妇联 --name 某某 --phone 0771-0000000", "contact set 江海区妇联 --name 某某 --phone 0771-0000000"),
    ("show --item 6.1", "show 6.1"),
    ("status --by side", "status --sum-by side"),
    ("office name --name 大新县扶贫办", "office name 大新县扶贫办"),
    ("agency rename --agency 江海区妇联 江海区女联 --basis 无文号", "agency rename 江海区妇联 江海区女联 --basis 无文号"),
    ("record 6.1 --transferred：40", "record 6.1 --transferred=40"),
    ("record 6.1 --转移　40", "record 6.1 --转移=40"),
    ("record 6.1 -转移 40", "record 6.1 --转移 40"),
    ("record 1.3 --meetings 2 -方 江海区", "record 1.3 --meetings 2 --方 江海区"),
    ("record 6.1　--转移 40", "record 6.1 --转移 40"),
    ("登记　6.1　--转移　40", "登记 6.1 --转移 40"),
    ("status --单位：人社局", "status --单位=人社局"),
    ("contact set 江海区妇联 --姓名=“某某” --phone 0771-0000000", "contact set 江海区妇联 --name=某某 --phone 0771-0000000"),
    ("status 单位 人社局", "status --单位 人社局"),
    ("status agency=人社局", "status --agency 人社局"),
    ("status 单位：人社局 截至 2019-11-20", "status --单位 人社局 --截至 2019-11-20"),
    ("amend 6.1 目标 转移 180 --because 追加 --basis 无文号", "amend 6.1 --because 追加 --basis 无文号 --目标 转移 180"),
    ("record 6.1 转移40人。", "record 6.1 --转移 40人"),
    ("record 6.1 转移＝40 日期 2019-11-01", "record 6.1 --转移 40 --日期 2019-11-01"),
    ("record 1.2 互访 1 次 江海区委办", "record 1.2 --互访 1 --agency 江海区委办 --note 次"),
    ("record 6.1 --fairs 1 --note 已核对 转移50", "record 6.1 --fairs 1 --note 已核对 --转移 50"),
    ("record 6.1 --transferred 40 --note 他说“来自 微信”", "record 6.1 --transferred 40 --note '他说“来自 微信”'"),
    ("record 6.1 --transferred 40 --agency 大新县 人社局 --on 11月 18日", "record 6.1 --transferred 40 --agency 大新县人社局 --on 11月18日"),
    ("record 6.1 40人", "record 6.1 --transferred 40人"),
    ("record 6.1 转移就业40人，稳定就业30人", "record 6.1 --转移就业 40人 --稳定就业 30人"),
    ("record 6.1 大新县人社局转移40人", "record 6.1 --agency 大新县人社局 --转移 40人"),
    ("record 6.1 11月1日转移40人", "record 6.1 --on 11月1日 --转移 40人"),
    ("record 大新县人社局 6.1 --transferred 40", "record 6.1 --transferred 40 --agency 大新县人社局"),
    ("登记 6.1转移40", "record 6.1 --转移 40"),
    ("填报 第6.1项，已摸底，下一步：招聘", "report 6.1 --progress 已摸底，下一步：招聘"),
    ("changes 2019-11-01", "changes --since 2019-11-01"),
    ("overdue 上月底", "overdue --as-of 上月底"),
    ("status --单位人社局", "status --单位 人社局"),
    ("status --agencys 人社局", "status --agency 人社局"),
    ("report 6.1 “甲”和“乙”", "report 6.1 --progress '“甲”和“乙”'"),
    ("status --AS-OF 2019-11-18", "status --as-of 2019-11-18"),
    ("filing record 归档资料 --时间 昨天 --agency 江海区妇联", "filing record 归档资料 --日期 昨天 --agency 江海区妇联"),
    ("status -o：总表.txt", "status -o 总表.txt"),
    ("amend 6.1 --due 2019-12-20 --because 工期顺延 桂扶〔2019〕3号", "amend 6.1 --due 2019-12-20 --because 工期顺延 --basis '桂扶〔2019〕3号'"),
    ("record 6.1 --transferred 40 --note 见附件　--单位 大新县人社局", "record 6.1 --transferred 40 --note 见附件 --单位 大新县人社局"),
    ("record “6.1” --transferred “40” --agency “大新县人社局”", "record 6.1 --transferred 40 --agency 大新县人社局"),
    ("reverse 2 --because=重复 登记", "reverse 2 --because '重复 登记'"),
    ("record 6.1 正在摸底 单位=江海区人社局", "report 6.1 --单位 江海区人社局 --progress 正在摸底"),
]  # fmt: skip


@pytest.fixture(autouse=True)
def _with_a_ledger(ledger: Path, monkeypatch: pytest.MonkeyPatch, cli: Cli) -> None:
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))


@pytest.mark.parametrize(("line", "meant"), MEANT)
def test_one_sentence_with_the_right_line(cli: Cli, ledger: Path, line: str, meant: str) -> None:
    """The line stands at the end of the sentence and is read when it is pasted; nothing was done."""
    before = ledger.read_bytes()
    code, out, err = cli(*shlex.split(line))

    assert (2, "", 1) == (code, out, err.count("\n"))
    assert shlex.split(f"planledger {meant}") == shlex.split(err.partition("请写：")[2])
    assert before == ledger.read_bytes()
    if "--because" not in meant:  # what these take back is not there
        assert 0 == cli(*shlex.split(meant)).code


def test_a_line_to_type_has_no_option_where_none_is_read(cli: Cli) -> None:
    """Behind -- every word is an argument: what is added to such a line stands before it.

    So is a word that is called as the command; and a blank in the name of a file stays one.
    """
    lines = {
        "status -- 人社局": "status --agency 人社局 --",
        "report -- 6.1 正在摸底": "report --progress 正在摸底 -- 6.1",
        "reopen -- 6.1 数据有误": "reopen --because 数据有误 -- 6.1",
        "record --fairs 1 --ref 1号 -- 6.1": "record --fairs 1 --ref 1号 --paper 材料 -- 6.1",
        "record 6.1 record": "report 6.1 --progress record",
        "record 6.1 --fairs 1 --evidence 照片 一.jpg": "record 6.1 --fairs 1 --evidence '照片 一.jpg'",
    }

    meant = {line: cli(*shlex.split(line)).err.partition("请写：planledger ")[2].strip() for line in lines}
    assert lines == meant


ANSWERED = [
    ("verify 1:0123456789abcdef", "1:0123456789abcdef 前面要写选项，请写：planledger verify --against 1:0123456789abcdef"),
    ("record 6.1 1", "1 前面要写明是5个指标中的哪一个，例如招聘会，请写：planledger record 6.1 --fairs 1"),
    ("show 人社局", "人社局 是责任单位，不是具体事项；它承担的事项见 planledger status --agency 人社局"),
    ("history 江海区妇联", "江海区妇联 是责任单位，不是具体事项；它承担的事项见 planledger status --agency 江海区妇联"),
    ("record 人社局 --done", "人社局 是责任单位，不是具体事项；它承担的事项见 planledger status --agency 人社局"),
    ("show 劳务协作", "劳务协作 是重点工作，不是具体事项；它的事项见 planledger status --area 劳务协作"),
    ("overdue 妇联 工会", "多了 妇联 工会；含空格的文字请加引号。用法见：planledger overdue --help"),
    ("overdue --agency 妇联 工会", "多了 工会；含空格的文字请加引号。用法见：planledger overdue --help"),
    ("record 6.1 --transferred 5 一周前", "一周前 前面要写选项，请写：planledger record 6.1 --transferred 5 --on 一周前"),
    ("record 6.1 --transferred 5 星期一", "星期一 前面要写选项，请写：planledger record 6.1 --transferred 5 --on 星期一"),
    ("record 1.3 会议纪要", "会议纪要 前面要写选项，请写：planledger record 1.3 --paper 会议纪要"),
    ("status 多余 的字", "多了 多余 的字；含空格的文字请加引号。用法见：planledger status --help"),
    ("report 6.1 --progress 正在 摸底", "有空格的文字要加引号，单位、日期里不要空格，请写：planledger report 6.1 --progress '正在 摸底'"),
    ("record 6.1 --transferred 4 0", "多了 0；含空格的文字请加引号。用法见：planledger record --help"),
    ("record 6.1 已完成 摸底", "多了 已完成 摸底；含空格的文字请加引号。用法见：planledger record --help"),
    ("record 6.1 --transferred 40 昨天 前天", "多了 昨天 前天；含空格的文字请加引号。用法见：planledger record --help"),
    ("record 6.1 转移40 转移50", "多了 转移40 转移50；含空格的文字请加引号。用法见：planledger record --help"),
    ("status --json=yes", "--json 后面不写内容。用法见：planledger status --help"),
    ("show 招聘会", "没有事项 招聘会。名称里有 招聘会 的：6.1 召开招聘会促进贫困人口就业。请写编号；运行 planledger status 可看全部编号。"),
    ("6.1", "没有命令 6.1。一项的情况用 planledger show 6.1 看；运行 planledger --help 可看全部命令。"),
    ("record 1.3 --meetings 2 --方江海区", "--方江海区 中间要有空格：--方 江海区。未登记。"),
    ("chase 大新县人社局 --way 电话 --期限 2026-12-20 --on 2019-12-05", "没有选项 --on。用法见：planledger chase record --help"),
    ("chase 大新县人社局 --way 电话 --on 2019-12-05", "没有选项 --on。用法见：planledger chase record --help"),
    ("登计 6.1 --说明 登计", "没有命令 登计。您是不是要写：登记？运行 planledger --help 可看全部命令。"),
    ("delete 2", "没有命令 delete。您是不是要写：冲正？请写：planledger 冲正 2"),
    ("登记　6.1", "登记　6.1 里的空格要用英文的，请写：planledger 登记 6.1"),
    ("ｓｔａｔｕｓ", "没有命令 ｓｔａｔｕｓ。您是不是要写：status？请写：planledger status"),
    ("filing return 归档资料 --单位 江海区妇联", "没有选项 --单位。单位 不写选项名；归档资料 前面要写选项，请写：planledger filing return 江海区妇联 --filing 归档资料"),
    ("filing return --单位 江海区妇联 --报送 归档资料 --because 甲=乙", "没有选项 --单位。单位 不写选项名，请写：planledger filing return 江海区妇联 --报送 归档资料 --because '甲=乙'"),
    ("amend 6.1 --doc x", "没有选项 --doc。您是不是要写：--文号？请写：planledger amend 6.1 --文号 x"),
    ("amend 6.1 --文件 x", "没有选项 --文件。您是不是要写：--文号？请写：planledger amend 6.1 --文号 x"),
    ("report 6.1 --text x", "没有选项 --text。您是不是要写：--进展？请写：planledger report 6.1 --进展 x"),
    ("status --date 2019-11-18", "没有选项 --date。您是不是要写：--as-of？请写：planledger status --as-of 2019-11-18"),
    ("amend 6.1 --due --document x", "没有选项 --document。您是不是要写：--文号？请写：planledger amend 6.1 --due --文号 x"),
    ("overdue --on 2019-11-18", "没有选项 --on。您是不是要写：--as-of？请写：planledger overdue --as-of 2019-11-18"),
    ("show --item 6.1", "没有选项 --item。事项编号 不写选项名，请写：planledger show 6.1"),
    ("status --重点任务 6", "没有选项 --重点任务。您是不是要写：--重点工作？请写：planledger status --重点工作 6"),
    ("filing record 归档资料 --格式 纸质 --agency 江海区妇联", "没有选项 --格式。您是不是要写：--形式？请写：planledger filing record 归档资料 --形式 纸质 --agency 江海区妇联"),
    ("status —agancy 人社局", "没有选项 —agancy。您是不是要写：--agency？请写：planledger status --agency 人社局"),
]  # fmt: skip


@pytest.mark.parametrize(("line", "sentence"), ANSWERED)
def test_what_else_is_answered(cli: Cli, line: str, sentence: str) -> None:
    assert (2, "", f"{sentence}\n") == cli(*line.split(" "))


@pytest.mark.parametrize(
    "words",
    [
        ("report", "6.1", "--progress", "——正在摸底"),
        ("record", "6.1", "--transferred", "40", "--note", "—agency"),
        ("record", "7.1", "--done", "--note=—done"),
        ("status", "-o", "总表.txt"),
        ("status", "-o总表.txt"),
    ],
)
def test_a_value_may_begin_with_a_dash(cli: Cli, words: tuple[str, ...]) -> None:
    assert 0 == cli(*words).code


def test_words_of_a_terminal_of_another_encoding_are_named_as_such(cli: Cli) -> None:
    """GBK where the system has UTF-8: to type them once more would not help."""
    words = "人社局".encode("gbk").decode("utf-8", "surrogateescape")
    answers = [cli(*line, words) for line in (("status", "--agency"), ("status",), ())]

    hint = "有的字不是 UTF-8（终端用的可能是 GBK）；请把终端的编码改成 UTF-8 再运行。\n"
    assert [(2, "", hint)] * 3 == [
        (one.code, one.out, one.err.splitlines(keepends=True)[-1]) for one in answers
    ]


def test_a_private_number_is_not_repeated(cli: Cli) -> None:
    sentences = {
        "record 6.1 —transferred 40 --note 13800000000": "—transferred 开头应是两个英文减号，等号、空格也要用英文的。\n",
        "contact set 江海区妇联 某某 13800000000": "某某 前面要写选项：--name、--phone。用法见：planledger contact set --help\n",
        "status --agancy 13800000000": "没有选项 --agancy。您是不是要写：--agency？用法见：planledger status --help\n",
    }

    assert {line: (2, "", sentence) for line, sentence in sentences.items()} == {
        line: tuple(cli(*line.split())) for line in sentences
    }


def test_a_word_in_place_of_a_value_is_stored_by_no_line_that_is_pasted(cli: Cli, ledger: Path) -> None:
    before = ledger.read_bytes()
    stands_for = {
        "adopt 2019 --office": "本办名称不能只写“名称”",
        "report 6.1 --progress": "进展情况不能只写“文字”",
        "record 6.1 --fairs 1 --note": "说明不能只写“文字”",
        "record 6.1 --fairs 1 --by": "记录人不能只写“姓名”",
        "record 6.1 --fairs 1 --ref 1号 --held-by 江海区人社局": "--paper不能只写“材料”",
        "record 1.3 --meetings 1 --side 江海 --paper 会议纪要 --held-by 江海区委办 --ref": "文号不能只写“文号”",
    }
    lines = [cli(*shlex.split(line)).err.partition("请写：planledger ")[2] for line in stands_for]

    sentences = [f"{fault}，它只代替内容；请写上内容。未登记。\n" for fault in stands_for.values()]
    for end in ("", "。"):
        assert [(2, "", one) for one in sentences] == [
            cli(*shlex.split(line.strip() + end)) for line in lines
        ]
    way = cli(*shlex.split(cli("chase", "大新县妇联", "--way").err.partition("请写：planledger ")[2]))
    assert (2, "没有催办方式 函|电话|工作群|短信|当面；可写") == (way.code, way.err.partition("：")[0])
    assert before == ledger.read_bytes()


def test_a_code_with_marks_around_it_is_its_row_with_what_was_recorded_of_it(cli: Cli) -> None:
    paper = ("--paper", "会议纪要", "--ref", "无文号", "--held-by", "江海区委办")

    assert 0 == cli("record", "第1.3项，", "--meetings", "1", "--side", "江海").code
    assert 0 == cli("record", "第1.3项，", *paper).code
