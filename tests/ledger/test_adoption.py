"""Plans are adopted whole, the answer lists what they change, and what has entries is never taken away."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from book import Book
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.chain import plan_digest
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, adopt, create_ledger
from planledger.ledger.plans.in_memory import adopt_in_memory
from planledger.plan.model.version import Change, Plan
from planledger.plan.refusal import Refusal
from planledger.questions.facts.plans import whole_plan
from planledger.questions.facts.which_plan import plan_in_force
from planledger.questions.sheet import Sheet
from planledger.store import database
from planledger.store.database import Store
from planledger.store.errors import Busy
from planledger.store.paths import built_in_plan
from planledger.store.sqlite.opening import open_to_write

SEPTEMBER = Clerk("试验员", "2019-09-10T09:00:00.000000+08:00")


def raised(plan: Plan) -> Plan:
    """The plan with 172 in place of 155."""
    changed = tuple(i._replace(target=172) if i.key == "transferred" else i for i in plan.indicators)
    return plan._replace(indicators=changed)


def test_a_plan_comes_back_from_the_tables_as_it_went_in(plan: Plan) -> None:
    store = adopt_in_memory(plan, SEPTEMBER)
    back = whole_plan(store, plan_in_force(store, "", "2019-09-10", "9999").version_id)

    assert plan == back
    assert plan_digest(plan) == plan_digest(back)
    store.close()


@pytest.mark.usefixtures("_plan_is_copied")
def test_a_ledger_of_copied_tables_is_one_that_was_made_anew(plan: Plan, tmp_path: Path) -> None:
    """What the tests of commands begin with is what a command writes, but for the random name of its chain."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("secrets.token_hex", lambda size: "5a" * size)
        for name, begun in {"copied": plan, "anew": plan._replace()}.items():
            assert create_ledger(tmp_path / name, NewPlan(begun, SEPTEMBER, "试验办"), lambda _: True)
    copied, anew = (sqlite3.connect(tmp_path / name) for name in ("copied", "anew"))
    with closing(copied), closing(anew):
        for pragma in ("application_id", "user_version", "page_size", "auto_vacuum", "journal_mode"):
            assert (
                anew.execute(f"PRAGMA {pragma}").fetchall() == copied.execute(f"PRAGMA {pragma}").fetchall()
            )
        assert list(anew.iterdump()) == list(copied.iterdump())


def test_a_new_version_says_every_row_that_it_changes(store: Store, plan: Plan) -> None:
    done = adopt(store, NewPlan(raised(plan), SEPTEMBER))

    assert (2, False) == (done.entry, done.is_new)
    assert (Change("indicators", ("6.1", "transferred"), "target", 155, 172),) == done.changes


def test_known_at_picks_the_version_in_force(store: Store, plan: Plan, sheet: Callable[..., Sheet]) -> None:
    adopt(store, NewPlan(raised(plan), SEPTEMBER))

    def target(known_at: str) -> int | None:
        row = next(row for row in sheet("2019-12-01", known_at).rows if row.item.code == "6.1")
        return next(f.indicator.target for f in row.progress.figures if f.indicator.key == "transferred")

    assert [155, 172] == [target("2019-09-10T08:59:59.999999+08:00"), target("9999")]


def test_the_same_version_again_is_not_recorded(store: Store, plan: Plan) -> None:
    assert 0 == adopt(store, NewPlan(plan, SEPTEMBER)).entry
    assert [(1,)] == store.rows("SELECT COUNT(*) FROM entry")


def test_a_version_taken_up_again_is_in_force_again(store: Store, plan: Plan) -> None:
    adopt(store, NewPlan(raised(plan), SEPTEMBER))
    adopt(store, NewPlan(plan, SEPTEMBER))
    back = whole_plan(store, plan_in_force(store, "", "2019-09-10", "9999").version_id)

    assert plan == back
    assert [(2,)] == store.rows("SELECT COUNT(*) FROM version")


def test_reversing_an_adoption_puts_the_version_before_in_force(store: Store, plan: Plan) -> None:
    adopt(store, NewPlan(raised(plan), SEPTEMBER))
    Book(store, SEPTEMBER).reverse(2, "文号有误")

    assert plan == whole_plan(store, plan_in_force(store, "", "2019-09-10", "9999").version_id)


@pytest.mark.parametrize(
    ("change", "lost"),
    [
        (lambda p: p._replace(items=tuple(i for i in p.items if i.code != "6.1")), "事项 6.1"),
        (
            lambda p: p._replace(indicators=tuple(i for i in p.indicators if i.key != "transferred")),
            "6.1 的指标 新增转移就业",
        ),
        (
            lambda p: p._replace(
                indicators=tuple(
                    i._replace(decimals=2) if i.key == "transferred" else i for i in p.indicators
                )
            ),
            "6.1 的指标 新增转移就业 的单位、小数位、口径或计数范围",
        ),
    ],
)
def test_what_has_entries_cannot_be_dropped_or_remeasured(
    store: Store, plan: Plan, change: Callable[[Plan], Plan], lost: str
) -> None:
    Book(store, SEPTEMBER).record(Recording("6.1", (("transferred", "40"),)))

    with pytest.raises(Refusal) as refused:
        adopt(store, NewPlan(change(plan), SEPTEMBER))

    assert f"新版本丢掉了已有记录的内容：{lost}。请在方案文件里保留后再启用。台账未改动。" == str(
        refused.value
    )
    assert [(2,)] == store.rows("SELECT COUNT(*) FROM entry")


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda p: p._replace(agencies=tuple(a for a in p.agencies if a.name != "江海区委办")),
            "单位 江海区委办",
        ),
        (lambda p: p._replace(requirements=()), "1.3 的材料 会议纪要"),
        (
            lambda p: p._replace(
                sides=tuple(s._replace(name="江海") if s.name == "江海区" else s for s in p.sides)
            ),
            "江海区（方）",
        ),
    ],
)
def test_units_sides_and_papers_with_entries_stay(
    store: Store, plan: Plan, change: Callable[[Plan], Plan], sentence: str
) -> None:
    paper = Recording(
        "1.3",
        (("meetings", "1"),),
        paper="会议纪要",
        reference="试1号",
        held_by="江海区委办",
        agency="江海区委办",
    )
    Book(store, SEPTEMBER).record(paper)

    with pytest.raises(Refusal, match=sentence):
        adopt(store, NewPlan(change(plan), SEPTEMBER))


def test_an_adoption_on_which_anything_stands_is_not_taken_back(store: Store, plan: Plan) -> None:
    adopt(store, NewPlan(raised(plan), SEPTEMBER))
    Book(store, SEPTEMBER).record(Recording("6.1", (("transferred", "40"),)))

    with pytest.raises(Refusal, match="第2号启用之后已有记录"):
        Book(store, SEPTEMBER).reverse(2, "文号有误")


def test_a_held_ledger_is_busy_for_an_adoption_too(
    ledger: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever SQLModel wraps around the database's error, it means the same."""
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    holder = sqlite3.connect(ledger, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    opened = open_to_write(ledger)

    with pytest.raises(Busy):
        adopt(opened, NewPlan(raised(plan), SEPTEMBER))
    opened.close()
    holder.close()


def test_two_plans_live_in_one_ledger_and_the_year_tells_them_apart(store: Store, plan: Plan) -> None:
    next_year = plan._replace(meta=plan.meta._replace(key="jianghai-daxin-2020", year=2020))
    done = adopt(store, NewPlan(next_year, SEPTEMBER))

    assert done.is_new
    assert "jianghai-daxin-2019" == plan_in_force(store, "", "2019-12-01", "9999").key
    assert "jianghai-daxin-2020" == plan_in_force(store, "", "2020-02-01", "9999").key
    assert "jianghai-daxin-2019" == plan_in_force(store, "jianghai-daxin-2019", "2020-02-01", "9999").key
    with pytest.raises(Refusal, match="请用 --plan 写明是哪一个"):
        plan_in_force(store, "", "2021-01-01", "9999")


def test_adopt_at_the_counter_prints_the_changes(
    cli: Callable[..., "tuple[int, str, str]"], ledger: Path, home: Path
) -> None:
    file = home / "plan.yaml"
    text = built_in_plan().read_text(encoding="utf-8")
    file.write_text(text.replace("at_least: 155", "at_least: 172"), encoding="utf-8")

    code, out, err = cli("adopt", str(file), "--ledger", str(ledger))

    assert (0, "") == (code, err)
    assert out.startswith("已启用《2019年江海区对口大新县粤桂扶贫协作工作方案》的新版本（第2号记录），改动")
    assert "  指标 6.1 transferred 的目标：155 → 172\n" in out
    assert (
        0,
        "《2019年江海区对口大新县粤桂扶贫协作工作方案》与现行版本相同，没有登记。\n",
        "",
    ) == cli("adopt", str(file), "--ledger", str(ledger))


def test_adopt_as_the_first_thing_creates_the_ledger_with_that_plan_alone(
    cli: Callable[..., "tuple[int, str, str]"], home: Path
) -> None:
    """Who serves another county never meets the plan that came with the program."""
    second = Path(__file__).parents[1] / "plans" / "second.yaml"
    code, out, err = cli("adopt", str(second))

    assert (0, "") == (code, err)
    assert out.startswith(f"已新建台账 {home}/share/planledger/ledger.db\n启用《甲县（虚构）2021年")
    assert "2019年江海区" not in cli("status", "--as-of", "2019-11-20")[1]
