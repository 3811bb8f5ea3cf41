"""Units that are renamed or merged (更名、合并): what holds of every history, and what is refused. All units are made up."""

import random
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from asking import ledger_as_of
from book import Book
from conftest import at, copied
from histories import FIRST_DAY, History, versions
from planledger.ledger.actions.amendment import Amending
from planledger.ledger.actions.filing import HandIn, SendBack
from planledger.ledger.actions.report import Words
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.verification import verify
from planledger.ledger.plans.adoption import NewPlan, adopt, create_ledger
from planledger.plan.days import LATEST
from planledger.plan.file.yaml_file import plan_of
from planledger.plan.model.terms import FilingStanding, Standing
from planledger.plan.model.version import Change, Plan
from planledger.plan.refusal import Refusal
from planledger.questions.answers.agencies import contacts, reports, units, with_inherited
from planledger.questions.answers.filings import filings
from planledger.questions.answers.roll_up import roll_up
from planledger.questions.answers.sums import Tally
from planledger.questions.judge.lacks import Lack
from planledger.questions.judge.standing import declared_on
from planledger.questions.sheet import Row, Sheet, load
from planledger.store.database import Store
from trials import examples

ShapesBook = Callable[..., Book]
OLD, NEW, OTHER, BOTH = "甲县财政局", "甲县财经局", "甲县教育局", "甲县财教局"
CHANGED_ON, TODAY = "2019-06-01", "2019-07-01"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger of the made-up plan in which nothing happened."""
    path = tmp_path_factory.mktemp("shapes") / "ledger.db"
    create_ledger(path, NewPlan(versions()[0], at(FIRST_DAY), "虚构办"), lambda _: True)
    return path


@pytest.fixture
def on(blank: Path) -> ShapesBook:
    """The ledger, by the clerk of a day."""
    store = copied(blank)
    return lambda day=TODAY: Book(store, at(day))


def sheet_of(store: Store, day: str = TODAY, known_at: str = LATEST) -> Sheet:
    return load(ledger_as_of(store, day, known_at))


def row_of(store: Store, code: str, day: str = TODAY) -> Row:
    return next(row for row in sheet_of(store, day).rows if row.item.code == code)


def stored_names(store: Store) -> list[str]:
    """The units that entries name, as they were sealed."""
    return [str(name) for (name,) in store.rows("SELECT agency FROM entry ORDER BY id")]


def refusal(action: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        action()
    return refused.value.sentence


def judged(sheet: Sheet, called: Callable[[str], str]) -> list[object]:
    """All that is judged of a plan, with the units by other names.

    What two parts of one unit lack alike is one thing; what each owes by itself adds up.
    """

    def of_units(lacks: Iterable[Lack]) -> set[Lack]:
        """The lacks with their amounts added up where units owe by themselves."""
        together: dict[Lack, int] = {}
        for lack in lacks:
            one = lack._replace(agency=called(lack.agency), parts=(), amount=0)
            together[one] = lack.amount + (together.get(one, 0) if lack.agency else 0)
        return {one._replace(amount=amount) for one, amount in together.items()}

    answer: list[object] = []
    for row in sheet.rows:
        one = row.judgement
        answer.append(one._replace(lacks=(), stages=(), late_stages=(), periods=()))
        answer.append(of_units(one.lacks))
        answer.append({stage.stage.name for stage in one.late_stages})
        answer += [
            (s.stage.name, s.met_on, s.days_late, of_units(s.lacks), {called(unit) for unit in s.units})
            for s in one.stages
        ]
        answer += [(f.total(), [f.total(side) for side in sheet.side_names]) for f in row.progress.figures]
        owed: dict[str, set[Lack]] = {}
        for duty in row.duties:
            owed.setdefault(called(duty.agency), set()).update(row.owed_by(duty))
        answer.append({name: of_units(lacks) for name, lacks in owed.items()})
    return answer


def missed_periods(sheet: Sheet, called: Callable[[str], str]) -> dict[tuple[str, str], set[str]]:
    """Which units have nothing in each period of each row that obliges, by other names."""
    return {
        (row.item.code, state.period.first_day): {called(unit) for unit in state.missing}
        for row in sheet.rows
        for state in row.judgement.periods
    }


def filed(sheet: Sheet, called: Callable[[str], str]) -> dict[tuple[str, str], list[tuple[bool, str]]]:
    """Of every unit and filing, whether it is there, and since when; of the parts of a unit each."""
    answer: dict[tuple[str, str], list[tuple[bool, str]]] = {}
    for unit in filings(sheet).units:
        for state in unit.states:
            is_here = state.standing == FilingStanding.HANDED_IN
            answer.setdefault((called(unit.agency.name), state.filing.key), []).append(
                (is_here, state.complete_on)
            )
    return answer


def lived(blank: Path, number: int) -> History:
    history = History(copied(blank), number)
    history.live(random.Random(number).choice([8, 16, 24]))  # noqa: S311
    return history


@examples(6)
@given(st.integers(0, 100_000), st.sampled_from([OLD, OTHER, "乙区财政局", "乙区教育局", "甲县办公室"]))
def test_another_name_changes_no_debt(blank: Path, number: int, unit: str) -> None:
    """Of any history: every row, figure, debt and filing is the same after it, but for the name; before its day all is."""
    history = lived(blank, number)
    before = sheet_of(history.store, history.today)
    name = before.units.of(unit)
    since = max([history.day(), *(change.day for change in before.units.changes)])
    earlier = sheet_of(history.store, "2019-01-04")
    history.book().rename(unit, "新名称（虚构）", since, "无文号")
    after = sheet_of(history.store, history.today)

    def called(one: str) -> str:
        return "新名称（虚构）" if one == name else one

    assert judged(before, called) == judged(after, str)
    assert missed_periods(before, called) == missed_periods(after, str)
    assert filed(before, called) == filed(after, str)
    of_then = sheet_of(history.store, "2019-01-04").agencies[0].name
    assert since <= "2019-01-04" or earlier.agencies[0].name == of_then
    assert (Tally.of(after.plan.title, after.rows),) == roll_up(history.store, history.today, LATEST).counted
    history.store.close()


@examples(8)
@example(
    number=62498, side="甲县", is_taking_in=False
)  # a part's number amended before, a merger for a day still before that
@example(number=47, side="甲县", is_taking_in=False)  # one part declared what a stage asks of both
@given(number=st.integers(0, 100_000), side=st.sampled_from(["甲县", "乙区"]), is_taking_in=st.booleans())
def test_by_a_merger_nothing_becomes_met_and_equal_debts_become_one(
    blank: Path, number: int, side: str, is_taking_in: bool
) -> None:
    """Of any history: what one of the parts owed is owed once, and what each had handed in is there since the last of them."""
    history = lived(blank, number)
    before = sheet_of(history.store, history.today)
    parts = {before.units.of(side + word) for word in ("财政局", "教育局")}
    new = min(parts) if is_taking_in else "新名称（虚构）"
    since = max([history.day(), *(change.day for change in before.units.changes)])
    try:
        history.book().merge(tuple(parts - {new}), new, since, "无文号")
    except Refusal:  # they are one already, or what did not count would count
        return
    after = sheet_of(history.store, history.today)

    def called(one: str) -> str:
        return new if one in parts else one

    assert judged(before, called) == judged(after, str)
    still, was = missed_periods(after, str), missed_periods(before, called)
    assert still.keys() == was.keys()
    for name, units_missing in still.items():  # what one part reported of a period counts for the whole
        assert was[name] - {new} <= units_missing <= was[name]
    for row in after.rows:
        assert len(set(row.judgement.lacks)) == len(row.judgement.lacks)
        assert len({duty.agency for duty in row.duties}) == len(row.duties)
    offices = after.plan.office_names  # the office files nothing to itself, with whomever it was merged
    of_parts = {name: several for name, several in filed(before, called).items() if name[0] not in offices}
    for name, several in of_parts.items():
        (whole,) = filed(after, str)[name]
        assert whole == (max(several) if all(is_here for is_here, _ in several) else min(several))
    history.store.close()


def test_a_unit_goes_on_under_its_new_name(on: ShapesBook) -> None:
    """Duties, debts, whom to call and what was recorded; an entry bears the name of its own day, whichever was typed."""
    book = on("2019-03-01")
    book.record(Recording("6", is_done=True, agency=OLD))
    book.set_contact(OLD, "试验员", "0771-0000000")
    book.report(Words("2", progress="正在开展", agency=OLD))
    on("2019-06-10").rename(OLD, NEW, CHANGED_ON, "试〔2019〕1号")
    on().record(Recording("1", (("people", "4"),), agency=OLD))
    on().record(Recording("1", (("people", "3"),), agency=NEW, on="2019-05-31"))

    sheet = sheet_of(book.store)
    names = [agency.name for agency in sheet.agencies]
    row = row_of(book.store, "1")
    assert (NEW in names, OLD in names, len(names)) == (True, False, 5)
    assert (7, {("甲县", NEW, TODAY): 4, ("甲县", NEW, "2019-05-31"): 3}) == (
        row.progress.figures[0].total(), row.progress.figures[0].amounts
    )  # fmt: skip
    assert [NEW, OLD] == stored_names(book.store)[-2:]
    duty = next(duty for duty in row_of(book.store, "6").duties if duty.agency == NEW)
    assert "2019-03-01" == declared_on(row_of(book.store, "6").progress, duty)
    assert "试验员" == contacts(sheet)[NEW].name
    march = reports(ledger_as_of(book.store, TODAY), sheet, "2019-03")
    assert [NEW] == [unit.agency.name for unit in march.units if unit.reports]


def test_an_answer_bears_the_names_of_its_day_and_of_what_was_known(on: ShapesBook) -> None:
    """Each name means the unit on every day, also the one that it had not yet."""
    book = on("2019-06-10")
    book.rename(OLD, NEW, CHANGED_ON, "无文号")
    on("2019-06-20").rename(NEW, "甲县财税局", "2019-06-15", "无文号")
    on("2019-06-21").record(Recording("6", is_done=True, agency=OLD, on="2019-05-01"))
    on("2019-06-21").record(Recording("5", (("trips", "1"),), agency=NEW, on="2019-06-02"))
    on("2019-06-21").record(Recording("5", (("trips", "1"),), agency=OLD))
    called = [
        {duty.agency for row in sheet_of(book.store, day, known_at).rows for duty in row.duties}
        & {OLD, NEW, "甲县财税局"}
        for day, known_at in (
            ("2019-05-31", LATEST), ("2019-06-01", LATEST), ("2019-06-15", LATEST), (TODAY, at("2019-06-15").now),
            (TODAY, at("2019-06-01").now),
        )
    ]  # fmt: skip
    assert [{OLD}, {NEW}, {"甲县财税局"}, {NEW}, {OLD}] == called
    assert [OLD, NEW, "甲县财税局"] == stored_names(book.store)[-3:]
    for day in ("2019-05-31", "2019-06-01", TODAY):
        assert [1] * 3 == [
            len([unit for unit in units(sheet_of(book.store, day)).units if name in (unit.agency.name, *unit.agency.short.split("、"))])
            for name in (OLD, NEW, "甲县财税局")
        ]  # fmt: skip
    assert "" == verify(book.store).fault


def test_a_name_may_come_back(on: ShapesBook) -> None:
    book = on()
    book.rename(OLD, NEW, CHANGED_ON, "无文号")
    book.rename(NEW, OLD, "2019-06-20", "无文号")
    called = [row_of(book.store, "8", day).duties[0].agency for day in ("2019-05-31", "2019-06-19", TODAY)]
    assert [OLD, NEW, OLD] == called


def test_a_merged_unit_has_declared_when_each_part_has_that_answered(on: ShapesBook) -> None:
    """One part alone finishes nothing, an assisting part need not declare; what the whole unit declares is enough."""
    book = on("2019-05-20")
    book.amend(Amending("7", "上级要求", "无文号", add_agency=OLD, role="负责", since="2019-05-01"))
    book.record(Recording("7", is_done=True, agency=OLD, on="2019-05-10"))
    book.record(Recording("6", is_done=True, agency=OLD, on="2019-05-10"))
    on("2019-06-10").merge((OLD, OTHER), BOTH, CHANGED_ON, "无文号")

    def declared(code: str, day: str = TODAY) -> dict[str, str]:
        row = row_of(book.store, code, day)
        return {duty.agency: declared_on(row.progress, duty) for duty in row.duties if duty.side == "甲县"}

    assert {BOTH: "2019-05-10"} == declared("6")  # the other part only assists
    assert {BOTH: ""} == declared("7")
    assert [(BOTH, (OTHER,))] == [
        (lack.agency, lack.parts)
        for lack in row_of(book.store, "7").judgement.lacks
        if lack.agency[:2] == "甲县"
    ]
    assert {OTHER: "", OLD: "2019-05-10"} == declared("7", "2019-05-31")
    on().record(Recording("7", is_done=True, agency=OTHER, on="2019-05-30"))
    assert {BOTH: "2019-05-30"} == declared("7")
    on().reverse(3, "误")
    assert {BOTH: ""} == declared("7")
    on().record(Recording("7", is_done=True, agency=OLD))
    assert (BOTH, {BOTH: TODAY}) == (stored_names(book.store)[-1], declared("7"))


def test_a_merged_unit_has_filed_what_each_part_has(on: ShapesBook) -> None:
    """What one part lacks the unit lacks; what it files itself is of all parts, and so is what is sent back."""
    book = on("2019-05-20")
    book.hand_in(HandIn("archive", OLD))
    book.hand_in(HandIn("archive", OTHER, ("纸质",)))
    book.hand_in(HandIn("summary", OLD, is_stamped=True))
    on("2019-06-10").merge((OLD, OTHER), BOTH, CHANGED_ON, "无文号")

    def states(day: str = TODAY) -> dict[str, list[str]]:
        """Of each unit and filing how it stands, and which parts lack."""
        answer = filings(sheet_of(book.store, day))
        return {
            u.agency.name: [
                " ".join((str(state.standing), *state.parts))
                for state in u.states
                if state.filing.key in ("archive", "summary")
            ]
            for u in answer.units
            if u.agency.side == "甲县"
        }

    assert {BOTH: [f"incomplete {OTHER}", f"missing {OTHER}"]} == states()
    assert {OLD: ["handed_in", "handed_in"], OTHER: ["incomplete", "missing"]} == states("2019-05-31")
    on().hand_in(HandIn("archive", OTHER, ("电子",), on="2019-05-30"))
    assert {BOTH: ["handed_in", f"missing {OTHER}"]} == states()
    on().send_back(SendBack(OLD, "缺页", "summary"))  # of the part that handed it in
    assert [BOTH] == stored_names(book.store)[-1:]
    on().reverse(7, "误")
    on().send_back(SendBack(OLD, "缺页", "archive"))
    assert {BOTH: ["returned", f"missing {OTHER}"]} == states()
    on().hand_in(HandIn("archive", BOTH))
    on().hand_in(HandIn("summary", OTHER, is_stamped=True))
    assert {BOTH: ["handed_in", "handed_in"]} == states()
    assert [BOTH, BOTH, BOTH] == stored_names(book.store)[-3:]
    assert BOTH in {unit.agency.name for unit in units(sheet_of(book.store)).units if unit.last_entry}


@pytest.mark.parametrize("is_inherited", [False, True])
def test_whom_to_call_in_a_unit_that_took_others_in_stays(on: ShapesBook, *, is_inherited: bool) -> None:
    """A new unit has the contact that was noted last of its parts; what is noted since the merger goes before all."""
    book = on()
    book.set_contact(OTHER, "原有员", "0771-0000000")
    book.set_contact(OLD, "后来员", "0771-0000001")
    if is_inherited:
        plan = versions()[0]
        plan = plan._replace(meta=plan.meta._replace(key="next-year", year=2020, title="另一年（虚构）"))
        adopt(book.store, NewPlan(plan, at(TODAY)))

    def called() -> dict[str, str]:
        key = "next-year" if is_inherited else "shapes-2019"
        ledger = ledger_as_of(book.store, TODAY, key=key)
        known = contacts(with_inherited(ledger, load(ledger)))
        return {name: one.name for name, one in known.items()}

    book.plan_key = "shapes-2019"
    book.merge((OLD,), OTHER, CHANGED_ON, "无文号")
    assert {OTHER: "原有员"} == called()
    book.rename(OTHER, NEW, "2019-06-20", "无文号")
    assert {NEW: "原有员"} == called()
    book.set_contact(OLD, "新来员", "0771-0000002")
    assert {NEW: "新来员"} == called()
    for number in (6, 5, 4) if not is_inherited else (7, 6, 5):
        book.reverse(number, "误")
    book.merge((OLD, OTHER), BOTH, CHANGED_ON, "无文号")
    assert {BOTH: "后来员"} == called()


def test_what_did_not_count_does_not_count_after_a_merger(on: ShapesBook) -> None:
    """Of a figure that one part counts, the other part's stays beside the total; what the merged unit reports counts.

    Of one that both count, what they reported for one day adds up.
    """
    book = on("2019-05-20")
    book.record(Recording("1", (("people", "4"), ("visits", "2")), agency=OLD))
    book.record(Recording("1", (("people", "6"), ("visits", "3")), agency=OTHER))
    book.merge((OTHER,), OLD, "2019-05-20", "无文号")
    on().record(Recording("1", (("people", "1"),), agency=OTHER))
    figure, visits = row_of(book.store, "1").progress.figures
    assert (5, ((OTHER, 6),), (OLD,)) == (figure.total(), figure.checks(), figure.sources)
    assert 5 == visits.total()


def test_a_merger_that_would_make_figures_count_is_refused(on: ShapesBook) -> None:
    """A unit whose figures did not count takes in the one that counts, from a day before it reported."""
    book = on()
    book.record(Recording("1", (("people", "6"),), agency=OTHER, on="2019-06-02"))
    assert "从那天起报过核对数，合并后会计入累计；请先冲正，或把 --from 写晚一些。" in refusal(
        lambda: book.merge((OLD,), OTHER, CHANGED_ON, "无文号")
    )
    book.merge((OLD,), OTHER, "2019-06-03", "无文号")
    assert 0 == row_of(book.store, "1").progress.figures[0].total()


def test_what_cannot_be_renamed_or_merged_is_refused_with_the_next_right_word(on: ShapesBook) -> None:
    book = on()
    line = "planledger agency {} --from 日期 --basis 文号。"
    basis = "请用 --basis 写明依据的文号；没有文号写 --basis 无文号。"
    known = {
        refusal(lambda: book.rename("财政局", NEW, "", "无文号")): "财政局 有2家，请写明是哪一家：甲县财政局、乙区财政局。",
        refusal(lambda: book.rename("甲县财税局", NEW, "", "无文号")): (
            "没有责任单位 甲县财税局。您是不是要写：甲县财政局？运行 planledger agencies 可看全部单位。"
        ),
        refusal(lambda: book.rename("甲县各乡镇", NEW, "", "无文号")): (
            "没有责任单位 甲县各乡镇。运行 planledger agencies 可看全部单位。"
        ),
        refusal(lambda: book.rename("各乡镇", NEW, "", "无文号")): "各乡镇 没有点名是哪家单位，不能更名或合并；请写一家单位。",
        refusal(lambda: book.rename(OLD, "各乡镇", "", "无文号")): "新名称 各乡镇 请只写一家单位的全称：这样写不是正好一家单位。",
        refusal(lambda: book.rename(OLD, OLD, "", "无文号")): f"{OLD} 本来就叫这个名称，不用更名。",
        refusal(lambda: book.rename(OLD, OTHER, "", "无文号")): (
            f"{OTHER} 是另一家单位；两家合并请用 {line.format(f'merge {OLD} --into {OTHER}')}"
        ),
        refusal(lambda: book.rename(OLD, NEW, "", "")): basis,
        refusal(lambda: book.rename(OLD, NEW, "2018-12-31", "无文号")): "--from 2018-12-31 在方案年度2019年之前；请检查年份。",
        refusal(lambda: book.rename(OLD, NEW, "2019-07-02", "无文号")): (
            f"--from 2019-07-02 还没有到（今天是 {TODAY}）；请写事情发生的那一天。"
        ),
        refusal(lambda: book.merge((OLD,), BOTH, "", "无文号")): (
            f"只写了一家单位，合并至少两家；更名请用 {line.format(f'rename {OLD} {BOTH}')}"
        ),
        refusal(lambda: book.merge((OLD, OLD), BOTH, "", "无文号")): f"{OLD} 写了两次；请核对是不是要写另一个，再去掉多的。",
        refusal(lambda: book.merge((OLD, "乙区教育局"), BOTH, "", "无文号")): f"{OLD}、乙区教育局 不是同一方的，不能合并成一家。",
        refusal(lambda: book.merge((OLD,), "教育局", "", "无文号")): "教育局 有2家，请写明是哪一家：甲县教育局、乙区教育局。",
        refusal(lambda: book.merge((OLD, OTHER), BOTH, "", "")): basis,
    }  # fmt: skip
    assert list(known.values()) == list(known)
    assert 1 == len(stored_names(book.store))


@pytest.mark.parametrize(
    ("word", "why"),
    [
        ("  ", "是空的；请写一家单位的全称。"),
        *(
            (word, f" {word} 请只写一家单位的全称：{why.format(word)}")
            for why, words in {
                "{}另有所指。": ("本办", "全部", "归档资料", "逾期"),
                "“{}”不是单位名称；请写2到30个汉字、字母或者数字，不写别的符号。": ("6.1", "=1+1", "甲%公司"),
                "这样写不是正好一家单位。": (
                    "123",
                    "甲县各局",
                    "甲县新局牵头",
                    "甲县新局等",
                    "两地新局",
                    "有关单位",
                ),
                "这是乙区的单位，不是甲县的。": ("乙区新局", "区新局"),
            }.items()
            for word in words
        ),
    ],
)
def test_a_new_name_is_one_by_which_a_plan_can_name_the_unit(on: ShapesBook, word: str, why: str) -> None:
    """Of a renamed unit, of a merged one and of one that an amendment adds alike; nothing is stored."""
    book = on()
    assert f"新名称{why}" == refusal(lambda: book.rename(OLD, word, "", "无文号"))
    assert f"新名称{why}" == refusal(lambda: book.merge((OLD, OTHER), word, "", "无文号"))
    adding = Amending("7", "上级要求", "无文号", add_agency=word, side="甲县", role="负责")
    if word.strip():
        assert f"--add-agency{why}" == refusal(lambda: book.amend(adding))
    assert 1 == len(stored_names(book.store))


def test_a_merger_is_proposed_only_where_it_would_be_accepted(on: ShapesBook) -> None:
    book = on()
    other = "请写另一个全称。"
    assert f"乙区教育局 是另一家单位；{other}" == refusal(
        lambda: book.rename(OLD, "乙区教育局", "", "无文号")
    )
    assert f"甲县教育局、乙区教育局 是另一家单位；{other}" == refusal(
        lambda: book.rename(OLD, "教育局", "", "无文号")
    )
    assert "只写了一家单位，合并至少两家。" == refusal(lambda: book.merge((OLD,), OLD, "", "无文号"))


def test_two_units_of_a_plan_never_become_one_by_a_name(on: ShapesBook) -> None:
    """A version with old and new names is refused for each, and so is a change that would make two units of some plan one."""
    book = on()
    book.rename(OLD, NEW, CHANGED_ON, "无文号")
    book.rename(OTHER, BOTH, CHANGED_ON, "无文号")
    twice = version(
        (f"  - {{name: {OLD}}}\n", f"  - {{name: {OLD}}}\n  - {{name: {NEW}}}\n  - {{name: {BOTH}}}\n")
    )
    assert (
        f"新版本里 {OLD}、{NEW} 是同一家单位更名或合并前后的名称；{BOTH}、{OTHER} 是同一家单位更名或合并前后的名称；"
        "请只写一个，再启用。台账未改动。" == refusal(lambda: adopt(book.store, NewPlan(twice, at(TODAY))))
    )
    for number in (3, 2):
        book.reverse(number, "误")
    next_year = twice._replace(meta=twice.meta._replace(key="next-year", year=2020, title="另一年（虚构）"))
    adopt(book.store, NewPlan(next_year, at(TODAY)))
    book.plan_key = versions()[0].meta.key
    assert f"《另一年（虚构）》里 {OLD}、{NEW} 是两家单位，这样就成了一家；请写另一个全称。" == refusal(
        lambda: book.rename(OLD, NEW, CHANGED_ON, "无文号")
    )


def test_a_change_from_a_day_before_an_earlier_one_is_refused(on: ShapesBook) -> None:
    """What the unit was called between the two nobody could say; a name of one unit never becomes another's."""
    book = on()
    book.rename(OLD, NEW, CHANGED_ON, "无文号")
    sentence = f"{NEW} 从{CHANGED_ON}起才叫这个名称（第2号）；--from 请写这一天或以后，写错了的先冲正第2号。"
    assert sentence == refusal(lambda: book.rename(OLD, "甲县财税局", "2019-05-31", "无文号"))
    assert sentence == refusal(lambda: book.merge((OTHER, NEW), BOTH, "2019-05-31", "无文号"))
    book.merge((OTHER, NEW), BOTH, CHANGED_ON, "无文号")
    for name in (OLD, NEW, OTHER):
        assert f"{name} 是 {BOTH} 用过的名称，不能再作新名称；请写另一个全称。" == refusal(
            lambda name=name: book.rename(BOTH, name, "", "无文号")  # type: ignore[misc]
        )
    assert f"{BOTH} 在 2019-05-31 还没有合并；那天的请记在合并前的单位上：{OLD}、{OTHER}。" == refusal(
        lambda: book.record(Recording("5", (("trips", "1"),), agency=BOTH, on="2019-05-31"))
    )


def test_a_reversal_restores_what_was_before_while_nothing_names_the_unit_so(on: ShapesBook) -> None:
    book = on()
    before = sheet_of(book.store)
    book.rename(OLD, NEW, CHANGED_ON, "无文号")
    book.record(Recording("5", (("trips", "1"),), agency=NEW))
    used = "第{}号已用 {} 这个名称，不能冲正；请先冲正第{}号，名称不对的也可以用 planledger agency rename 再更名。"
    assert used.format(3, NEW, 3, NEW) == refusal(lambda: book.reverse(2, "误"))
    book.reverse(3, "误")
    book.merge((NEW, OTHER), BOTH, CHANGED_ON, "无文号")
    assert used.format(5, NEW, 5, NEW) == refusal(lambda: book.reverse(2, "误"))
    book.reverse(5, "误")
    book.reverse(2, "误")
    after = sheet_of(book.store)
    assert (judged(before, str), before.agencies, before.units) == (
        judged(after, str),
        after.agencies,
        after.units,
    )


def test_a_unit_that_took_others_in_can_be_parted_again(on: ShapesBook) -> None:
    """It had its name before, so what it reports since stays its own."""
    book = on()
    book.merge((OTHER,), OLD, CHANGED_ON, "无文号")
    book.record(Recording("6", is_done=True, agency=OLD))
    book.reverse(2, "误")
    row = row_of(book.store, "6")
    assert {OLD: TODAY, "乙区财政局": "", OTHER: ""} == {
        duty.agency: declared_on(row.progress, duty) for duty in row.duties if not duty.is_group
    }


def test_an_amendment_means_the_unit_of_its_day(on: ShapesBook) -> None:
    """A unit is dropped by any name; one that was added goes on, and is not forgotten while a change names it."""
    book = on()
    book.rename(OLD, NEW, CHANGED_ON, "无文号")
    book.amend(Amending("6", "上级要求", "无文号", drop_agency=OLD))
    assert NEW not in {duty.agency for duty in row_of(book.store, "6").duties}
    assert "已经是 7 的责任单位" in refusal(
        lambda: book.amend(Amending("7", "上级要求", "无文号", add_agency=OTHER, role="负责"))
    )
    book.amend(Amending("7", "上级要求", "无文号", add_agency="甲县新局", side="甲县", role="负责"))
    book.rename("甲县新局", "甲县新新局", "", "无文号")
    assert "甲县新新局" in {duty.agency for duty in row_of(book.store, "7").duties}
    assert "增加之后已有记录（第5号），不能冲正" in refusal(lambda: book.reverse(4, "误"))
    book.merge((NEW, OTHER), BOTH, "", "无文号")
    assert {"甲县财教局", "甲县新新局", "乙区教育局"} == {
        duty.agency for duty in row_of(book.store, "7").duties
    }


def version(*changes: tuple[str, str]) -> Plan:
    """The made-up plan in other words."""
    from histories import SHAPES

    text = SHAPES.read_text("utf-8")
    for old, new in changes:
        text = text.replace(old, new)
    plan, faults = plan_of(text.encode(), SHAPES.name)
    assert () == faults
    assert plan is not None
    return plan


def test_a_version_of_the_plan_with_either_name_is_understood(on: ShapesBook) -> None:
    """Before the change the new name is no name of the unit; after it each version is the same plan, by the names of the day."""
    book = on("2019-05-20")
    book.record(Recording("1", (("people", "4"),), agency=OLD))
    new = version(
        ("两地财政局、教育局", f"{NEW}、乙区财政局、两地教育局"),
        ("两地财政局", f"{NEW}、乙区财政局"),
        (OLD, NEW),
    )
    assert f"新版本丢掉了已有记录的内容：单位 {OLD}。" in refusal(
        lambda: adopt(book.store, NewPlan(new, at(TODAY)))
    )
    on().rename(OLD, NEW, CHANGED_ON, "无文号")
    on().record(Recording("1", (("people", "3"),), agency=OLD))
    plain = judged(sheet_of(book.store), str)
    for plan, was, now in ((new, OLD, NEW), (versions()[0], NEW, OLD)):
        adoption = adopt(book.store, NewPlan(plan, at(TODAY)))
        assert [Change("agencies", (now,), "name", was, now)] == [
            change for change in adoption.changes if {was, now}.intersection(change.name)
        ]
        assert plain == judged(sheet_of(book.store), str)
        assert {OLD} == {d.agency for d in row_of(book.store, "8", "2019-05-31").duties}
    assert "已用 甲县财经局 这个名称，不能冲正" in refusal(lambda: on().reverse(3, "误"))


def test_a_version_with_the_merged_unit_alone_is_understood(on: ShapesBook) -> None:
    """It has declared when all that were merged have: which of them answered before, the plan does not say any more."""
    book = on("2019-05-20")
    book.record(Recording("7", is_done=True, agency=OTHER))
    on().merge((OLD, OTHER), BOTH, CHANGED_ON, "无文号")
    new = version(
        (f"{OLD}: 4, {OTHER}: 3", f"{BOTH}: 7"), (f"{OLD}: 5, {OTHER}: 4", f"{BOTH}: 9"), (f"{OLD}、{OTHER}", BOTH),
        (f"    assist: {OTHER}\n", ""), ("两地财政局、教育局", f"{BOTH}、乙区财政局、乙区教育局"), ("两地财政局", f"{BOTH}、乙区财政局"),
        ("两地教育局", f"{BOTH}、乙区教育局"), (f"  - {{name: {OLD}}}\n", ""), (OLD, BOTH), (OTHER, BOTH),
    )  # fmt: skip
    row = row_of(book.store, "7")
    assert "2019-05-20" == declared_on(row.progress, row.duties[0])
    adoption = adopt(book.store, NewPlan(new, at(TODAY)))
    assert [Change("agencies", (BOTH,), "name", was, BOTH) for was in (OLD, OTHER)] == [
        change for change in adoption.changes if change.part in ("agencies", "sources")
    ]
    row = row_of(book.store, "7")
    assert (BOTH, "") == (row.duties[0].agency, declared_on(row.progress, row.duties[0]))
    on().record(Recording("7", is_done=True, agency=OLD, on="2019-05-31"))
    row = row_of(book.store, "7")
    assert "2019-05-31" == declared_on(row.progress, row.duties[0])
    assert Standing.OPEN == row.judgement.standing


def test_what_a_closed_row_and_all_plans_stand_on_goes_by_the_names(
    book: ShapesBook, sheet: Callable[..., Sheet], store: Store, plan: Plan
) -> None:
    """In a file and on a server: a figure under the new name reopens the question of a closed row, twice of one unit is no double."""
    unit, new = "大新县人社局", "大新县人力资源局"
    book().record(Recording("6.2", (("classes", "1"), ("trainees", "20")), agency=unit))
    book().close("6.2")
    book("2019-07-01").rename(unit, new, CHANGED_ON, "无文号")
    receipt = book("2019-07-01").record(Recording("6.2", (("trainees", "21"),), agency=unit, on="2019-06-19"))
    assert [] == [one for one in receipt.stored if one.draft.details.number("resembles")]
    row = next(row for row in sheet("2019-07-01").rows if row.item.code == "6.2")
    assert (new, True) == (stored_names(store)[-1], row.judgement.needs_review)
    (counted,) = roll_up(store, "2019-07-01", LATEST).counted
    assert Tally.of(plan.meta.title, sheet("2019-07-01").rows) == counted
    book("2019-07-01").merge((new,), "大新县教育局", "2019-06-20", "无文号")
    renamed = next(e for e, name in enumerate(stored_names(store), 1) if name == new)
    assert f"已用 {new} 这个名称，不能冲正" in refusal(lambda: book("2019-07-01").reverse(renamed, "误"))
    adopt(
        store, NewPlan(plan._replace(meta=plan.meta._replace(title="更正的方案（虚构）")), at("2019-07-02"))
    )
    assert {"大新县教育局"} & {agency.name for agency in sheet("2019-07-02").agencies}
    assert new not in {agency.name for agency in sheet("2019-07-02").agencies}
    assert "" == verify(store).fault
