"""A plan file in words: its size, what finishes each row and what it leaves open; readings of phrases; what a version changes."""

from collections.abc import Collection, Iterable, Iterator
from operator import attrgetter

from planledger.formats.text import phrases
from planledger.formats.text.figures import standard
from planledger.plan.file.omissions import omissions
from planledger.plan.file.tree import Fault
from planledger.plan.model.rows import asks_declaration, grouped
from planledger.plan.model.terms import Comparison, Measure, Role, Scope
from planledger.plan.model.version import PARTS, Adoption, Change, FindingKind, Plan
from planledger.plan.people.masking import masked_column, masked_text
from planledger.plan.phrases.deadlines import Deadline
from planledger.plan.phrases.rhythms import binding_note
from planledger.plan.phrases.undated import DeadlineKind
from planledger.plan.phrases.units import UnitReading

_HEADINGS = {
    FindingKind.ASSUMPTION: "方案没有写定、由我方理解之处",
    FindingKind.DISCREPANCY: "正文与附件不一致之处",
    FindingKind.SLIP: "原文笔误（照录未改）",
}


def inspection(plan: Plan, options: Collection[str]) -> str:
    """Return the text of `check` of a plan file without faults, one line for each remark, not folded yet.

    An indicator whose label is one of the *options* of `record` is named: the option goes before it.
    """
    duties = sum(not duty.is_group for duty in plan.duties)
    lines = [
        f"《{plan.meta.title}》没有问题：{len(plan.items)}项，{len(plan.agencies)}家单位，{duties}份责任，{len(plan.indicators)}个指标。",
        "\n完成标准（*为我方约定，方案没有写定）",
    ]
    lines += _standards(plan)
    for kind, heading in _HEADINGS.items():
        of_kind = [finding for finding in plan.findings if finding.kind == kind]
        if of_kind:
            lines.append(f"\n{heading}（{len(of_kind)}处）")
            by_text = grouped(of_kind, phrases.finding_text)
            lines += [
                f"  {'、'.join(f.place or '全文' for f in same)}  {text}" for text, same in by_text.items()
            ]
    for heading, places in omissions(plan).items():
        lines.append(f"\n{heading}（{len(places)}处）")
        lines += [f"  {place}  {words}".rstrip() for place, words in places]
    hidden = [one for one in plan.indicators if f"--{one.label}" in options]
    if hidden:
        lines.append(f"\n名称与 record 的选项相同的指标（{len(hidden)}处），登记时请写它的 key")
        lines += [f"  {one.code}  {one.label}：--{one.label} 是选项；请写 --{one.key} N" for one in hidden]
    return "\n".join(lines)


def _standards(plan: Plan) -> Iterator[str]:
    """What finishes each row, one line a row; what belongs to a row is looked up, because a plan may have 3,600."""
    code = attrgetter("code")
    indicators, papers = grouped(plan.indicators, code), grouped(plan.requirements, code)
    reasons = grouped([one for one in plan.findings if one.kind == FindingKind.STANDARD], attrgetter("place"))
    for item in plan.items:
        counted, because = indicators[item.code], "；".join(one.because for one in reasons[item.code])
        mark = "*" if asks_declaration(item, counted) or because else ""
        text = standard(item, counted, papers[item.code], len(plan.sides))
        yield f"  {item.code} {item.title}：{text}{mark}{f'（{because}）' if because else ''}"


def questions_lines(questions: Iterable[Fault]) -> str:
    """Return the open questions of a plan file, each with its line and number, and what to do with them."""
    lines = [str(one) for one in questions]
    return "\n".join(
        (*lines, f"还有{len(lines)}个问题没有答：改好那一处，删去那一行注释；有一个没答，就不能启用。")
    )


def deadline_json(reading: Deadline) -> dict[str, object]:
    """The reading of a deadline for programs."""
    parts = {name: value or None for name, value in reading._asdict().items()}
    return {**parts, "text": reading.text, "kind": reading.kind.value}


def deadline_lines(reading: Deadline, year: int) -> str:
    """The reading of a deadline in a plan of *year* for a person."""
    if reading.fault:
        return f"{reading.text}：{reading.fault}"
    last = f"最后一天 {reading.last_day}（当天算在内）" if reading.last_day else "没有最后一天"
    line = f"{reading.text}：{last}，类别 {reading.kind.label}"
    if reading.kind is DeadlineKind.RECURRING:
        line += f"\n{binding_note(reading.text, year)}。"
    return f"{line}\n我方理解：{reading.assumed}" if reading.assumed else line


def units_json(reading: UnitReading) -> dict[str, object]:
    """The reading of units for programs."""
    return {
        "text": reading.text,
        "duties": [
            {
                "agency": duty.agency,
                "side": duty.side or None,
                "role": duty.role.value,
                "group": duty.is_group,
            }
            for duty in reading.duties
        ],
        "open": reading.open or None,
        "assumed": list(reading.assumed),
        "fault": reading.fault or None,
    }


def units_lines(reading: UnitReading) -> str:
    """The reading of units for a person."""
    if reading.fault:
        return f"{reading.text}：{reading.fault}"
    lines = [f"共{len(reading.duties)}家："]
    for duty in reading.duties:
        group = "（泛指，不落到具体单位）" if duty.is_group else ""
        lines.append(f"  {duty.role.label}  {duty.agency}  {duty.side or '未写明哪一方'}{group}")
    lines += [f"未点名：{reading.open}"] if reading.open else []
    lines += [f"我方理解：{assumed}" for assumed in reading.assumed]
    return "\n".join(lines)


_FIELDS = {
    "title": "标题",
    "year": "年度",
    "warn_days": "临期天数",
    "offices": "主办",
    "contact_clause": "联系人条款",
    "name": "名称",
    "short": "简称",
    "initials": "拼音首字母",
    "contact": "联系人",
    "side": "方",
    "text": "文字",
    "area": "重点工作",
    "title_is_ours": "标题是否自拟",
    "due": "完成时限",
    "units": "责任单位",
    "remark": "备注",
    "clause": "条款",
    "last_day": "最后一天",
    "deadline_kind": "时限类别",
    "open_units": "未点名的单位",
    "declare": "是否须申报",
    "label": "名称",
    "unit": "单位",
    "decimals": "小数位",
    "measure": "口径",
    "scope": "计数范围",
    "comparison": "比较",
    "target": "目标",
    "must_report": "是否必报",
    "role": "职责",
    "is_group": "是否泛指",
    "day": "日期",
    "kind": "类别",
    "is_about": "是否左右",
    "indicator": "指标",
    "at_least": "至少",
    "per": "按哪个指标逐次",
    "forms": "形式",
    "stamped": "是否盖章",
    "recipients": "报送到",
    "because": "理由",
    "body": "正文",
    "annex": "附件",
    "through": "经由",
    "targets": "阶段目标",
    "words": "原文",
    "every": "每几个月",
    "first_day": "第一天",
}
_LABELS = {
    word.value: word.label
    for kind in (Role, Measure, Scope, Comparison, DeadlineKind, FindingKind)
    for word in kind
}


def adoption_lines(adoption: Adoption) -> str:
    """Return what was put in force, and every row that it changes."""
    title = adoption.plan.meta.title
    if not adoption.entry:
        return f"《{title}》与现行版本相同，没有登记。"
    if adoption.is_new:
        text = f"已启用《{title}》（第{adoption.entry}号记录）：{len(adoption.plan.items)}项，{len(adoption.plan.agencies)}家单位。"
        sides = "、".join(side.name for side in adoption.plan.sides)
        foreign = f"\n注意：{sides}不在本台账的其他方案里。若是另一个县的方案，应在启用时写 --office 另立一本；已启用的不能撤销。"
        return text + (foreign if adoption.is_of_others else "")
    head = f"已启用《{title}》的新版本（第{adoption.entry}号记录），改动{len(adoption.changes)}处："
    lapsed = "、".join(f"第{number}号" for number in adoption.lapsed)
    note = f"注意：{lapsed}调整的是原来的值，新版本改了它，调整不再有效；仍要按调整的，请再调整一次。"
    return "\n".join([head, *(f"  {_line(change)}" for change in adoption.changes), *[note] * bool(lapsed)])


def _line(change: Change) -> str:
    part = PARTS[change.part].label if change.part in PARTS else "方案"
    what = " ".join([part, *(_LABELS.get(name, name) for name in change.name if name)])
    if change.before is None and not change.field:
        return f"新增 {what}"
    if change.after is None and not change.field:
        return f"去掉 {what}"
    values = (change.before, change.after)
    if change.field == "contact":
        values = (masked_text(str(change.before or "")), masked_text(str(change.after or "")))
    if change.part == "column_texts":
        values = (masked_column(what, str(change.before)), masked_column(what, str(change.after)))
    before, after = map(_value, values)
    return f"{what} 的{_FIELDS.get(change.field, change.field)}：{before} → {after}"


def _value(value: object) -> str:
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    return _LABELS.get(str(value), str(value))
