"""Handing in and sending back: what is stored, what it changes, and that a reversal takes it back whole."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from asking import ledger_as_of
from book import Book
from planledger.ledger.actions.filing import HandIn, SendBack
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, adopt
from planledger.ledger.plans.in_memory import adopt_in_memory
from planledger.plan.model.terms import FilingStanding
from planledger.plan.model.version import Plan
from planledger.plan.refusal import Refusal
from planledger.questions.answers.filings import filings
from planledger.questions.answers.history import history
from planledger.questions.facts.entry_rows import entry_numbered
from planledger.questions.judge.filings import FilingState
from planledger.questions.sheet import Sheet, last_entries, load
from planledger.store.database import Store
from trials import examples

BookOn = Callable[..., Book]
SheetOn = Callable[..., Sheet]
UNIT, OTHER = "江海区人社局", "大新县人社局"
OFFICES = "江海区粤桂扶贫协作领导小组办公室、大新县粤桂扶贫协作领导小组办公室"


def states(sheet: Sheet, unit: str = UNIT) -> dict[str, FilingState]:
    """Where a unit stands with each filing."""
    (unit_filings,) = filings(sheet, (unit,)).units
    return {state.filing.key: state for state in unit_filings.states}


def test_an_entry_says_forms_recipients_and_stamp_and_names_no_item(book: BookOn, store: Store) -> None:
    book("2019-11-20").hand_in(
        HandIn("工作总结", "江海人社局", is_stamped=True, on="2019年11月18日", note="两份")
    )
    entry = entry_numbered(store, 2)

    assert ("filing", "", "", None, "江海区", UNIT, "2019-11-18", "summary", "两份") == (
        entry.kind,
        entry.code,
        entry.indicator,
        entry.amount,
        entry.side,
        entry.agency,
        entry.dated,
        entry.subject,
        entry.note,
    )
    assert [["form", "纸质"], ["stamped", "1"], ["to", OFFICES]] == json.loads(entry.details)


@pytest.mark.parametrize(
    ("forms", "recipients", "form", "to"),
    [
        ((), (), "纸质、电子", "粤桂扶贫协作领导小组办公室"),
        (("电子",), (), "电子", "粤桂扶贫协作领导小组办公室"),
        (("电子", "纸质"), ("办公室",), "纸质、电子", "粤桂扶贫协作领导小组办公室"),
        (("电子，纸质",), (), "纸质、电子", "粤桂扶贫协作领导小组办公室"),
    ],
)
def test_no_form_is_all_forms_and_no_recipient_all_recipients(
    book: BookOn, store: Store, forms: tuple[str, ...], recipients: tuple[str, ...], form: str, to: str
) -> None:
    book("2019-11-14").hand_in(HandIn("archive", UNIT, forms, recipients))
    entry = entry_numbered(store, 2)

    assert (form, to) == (entry.detail("form"), entry.detail("to"))


def test_a_recipient_is_known_by_a_part_of_its_name_that_fits_only_one(book: BookOn, store: Store) -> None:
    book("2019-11-20").hand_in(HandIn("summary", UNIT, recipients=("大新",), is_stamped=True))

    assert "大新县粤桂扶贫协作领导小组办公室" == entry_numbered(store, 2).detail("to")


def test_a_summary_without_its_stamp_is_stored_and_incomplete(book: BookOn, sheet: SheetOn) -> None:
    done = book("2019-11-20").hand_in(HandIn("summary", UNIT))

    assert done.after is None
    assert FilingStanding.INCOMPLETE == states(sheet("2019-11-20"))["summary"].standing


def test_all_units_with_a_duty_must_file_but_not_the_offices_and_nobody_else(
    sheet: SheetOn, plan: Plan, book: BookOn, store: Store
) -> None:
    everybody = [unit.agency.name for unit in filings(sheet("2019-11-20")).units]

    offices = {"江海区扶贫办", "大新县扶贫办"}
    assert [agency.name for agency in plan.agencies if agency.name not in offices] == everybody
    assert len(plan.agencies) == len(everybody) + 2
    with pytest.raises(Refusal, match="江海区扶贫办 是本办，不在报送之列"):
        book("2019-11-20").hand_in(HandIn("archive", f"{UNIT}、江海区扶贫办"))

    extra = plan.agencies[0]._replace(name="江海区试验局", initials="")
    adopt(store, NewPlan(plan._replace(agencies=(*plan.agencies, extra)), book().clerk))

    assert everybody == [unit.agency.name for unit in filings(sheet("2019-11-20")).units]
    with pytest.raises(Refusal, match="江海区试验局 在方案里没有承担事项，不在报送之列"):
        book().hand_in(HandIn("archive", "江海区试验局"))


def test_what_is_filed_ends_a_units_silence_and_what_goes_back_does_not(book: BookOn, sheet: SheetOn) -> None:
    book("2019-11-14").hand_in(HandIn("archive", UNIT))
    book("2019-11-18").send_back(SendBack(UNIT, "缺目录"))

    assert "2019-11-14" == last_entries(sheet("2019-11-20"))[UNIT]
    assert OTHER not in last_entries(sheet("2019-11-20"))


def test_as_of_and_known_at_hold_for_filings_too(book: BookOn, sheet: SheetOn) -> None:
    book("2019-11-20").hand_in(HandIn("archive", UNIT, on="2019-11-14"))
    book("2019-11-22").send_back(SendBack(UNIT, "缺目录", on="2019-11-18"))
    noon = "2019-11-21T12:00:00.000000+08:00"

    assert ["未交", "已交", "已交", "退回补正", "已交", "未交"] == [
        states(sheet(*asked))["archive"].standing.label
        for asked in (
            ("2019-11-13",),
            ("2019-11-14",),
            ("2019-11-17",),
            ("2019-11-18",),
            ("2019-12-05", noon),
            ("2019-12-05", "2019-11-19T00:00:00.000000+08:00"),
        )
    ]


def test_without_a_key_the_one_filing_that_is_there_goes_back(book: BookOn, sheet: SheetOn) -> None:
    book("2019-11-14").hand_in(HandIn("archive", UNIT))
    book("2019-11-16").hand_in(HandIn("summary", UNIT))
    with pytest.raises(
        Refusal, match="报来了2项，请写明退回哪一项：--filing archive（归档资料） 或 --filing summary"
    ):
        book("2019-11-18").send_back(SendBack(UNIT, "缺目录"))
    book("2019-11-18").send_back(SendBack(UNIT, "缺目录", "归档资料"))
    book("2019-11-19").send_back(SendBack(UNIT, "缺盖章"))

    assert {"2019-11-18", "2019-11-19"} == {s.returned_on for s in states(sheet("2019-11-20")).values()}


def test_nothing_goes_back_that_is_not_there(book: BookOn, store: Store) -> None:
    for back in (SendBack(UNIT, "试验"), SendBack(UNIT, "试验", "archive")):
        with pytest.raises(Refusal, match="没有可以退回的：归档资料没有报来过"):
            book("2019-11-18").send_back(back)
    book("2019-11-14").hand_in(HandIn("archive", UNIT))
    book("2019-11-18").send_back(SendBack(UNIT, "缺目录"))
    with pytest.raises(Refusal, match="归档资料已在 2019-11-18 退回、还没有重新报来"):
        book("2019-11-19").send_back(SendBack(UNIT, "试验", "archive"))
    assert [(3,)] == store.rows("SELECT COUNT(*) FROM entry")


def test_days_follow_each_other(book: BookOn) -> None:
    """Nothing goes back before it came, and nothing that came before it went back mends it."""
    book("2019-11-14").hand_in(HandIn("archive", UNIT))
    with pytest.raises(Refusal, match="早于归档资料报来的那一天（2019-11-14）"):
        book("2019-11-18").send_back(SendBack(UNIT, "缺目录", on="2019-11-13"))
    book("2019-11-18").send_back(SendBack(UNIT, "缺目录"))
    with pytest.raises(Refusal, match="早于归档资料退回的那一天（2019-11-18）"):
        book("2019-11-20").hand_in(HandIn("archive", UNIT, on="2019-11-17"))
    with pytest.raises(Refusal, match="在方案年度2019年之前"):
        book("2019-11-20").hand_in(HandIn("archive", OTHER, on="2018-12-31"))
    with pytest.raises(Refusal, match="还没有到"):
        book("2019-11-20").hand_in(HandIn("archive", OTHER, on="2019-11-21"))


def test_the_same_filing_within_ten_minutes_is_stored_and_reported(book: BookOn) -> None:
    book("2019-11-14", "09:00").hand_in(HandIn("archive", UNIT))
    again = book("2019-11-14", "09:05").hand_in(HandIn("archive", UNIT))
    other = book("2019-11-14", "09:06").hand_in(HandIn("archive", UNIT, forms=("纸质",)))

    assert [((3, 2),), ()] == [again.twins, other.twins]


def test_a_reversed_return_leaves_the_filing_as_it_came(book: BookOn, sheet: SheetOn) -> None:
    book("2019-11-14").hand_in(HandIn("archive", UNIT))
    book("2019-11-18").send_back(SendBack(UNIT, "缺目录"))
    done = book("2019-11-19").reverse(3, "退错了单位")

    assert done.after is None
    state = states(sheet("2019-11-20"))["archive"]
    assert (FilingStanding.HANDED_IN, "") == (state.standing, state.returned_on)


filed = st.tuples(
    st.sampled_from(["archive", "summary"]),
    st.sampled_from([UNIT, OTHER]),
    st.booleans(),
    st.sampled_from(["2019-11-01", "2019-11-14", "2019-11-18"]),
).map(lambda typed: HandIn(typed[0], typed[1], is_stamped=typed[2], on=typed[3]))


@examples(10)
@given(st.lists(filed, max_size=3), filed)
def test_a_filing_and_its_reversal_leave_only_two_lines_of_history(
    plan: Plan, before: list[HandIn], last: HandIn
) -> None:
    """And everything stands as if neither had been typed."""
    clerk = Clerk("试验员", "2019-11-18T09:00:00.000000+08:00")
    store = adopt_in_memory(plan, clerk)
    book = Book(store, clerk)
    for one in before:
        book.hand_in(one)
    was = filings(_sheet(store)).units, last_entries(_sheet(store))
    number = book.hand_in(last).stored[0].number
    book.reverse(number, "登错了")

    assert was == (filings(_sheet(store)).units, last_entries(_sheet(store)))
    known = history(ledger_as_of(store, "2019-11-18"))
    assert [("reversal", number), ("filing", None)] == [(e.kind, e.reverses) for e in known.entries[:2]]
    assert len(before) + 3 == len(known.entries)
    store.close()


def _sheet(store: Store) -> Sheet:
    return load(ledger_as_of(store, "2019-11-18"))


def test_a_new_version_keeps_what_was_filed(store: Store, plan: Plan, book: BookOn) -> None:
    """Neither the filing, nor the unit, nor its side may go while entries name them."""
    book("2019-11-14").hand_in(HandIn("archive", "江海区麻三村"))
    without: tuple[tuple[Plan, str], ...] = (
        (plan._replace(filings=plan.filings[1:]), "报送 归档资料"),
        (plan._replace(agencies=tuple(a for a in plan.agencies if a.name != "江海区麻三村")), "单位 江海区麻三村"),
        (plan._replace(sides=plan.sides[1:]), "江海区（方）"),
    )  # fmt: skip
    for version, lost in without:
        with pytest.raises(Refusal, match=f"新版本丢掉了已有记录的内容：{lost}。"):
            adopt(store, NewPlan(version, book("2019-11-15").clerk))
    assert adopt(store, NewPlan(plan._replace(filings=plan.filings[:1]), book("2019-11-15").clerk)).entry


def test_upcoming_leaves_out_what_all_the_units_asked_about_have_filed(
    cli: Callable[..., "tuple[int, str, str]"], ledger: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-10")

    def coming(*agency: str) -> list[str]:
        dates = json.loads(cli("upcoming", *agency, "--json")[1])["dates"]
        return [date["label"] for date in dates if date["kind"] == "filing"]

    everything = ["归档资料", "工作总结"]
    assert everything == coming("--agency", "人社局")
    cli("filing", "record", "archive", "--agency", UNIT)
    cli("filing", "record", "archive", "--agency", OTHER, "--form", "纸质")
    assert [everything, ["工作总结"], everything, everything] == [
        coming(),
        coming("--agency", UNIT),
        coming("--agency", OTHER),
        coming("--agency", "人社局"),
    ]
    cli("filing", "record", "archive", "--agency", OTHER, "--form", "电子")
    assert ["工作总结"] == coming("--agency", "人社局")
    cli("filing", "return", UNIT, "--because", "缺目录")
    assert everything == coming("--agency", UNIT)


def test_another_plans_filings_are_its_own(
    cli: Callable[..., "tuple[int, str, str]"], home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A plan of one county, with other words; a plan that asks for nothing says so."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-12-21")
    file = Path(__file__).parents[1] / "plans" / "second.yaml"
    cli("adopt", str(file))
    out = cli("filing", "record", "年度总结", "--agency", "财政局", "--stamped")[1]

    assert "甲县财政局 报送年度总结：纸质，已盖章，报甲县乡村振兴局（2021-12-21）" in out
    assert "  状态：已交（逾期1天）；最后一天 2021-12-20\n" in out
    text = file.read_text(encoding="utf-8").replace("id: jiaxian-2021", "id: nothing-2021")
    (home / "nothing.yaml").write_text(text[: text.index("filings:")], encoding="utf-8")
    assert 0 == cli("adopt", "nothing.yaml")[0]
    asked = ["--plan", "nothing-2021"]
    assert cli("filings", *asked)[1].endswith("这个方案没有要求报送。\n")
    for line in (["record", "年度总结", "--agency", "财政局"], ["return", "财政局", "--because", "试验"]):
        assert (2, "", "这个方案没有要求报送；方案文件写了 filings 才能登记报送。未登记。\n") == cli(
            "filing", *line, *asked
        )
