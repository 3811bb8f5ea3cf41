"""Targets that each unit owes by itself (分解任务数): who owes what, what changes it, and what is refused. All is made up."""

from collections.abc import Callable
from pathlib import Path

import pytest

from asking import ledger_as_of
from book import Book
from conftest import at, copied
from planledger.ledger.actions.amendment import Amending
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.verification import verify
from planledger.ledger.plans.adoption import NewPlan, adopt, create_ledger
from planledger.plan.days import LATEST
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.model.terms import Standing
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal
from planledger.questions.answers.roll_up import roll_up
from planledger.questions.answers.sums import Tally
from planledger.questions.forms.form import form_of
from planledger.questions.judge.lacks import LackKind
from planledger.questions.sheet import Row, Sheet, load
from planledger.store.database import Store
from planledger.store.errors import NotALedger

FILE = Path(__file__).parents[1] / "plans" / "quotas.yaml"
QING, HE, QINGHE = "青石镇", "河口乡", "青河镇"
TODAY = "2019-07-05"
QuotaBook = Callable[..., Book]


def version(*changes: tuple[str, str]) -> Plan:
    """The made-up plan in other words."""
    text = FILE.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    plan, faults = plan_of(text.encode(), FILE.name)
    assert () == faults
    assert plan is not None
    return plan


def faults_of(old: str, new: str) -> list[str]:
    text = FILE.read_text("utf-8")
    assert old in text
    _, faults = plan_of(text.replace(old, new).encode(), FILE.name)
    return [f"{fault.line} {fault.message}" for fault in faults]


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the plan in which nothing happened."""
    path = tmp_path_factory.mktemp("quotas") / "ledger.db"
    create_ledger(path, NewPlan(version(), at("2019-01-05"), "虚构办"), lambda _: True)
    return path


@pytest.fixture
def on(blank: Path) -> QuotaBook:
    """The ledger, by the clerk of a day."""
    store = copied(blank)
    return lambda day=TODAY: Book(store, at(day))


def sheet_of(store: Store, day: str = TODAY) -> Sheet:
    return load(ledger_as_of(store, day))


def row_of(store: Store, code: str, day: str = TODAY) -> Row:
    return next(row for row in sheet_of(store, day).rows if row.item.code == code)


def owing(row: Row) -> dict[str, list[tuple[str, int]]]:
    """What each unit owes of a row, by the keys of indicators."""
    owed = {duty.agency: [(one.key, one.amount) for one in row.owed_by(duty)] for duty in row.duties}
    return {name: lacks for name, lacks in owed.items() if lacks}


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        action()
    return str(refused.value)


def transferred(book: Book, unit: str, amount: int, day: str = "") -> None:
    book.record(Recording("1", (("transferred", str(amount)),), agency=unit, on=day))


def quota(unit: str, number: str, code: str = "1") -> Amending:
    return Amending(code, "上级调整", "无文号", quota=(unit, number))


def test_a_surplus_of_one_unit_does_not_make_up_for_another(on: QuotaBook) -> None:
    """155 people are there before 河口乡 has its own 75; the row is done on the day on which it has."""
    book = on()
    transferred(book, QING, 120, "2019-03-01")
    transferred(book, HE, 50, "2019-04-01")
    assert {HE: [("transferred", 25)]} == owing(row_of(book.store, "1"))
    assert Standing.OPEN == row_of(book.store, "1").judgement.standing
    transferred(book, HE, 25, "2019-05-01")
    judged = row_of(book.store, "1").judgement
    assert (Standing.DONE, "2019-05-01") == (judged.standing, judged.finished_on)


def test_a_leading_unit_without_a_number_owes_nothing_of_the_figure(on: QuotaBook) -> None:
    row = row_of(on().store, "1")
    assert {QING: [("transferred", 80)], HE: [("transferred", 75)]} == owing(row)


def test_without_a_table_every_answering_unit_owes_the_number(on: QuotaBook) -> None:
    """A unit that is added owes it too, and one that is dropped does not; an upper bound is each unit's own."""
    book = on("2019-05-01")
    book.record(Recording("2", (("stations", "2"), ("slips", "3")), agency=QING))
    book.record(Recording("2", (("slips", "0"),), agency=HE))
    book.amend(Amending("2", "上级要求", "无文号", add_agency="人社局", role="负责"))
    late = {
        QING: [("slips", 1)], HE: [("stations", 1)], "甲县人社局": [("stations", 1), ("slips", 0)],
    }  # fmt: skip
    assert late == owing(row_of(book.store, "2"))
    kinds = {(one.kind, one.agency) for one in row_of(book.store, "2").judgement.lacks}
    assert {(LackKind.EXCEEDED, QING), (LackKind.FIGURE, "甲县人社局")} <= kinds
    book.amend(Amending("2", "上级要求", "无文号", drop_agency="人社局"))
    assert {QING: [("slips", 1)], HE: [("stations", 1)]} == owing(row_of(book.store, "2"))


def test_a_negative_quota_is_told_what_to_write_and_nothing_of_figures_recorded_wrongly(
    on: QuotaBook,
) -> None:
    """Neither in the file of a plan nor in an amendment."""
    (fault,) = faults_of("青石镇: 80", "青石镇: -80")
    assert fault.endswith("：数量“-80”是负数；请写0或大于0的数。")
    assert "--quota 青石镇 -5：数量“-5”是负数；请写0或大于0的数。未登记。" == refusal(
        lambda: on().amend(quota(QING, "-5"))
    )


def test_of_a_stock_the_whole_is_what_the_units_reported_last(on: QuotaBook) -> None:
    book = on()
    for unit, number in ((QING, "5"), (HE, "4"), (QING, "7")):
        book.record(Recording("3", (("working", number),), agency=unit))
    row = row_of(book.store, "3")
    assert (11, Standing.DONE) == (row.progress.figures[0].total(), row.judgement.standing)


def test_who_owes_nothing_reports_nothing(on: QuotaBook) -> None:
    """本办代记 without a unit counts for nobody; both are refused with the units to name."""
    book = on()
    names = f"请用 --agency 写明有任务的单位：{QING}、{HE}。未登记。"
    with pytest.raises(Refusal) as refused:
        book.record(Recording("1", (("transferred", "4"),)))
    assert f"1 的新增转移就业由各单位分别完成，本办代记也要写明单位；{names}" == str(refused.value)
    assert ("--agency", (QING, HE)) == (refused.value.option, refused.value.words)
    assert f"1 的新增转移就业由各单位分别完成，甲县人社局 没有任务数；{names}" == refusal(
        lambda: transferred(book, "人社局", 4)
    )
    assert (1,) == book.store.row("SELECT COUNT(*) FROM entry")


def test_a_number_of_one_unit_is_amended_and_the_sums_are_said(on: QuotaBook) -> None:
    """From its day on, until it is reversed; back at the whole nothing is said."""
    book = on()
    transferred(book, QING, 80)
    receipt = book.amend(quota(QING, "90"))
    both = "注意：各单位的新增转移就业任务数合计165人，不再是全项的155人；按各单位的任务数认定。"
    assert (both,) == receipt.warnings
    assert {QING: [("transferred", 10)], HE: [("transferred", 75)]} == owing(row_of(book.store, "1"))
    assert () == book.amend(quota(HE, "65")).warnings
    assert {QING: [("transferred", 80)], HE: [("transferred", 75)]} == owing(row_of(book.store, "1", "2019-07-04")) | {
        QING: [("transferred", 80)]
    }  # fmt: skip
    book.reverse(3, "误")
    assert {HE: [("transferred", 65)]} == owing(row_of(book.store, "1"))
    assert "" == verify(book.store).fault


def test_an_amended_number_lapses_when_the_plan_says_another(on: QuotaBook) -> None:
    """A version with the same numbers leaves it in force; the number of the other unit is its own."""
    book = on()
    book.amend(quota(QING, "90"))
    adopt(book.store, NewPlan(version(("title: 转移就业", "title: 转移就业任务")), book.clerk))
    assert {QING: [("transferred", 90)], HE: [("transferred", 75)]} == owing(row_of(book.store, "1"))
    adopt(book.store, NewPlan(version(("{青石镇: 80, 河口乡: 75}", "{青石镇: 85, 河口乡: 70}")), book.clerk))
    assert {QING: [("transferred", 85)], HE: [("transferred", 70)]} == owing(row_of(book.store, "1"))
    assert "" == verify(book.store).fault


@pytest.mark.parametrize(
    ("amending", "sentence"),
    [
        (quota(QING, "80"), "青石镇 的新增转移就业任务数本来就是这个数，不需要调整。未登记。"),
        (quota(QING, "0"), "目标是 0 就是不做也算完成；青石镇 不再承担的，请用 --drop-agency。未登记。"),
        (quota(QING, "几十"), "--quota 青石镇 几十：数量“几十”不是准确数；请填准确数，例如 40。未登记。"),
        (quota("办公室", "5"), "甲县办公室 不是 1 的责任单位；请先用 --add-agency 增加。未登记。"),
        (
            quota(QING, "2", "2"),
            "2 由各单位分别完成的指标有2个；请写成 --quota 青石镇 指标=数：stations=2（服务站）、slips=2（差错）。未登记。",
        ),
        (quota(QING, "stations=1", "2"), "青石镇 的服务站任务数本来就是这个数，不需要调整。未登记。"),
        (
            Amending("1", "上级调整", "无文号", target=("transferred", "160")),
            "1 的新增转移就业已分解到各单位；请用 --quota 单位 数 逐家调整。未登记。",
        ),
    ],
)
def test_what_cannot_be_amended_is_refused(on: QuotaBook, amending: Amending, sentence: str) -> None:
    assert sentence == refusal(lambda: on().amend(amending))


def test_a_merged_unit_owes_the_sum_and_a_merger_meets_nothing(on: QuotaBook) -> None:
    """A surplus of one part stays its own until the merged unit reports; then they are one. A new number is theirs together."""
    book = on("2019-06-10")
    transferred(book, QING, 200, "2019-03-01")
    book.merge((QING, HE), QINGHE, "2019-06-01", "无文号")
    row = row_of(book.store, "1")
    (lack,) = row.judgement.lacks
    assert (QINGHE, 75, (HE,), 155) == (
        lack.agency, lack.amount, lack.parts, row.progress.figures[0].shares[0].indicator.target
    )  # fmt: skip
    transferred(on("2019-06-20"), QINGHE, 1)
    judged = row_of(book.store, "1").judgement
    assert (Standing.DONE, "2019-06-20") == (judged.standing, judged.finished_on)
    on().amend(quota(QINGHE, "210"))
    assert {QINGHE: [("transferred", 9)]} == owing(row_of(book.store, "1"))


def test_a_form_asks_a_unit_for_its_own_number(on: QuotaBook) -> None:
    """With what all have reported next to its own; and who owes nothing of it is asked in words."""
    book = on()
    transferred(book, QING, 30)
    transferred(book, HE, 5)
    sheet = sheet_of(book.store)
    lines = {
        agency.name: [
            (line.key[1], line.indicator.target if line.indicator else None, line.own, line.whole)
            for line in form_of(sheet, agency, "2019-07").lines
            if line.row.item.code == "1"
        ]
        for agency in sheet.agencies[1:]
    }
    assert {
        "甲县人社局": [("", None, None, None)],
        QING: [("transferred", 80, 30, 35)],
        HE: [("transferred", 75, 5, 35)],
    } == lines  # fmt: skip


def test_all_plans_together_count_as_each_by_itself(on: QuotaBook) -> None:
    book = on()
    transferred(book, QING, 155)
    sheet = sheet_of(book.store)
    assert (Tally.of(sheet.plan.title, sheet.rows),) == roll_up(book.store, TODAY, LATEST).counted


TABLE = "quotas: {青石镇: 80, 河口乡: 75}"
ONE = "at_least: 1, scope: unit"


@pytest.mark.parametrize(
    ("old", "new", "faults"),
    [
        (
            TABLE, "quotas: {青石镇: 80, 河口乡: 70}",
            ["18 指标 transferred 的 quotas 合计 150人，目标是 155人；两个数应当相同，请核对。"],
        ),
        (
            TABLE, "quotas: {青石镇: 80, 河口乡: 几十, 青山镇: 5}",
            [
                "18 指标 transferred 的 quotas 里“河口乡”的数：数量“几十”不是准确数；请填准确数，例如 40。",
                "18 指标 transferred 的 quotas 里的“青山镇”不在 agencies 里。您是不是要写：青石镇？请写单位全称。",
            ],
        ),
        (
            TABLE, "quotas: {青石镇: 155, 河口乡: 0}",
            ["18 指标 transferred 的 quotas 里“河口乡”的数：任务数是 0，不做也算完成；没有任务的单位请不写。"],
        ),
        (
            TABLE, "quotas: {青石镇: 80, 甲县办公室: 75}",
            [
                "18 甲县办公室 不是这一行的责任单位，指标 transferred 的 quotas 不能给它任务数；责任单位：甲县人社局、青石镇、河口乡。"
            ],
        ),
        (TABLE, "quotas: [80, 75]", ["18 指标 transferred 的 quotas 应写成“键: 值”的样子，例如 {青石镇: 80, 河口乡: 75}。"]),
        (
            f"scope: unit, {TABLE}", TABLE,
            ["18 指标 transferred 写了 quotas（分解任务数），还要写 scope: unit。"],
        ),
        (
            ONE, f"{ONE}, from: 青石镇, because: 试",
            ["25 指标 stations 由各单位分别完成（scope: unit），各报各的数；请去掉 from。"],
        ),
        (
            "units: 青石镇、河口乡\n    indicators:\n      - {key: stations", "units: 各乡镇\n    indicators:\n      - {key: stations",
            [
                f"{line} 指标 {key} 由各单位分别完成，这一行却没有点名的责任主体；请写 quotas。"
                for line, key in ((25, "stations"), (26, "slips"))
            ],
        ),
    ],
)  # fmt: skip
def test_a_faulty_division_is_refused_with_what_to_write(old: str, new: str, faults: list[str]) -> None:
    assert faults == faults_of(old, new)


def test_a_file_of_the_first_format_divides_nothing() -> None:
    faults = faults_of("format: 2", "format: 1")
    assert 4 == len(
        [one for one in faults if "用了 scope: unit，这是第2版的写法；请把第一行改成 format: 2。" in one]
    )


def test_a_large_number_is_kept_whole(on: QuotaBook) -> None:
    """Also where it is more than 32 bits can hold."""
    money = "unit: 元, decimals: 2, scope: unit, quotas: {青石镇: 400000000"
    plan = version(("unit: 人, at_least: 155, scope: unit, quotas: {青石镇: 80", money))
    book = on()
    adopt(book.store, NewPlan(plan, book.clerk))
    assert 40_000_000_000 in [n for (n,) in book.store.rows("SELECT target FROM quota")]
    assert "" == verify(book.store).fault
    with pytest.raises(NotALedger, match="不让登记"):
        book.store.rows("DELETE FROM quota")
