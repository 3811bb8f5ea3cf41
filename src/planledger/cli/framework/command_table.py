"""Every command in one table, and what is shown where none is named; Typer is not needed to read them."""

from planledger import __version__

OVERVIEW = """planledger 方案台账：谁逾期、谁做了什么、谁说的、材料在哪里

先试这三条：
  planledger status --agency 人社局            人社局承担的事项进展到哪里
  planledger record 6.1 --transferred 40       登记 6.1 新增转移就业40人
  planledger overdue                           今天谁欠什么

还没有台账也能查；第一次登记时自动建立。记不住命令：planledger desk（工作台）
登错了不删不改，用 planledger reverse 记录号 --because 原因 冲正。
全部命令：planledger --help    某个命令：planledger record --help
"""
COMPLETION = "_PLANLEDGER_COMPLETE"  # in the environment it names the shell that asks for completions
DASHES = "-‐‑‒–—―−─－﹣﹘"  # what is typed for a hyphen, the hyphen itself first
WIDE_BLANK = "\u3000"  # what a Chinese keyboard types for a blank
VERSION = f"planledger {__version__}\n"


class CommandRow:
    """One command, or one group of commands: what it is called, what help says of it, and where it lives."""

    def __init__(self, chinese_name: str, module: str, summary: str, example: str, family: str) -> None:
        """Describe a command.

        Args:
            chinese_name: what it is called in Chinese, wherever it stands in the line; no other command or option is.
            module: where it lives, in `planledger.cli`; GROUP where commands stand below it.
            summary: at most 30 characters: Chinese help counts two columns each.
            example: a line as the office types it, without the program's name; a test runs it. A group has none.
            family: 查询, 登记, 往来, 方案 or 维护: the groups of the help page.
        """
        self.chinese_name = chinese_name
        self.module = module
        self.summary = summary
        self.example = example
        self.family = family


GROUP = ""
DEFAULTS = {"chase": "record"}  # of a group: the command that is meant where none of it is named
ASK, DO, EXCHANGE, PLAN, CARE = "查询", "登记", "往来", "方案", "维护"

COMMANDS: dict[str, CommandRow] = {
    "status": CommandRow("总表", "ask.items", "总表：每项进展到哪里", "status --agency 人社局", ASK),
    "overdue": CommandRow("逾期", "ask.items", "逾期：谁欠什么，欠了多少天", "overdue --as-of 上月底", ASK),
    "upcoming": CommandRow("临近", "ask.items", "临近：快到的时限、节点和报送", "upcoming --days 30 --as-of 本月底", ASK),
    "show": CommandRow("详情", "ask.items", "详情：一项的原文、责任、指标、记录", "show 6.1", ASK),
    "history": CommandRow("记录", "ask.recorded", "记录：登记过什么，最新的在前", "history 6.1 --limit 20", ASK),
    "changes": CommandRow("变化", "ask.recorded", "变化：新逾期、新完成、新登记了什么", "changes --since 7天前", ASK),
    "agencies": CommandRow("责任单位", "ask.units", "责任单位：承担什么，多久没有记录", "agencies", ASK),
    "reports": CommandRow("月报", "ask.units", "月报：谁报了，谁没报，说了什么", "reports --month 上月", ASK),
    "silent": CommandRow("无记录", "ask.units", "无记录：多少天没有任何记录的单位", "silent --days 30", ASK),
    "missing": CommandRow("缺件", "ask.recorded", "缺件：缺哪些材料，向谁要，另存在哪里", "missing", ASK),
    "duplicates": CommandRow("疑似重复", "ask.recorded", "疑似重复：两家报了同一件事", "duplicates", ASK),
    "doubts": CommandRow("核查", "ask.recorded", "核查：按规则列出要核对的数据", "doubts", ASK),
    "evidence": CommandRow("佐证材料", GROUP, "佐证材料：清单、打开、取出、销毁", "", ASK),
    "evidence list": CommandRow("材料清单", "record.evidence", "材料清单：存入了哪些佐证材料", "evidence list 1.3", ASK),
    "evidence open": CommandRow("打开材料", "record.evidence", "打开材料：看一份佐证材料的副本", "evidence open 3", ASK),
    "evidence extract": CommandRow("取出材料", "record.evidence", "取出材料：副本取到一个文件夹", "evidence extract 3 --to 取出的材料", ASK),
    "evidence repair": CommandRow("补回材料", "record.evidence", "补回材料：用原件换丢失、改动的文件", "evidence repair 会议纪要.pdf", ASK),
    "evidence destroy": CommandRow("销毁材料", "record.evidence", "销毁材料：文件没有了，记录留着", "evidence destroy 3 --because 误存个人信息", DO),
    "filings": CommandRow("报送", "ask.units", "报送：谁交了，缺什么，谁逾期", "filings", ASK),
    "desk": CommandRow("工作台", "record.desk", "工作台：一问一答地登记、填报、签收", "desk", DO),
    "record": CommandRow("登记", "record.record", "登记：数量、完成情况或材料", "record 6.1 --transferred 40", DO),
    "attach": CommandRow("佐证", "record.evidence", "佐证：把文件的副本存为佐证材料", "attach 1.3 会议纪要.pdf --kind 会议纪要 --side 江海", DO),
    "report": CommandRow("填报", "record.record", "填报：进展情况、存在问题、下一步措施", "report 6.1 --progress 正在摸底", DO),
    "reverse": CommandRow("冲正", "record.correction", "冲正：登错的作废，原记录还看得见", "reverse 2 --because 重复登记", DO),
    "correct": CommandRow("更正", "record.correction", "更正：冲正登错的数，登记正确的数", "correct 2 --to 45 --because 漏报5人", DO),
    "amend": CommandRow("调整", "record.correction", "调整：改期、改目标、增减单位或终止", "amend 5.4 --cancel --because 农博会停办 --basis 无文号", DO),
    "close": CommandRow("销号", "record.correction", "销号：确认一项已经办结", "close 6.1", DO),
    "reopen": CommandRow("撤销销号", "record.correction", "撤销销号：发现还没有办结", "reopen 6.1 --because 数据有误", DO),
    "filing": CommandRow("报送登记", GROUP, "报送登记：签收各单位报送的材料，或退回", "", DO),
    "filing record": CommandRow("签收", "record.filing", "签收：登记单位报送的材料", "filing record 工作总结 --agency 江海区人社局 --stamped", DO),
    "filing return": CommandRow("退回", "record.filing", "退回：把报送的材料退回补正", "filing return 江海区人社局 --because 缺目录", DO),
    "contact": CommandRow("通讯录", GROUP, "通讯录：登记各单位的联系人", "", DO),
    "contact set": CommandRow("联系人", "record.filing", "联系人：登记或更换", "contact set 大新县妇联 --name 某某某 --phone 0771-0000000", DO),
    "office": CommandRow("本办", GROUP, "本办：叫什么名称，是方案里的哪家单位", "", DO),
    "office show": CommandRow("本办单位", "record.filing", "本办单位：本办是方案里的哪一家", "office show", ASK),
    "office name": CommandRow("本办名称", "record.filing", "本办名称：登记名称，以最新的为准", "office name 江海区扶贫办", DO),
    "agency": CommandRow("单位变更", GROUP, "单位变更：更名、合并", "", DO),
    "agency rename": CommandRow("更名", "record.filing", "更名：一家单位改了名称", "agency rename 大新县工会 大新县总工会 --basis 无文号", DO),
    "agency merge": CommandRow("合并", "record.filing", "合并：几家合成一家，或并入一家", "agency merge 大新县团委 --into 大新县工会 --basis 无文号", DO),
    "chase": CommandRow("催办", GROUP, "催办：登记催了谁、催什么，写催办短文", "", DO),
    "chase record": CommandRow("催办登记", "record.chase", "催办登记：或只打印发到工作群的短文", "chase --overdue --way 工作群", DO),
    "chase list": CommandRow("催办清单", "record.chase", "催办清单：催过谁、催什么，此后有没有记录", "chase list", ASK),
    "template": CommandRow("填报表", "exchange.export", "填报表：发给单位填写的 Excel 表", "template --agency 大新县人社局 --period 上月", EXCHANGE),
    "tables": CommandRow("批量填表", GROUP, "批量填表：联系人、报送、申报，填好再导入", "", EXCHANGE),
    "tables contacts": CommandRow("联系人表", "exchange.office_files", "联系人表：各单位联系人，一家一行", "tables contacts 联系人.xlsx", EXCHANGE),
    "tables filings": CommandRow("报送表", "exchange.office_files", "报送表：各单位报送的签收和退回", "tables filings 报送签收.xlsx", EXCHANGE),
    "tables declarations": CommandRow("申报表", "exchange.office_files", "申报表：各事项各单位的完成申报", "tables declarations 完成申报.xlsx", EXCHANGE),
    "import": CommandRow("导入", "exchange.import_forms", "导入：单位填回的表，整份登记或整份退回", "import 填报表", EXCHANGE),
    "export": CommandRow("导出", GROUP, "导出：总表、台账、责任单位的 Excel 表", "", EXCHANGE),
    "export annex": CommandRow("导出总表", "exchange.export", "导出总表：原文、进展、状态、还缺", "export annex 总表.xlsx", EXCHANGE),
    "export ledger": CommandRow("导出台账", "exchange.export", "导出台账：每条记录及封签、链首", "export ledger 台账.xlsx", EXCHANGE),
    "export agencies": CommandRow("导出单位", "exchange.export", "导出单位：承担什么，未了什么", "export agencies 责任单位.xlsx", EXCHANGE),
    "calendar": CommandRow("日历", "exchange.office_files", "日历：时限和报送，导入手机或电脑", "calendar 日历.ics", EXCHANGE),
    "page": CommandRow("看板", "exchange.office_files", "看板：给领导看的一页，用浏览器打开", "page 看板.html", EXCHANGE),
    "letter": CommandRow("公文", GROUP, "公文：函、通报、总结、月报、汇报（Word）", "", EXCHANGE),
    "letter reminder": CommandRow("发函", "exchange.reminder", "发函：提醒函、催办函，一家一份", "letter reminder 催办函", EXCHANGE),
    "letter circular": CommandRow("通报", "exchange.letter", "通报：进展、逾期、问题（送审稿）", "letter circular 通报.docx", EXCHANGE),
    "letter summary": CommandRow("总结", "exchange.letter", "总结：全方案或一家单位的工作总结", "letter summary 工作总结.docx --agency 江海区人社局", EXCHANGE),
    "letter monthly": CommandRow("工作月报", "exchange.letter", "工作月报：一个月的进展", "letter monthly 工作月报.docx --month 上月", EXCHANGE),
    "letter briefing": CommandRow("汇报", "exchange.letter", "汇报：进展情况汇报，供会议研究", "letter briefing 汇报.docx", EXCHANGE),
    "archive": CommandRow("归档", GROUP, "归档：迎检的成册、补充、核对，交接清单", "", EXCHANGE),
    "archive build": CommandRow("成册", "exchange.archive", "成册：目录、缺件、摘录、佐证材料", "archive build 归档资料", EXCHANGE),
    "archive verify": CommandRow("核对归档", "exchange.archive", "核对归档：有没有改动、缺少、多出", "archive verify 归档资料", EXCHANGE),
    "archive handover": CommandRow("交接", "exchange.letter", "交接：写交接清单（未办结、承诺、缺件）", "archive handover 交接清单.docx", EXCHANGE),
    "init": CommandRow("新建台账", "admin.plan", "新建台账：同时启用方案", "init --office 江海区扶贫办", PLAN),
    "adopt": CommandRow("启用方案", "admin.plan", "启用方案：另一个方案，或同一方案的新版本", "adopt 2019", PLAN),
    "draft": CommandRow("起草", "admin.draft", "起草：照附表写方案文件，或照今年的改", "draft --like 2019 -o 2020.yaml", PLAN),
    "check": CommandRow("检查方案", "admin.plan", "检查方案：列出问题和未定之处", "check", PLAN),
    "read": CommandRow("试读", GROUP, "试读：时限、责任单位的写法读成什么", "", PLAN),
    "read deadline": CommandRow("试读时限", "admin.plan", "试读时限：写的时限读成哪一天", "read deadline 上半年 --year 2019", PLAN),
    "read units": CommandRow("试读单位", "admin.plan", "试读单位：写的单位读成哪几家", "read units 甲县财政局牵头，教育局配合 --sides 甲县", PLAN),
    "verify": CommandRow("校验", "admin.care", "校验：台账是否被改动过", "verify", CARE),
    "backup": CommandRow("备份", "admin.care", "备份：台账和佐证材料，写成后校验", "backup 备份.zip", CARE),
    "restore": CommandRow("恢复", "admin.care", "恢复：换上备份；原来的台账留着", "restore 备份.zip", CARE),
    "doctor": CommandRow("体检", "admin.care", "体检：台账在哪里、版本、磁盘、近期事项", "doctor", CARE),
    "config": CommandRow("设置", "admin.config", "设置：记录人、台账、颜色、本办联系人和电话", "config 记录人 试验员", CARE),
    "server-setup": CommandRow("建库语句", "admin.care", "建库语句：供管理员在服务器上建台账", "server-setup --files /佐证材料", CARE),
    "completion": CommandRow("补全", "admin.care", "补全：让终端补全命令、事项、单位", "completion bash", CARE),
}  # fmt: skip
"""The words of every command as they are typed in English, a group before what stands below it."""

OTHER_WORDS = {
    "总表": ("查询", "查看", "统计", "汇总", "进度"),
    "冲正": ("删除", "撤销", "撤回", "作废", "undo", "delete"),
    "更正": ("修改", "改错"),
    "详情": ("查",),
    "佐证": ("上传",),
}
"""Words that no command bears and that an office types for one, by the Chinese name of that command, for the refusal."""


def commands_below(group: str) -> dict[str, CommandRow]:
    """Return the commands of a group by the word behind it; those of the program where the group is empty."""
    head = f"{group} " if group else ""
    paths = [path for path in COMMANDS if path.startswith(head) and " " not in path.removeprefix(head)]
    return {path.removeprefix(head): COMMANDS[path] for path in paths}


def with_default(path: str, words: list[str]) -> list[str]:
    """Return the words behind a group with the command that is meant where they name none of it."""
    rows = commands_below(path)
    names = {*rows, *(row.chinese_name for row in rows.values()), "--help", "--帮助"}
    return [DEFAULTS[path], *words] if path in DEFAULTS and words and words[0] not in names else words
