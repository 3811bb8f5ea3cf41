"""What the common options of commands are called in Chinese; a name means the same as the English word."""

OPTION_NAMES = {
    "--agency": "单位",
    "--where": "栏目",
    "--area": "重点工作",
    "--on": "日期",
    "--due": "期限",
    "--from": "生效",
    "--target": "目标",
    "--add-agency": "增加单位",
    "--drop-agency": "减少单位",
    "amend --role": "职责",
    "--as-of": "截至",
    "--since": "起点",
    "--until": "终点",
    "--standing": "状态",
    "--days": "天数",
    "--month": "月份",
    "--period": "月份",
    "--side": "方",
    "--done": "完成",
    "--paper": "材料",
    "--held-by": "存放单位",
    "--kind": "种类",
    "--entry": "记录号",
    "correct --to": "改为",
    "--cancel": "终止",
    "--stamped": "盖章",
    "--form": "形式",
    "--progress": "进展",
    "--problem": "问题",
    "--next": "下一步",
    "--nothing": "零报告",
    "--name": "姓名",
    "--phone": "电话",
    "--note": "说明",
    "--way": "方式",
    "--reply-by": "期限",
    "--red-head": "红头",
    "--because": "原因",
    "--ref": "文号",
    "--basis": "文号",
    "--approved": "审定人",
    "--by": "记录人",
    "overdue --by": "分列",
    "--into": "并入",
    "--output": "输出",
    "--plan": "方案",
    "--office": "办公室",
    "--year": "年度",
    "--like": "参照",
    "--ledger": "台账",
    "--unset": "取消",
    "--all": "全部",
    "--changed": "变更",
    "--marked": "标红",
    "--import": "整份",
    "--force": "替换",
    "--version": "版本",
    "--help": "帮助",
}
"""The options that have a Chinese name; no command takes two options of one name.

Where the English word means something else in other commands, the command stands before it."""

OTHER_NAMES = {
    word: name
    for name, words in (
        ("日期", "时间 day date when"),
        ("单位", "部门 unit dept department"),
        ("说明", "备注 remark comment memo"),
        ("原因", "理由 reason why"),
        ("截至", "截止"),
        ("文号", "依据 doc document"),
        ("文件", "附件 file attachment"),
        ("电话", "手机 tel mobile"),
        ("姓名", "联系人 person"),
        ("期限", "deadline"),
        ("改为", "value"),
        ("进展", "内容 text content"),
        ("起点", "start"),
        ("终点", "end"),
    )
    for word in words.split()
}
"""Words that no option bears and that an office types for one: the Chinese name of that option, or what it takes, for the refusal."""

VALUE_NAMES = {
    "agency": "单位",
    "item": "事项",
    "side": "方",
    "area": "重点工作",
    "contacts": "联系人",
    "add": "另有",
    "correct": "更正",
}
"""What the values of options that take one of a few English words are called in Chinese."""
