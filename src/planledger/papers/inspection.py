"""What `check` says of a plan file without faults: its size, what it leaves open, what finishes each row."""

from planledger.papers import words
from planledger.plan.document import FindingKind, Plan
from planledger.plan.model import Item
from planledger.plan.standard import asks_declaration, standard

_HEADINGS = {
    FindingKind.ASSUMPTION: "方案没有写定、由我方理解之处",
    FindingKind.DISCREPANCY: "正文与附件不一致之处",
    FindingKind.SLIP: "原文笔误（照录未改）",
}


def inspection(plan: Plan) -> str:
    """Write the page, one line for each remark; whoever prints it folds it."""
    duties = sum(not duty.is_group for duty in plan.duties)
    lines = [
        f"《{plan.meta.title}》没有问题：{len(plan.items)}项，{len(plan.agencies)}家单位，{duties}份责任，{len(plan.indicators)}个指标。",
        "\n完成标准（*为我方约定，方案没有写定）",
    ]
    lines += [f"  {item.code} {item.title}：{_standard(plan, item)}" for item in plan.items]
    for kind, heading in _HEADINGS.items():
        found = [finding for finding in plan.findings if finding.kind == kind]
        if found:
            lines.append(f"\n{heading}（{len(found)}处）")
            lines += [f"  {finding.place or '全文'}  {words.finding(finding)}" for finding in found]
    return "\n".join(lines)


def _standard(plan: Plan, item: Item) -> str:
    indicators = [indicator for indicator in plan.indicators if indicator.code == item.code]
    papers = [requirement for requirement in plan.requirements if requirement.code == item.code]
    said = standard(item, indicators, papers, len(plan.sides))
    because = "；".join(
        f.because for f in plan.findings if f.place == item.code and f.kind == FindingKind.STANDARD
    )
    ours = "*" if asks_declaration(item, indicators) or because else ""
    return f"{said}{ours}{f'（{because}）' if because else ''}"
