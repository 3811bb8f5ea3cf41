"""What the common options of commands are called in Chinese; a name means the same as the English word."""

OPTION_NAMES = {
    "--agency": "单位",
    "--on": "日期",
    "--as-of": "截至",
    "--month": "月份",
    "--period": "月份",
    "--side": "方",
    "--done": "完成",
    "--paper": "材料",
    "--progress": "进展",
    "--problem": "问题",
    "--next": "下一步",
    "--nothing": "零报告",
    "--name": "姓名",
    "--phone": "电话",
    "--note": "说明",
    "--because": "原因",
    "--ref": "文号",
    "--basis": "文号",
    "--approved": "审定人",
    "--output": "输出",
    "--plan": "方案",
    "--ledger": "台账",
    "--import": "整份",
    "--force": "替换",
}
"""The options that have a Chinese name; no command takes two options of one name."""
