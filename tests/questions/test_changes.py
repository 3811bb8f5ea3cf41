"""What changed since a day or a head: the rows that turned, the figures that moved, what was recorded and of which days."""

import json
from collections.abc import Callable
from pathlib import Path
from shutil import copyfile

import pytest

from asking import ledger_as_of
from conftest import Result, at, copied
from histories import FIRST_DAY, History, versions
from planledger.ledger.plans.adoption import NewPlan, create_ledger
from planledger.plan.days import shift
from planledger.plan.model.terms import Standing
from planledger.questions.answers.changes import Changes, changes_since_day, changes_since_head
from planledger.questions.facts.office import read_head
from planledger.questions.sheet import Sheet, load

Cli = Callable[..., Result]


def turned(answer: Changes, before: Sheet) -> None:
    """Hold the rows and figures of an answer against the two states of the annex."""
    was = {row.item.code: row for row in before.rows}
    late = [
        row
        for row in answer.sheet.rows
        if row.judgement.standing == Standing.OVERDUE != was[row.item.code].judgement.standing
    ]
    done = [row for row in answer.sheet.rows if row.judgement.is_done > was[row.item.code].judgement.is_done]
    undone = [
        row for row in answer.sheet.rows if row.judgement.is_done < was[row.item.code].judgement.is_done
    ]
    assert (list(answer.newly_late), list(answer.newly_done), list(answer.undone)) == (late, done, undone)
    moved = {(one.row.item.code, one.indicator.key): (one.before, one.after) for one in answer.figures}
    for row in answer.sheet.rows:
        for figure in row.progress.figures:
            earlier = was[row.item.code].progress.figure(figure.indicator.key)
            pair = (earlier.total() if earlier else None), figure.total()
            assert moved.get(figure.name, (pair[1], pair[1])) == pair


@pytest.fixture
def life(tmp_path: Path) -> History:
    """A random history over the made-up plan of all shapes."""
    path = tmp_path / "ledger.db"
    create_ledger(path, NewPlan(versions()[0], at(FIRST_DAY), "虚构办"), lambda _: True)
    return History(copied(path), 3)


def test_the_changes_since_a_day_or_a_head_are_the_difference_of_two_states(life: History) -> None:
    life.live(40)
    middle, head = life.today, read_head(life.store)
    life.live(40)
    ledger = ledger_as_of(life.store, life.today)

    by_day = changes_since_day(ledger, since=middle)
    turned(by_day, load(ledger._replace(as_of=shift(middle, -1))))
    assert by_day.figures
    assert not by_day.backdated

    by_head = changes_since_head(ledger, number=head.number)
    turned(by_head, load(ledger._replace(as_of=head.recorded_at[:10], known_at=head.recorded_at)))
    numbers = [one.number for one in by_head.history.entries]
    assert numbers == list(range(head.number + 1, read_head(life.store).number + 1))
    assert by_head.backdated
    assert all(one.dated < head.recorded_at[:10] for one in by_head.backdated)

    early = ledger._replace(as_of=shift(middle, -9))  # another day is told apart from another knowledge of it
    by_early = changes_since_head(early, number=head.number)
    turned(by_early, load(early._replace(known_at=head.recorded_at)))
    assert by_early.figures


def test_a_meeting_sees_what_is_new_since_the_last_one(
    cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A figure corrected, a row done, a report, and rows that became late at the turn of the month; no column is empty."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-10-29")
    cli("record", "2.2", "--培训人次", "22", "--on", "2019-10-28")
    cli("record", "9.1", "--done", "--on", "2019-10-28")
    head = cli("verify").out.split("链首 ")[1].strip()
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-04")
    cli("correct", "2", "--to", "19", "--because", "重复计了3人次")
    cli("report", "6.1", "--progress", "正在摸底", "--agency", "大新县人社局", "--on", "2019-11-01")
    cli("record", "6.2", "--培训班", "1", "--on", "2019-10-20")
    cli("chase", "大新县妇联", "--way", "电话")
    cli("report", "6.2", "--nothing", "--agency", "大新县人社局", "--on", "2019-10-21")

    assert cli("changes", "--since", head, "--csv").out.splitlines() == [
        "\ufeff变化,编号,事项,内容,责任单位,记录号",
        "新逾期,7.1,积极动员社会力量参与扶贫协作,逾期4天，还缺13家单位申报,江海区工商联、大新县工商联、江海区团委、大新县团委、江海区妇联、大新县妇联、江海区工会、大新县工会、江海区外海街道、江海区礼乐街道、江海区江南街道、大新县硕龙镇、大新县下雷镇,",
        "新完成,6.2,开展粤桂扶贫协作职业技能培训,已完成,,",
        "不再算完成,2.2,联合开展干部培训,临期，还缺培训人次1人次,江海区委组织部、大新县委组织部,",
        "数字有变,2.2,联合开展干部培训,培训人次 22→19人次（-3）,,",
        "数字有变,6.2,开展粤桂扶贫协作职业技能培训,培训班 0→1期（+1）,,",
        "冲正,2.2,联合开展干部培训,2019-10-28 冲正第2号：培训人次 -22人次  重复计了3人次,本办,4",
        "进展情况,6.1,召开招聘会促进贫困人口就业,2019-11-01 进展情况：正在摸底,大新县人社局,6",
        "催办,,,2019-11-04 催办：电话，7.1，归档资料、工作总结,大新县妇联,8",
        "链首之后才登记的以前的事,2.2,联合开展干部培训,2019-10-28 培训人次 +19人次  更正第2号：重复计了3人次,本办,5",
        "链首之后才登记的以前的事,6.2,开展粤桂扶贫协作职业技能培训,2019-10-20 培训班 +1期,本办,7",
        "链首之后才登记的以前的事,6.2,开展粤桂扶贫协作职业技能培训,2019-10-21 零报告,大新县人社局,9",
    ]
    shown = cli("changes", "--since", "2019-11-01", "--until", "2019-11-04").out
    assert [line.rstrip() for line in shown.splitlines()] == [
        "2019-11-01到2019-11-04的变化。",
        "另有3条是后来登记的以前的事，没有列入；要看请运行：",
        f"planledger changes --since {head}",
        "",
        "新逾期（1）",
        "编号  事项             内容                                     责任单位",
        "────────────────────────────────────────────────────────────────────────────────",
        "7.1   积极动员社会力量 逾期4天，还缺13家单位申报                江海区工商联等13",
        "      参与扶贫协作                                              家",
        "",
        "冲正（1）",
        "编号  事项             内容                              责任单位         记录号",
        "────────────────────────────────────────────────────────────────────────────────",
        "2.2   联合开展干部培训 2019-10-28 冲正第2号：培训人次    本办                  4",
        "                       -22人次  重复计了3人次",
        "",
        "进展情况（1）",
        "编号  事项             内容                              责任单位         记录号",
        "────────────────────────────────────────────────────────────────────────────────",
        "6.1   召开招聘会促进贫 2019-11-01 进展情况：正在摸底     大新县人社局          6",
        "      困人口就业",
        "",
        "催办（1）",
        "内容                                                     责任单位         记录号",
        "────────────────────────────────────────────────────────────────────────────────",
        "2019-11-04 催办：电话，7.1，归档资料、工作总结           大新县妇联            8",
    ]
    by_day, by_head = (
        json.loads(cli("changes", "--since", since, "--json").out) for since in ("2019-11-01", head)
    )
    assert (3, head, []) == tuple(by_day[key] for key in ("left_out", "left_out_since", "backdated"))
    assert [[6, 9], [5, 7, 9]] == [[one["id"] for one in by_head[key]] for key in ("report", "backdated")]
    listed = cli("changes", "--since", "2019-11-01", "--csv").err
    assert (
        f"另有3条是后来登记的以前的事，没有列入；要看请运行：\n  planledger changes --since {head}\n"
        == listed
    )
    copyfile(next(home.rglob("ledger.db")), "另存.db")
    elsewhere = cli("changes", "--since", "2019-11-01", "--csv", "--ledger", "另存.db").err
    assert f"\n  planledger --ledger 另存.db changes --since {head}\n" in elsewhere
    before_the_ledger = cli("changes", "--since", "2019-10-29").out.splitlines()
    assert ["另有5条是后来登记的以前的事，没有列入；要看请运行：", "planledger history"] == before_the_ledger[
        1:3
    ]
    assert "另有" not in cli("changes", "--since", "2019-10-20").out
    cli("close", "6.2", "--note", "证书已核")
    cli("filing", "record", "归档资料", "--agency", "大新县妇联")
    cli("filing", "return", "大新县妇联", "--because", "缺目录")
    lines = [
        line.split(",")[:2] for line in cli("changes", "--since", "2019-11-04", "--csv").out.splitlines()
    ]
    assert [["销号", "6.2"], ["报送", ""], ["退回补正", ""]] == [
        one for one in lines if one[0] in "销号报送退回补正"
    ]


def test_a_letter_to_several_units_is_one_line_and_each_of_its_entries_counts(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-11-04")
    cli("chase", "大新县团委", "大新县工会", "江海区妇联", "--way", "函")
    shown = [line.rstrip() for line in cli("changes", "--since", "2019-11-04").out.splitlines()]
    assert "催办（3）" in shown
    assert [
        "2019-11-04 催办：函，7.1，归档资料、工作总结             江海区妇联、大新 2、3、",
        "                                                         县团委等3家      4",
    ] == shown[-2:]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "没有写从哪一天起；请加 --since 7天前，或 verify 抄下的链首，如 --since 33:0123456789abcdef。"),
        (
            ("--since", "33:0123456789abcdef"),
            "--since 33:0123456789abcdef：抄下的链首是第33条，台账只有2条：不是这个台账的链首，或后面的被截去，或换成了旧的台账。",
        ),
        (
            ("--since", "第45号"),
            "--since 第45号：不是日期，也不是整个链首；请写成 年-月-日，或照抄 verify 显示的链首，如 33:0123456789abcdef。",
        ),
        (
            ("--since", "2019-12-07"),
            "--since 2019-12-07：2019-12-07 在 2019-12-06 之后；请写更早的一天，或用 --until 写明到哪一天。",
        ),
        (
            ("--since", "昨天", "--until", "今天", "--as-of", "今天"),
            "--until 和 --as-of 是一个意思，只能写一个。",
        ),
        (
            ("--since", "6月", "--until", "周五"),
            "--until 周五：没有写是哪一周；请写成 2019-11-29 或 2019-12-06。\n"
            "  planledger changes --since 6月 --until 2019-11-29\n"
            "  planledger changes --since 6月 --until 2019-12-06",
        ),
    ],
)
def test_a_time_that_is_none_is_refused(
    cli: Cli, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], sentence: str
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-06")
    cli("record", "6.1", "--transferred", "40", "--on", "2019-06-18")
    assert cli("changes", *words) == Result(2, "", f"{sentence}\n")


def test_a_new_version_that_moves_a_day_is_a_change_and_so_are_the_rows_that_it_makes_late(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By a day and by a head; a span that ends before the adoption, and one that begins behind it, know one version only."""
    small = (Path(__file__).parents[1] / "plans" / "small.yaml").read_text("utf-8")
    plan = tmp_path / "plan.yaml"
    plan.write_text(small.replace("trial-2019", "moved-2019"), "utf-8")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-10-08")
    cli("adopt", str(plan))
    monkeypatch.setenv("PLANLEDGER_PLAN", "moved-2019")
    head = cli("verify").out.split("链首 ")[1].strip()
    plan.write_text(plan.read_text("utf-8").replace("due: 2019年11月\n", "due: 2019年9月\n"), "utf-8")
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-10-15")
    number = cli("adopt", str(plan)).out.split("（第")[1].split("号")[0]

    changed = [
        "新逾期,1.1,教师交流,逾期15天，还缺教师10人、会议纪要,甲县财政局、乙区财政局,",
        f"启用方案,,,2019-10-15 启用方案  试验方案,本办,{number}",
    ]
    assert cli("changes", "--since", "2019-10-10", "--csv").out.splitlines()[1:] == changed
    assert cli("changes", "--since", head, "--csv").out.splitlines()[1:] == changed
    assert (
        cli("changes", "--since", "2019-10-10", "--until", "2019-10-14", "--csv").out.splitlines()[1:] == []
    )
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-10-17")
    assert cli("changes", "--since", "2019-10-16", "--csv").out.splitlines()[1:] == []
