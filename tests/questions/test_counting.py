"""Who counts a figure (报数单位): what others report is shown with the total, in every answer, form and paper."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_standing import indicator, progress, stands

from conftest import Result
from planledger.plan.model.terms import Standing
from planledger.questions.facts.figure import Figure, UnsummedAmount

Cli = Callable[..., Result]
PLAN = Path(__file__).parent.parent / "plans" / "sources.yaml"
AMEND = ("amend", "--because", "机构改革", "--basis", "无文号")
COUNTED, CHECKED, OFFICE = "甲县人社局", "乙区人社局", ""


@pytest.fixture
def ledger(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A ledger of the made-up plan, on 20 November 2019."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-20")
    assert 0 == cli("init", str(PLAN)).code
    return cli


def flat(answer: Result) -> str:
    """Everything that an answer says, without the breaks of narrow columns."""
    return "".join(line.strip() for line in (answer.out + answer.err).splitlines())


def figures(cli: Cli, code: str = "1") -> dict[str, dict[str, object]]:
    """The indicators of a row, as `show --json` has them."""
    (item,) = json.loads(cli("show", code, "--json").out)["items"]
    return {one["key"]: one for one in item["indicators"]}


def moved(cli: Cli, amount: int, agency: str = "", *more: str) -> Result:
    """Record a figure of a unit, or of the office without one."""
    return cli("record", "1", "--moved", str(amount), *(("--agency", agency) if agency else ()), *more)


def test_three_true_reports_make_no_false_total(ledger: Cli) -> None:
    """71 of the unit that counts, 68 and 50 of others: 71, and 68 and 50 as 核对数."""
    moved(ledger, 71, COUNTED)
    other = moved(ledger, 68, CHECKED)
    moved(ledger, 50, "乙区教育局")
    answer = figures(ledger)["moved"]

    assert "转移就业 +68人（核对数，不计入；由甲县人社局报数），累计 71/100人" in other.out
    assert "还缺：转移就业29人" in flat(other)
    assert (71, [COUNTED], False) == (answer["total"], answer["from"], answer["met"])
    assert [{"agency": CHECKED, "total": 68}, {"agency": "乙区教育局", "total": 50}] == answer["checks"]
    assert {"甲县": 71, "乙区": 0} == answer["by_side"]
    shown = flat(ledger("show", "1"))
    assert "71/100人" in shown
    for words in ("甲县人社局71", "核对数：", "乙区人社局68", "乙区教育局50"):
        assert words in shown
    assert "189" not in shown


def test_the_office_without_a_unit_speaks_for_those_who_count(ledger: Cli) -> None:
    """本办代记 counts, with a side or without; a unit that does not count stays aside even so."""
    moved(ledger, 60)
    moved(ledger, 30, "", "--side", "乙区")
    moved(ledger, 5, CHECKED)

    assert 90 == figures(ledger)["moved"]["total"]


def test_a_stock_is_that_of_the_unit_that_counts_however_late_others_report(ledger: Cli) -> None:
    """The latest figure of another unit is no latest figure; each of those who count has its turn."""
    ledger("record", "1", "--employed", "60", "--agency", COUNTED, "--on", "2019-06-01")
    ledger("record", "1", "--employed", "99", "--agency", CHECKED, "--on", "2019-07-01")
    first = figures(ledger)["employed"]
    ledger("record", "1", "--employed", "61", "--agency", "甲县教育局", "--on", "2019-08-01")
    ledger("record", "1", "--employed", "70", "--agency", CHECKED, "--on", "2019-09-01")
    second = figures(ledger)["employed"]

    assert (60, [{"agency": CHECKED, "total": 99}]) == (first["total"], first["checks"])
    assert (61, [{"agency": CHECKED, "total": 70}]) == (second["total"], second["checks"])


def test_a_figure_of_another_unit_reports_nothing_that_must_be_there(ledger: Cli) -> None:
    """在岗未报数 until one of those who count says it; nor does it break an upper bound."""
    answer = ledger("record", "1", "--employed", "60", "--agency", CHECKED)
    ledger("record", "2", "--cost", "99", "--agency", "乙区教育局", "--on", "2019-06-01")

    assert "在岗未报数" in flat(answer)
    assert "经费未报数" in flat(ledger("show", "2"))


def test_what_is_reversed_is_no_check_any_more(ledger: Cli) -> None:
    """A check that was taken back is gone."""
    moved(ledger, 68, CHECKED)
    assert 0 == ledger("reverse", "2", "--because", "误").code

    assert [] == figures(ledger)["moved"]["checks"]


def test_every_answering_unit_stays_late_and_reads_whose_figure_it_is(
    ledger: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its own lacks are shown as its own, the row's as the row's; an assisting unit owes nothing."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-05")
    late = flat(ledger("overdue", "--agency", CHECKED))
    own = flat(ledger("overdue", "--agency", COUNTED))
    answer = json.loads(ledger("overdue", "--json").out)

    assert "招聘会2期；全项还缺转移就业100人，甲县人社局报数；在岗未报数，甲县人社局、甲县教育局报数" in late
    assert "招聘会2期；转移就业100人、在岗未报数（本单位报数）" in own
    units = {unit["agency"] for unit in answer["agencies"] for item in unit["items"] if item["code"] == "1"}
    assert {"甲县人社局", "乙区人社局", "甲县教育局", "乙区教育局"} <= units


def test_what_others_report_begins_a_row_and_ends_a_silence(ledger: Cli) -> None:
    """It was reported, though it does not count."""
    moved(ledger, 68, CHECKED)
    answer = json.loads(ledger("agencies", "--json").out)

    assert "2019-11-20" in json.dumps([unit for unit in answer["agencies"] if unit["agency"] == CHECKED])


def test_the_form_asks_only_those_who_count(ledger: Cli) -> None:
    """Others fill in what they count, and say in words how far the row is."""
    from openpyxl import load_workbook

    asked = {}
    for unit in (COUNTED, CHECKED, "乙区教育局", "甲县扶贫办"):
        assert 0 == ledger("template", "--agency", unit, "--period", "2019-11", "-o", f"{unit}.xlsx").code
        cells = [
            cell.value for row in load_workbook(f"{unit}.xlsx").worksheets[0] for cell in row if cell.value
        ]
        asked[unit] = {word for word in ("转移就业", "在岗", "招聘会", "经费", "会商") if word in cells}

    assert {"转移就业", "在岗", "招聘会"} == asked[COUNTED]
    assert {"招聘会"} == asked[CHECKED] == asked["甲县扶贫办"]
    assert {"招聘会", "会商"} == asked["乙区教育局"]


def test_no_figure_with_a_source_looks_reported_twice(ledger: Cli) -> None:
    """The same forty people of two units are a figure and its check."""
    moved(ledger, 40, COUNTED)
    checked = moved(ledger, 40, CHECKED)

    assert "疑似重复" not in flat(checked)
    assert "不止一方报了" not in flat(checked)
    assert "40" not in flat(ledger("duplicates"))


@pytest.mark.parametrize(("first", "second"), [(1, 1), (1, 9)])
@pytest.mark.parametrize("day", ["2019-11-20", "2019-03-02"])
def test_where_nobody_is_named_and_both_sides_report_the_answer_asks_to_look(
    ledger: Cli, first: int, second: int, day: str
) -> None:
    """Whatever days and amounts; two units of one side, and the office, do not make it so."""
    once = ledger("record", "1", "--fairs", str(first), "--agency", COUNTED)
    same = ledger("record", "1", "--fairs", "1", "--agency", "甲县教育局")
    office = ledger("record", "1", "--fairs", "1")
    words = "招聘会不止一方报了，可能是同一批人或同一件事，请核对口径"

    assert [] == [one for one in (once, same, office) if "不止一方报了" in flat(one)]
    assert words not in flat(ledger("show", "1"))
    assert words in flat(ledger("record", "1", "--fairs", str(second), "--agency", CHECKED, "--on", day))
    assert words in flat(ledger("show", "1"))
    assert 0 == ledger("reverse", "5", "--because", "误").code
    assert words not in flat(ledger("show", "1"))


def test_where_each_side_counts_for_itself_nobody_is_asked_to_look(ledger: Cli) -> None:
    """Both sides report what each has for itself."""
    for unit in ("甲县教育局", "乙区教育局"):
        answer = ledger("record", "2", "--talks", "1", "--agency", unit)

    assert "不止一方报了" not in flat(answer)


def test_the_last_unit_that_counts_a_figure_is_not_dropped(ledger: Cli) -> None:
    """One of two may go; who is left may only assist, and then counts nothing."""
    last = ledger(*AMEND, "1", "--drop-agency", COUNTED)

    assert 2 == last.code
    assert last.err.startswith("1 的转移就业由 甲县人社局 报数，减去以后就没有单位报数了；请先启用")
    assert 0 == ledger(*AMEND, "1", "--drop-agency", "甲县教育局").code
    assert ledger(*AMEND, "1", "--drop-agency", COUNTED).err.startswith(
        "1 的转移就业由 甲县人社局 报数，减去以后就没有单位报数了；在岗由 甲县人社局、甲县教育局 报数，减去以后就没有单位报数了；请先启用"
    )
    assert 0 == ledger(*AMEND, "3", "--drop-agency", COUNTED).code
    assert 2 == ledger(*AMEND, "3", "--drop-agency", "甲县教育局").code


def test_where_each_side_counts_each_keeps_a_unit_that_does(cli: Cli, tmp_path: Path) -> None:
    """Who counts for the other side is no help to this one, and is not named to its units."""
    file = tmp_path / "each.yaml"
    each = "scope: each, from: [甲县教育局, 乙区教育局], because: 虚构"
    text = PLAN.read_text("utf-8").replace("units: 两地教育局", "units: 两地教育局、人社局")
    file.write_text(text.replace("scope: each", each), "utf-8")
    assert 0 == cli("init", str(file)).code
    refused = cli(*AMEND, "2", "--drop-agency", "乙区教育局")

    assert 2 == refused.code
    assert "2 的会商由 甲县教育局、乙区教育局 报数，减去以后乙区就没有单位报数了" in refused.err
    owed = cli("overdue", "--as-of", "2019-12-20", "--agency", "甲县人社局", "--csv").out
    assert "甲县会商1次，甲县教育局报数" in owed


def test_taking_an_amendment_back_does_not_leave_a_figure_without_a_unit(ledger: Cli) -> None:
    """Who was dropped, added again, and is the last by now, stays."""
    for change, unit in (("drop", "甲县教育局"), ("add", "甲县教育局"), ("drop", COUNTED)):
        role = ("--role", "负责") if change == "add" else ()
        assert 0 == ledger(*AMEND, "3", f"--{change}-agency", unit, *role).code
    refused = ledger("reverse", "3", "--because", "误")

    assert 2 == refused.code
    assert refused.err.startswith("3 的走访由 甲县人社局、甲县教育局 报数")
    assert 0 == ledger("reverse", "4", "--because", "误").code
    assert 0 == ledger("reverse", "3", "--because", "误").code


def test_a_new_version_does_not_name_a_unit_that_was_dropped(ledger: Cli, tmp_path: Path) -> None:
    """The amendments stand, so nobody would report the figures; each of them is named."""
    for code in "13":
        assert 0 == ledger(*AMEND, code, "--drop-agency", "甲县教育局").code
    file = tmp_path / "new.yaml"
    text = PLAN.read_text("utf-8").replace("from: 甲县人社局, because", "from: 甲县教育局, because")
    file.write_text(text.replace("from: [甲县人社局, 甲县教育局]", "from: [甲县教育局]"), "utf-8")

    assert ledger("adopt", str(file)) == Result(
        2,
        "",
        "新版本里 1 的转移就业由甲县教育局报数，1 的在岗由甲县教育局报数，3 的走访由甲县教育局报数，而报数的单位已按调整减去；请改 from，或先冲正减去单位的调整。台账未改动。\n",
    )
    assert [COUNTED] == figures(ledger)["moved"]["from"]


def test_a_check_after_the_close_out_asks_for_no_review(ledger: Cli) -> None:
    """What the row was closed on still holds; a figure that counts asks for it."""
    ledger("record", "1", "--moved", "100", "--employed", "9", "--fairs", "2", "--agency", COUNTED)
    assert 0 == ledger("close", "1").code
    check, counted = moved(ledger, 68, CHECKED), moved(ledger, 1, COUNTED)

    assert "须复核" not in flat(check)
    assert "须复核" in flat(counted)


def test_the_papers_say_it_too(ledger: Cli, tmp_path: Path) -> None:
    """The table for printing has the checks with the figures, the extract of the archive too."""
    from openpyxl import load_workbook

    moved(ledger, 71, COUNTED)
    moved(ledger, 68, CHECKED)
    assert 0 == ledger("export", "annex", "annex.xlsx").code
    cells = [str(cell.value) for sheet in load_workbook("annex.xlsx") for row in sheet for cell in row]
    assert [cell for cell in cells if "转移就业 71/100人（核对数：乙区人社局68）" in cell]

    ledger("archive", "build", "built")
    pages = [page.read_text("utf-8") for page in Path("built").rglob("*.html")]
    assert [page for page in pages if "核对数：乙区人社局68" in page]


def test_help_says_who_counts(ledger: Cli) -> None:
    """`record 1 --help` names the unit with the figure."""
    assert "由甲县人社局报数" in flat(ledger("record", "1", "--help"))


entries = st.lists(
    st.tuples(
        st.sampled_from([COUNTED, CHECKED, OFFICE]),
        st.sampled_from(["2019-06-01", "2019-12-02"]),
        st.integers(0, 12),
    ),
    max_size=8,
)


@given(entries, st.sampled_from(["flow", "stock"]), st.sampled_from(["at_least", "at_most"]), st.booleans())
def test_what_does_not_count_changes_no_judgement(
    reported: list[tuple[str, str, int]], measure: str, comparison: str, must: bool
) -> None:
    """A row with the figures of other units stands as it stands without them."""
    of = indicator(measure=measure, comparison=comparison, must_report=must)
    blank = Figure(of, {}, (), (COUNTED,))

    def figure(kept: list[tuple[str, str, int]]) -> Figure:
        kept = sorted(kept, key=lambda one: one[1])
        amounts: dict[tuple[str, str, str], int] = {}
        for agency, day, n in kept:
            amounts["", agency, day] = amounts.get(("", agency, day), 0) + n
        return blank.given(amounts, [UnsummedAmount("1", "n", "", a, day, n, 1) for a, day, n in kept])

    counted = [one for one in reported if one[0] != CHECKED]
    with_checks, without = progress(figure(reported)), progress(figure(counted))
    assert figure(reported).total() == figure(counted).total()
    begun = {Standing.NOT_STARTED, Standing.OPEN}
    now, then = stands(with_checks, "2019-12-10"), stands(without, "2019-12-10")
    assert now == then or {now[0], then[0]} == begun
