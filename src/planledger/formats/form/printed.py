"""What is printed on a form and not filled in: to whom it goes back, what is asked, and how far it is."""

from hashlib import sha256

from planledger.formats.form import layout
from planledger.formats.form.layout import DETAILS, FILL_IN, Value
from planledger.formats.text import figures, phrases
from planledger.formats.text.display import cell_text
from planledger.plan.model.rhythm_periods import first_day
from planledger.plan.model.rows import Filing, plain_quantity
from planledger.plan.phrases.texts import squeeze
from planledger.questions.forms.form import Form, FormLine

TOTALS = ("本单位累计", "全项累计")
ITEM = "具体事项"
KEPT = ("职责", "目标", *TOTALS, ITEM)  # the last is never empty: a cell keeps no empty lines at its end
NOTE = f"{DETAILS}：同一行有几件事的，一件一行填在这里，{FILL_IN}上这一行的“本期新增”就空着；两处都填了数的，不予登记，退回重填。"
EXPLAINED = (
    "1. 只填淡黄色的格子，其余已经锁定；不要增删行、列和工作表，字多的可以把行拉高。文件可以改名，可以另存为 xlsx，填好后发回，不要只发打印件。",
    "2. 本期新增填本期新发生的数，只写数字；点一下格子会提示单位，以及是填新发生的数还是现有的总数。没有就空着，提示“没有也要填0”的填0。本单位累计、全项累计是制表时台账上的数，供核对。",
    "3. 发生日期填事情发生的那一天，不是填表的日子。佐证材料写材料名称和文号，没有文号的写无文号；原件放在哪里也请写明。不得填报涉密内容：涉密文件只写文号和存放单位，文号不便登记的写不便登记；也不要填身份证号。",
    f"4. 同一行有几件事的，一件一行填到“{DETAILS}”；同一行不要在两处都填数。",
    "5. 是否完成、进展情况、存在问题、下一步措施，一个事项只在第一行填。写了问题或措施的，进展情况也要写，没有进展的写无；没有问题或措施的空着，也可以写无。序号的格子左上角有绿色小三角，是因为序号按文字存放（6.10 不是 6.1），不影响填报。表下写单位负责人、审核人、填表人、联系电话和填报日期，也可以空着；要盖章的打印后盖在（盖章）下面。",
)


def return_to(form: Form) -> str:
    """Return to whom the form goes back, and what else the plan wants filed by when."""
    offices = [name for name in form.sheet.plan.office_names if name != form.agency.name]
    text = f"本表由{form.agency.name}填写，" + (
        f"{_way(form)}交{'、'.join(offices)}。" if offices else "自存。"
    )
    asked = [_filing(one, f"最后一天 {one.last_day}") for one in form.sheet.filings if not first_day(one)]
    asked += [_filing(one.filing, one.rhythm.words) for one in form.sheet.periodic]
    return text + (f"方案规定的报送：{'；'.join(asked)}。" if asked else "")


def _way(form: Form) -> str:
    """Return through which unit the form goes and comes back; empty where it is sent to the unit itself."""
    by = form.sheet.through(form.agency.name)
    return by and f"经{by}"


def _filing(one: Filing, when: str) -> str:
    how = "，".join(part for part in (one.forms, "盖章" if one.stamped else "") if part)
    clause = f"（方案{one.clause}）" if one.clause else ""
    return f"{one.label}{f'（{how}）' if how else ''}，{when}，报{one.recipients}{clause}"


def printed_cells(line: FormLine) -> dict[str, Value]:
    """Return what is known of a line before the unit fills it in."""
    item, indicator = line.row.item, line.indicator
    known: dict[str, Value] = {
        "序号": (item.code, layout.CENTRED),
        "具体事项": (item_text(line), layout.TEXT_CELL if line.is_first else layout.AGAIN),
        "职责": (phrases.role_text(line.duty.role), layout.CENTRED),
        "指标": (indicator.label if indicator else "", layout.TEXT_CELL),
        "单位": (indicator.unit if indicator else "", layout.CENTRED),
        "目标": (figures.promised_text(indicator) if indicator else "", layout.CENTRED),
    }
    figure = layout.number(indicator.decimals if indicator else 0)
    for name, amount in zip(TOTALS, (line.own, line.whole), strict=True):
        shown = None if indicator is None or amount is None else plain_quantity(amount, indicator.decimals)
        known[name] = (shown, figure)
    return known


def kept_cells(line: FormLine) -> str:
    """Return what is printed in a line as the hidden sheet keeps it: the ledger may say something else when the form is back."""
    cells = printed_cells(line)
    return "\n".join(as_kept(name, cells[name][0]) for name in KEPT)


def as_kept(name: str, value: object) -> str:
    """Return by what a printed cell is known: numbers and texts as people read them, of the long 具体事项 a digest."""
    text = f"{value:.15g}" if isinstance(value, int | float) else squeeze(cell_text(str(value or "")))
    return sha256(text.encode()).hexdigest()[:16] if name == ITEM else text


def item_text(line: FormLine) -> str:
    """Return the words of the document on an item, with the number and the columns that only this document has."""
    progress = line.row.progress
    numbered = "　".join(filter(None, (progress.number, progress.item.text)))
    return "\n".join([numbered, *(f"{head}：{text}" for head, text in progress.own_columns.items())])
