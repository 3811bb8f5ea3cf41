"""What `draft` answers beside the plan file: its open questions, the differences from the plan before, the weak places of that."""

from planledger.formats.text.lack_text import lacks_text
from planledger.plan.draft.drafting import items_of
from planledger.plan.draft.earlier import GONE, GONE_UNIT, NEW, NEW_UNIT, Difference
from planledger.plan.draft.plan_draft import PlanDraft
from planledger.plan.model.rows import Item
from planledger.questions.answers.weak_places import WeakPlaces

_LONGEST = 40  # characters of a text that only says which row is meant


def draft_lines(draft: PlanDraft, file: str) -> str:
    """Return how large a draft is, every question with its line and number, and what to do now; *file* is empty for standard output."""
    title, rows = draft.document["plan"]["title"], len(list(items_of(draft.document)))
    units, asked = len(draft.document["agencies"]), len(draft.questions)
    head = f"起草了《{title}》：{rows}项，{units}家单位，{asked}个问题。"
    lines = [f"  问{one.number}（第{one.line}行）{one.words}" for one in draft.questions]
    then = f"planledger check {file or '方案文件'}"
    if lines:
        lines.append(f"答好一条，删去那一行“# 问：”；再运行 {then}。")
    else:
        lines.append(f"再运行 {then}，看看哪些是我方的理解。")
    return "\n".join((head, *lines))


def difference_lines(differences: tuple[Difference, ...], than: str) -> str:
    """Return every difference from the plan file *than*, a row's together."""
    if not differences:
        return f"和 {than} 逐行相同。"
    return "\n".join((f"和 {than} 不同之处（{len(differences)}处）", *map(_difference, differences)))


def _difference(one: Difference) -> str:
    head = "  " + f"{one.code} {one.kind}".strip()
    if one.kind in (NEW, GONE, NEW_UNIT, GONE_UNIT):
        return f"{head}：{_short(one.after)}"
    return f"{head}：{one.before or '（空）'} → {one.after or '（空）'}"


def weak_lines(weak: WeakPlaces, file: str) -> str:
    """Return the weak places of the plan in a *file*, each heading with its rows; without a ledger it says what was not asked."""
    lines = [f"{file} 的薄弱之处，写新方案时先看"]
    if weak.as_of:
        missed = [
            f"    {row.item.code} {row.item.title}：还缺{lacks_text(lacks, row.progress)}"
            for row, lacks in weak.missed
        ]
        heading = f"  过了时限、数没有完成的（截至{weak.as_of}）"
        lines += [f"{heading}：{len(missed)}项", *missed]
        lines.append(_codes("从来没有记录的", weak.unreported))
    else:
        lines.append("  台账里没有这个方案；没有完成的数、从来没有记录的事项查不到，请用 --ledger 写明台账。")
    if weak.filing:
        heading = f"时限在报送（{weak.filing.label}，{weak.filing.last_day}）之后、来不及归档的"
        lines.append(_codes(heading, weak.after_filing))
    lines.append(_codes("没有数也没有材料要求、只凭申报的", weak.unproven))
    return "\n".join(lines)


def _codes(heading: str, items: tuple[Item, ...]) -> str:
    codes = "、".join(item.code for item in items)
    return f"  {heading}：{f'{len(items)}项，{codes}' if items else '没有'}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……"
