"""Another plan works by its YAML alone: one county, separate columns, other words, nothing of it known to the code."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import ledger_as_of
from book import Book
from planledger.ledger.actions.request import Recording
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.in_memory import adopt_in_memory
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.rows import Filing, Milestone, Requirement, Side
from planledger.plan.model.version import Finding, Meta
from planledger.plan.refusal import Refusal
from planledger.questions.judge.lacks import Lack, LackKind
from planledger.questions.sheet import Row, Sheet, load
from planledger.store.database import Store

FILE = Path(__file__).parent.parent / "plans" / "second.yaml"
PLAN = require_plan(FILE)

Cli = Callable[..., "tuple[int, str, str]"]


def at(day: str) -> Clerk:
    """The clerk who writes on a day."""
    return Clerk("试验员", f"{day}T09:00:00.000000+08:00")


@pytest.fixture
def store() -> Iterator[Store]:
    """A ledger in memory with the plan adopted in January, and nothing else."""
    opened = adopt_in_memory(PLAN, at("2021-01-04"))
    yield opened
    opened.close()


def sheet(store: Store, day: str) -> Sheet:
    """The plan as it stands on a day."""
    return load(ledger_as_of(store, day))


def row(store: Store, day: str, code: str) -> Row:
    """One row as it stands on a day."""
    return next(row for row in sheet(store, day).rows if row.item.code == code)


def test_the_head_names_one_county_and_its_office() -> None:
    assert (
        Meta("jiaxian-2021", "甲县（虚构）2021年乡村振兴重点工作清单", 2021, 15, "甲县乡村振兴局", "")
        == PLAN.meta
    )
    assert (Side("甲县", "甲县"),) == PLAN.sides
    assert {"甲县"} == {agency.side for agency in PLAN.agencies}


def test_rows_without_areas_keep_the_documents_numbers_and_gaps() -> None:
    """1, 2, 4, 7, 10: nothing is numbered anew; a title that is ours is marked."""
    assert () == PLAN.areas
    assert ["1", "2", "4", "7", "10", "10.1", "12", "15", "16"] == [item.code for item in PLAN.items]
    assert ["10"] == [item.code for item in PLAN.items if item.title_is_ours]


@pytest.mark.parametrize(
    ("code", "due", "last_day", "kind"),
    [
        ("1", "2021年3月15日前", "2021-03-15", "day"),
        ("2", "10月底前", "2021-10-31", "month"),
        ("4", "上半年", "2021-06-30", "half_year"),
        ("7", "全年", "2021-12-31", "year"),
        ("10", "第三季度", "2021-09-30", "quarter"),
        ("10.1", "每季度末", "", "recurring"),
        ("12", "长期坚持", "", "open_ended"),
        ("15", "", "", "none"),
        ("16", "收到资金后30日内", "2021-11-30", "day"),
    ],
)
def test_each_form_of_deadline_has_its_last_day(code: str, due: str, last_day: str, kind: str) -> None:
    """A rhythm, an open end and silence have none; where the words name an event, the writer gives the day."""
    item = next(item for item in PLAN.items if item.code == code)
    assert (due, last_day, kind) == (item.due, item.last_day, item.deadline_kind)


@pytest.mark.parametrize(
    ("code", "units", "duties"),
    [
        (
            "1",
            "牵头：县委农办；配合：乡村振兴局、财政局",
            ["lead 甲县委农办", "assist 甲县乡村振兴局", "assist 甲县财政局"],
        ),
        (
            "2",
            "牵头：住建局；负责：青石镇、白沙乡；配合：财政局、民政局",
            [
                "lead 甲县住房和城乡建设局",
                "responsible 青石镇",
                "responsible 白沙乡",
                "assist 甲县财政局",
                "assist 甲县民政局",
            ],
        ),
        ("4", "负责：水利局、各乡镇", ["responsible 甲县水利局", "responsible 各乡镇（不点名）"]),
        ("7", "牵头：乡村振兴局；配合：财政局及相关单位", ["lead 甲县乡村振兴局", "assist 甲县财政局"]),
        (
            "10",
            "牵头：人社局；负责：各乡镇",
            ["lead 甲县人力资源和社会保障局", "responsible 各乡镇（不点名）"],
        ),
        (
            "10.1",
            "负责：各乡镇；配合：县融媒体中心",
            ["responsible 各乡镇（不点名）", "assist 甲县融媒体中心"],
        ),
        (
            "12",
            "牵头：乡村振兴局；负责：民政局、人社局",
            ["lead 甲县乡村振兴局", "responsible 甲县民政局", "responsible 甲县人力资源和社会保障局"],
        ),
        (
            "15",
            "牵头：县融媒体中心；负责：农业农村局；配合：农业农村局、青石镇",
            ["lead 甲县融媒体中心", "responsible 甲县农业农村局", "assist 青石镇"],
        ),
        ("16", "牵头：财政局", ["lead 甲县财政局"]),
    ],
)
def test_each_column_gives_its_units_their_role(code: str, units: str, duties: list[str]) -> None:
    """Short names become official ones; a group names nobody; a unit in two columns has the stronger role."""
    expected = [
        f"{duty.role} {duty.agency}{'（不点名）' if duty.is_group else ''}"
        for duty in PLAN.duties
        if duty.code == code
    ]
    item = next(item for item in PLAN.items if item.code == code)
    assert (units, duties) == (item.units, expected)
    assert {"甲县"} == {duty.side for duty in PLAN.duties}


def test_only_one_row_leaves_units_open() -> None:
    assert {"7": "及相关单位"} == {item.code: item.open_units for item in PLAN.items if item.open_units}


def test_targets_are_read_from_the_documents_phrases() -> None:
    """万 is multiplied, 以内 is an upper bound, 左右 is about; amounts are in the smallest unit counted."""
    assert [
        ("2", "area", "平方米", 1, "flow", "at_least", 120_000, False),
        ("2", "households", "户", 0, "flow", "none", None, False),
        ("4", "coverage", "%", 1, "stock", "at_least", 950, False),
        ("7", "cost", "元", 2, "flow", "at_most", 3_000_000, False),
        ("10", "trainees", "人", 0, "flow", "about", 300, False),
        ("10.1", "reports", "份", 0, "flow", "at_least", 4, False),
        ("12", "monitored", "户", 0, "stock", "none", None, True),
        ("16", "paid", "万元", 4, "flow", "about", 12_505_000, False),
    ] == [
        (i.code, i.key, i.unit, i.decimals, i.measure, i.comparison, i.target, i.must_report)
        for i in PLAN.indicators
    ]


def test_in_a_plan_of_one_side_each_side_is_the_whole() -> None:
    """The file says `scope: each` for 1, 7 and 10; nobody is asked for a side because of that."""
    assert {"whole"} == {indicator.scope for indicator in PLAN.indicators}
    assert (Requirement("1", "实施方案", "whole", ""),) == PLAN.requirements


def test_a_milestone_and_a_filing_have_their_days() -> None:
    assert (
        Milestone("10", "培训人数过半", "2021-06-30", "binding", False, "", "trainees", 150),
    ) == PLAN.milestones
    assert (Filing("summary", "年度总结", "2021-12-20", "纸质", True, "甲县乡村振兴局", ""),) == PLAN.filings


def test_every_reading_that_is_ours_has_its_reason() -> None:
    def assumed(place: str, text: str, because: str) -> Finding:
        return Finding("assumption", place, text, "", "", because)

    assert (
        assumed("10", "指标“培训人数”约300人", "“左右”按达到该数认定；同一人只计一次"),
        Finding(
            "standard", "12", "完成标准由本台账约定", "", "", "原文没有写监测的次数，以牵头单位申报完成为准"
        ),
        assumed("15", "甲县农业农村局 在两栏里都有，按负责认定", "一家单位在一行里只算一份责任"),
        assumed("16", "完成时限“收到资金后30日内”按 2021-11-30 认定", "资金于10月31日到账"),
        assumed("16", "指标“拨付资金”约1,250.5000万元", "“左右”按达到该数认定"),
        assumed("12", "风险消除率只作说明，不设指标", "年内不断有新的监测对象，率没有确定的分母"),
    ) == PLAN.findings


@pytest.mark.parametrize(
    ("day", "standings"),
    [
        ("2021-02-27", "not_started " * 9),
        ("2021-02-28", "due_soon " + "not_started " * 8),
        ("2021-03-15", "due_soon " + "not_started " * 8),
        ("2021-03-16", "overdue " + "not_started " * 8),
        ("2021-10-31", "overdue due_soon overdue not_started overdue " + "not_started " * 4),
        (
            "2021-11-30",
            "overdue overdue overdue not_started overdue not_started not_started not_started due_soon",
        ),
        ("2022-01-01", "overdue overdue overdue overdue overdue not_started not_started not_started overdue"),
    ],
)
def test_an_untouched_plan_stands_by_its_calendar(store: Store, day: str, standings: str) -> None:
    """The last day is in time; the plan's own 15 days are 临期."""
    assert standings.split() == [row.judgement.standing for row in sheet(store, day).rows]


@given(day=st.dates(date(2021, 1, 4), date(2999, 12, 31)))
def test_a_rhythm_an_open_end_and_silence_are_never_late(store: Store, day: date) -> None:
    """They have no last day, so no day is after it."""
    rows = [row(store, f"{day}", code) for code in ("10.1", "12", "15")]
    assert [("not_started", 0)] * 3 == [(r.judgement.standing, r.judgement.days_late) for r in rows]


@pytest.mark.parametrize(
    ("amounts", "day", "standing", "lacks"),
    [
        ([], "2021-12-31", "due_soon", [Lack(LackKind.FIGURE, "cost")]),
        ([], "2022-01-01", "overdue", [Lack(LackKind.FIGURE, "cost")]),
        (["20000"], "2021-11-05", "open", [Lack(LackKind.TARGET, "cost")]),
        (["20000"], "2021-12-31", "due_soon", [Lack(LackKind.TARGET, "cost")]),
        (["20000"], "2022-01-01", "done", []),
        (["0"], "2022-01-01", "done", []),
        (["30000"], "2022-01-01", "done", []),
        (["3万元"], "2022-01-01", "done", []),
        (["20000", "10000.01"], "2021-12-31", "due_soon", [Lack(LackKind.TARGET, "cost")]),
        (["20000", "10000.01"], "2022-01-01", "overdue", [Lack(LackKind.EXCEEDED, "cost", amount=1)]),
    ],
)
def test_an_upper_bound_is_judged_only_after_the_last_day_and_only_by_a_figure(
    store: Store, amounts: list[str], day: str, standing: str, lacks: list[Lack]
) -> None:
    """Little spent in November proves nothing, and nothing reported proves nothing either."""
    for amount in amounts:
        Book(store, at("2021-11-05")).record(Recording("7", (("cost", amount),)))
    judged = row(store, day, "7").judgement
    assert (standing, tuple(lacks)) == (judged.standing, judged.lacks)


@pytest.mark.parametrize(
    ("code", "key", "amount", "standing", "days_late"),
    [
        ("2", "area", "1.2万", "done", 5),
        ("2", "area", "11999.9", "overdue", 5),
        ("4", "coverage", "95%", "done", 128),
        ("4", "coverage", "94.9", "overdue", 128),
        ("10", "trainees", "300人", "done", 36),
        ("10", "trainees", "299", "overdue", 36),
        ("10.1", "进展报告", "4", "done", 0),
        ("16", "paid", "1250.5", "done", 0),
        ("16", "paid", "1250.4999", "open", 0),
    ],
)
def test_a_target_is_met_by_its_number_and_not_below(
    store: Store, code: str, key: str, amount: str, standing: str, days_late: int
) -> None:
    """Typed in the office's own ways, by the office and for no side."""
    receipt = Book(store, at("2021-11-05")).record(Recording(code, ((key, amount),)))
    assert receipt.after is not None
    judged = receipt.after.judgement
    assert (standing, days_late) == (judged.standing, judged.days_late)


def test_who_leads_answers_and_the_others_do_not(store: Store) -> None:
    """Of row 12 the lead's figure is awaited; of row 1 its declaration and a paper that each side, here one, owes."""
    on_day = sheet(store, "2021-11-05")
    owing = {
        r.item.code: [d.agency for d in r.progress.duties if r.owed_by(d)]
        for r in on_day.rows
        if r.item.code in ("1", "4", "10.1", "12")
    }
    assert {
        "1": ["甲县委农办"],
        "4": ["甲县水利局"],
        "10.1": [],
        "12": ["甲县乡村振兴局"],
    } == owing


@pytest.fixture
def county(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """The command line on 5 November 2021, with the plan adopted in the default ledger."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-11-05")
    assert 0 == cli("init", str(FILE), "--office", "甲县乡村振兴局")[0]
    return cli


def answer(county: Cli, *question: str) -> dict[str, list[dict[str, object]]]:
    """Ask in JSON."""
    code, out, err = county(*question, "--json")
    assert (0, "") == (code, err)
    document: dict[str, list[dict[str, object]]] = json.loads(out)
    return document


def test_check_has_remarks_only(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    code, out, err = cli("check", str(FILE))
    assert (0, "") == (code, err)
    assert (
        "《甲县（虚构）2021年乡村振兴重点工作清单》没有问题：9项，11家单位，20份责任，8个指标。"
        == out.splitlines()[0]
    )
    assert [] == [finding for finding in PLAN.findings if finding.because not in out]


def test_status_and_overdue_speak_of_this_plan(county: Cli) -> None:
    """Late rows by the unit that owes them; who only assists stands after them."""
    assert [item.code for item in PLAN.items] == [item["code"] for item in answer(county, "status")["items"]]
    late = {
        unit["agency"]: [(debt["code"], debt["owes"]) for debt in unit["items"]]  # type: ignore[attr-defined]
        for unit in answer(county, "overdue")["agencies"]
    }
    assert {
        "甲县委农办": [("1", True)],
        "甲县水利局": [("4", True)],
        "甲县人力资源和社会保障局": [("10", True)],
        "甲县住房和城乡建设局": [("2", True)],
        "甲县财政局": [("1", False), ("2", False)],
        "甲县民政局": [("2", False)],
        "甲县乡村振兴局": [("1", False)],
    } == late


def test_record_needs_no_side_and_knows_the_countys_short_names(county: Cli) -> None:
    """A bare 人社局 is one unit here; a label is an option too."""
    assert 0 == county("record", "10", "--培训人数", "300", "--agency", "县人社局")[0]
    assert 0 == county("record", "7", "--cost", "20000")[0]
    assert (
        0
        == county("record", "1", "--paper", "实施方案", "--ref", "甲振发〔2021〕1号", "--held-by", "农办")[0]
    )
    entries = answer(county, "history")["entries"]
    assert [("1", "甲县"), ("7", "甲县"), ("10", "甲县")] == [(e["code"], e["side"]) for e in entries][:3]
    assert "甲县人力资源和社会保障局" == entries[2]["agency"]


def test_a_number_in_a_gap_is_no_row(county: Cli) -> None:
    code, out, err = county("record", "3", "--done")
    assert (2, "") == (code, out)
    assert err.startswith("没有事项 3。")


def test_of_two_plans_in_one_ledger_the_day_chooses(cli: Cli, ledger: Path) -> None:
    """The year of the day chooses; figures of one never count in the other."""
    assert 0 == cli("adopt", str(FILE), "--ledger", str(ledger))[0]
    for day, key in (("2021-11-05", "jiaxian-2021"), ("2019-11-05", "jianghai-daxin-2019")):
        code, out, _ = cli("status", "--as-of", day, "--json", "--ledger", str(ledger))
        assert (0, key) == (code, json.loads(out)["plan"])


def test_a_paper_that_no_meeting_needs_proves_nothing_of_another_item(store: Store) -> None:
    book = Book(store, at("2021-02-08"))
    book.record(Recording("2", (("households", "5"),)))
    book.record(Recording("1", is_done=True))
    paper = Recording("1", paper="实施方案", reference="1号", held_by="县委农办", entry="2")

    with pytest.raises(Refusal, match="第2号是 2 的记录，不是 1 的；请核对"):
        book.record(paper)
    (stored,) = book.record(paper._replace(entry="3")).stored
    assert "3" == stored.draft.details.text("entry")
    declared, kept = book.record(paper._replace(entry="", is_done=True)).stored
    assert str(declared.number) == kept.draft.details.text("entry")
