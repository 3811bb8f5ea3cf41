"""The list that is signed when a clerk hands over to the next (交接清单): what is open, promised, silent, doubtful, missing, and where the ledger is."""

from operator import itemgetter

from planledger.formats.letter.paper import Paper, PaperBlock, PaperTable, gap, numbered, paper_on
from planledger.formats.letter.plan_lists import late_sentences, open_rows_table
from planledger.formats.text import chase_text, lack_text, phrases
from planledger.formats.text.doubt_text import doubt_sections
from planledger.questions.answers.handover import SILENT_DAYS, Handover
from planledger.questions.answers.soundness import Stock
from planledger.questions.answers.upcoming import DEADLINE
from planledger.store.place import ServerSurroundings, Surroundings

NAMES = 40  # columns of units
SIGNATURES = PaperTable(
    ("人员", "姓名", "日期"),
    tuple((who, gap("姓名"), gap("日期")) for who in ("移交人", "接收人", "监交人")),
    (1, 2, 2),
)
NONE = ("没有。",)


def handover_paper(
    answer: Handover, ledger: str, place: Surroundings | ServerSurroundings, stock: Stock
) -> Paper:
    """Return the list for the signatures of who hands over, who takes over and who attends.

    Args:
        answer: what is open on the day.
        ledger: the path or the address of the ledger.
        place: the state of that place, with its backups.
        stock: the state of the files that were taken in.
    """
    sections: tuple[tuple[str, list[PaperBlock]], ...] = (
        ("台账和备份", _place(answer, ledger, place)),
        ("未办结和须复核的事项", [open_rows_table(answer.open_rows)]),
        ("逾期的报送和漏报", late_sentences(answer.late)),
        ("将到的节点和报送", _dates(answer)),
        ("等待回复的催办", _replies(answer)),
        (f"{SILENT_DAYS}天以上没有记录的单位", _silent(answer)),
        ("要核对的数据", _doubts(answer)),
        ("缺的材料和文件", _missing(answer, stock)),
        ("签字", [SIGNATURES]),
    )
    title = f"《{answer.sheet.plan.title}》台账交接清单"
    blocks = numbered([(name, [*filter(_has_lines, inside)] or NONE) for name, inside in sections])
    return paper_on(answer.sheet, answer.source, title, blocks)


def _has_lines(block: PaperBlock) -> bool:
    return not isinstance(block, PaperTable) or bool(block.rows)


def _place(answer: Handover, ledger: str, place: Surroundings | ServerSurroundings) -> list[PaperBlock]:
    """Write where the ledger and its backups are, and where its chain ends; backups elsewhere are for the clerk to name."""
    kept = []
    if isinstance(place, Surroundings) and place.backups:
        kept = [f"台账旁边的备份文件夹里{place.backups}份，最新 {place.last_backup}"]
    lines = (
        ("台账", ledger),
        ("链首", answer.source.short_head),
        ("备份", "；".join((*kept, gap("其他备份的存放地点")))),
    )
    return [PaperTable(("项目", "内容"), lines, (1, 5))]


def _dates(answer: Handover) -> list[PaperBlock]:
    """List the dates that come; the last days of rows stand with what is open of them."""
    rows = (
        (one.day, phrases.date_kind(one), one.code, one.label, phrases.fitting_text(one.agencies, NAMES))
        for one in answer.dates
        if one.kind != DEADLINE
    )
    return [PaperTable(("日期", "类别", "编号", "内容", "单位"), tuple(rows), (10, 8, 5, 14, 18))]


def _replies(answer: Handover) -> list[PaperBlock]:
    """List the chases with a day of reply after which nothing came, whether that day has passed or not."""
    labels = answer.sheet.filing_labels
    rows = (
        (
            one.chase.details.text("reply_by"),
            unit.agency.name,
            chase_text.chased_for_text(one.chase.details, labels, has_reply=False),
            str(one.chase.entry),
        )
        for unit in answer.chases.units
        for one in unit.chases
        if one.chase.details.text("reply_by") and one.answer is None
    )
    lines = tuple(sorted(rows, key=itemgetter(0)))
    return [PaperTable(("回复期限", "单位", "催什么", "记录号"), lines, (10, 14, 24, 6))]


def _silent(answer: Handover) -> list[PaperBlock]:
    rows = ((one.agency.name, one.last_entry or "从未", str(one.owing)) for one in answer.silent)
    return [PaperTable(("单位", "最近记录", "未了事项数"), tuple(rows), (4, 2, 2))]


def _doubts(answer: Handover) -> list[PaperBlock]:
    rows = (
        (topic, line.code, line.text, line.number)
        for topic, lines in doubt_sections(answer.doubts)
        for line in lines
    )
    return [PaperTable(("核查内容", "编号", "内容", "记录号"), tuple(rows), (10, 5, 24, 8))]


def _missing(answer: Handover, stock: Stock) -> list[PaperBlock]:
    """List the required papers that are missing, and by their entries the files that are not as they were taken in."""
    rows = (
        (one.row.item.code, lack_text.occasion_text(one), one.kind, "、".join(one.units))
        for one in answer.papers.missing
    )
    papers = PaperTable(("编号", "哪一次", "材料", "向谁要"), tuple(rows), (5, 14, 10, 16))
    states = (("不见了", stock.lost), ("与存入时不符", stock.altered))
    damaged = [
        f"存入的文件{state}：第{'、'.join(str(number) for file in files for number in file.entries)}号。"
        for state, files in states
        if files
    ]
    return [papers, *damaged]
