"""Everything that is refused: one sentence on standard error, a stated code, nothing stored."""

import shlex
from collections.abc import Callable
from pathlib import Path

import pytest

import docs_chinese
from docs_console import MADE_UP_FILES, ROOT

Cli = Callable[..., "tuple[int, str, str]"]

CHOICES = (
    "6.1 可登记：--fairs N（招聘会，期）、--transferred N（新增转移就业，人）、--stable N（稳定就业，人）、"
    "--students N（就读职业学校，人）、--graduates N（毕业学生就业，人）、--done（申报完成）。"
)
OPTIONS = "用法见：planledger {} --help"

REFUSED = [
    (
        "record 6.11 --transferred 40",
        "没有事项 6.11。您是不是要写：6.1？运行 planledger status 可看全部编号。",
    ),
    ("record 5.2 --firms 1", "5.2 有2行，请写明是哪一行：5.2.1 国有企业帮扶；5.2.2 民营企业帮扶。"),
    ("record 6 --firms 1", "6 是重点工作，不是具体事项；请写事项编号，例如 6.1，或用 status --area 6。"),
    (
        "record 6.1 --transfered 40",
        f"6.1 没有指标 transfered。您是不是要写：transferred？{CHOICES}\n  planledger record 6.1 --transferred 40",
    ),
    ("record 6.1 --bogus=3", f"6.1 没有指标 bogus。{CHOICES}"),
    (
        "amend 6.1 --target transferred",
        "--target 后面缺少内容，请写：planledger amend 6.1 --target transferred 数",
    ),
    (
        "amend 6.1 --because 情况有变 --basis 1号",
        "没有写调整什么；请写其中一样：--due 日期、--target 指标 数、--quota 单位 数、--add-agency 单位、--drop-agency 单位、--cancel。未登记。",
    ),
    ("reverse 2 --because 原因。", "请用 --because 写明原因，例如 --because 重复登记。未登记。"),
    (
        "amend 6.1 --target transferred 172 --because 情况有变",
        "请用 --basis 写明依据的文号；没有文号写 --basis 无文号。未登记。",
    ),
    (
        "amend 5.1 --add-agency 大新县住建局 --role 负责 --because 情况有变 --basis 1号",
        "名册里没有 大新县住建局。确是新单位，请写全称并加 --side 江海区 或 --side 大新县。未登记。",
    ),
    (
        "amend 2.1 --due 2019-11-19 --because 情况有变 --basis 1号",
        "--due 2019-11-19 早于调整生效的 2019-11-20，到期的事不能再改期；请核对，或用 --from 写明从哪一天起。未登记。",
    ),
    ("record 6.1", f"没有要登记的内容；{CHOICES}"),
    (
        "record 6.1 --transferred 40 --agency 人社局",
        "人社局 有2家，请写明是哪一家：江海区人社局、大新县人社局。",
    ),
    (
        "record 6.1 --transferred 40 --agency rsj",
        "rsj 有2家，请写明是哪一家：江海区人社局、大新县人社局。",
    ),
    (
        "record 5.4 --done --agency 文旅局",
        "没有责任单位 文旅局。您是不是要写：文化旅游和体育广电局、大新县文化旅游和体育广电局？运行 planledger agencies 可看全部单位。",
    ),
    (
        "record 6.1 --transferred 40 --agency 江海区财政局",
        "江海区财政局 不是 6.1 的责任单位；该项责任单位：江海区人社局、大新县人社局、江海区教育局、大新县教育局。"
        "确实由它报来的，请加 --any-agency。未登记。",
    ),
    (
        "record 6.1 --transferred -5",
        "--transferred -5：数量“-5”是负数；请写0或大于0的数。登错的数请更正或冲正。未登记。",
    ),
    (
        "record 6.1 --transferred 40.5",
        "--transferred 40.5：数量“40.5”不是整数；这里只记整数，请写整数，例如 40人。未登记。",
    ),
    ("record 6.1 --transferred nan", "--transferred nan：数量“nan”看不懂；请写阿拉伯数字，例如 40。未登记。"),
    (
        "record 6.1 --transferred 1e3",
        "--transferred 1e3：数量“1e3”是科学记数法；请把数字全部写出，例如 1e3 写成 1000。未登记。",
    ),
    ("record 6.1 --transferred 四十", "--transferred 四十：数量“四十”是中文数字；请写 40。未登记。"),
    (
        "record 6.1 --transferred 1234567890",
        "--transferred 1234567890：数量“1234567890”太大；小数点前最多九位，请核对后改写。未登记。",
    ),
    (
        "record 6.1 --transferred 40 --on 2019-11-21",
        "--on 2019-11-21 还没有到（今天是 2019-11-20）；请写事情发生的那一天。未登记。",
    ),
    (
        "record 6.1 --transferred 40 --on 2018-12-31",
        "--on 2018-12-31 在方案年度2019年之前；请检查年份。未登记。",
    ),
    (
        "record 6.1 --stable 40 --on 2018-12-30",
        "--on 2018-12-30 在方案年度2019年之前；请检查年份。未登记。",
    ),
    (
        "record 6.1 --transferred 40 --on 2019-02-30",
        "--on 2019-02-30：2019年2月没有30日，该月最后一天是28日；请改写日期。未登记。",
    ),
    (
        "record 1.3 --meetings 1",
        "1.3 的常委会由各方分别计数，请用 --agency 写明单位，或加 --side 江海区 或 --side 大新县。未登记。",
    ),
    ("record 6.1 --transferred", "--transferred 后面缺少数；例如 --transferred 40。未登记。"),
    ("record 6.1 --transferred --done", "--transferred 后面缺少数；例如 --transferred 40。未登记。"),
    (
        "record 6.1 --transferred 40 --note 身份证11010519491231002X",
        "说明里有身份证号，台账记下后不能删除，不能写入；请改写为 1101***********02X 或不写。未登记。",
    ),
    (
        "record 6.1 --transferred 40 --by １１０１０５１９４９１２３１００２Ｘ",
        "记录人里有身份证号，台账记下后不能删除，不能写入；请改写为 1101***********02X 或不写。未登记。",
    ),
    (
        "record 6.1 --transferred 40 --transferred 50",
        "--transferred 写了两次；一次登记里每个指标只写一次。未登记。",
    ),
    (
        "record 6.1 --transferred 40 --新增转移就业 50",
        "--transferred 写了两次；一次登记里每个指标只写一次。未登记。",
    ),
    ("record 6.1 --transferred 40 --side 东区", "没有 东区 这一方；请写：江海区、大新县。"),
    (
        "record 6.1 --transferred 40 --agency 江海区人社局 --side 大新县",
        "江海区人社局 属于 江海区，与 --side 大新县 不符；去掉 --side 即可。未登记。",
    ),
    (
        "record 1.3 --paper 会议记要 --ref 文号 --held-by 江海区委办 --side 江海",
        "1.3 没有要求材料 会议记要。您是不是要写：会议纪要？该项要求的材料：会议材料、会议纪要。未登记。",
    ),
    (
        "record 1.3 --paper 会议纪要",
        "登记材料还要写文号和存放单位，例如：--paper 会议纪要 --ref 文号 --held-by 单位（没有文号写 --ref 无文号）。未登记。",
    ),
    (
        "record 1.3 --paper 会议纪要 --ref 文号 --held-by 江海区委办",
        "没有缺会议纪要的常委会；请先登记常委会（--meetings 1），或用 --entry 记录号 写明是哪一次。未登记。",
    ),
    (
        "record 6.1 --transferred 40 --entry 1",
        "--entry 要和 --paper 或 --evidence 一起写，用不上就去掉，请写：planledger record 6.1 --transferred 40 --entry 1 --paper 材料",
    ),
    (
        "record 6.1 --transferred 40 --same-event 1",
        "--same-event：第1号是启用方案，不是一件事；请写登记那件事的记录号。未登记。",
    ),
    (
        "record 6.1 --transferred 40 --same-event 二",
        "--same-event 二 应是一个整数，如 17；运行 planledger history 可看记录号。未登记。",
    ),
    (
        "record 6.1 --transferred 40 --same-event 99",
        "台账里没有第99号记录；运行 planledger history 可看记录号。未登记。",
    ),
    ("reverse 99 --because 重复", "台账里没有第99号记录；运行 planledger history 可看记录号。未登记。"),
    (
        "reverse abc --because 重复",
        "记录号 abc 应是一个整数，如 17；运行 planledger history 可看记录号。未登记。",
    ),
    ("reverse 2", "请用 --because 写明原因，例如 --because 重复登记。未登记。"),
    ("reverse 1 --because 重复", "第1号是方案的首次启用，台账由它开始，不能冲正。未登记。"),
    ("reverse 3 --because 重复", "第3号是冲正，冲正不能再冲正；请重新登记正确的数。未登记。"),
    ("reverse 2 --because 重复", "第2号已由第3号冲正，不用再冲正。未登记。"),
    ("close 6.1", "6.1 还没有完成（临期），不能销号；运行 planledger show 6.1 可看还缺什么。"),
    ("reopen 6.1 --because 有误", "6.1 没有销号（临期），不需要撤销。"),
    ("reopen 6.1", "请用 --because 写明原因，例如 --because 重复登记。未登记。"),
    ("stauts", "没有命令 stauts。您是不是要写：status？请写：planledger status"),
    ("status --agency 水利局", "没有责任单位 水利局。运行 planledger agencies 可看全部单位。"),
    (
        "status --standing 完成",
        "--standing 不能写 完成；可写：未启动、进行中、临期、逾期、已完成、已销号、终止。",
    ),
    ("status --sum-by x", "--sum-by 不能写 x；可写：area（重点工作）、side（方）、agency（单位）。"),
    ("overdue --by x", "--by 不能写 x；可写：agency（单位）、item（事项）、side（方）。"),
    ("status --json --csv", "--json 和 --csv 只能写一个。"),
    ("status --as-of 2019-13-01", "--as-of 2019-13-01：没有13月；月份请写1到12。"),
    ("status --known-at 2019-01-01", "在 2019-01-01 23:59 之前还没有启用方案；请把 --known-at 写晚一些。"),
    ("status --plan x", "台账里没有方案 x。现有方案：jianghai-daxin-2019。"),
    ("show 9.9", "没有事项 9.9。您是不是要写：9.1、9.2？运行 planledger status 可看全部编号。"),
    ("check nosuch.yaml", "没有方案文件 nosuch.yaml；请检查路径。"),
    ("completion tcsh", "不认识 tcsh；可写：bash、zsh、fish、powershell、pwsh。"),
    ("record", f"缺少 事项编号。{OPTIONS.format('record')}"),
    ("status 多余 的字", f"多了 多余 的字；含空格的文字请加引号。{OPTIONS.format('status')}"),
    ("status --agency", "--agency 后面缺少内容，请写：planledger status --agency 单位"),
    ("overdue --by", "--by 后面缺少内容，请写：planledger overdue --by 'agency|item|side'"),
    (
        "amend 6.1 --target 转移=172 --because 追加",
        "--target 后面缺少内容，请写：planledger amend 6.1 --target '转移=172' 数 --because 追加",
    ),
    ("record 6.1 --转移5", "--转移5 后面缺少数；例如 --转移 5。未登记。"),
    ("reverse 2 原因 重复", "原因前面要写 --because，请写：planledger reverse 2 --because 重复"),
    ("overdue --side 大新县", f"没有选项 --side。您是不是要写：--by side？{OPTIONS.format('overdue')}"),
    (
        "status --standng 逾期",
        "没有选项 --standng。您是不是要写：--standing？请写：planledger status --standing 逾期",
    ),
    ("upcoming --days x", f"--days 应是 0 到 3660 之间的整数。{OPTIONS.format('upcoming')}"),
    ("upcoming --days -1", f"--days 应是 0 到 3660 之间的整数。{OPTIONS.format('upcoming')}"),
    ("history --limit 0", f"--limit 应是 1 到 1000000 之间的整数。{OPTIONS.format('history')}"),
    (
        "filing record archve --agency 江海区妇联",
        "没有报送 archve。您是不是要写：archive？方案要求的报送：archive（归档资料）、summary（工作总结）。未登记。",
    ),
    (
        "filing record 归档材料 --agency 江海区妇联",
        "没有报送 归档材料。您是不是要写：归档资料？方案要求的报送：archive（归档资料）、summary（工作总结）。未登记。",
    ),
    ("filing record archive", f"缺少 --agency 单位。{OPTIONS.format('filing record')}"),
    ("filing record archive --agency 妇联", "妇联 有2家，请写明是哪一家：江海区妇联、大新县妇联。"),
    (
        "filing record archive --agency 江海区妇联 --form 电子版",
        "归档资料没有要求形式 电子版。您是不是要写：电子？方案要求：纸质、电子。未登记。",
    ),
    (
        "filing record summary --agency 江海区妇联 --form 电子",
        "工作总结没有要求形式 电子。方案要求：纸质。未登记。",
    ),
    (
        "filing record summary --agency 江海区妇联 --to 办公室",
        "报送到 办公室 有2处，请写得更全：江海区粤桂扶贫协作领导小组办公室、大新县粤桂扶贫协作领导小组办公室。未登记。",
    ),
    (
        "filing record archive --agency 江海区妇联 --to 扶贫办",
        "归档资料没有要求报送到 扶贫办。您是不是要写：粤桂扶贫协作领导小组办公室？方案要求：粤桂扶贫协作领导小组办公室。未登记。",
    ),
    (
        "filing record archive --agency 江海区妇联 --on 2019-11-21",
        "--on 2019-11-21 还没有到（今天是 2019-11-20）；请写事情发生的那一天。未登记。",
    ),
    (
        "filing record archive --agency 江海区妇联 --on 2018-11-14",
        "--on 2018-11-14 在方案年度2019年之前；请检查年份。未登记。",
    ),
    (
        "filing record archive --agency 江海区妇联 --note 11010519491231002X",
        "说明里有身份证号，台账记下后不能删除，不能写入；请改写为 1101***********02X 或不写。未登记。",
    ),
    ("filing return 江海区妇联", "请用 --because 写明原因，例如 --because 重复登记。未登记。"),
    (
        "filing return 江海区妇联 --because 缺目录 --filing archive",
        "江海区妇联 没有可以退回的：归档资料没有报来过；运行 planledger filings --agency 江海区妇联 可看报了什么。未登记。",
    ),
    (
        "filing reccord",
        "没有命令 reccord。您是不是要写：record？请写：planledger filing record",
    ),
    (
        "contact set 江海区妇联 --phone 13800000000",
        "缺少 --name 姓名，例如 --name 某某某。未登记。",
    ),
    (
        "contact set 江海区妇联 --name 某某某 --phone 12345",
        "--phone：“12345”不像电话；只写一个号码（7到15位数字、+、- 和空格），分机接在 - 后面，例如 --phone 0750-0000000。未登记。",
    ),
    (
        "contact set 江海区妇联 --name 局长 --phone 13800000000",
        "--name：“局长”不是姓名；请写这个人的姓名，不写职务、单位或“同上”，例如 --name 某某某。未登记。",
    ),
    (
        "contact set 江海区妇联 --name 某某某 --phone 7500000000",
        "--phone：“7500000000”少了区号前面的0，像是 0750-0000000；请核对后写全，例如 --phone 0750-0000000。未登记。",
    ),
    ("contact set --name 某某某", f"缺少 单位。{OPTIONS.format('contact set')}"),
    ("agencies --missing 电话", "--missing 不能写 电话；可写：contacts（联系人）。"),
    ("filings --agency 妇連", "没有责任单位 妇連。运行 planledger agencies 可看全部单位。"),
    ("read deadline 上半年", f"缺少 --year 年度。{OPTIONS.format('read deadline')}"),
    (
        "agency rename 工会 大新县总工会 --basis 无文号",
        "工会 有2家，请写明是哪一家：江海区工会、大新县工会。",
    ),
    (
        "agency rename 大新县水利局 大新县水务局 --basis 无文号",
        "没有责任单位 大新县水利局。运行 planledger agencies 可看全部单位。",
    ),
    (
        "agency rename 大新县工会 大新县总工会",
        "请用 --basis 写明依据的文号；没有文号写 --basis 无文号。未登记。",
    ),
    (
        "agency rename 大新县工会 大新县妇联 --basis 无文号",
        "大新县妇联 是另一家单位；两家合并请用 planledger agency merge 大新县工会 --into 大新县妇联 --from 日期 --basis 文号。未登记。",
    ),
    (
        "agency rename 大新县工会 大新县工会 --basis 无文号",
        "大新县工会 本来就叫这个名称，不用更名。未登记。",
    ),
    (
        "agency rename 大新县工会 总工会、妇联 --basis 无文号",
        "新名称 总工会、妇联 请只写一家单位的全称：这样写不是正好一家单位。未登记。",
    ),
    (
        "agency rename 大新县工会 大新县总工会 --basis 无文号 --from 2019-11-21",
        "--from 2019-11-21 还没有到（今天是 2019-11-20）；请写事情发生的那一天。未登记。",
    ),
    (
        "agency merge 大新县工会 --into 大新县群团办 --basis 无文号",
        "只写了一家单位，合并至少两家；更名请用 planledger agency rename 大新县工会 大新县群团办 --from 日期 --basis 文号。未登记。",
    ),
    (
        "agency merge 大新县工会 大新县工会 --into 大新县群团办 --basis 无文号",
        "大新县工会 写了两次；请核对是不是要写另一个，再去掉多的。未登记。",
    ),
    (
        "agency merge 大新县工会 江海区工会 --into 大新县群团办 --basis 无文号",
        "大新县工会、江海区工会 不是同一方的，不能合并成一家。未登记。",
    ),
    (
        "agency merge 大新县工会 大新县团委 --basis 无文号",
        "缺少 --into 单位。用法见：planledger agency merge --help",
    ),
    (
        "reverse --import 没有.xlsx --because 报错了",
        "--import 没有.xlsx：打不开（没有这个文件或文件夹）；请写导入过的那份表，或它的摘要的开头6位以上。未登记。",
    ),
    (
        "reverse --import e3b0c4 --because 报错了",
        "没有从这份表（摘要 e3b0c4）导入过记录；请核对是不是导入的那一份。未登记。",
    ),
    (
        "reverse 2 --import e3b0c4 --because 报错了",
        "--import 冲正整份导入，不能再写记录号；请只写一样。",
    ),
    (
        "config 方案 2019",
        "没有设置 方案。可设置的是 记录人（by）、台账（ledger）、颜色（colour）、本办联系人（contact）、本办电话（phone），写法：planledger config 设置 值。",
    ),
    (
        "config colour 红",
        "colour 不能是这个值；要写 on 或 off；要取消请写：planledger config colour --unset。",
    ),
    (
        "config phone 问小王",
        "phone：“问小王”不像电话；只写一个号码（7到15位数字、+、- 和空格），分机接在 - 后面，例如 phone 0750-0000000。未登记。",
    ),
    (
        "config --unset",
        "取消一项设置，请写：planledger config 设置 --unset，不写值。",
    ),
    (
        "desk",
        "工作台要在终端里一问一答；这里请直接写命令，如 planledger record 6.1 --transferred 40。",
    ),
    (
        "tables contacts 联系人.xls",
        "联系人.xls 不是 Excel 文件名；请写以 .xlsx 结尾的文件名，如 总表.xlsx。",
    ),
    (
        "tables contact 联系人.xlsx",
        "没有命令 contact。您是不是要写：contacts？请写：planledger tables contacts 联系人.xlsx",
    ),
    (
        "tables contacts",
        "缺少 文件。用法见：planledger tables contacts --help",
    ),
    (
        "close 6.1 --ref 试办〔2019〕1号",
        "--ref 要和 --approved 一起写，用不上就去掉，请写：planledger close 6.1 --ref '试办〔2019〕1号' --approved 审定人",
    ),
    (
        "record 6.1 --transferred 40 --ref 试办1号 --held-by 江海区人社局",
        "--ref、--held-by 要和 --paper 一起写，用不上就去掉，请写：planledger record 6.1 --transferred 40 --ref 试办1号 --held-by 江海区人社局 --paper 材料",
    ),
    (
        "status --agency --as-of 2019-06-18",
        "--agency 后面缺少内容，请写：planledger status --agency 单位 --as-of 2019-06-18",
    ),
    (
        "overdue --force",
        "--force 要和 -o 一起写，用不上就去掉，请写：planledger overdue --force -o 文件",
    ),
    (
        "--plan 2019 backup 备份.zip",
        "--plan 对 planledger backup 不起作用；请去掉再运行。",
    ),
    (
        "overdue -o 逾期.xls",
        "-o 逾期.xls：文件名要以 .txt（表格）、.xlsx（Excel）、.csv 或 .json 结尾，如 逾期.xlsx。",
    ),
    (
        "overdue --json -o 逾期.xlsx",
        "-o 逾期.xlsx 不是 JSON 文件，不能再写 --json；请去掉一个。",
    ),
    (
        "export annex",
        "没有写文件名；请写成 planledger export annex 总表.xlsx 这样。",
    ),
    (
        "export annex 总表.xls",
        "总表.xls 不是 Excel 文件名；请写以 .xlsx 结尾的文件名，如 总表.xlsx。",
    ),
    (
        "export annex 总表.xlsx -o 另一份.xlsx",
        "文件名只写一个，这里写了两个；请写成 planledger export annex 总表.xlsx 这样。",
    ),
    (
        "upcoming --by side",
        "没有选项 --by。用法见：planledger upcoming --help",
    ),
]


@pytest.fixture
def used(ledger: Path, begun: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger in which entry 2 was recorded and reversed by entry 3."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    begun(["record 6.1 --transferred 40 --on 2019-06-18", "reverse 2 --because 重复登记"])
    return ledger


@pytest.mark.parametrize(("command", "sentence"), REFUSED, ids=[command for command, _ in REFUSED])
def test_what_cannot_be_done_is_refused_in_one_sentence_and_stores_nothing(
    cli: Cli, used: Path, command: str, sentence: str
) -> None:
    before = used.read_bytes()

    assert (2, "", sentence + "\n") == cli(*shlex.split(command))
    assert before == used.read_bytes()


INSTEAD = {
    question.typed: docs_chinese.lines_instead(question)
    for question in docs_chinese.questions(docs_chinese.QUESTIONS.read_text("utf-8"))
}


def test_the_page_of_questions_says_what_to_type_instead_of_every_refused_line() -> None:
    """Every line that the tests list as refused stands in docs/zh/faq.md with a line that is done."""
    assert [] == [line for line in docs_chinese.refused() if not INSTEAD.get(line)]


@pytest.mark.parametrize("lines", sorted(set(map(tuple, INSTEAD.values()))), ids=" | ".join)
def test_what_the_page_of_questions_says_to_type_instead_is_done(
    cli: Cli, used: Path, home: Path, lines: tuple[str, ...]
) -> None:
    """A line, or several in their order, typed into the ledger in which the others were refused."""
    (home / "data").symlink_to(ROOT / "data")
    for name in MADE_UP_FILES:
        (home / name).write_text("试验")

    assert [] == [line for line in lines if cli(*shlex.split(line))[0] != 0]


@pytest.mark.parametrize("typed", ["40", "４０", " 40 ", "40人", "40.0", "４０人"])
def test_forty_may_be_written_in_many_ways(cli: Cli, used: Path, typed: str) -> None:
    assert "新增转移就业 +40人，累计 40/155人" in cli("record", "6.1", "--transferred", typed)[1]


@pytest.mark.parametrize(
    "command",
    [
        ["record", "--transferred", "40", "6.1"],
        ["record", "６．１", "--transferred", "40"],
        ["record", "6.1", "--transferred=40"],
        ["record", "6.1", "--新增转移就业", "40"],
        ["record", "6.1", "--新增转移就业=40"],
    ],
)
def test_an_indicator_may_be_typed_in_any_place_by_key_or_label(
    cli: Cli, used: Path, command: list[str]
) -> None:
    assert "新增转移就业 +40人，累计 40/155人" in cli(*command)[1]
