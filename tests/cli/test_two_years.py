"""Two years in one ledger: last year's plan is not forgotten, and nothing is booked to a year on a guess."""

import json
import re
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.adoption import NewPlan, adopt
from planledger.plan.model.version import Plan
from planledger.plan.refusal import ExitCode
from planledger.questions import sql as questions_sql
from planledger.store.sqlite.embedded import Embedded
from planledger.store.sqlite.opening import open_to_write

Cli = Callable[..., Result]
TITLE = "{}年江海区对口大新县粤桂扶贫协作工作方案"
LAST, THIS = TITLE.format(2019), TITLE.format(2020)


def of_year(plan: Plan, year: int, key: str = "") -> Plan:
    """The plan as it might be promised again in another year: made up."""

    def then(text: str) -> str:
        return text.replace("2019", str(year))

    meta = plan.meta._replace(key=key or f"jianghai-daxin-{year}", title=then(plan.meta.title), year=year)
    return plan._replace(
        meta=meta,
        items=tuple(item._replace(due=then(item.due), last_day=then(item.last_day)) for item in plan.items),
        milestones=tuple(one._replace(day=then(one.day)) for one in plan.milestones),
        filings=tuple(one._replace(last_day=then(one.last_day)) for one in plan.filings),
    )


@pytest.fixture(scope="session")
def two_years_ledger(fresh_ledger: Path, plan: Plan, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which next year's plan was adopted on 25 December; never write to it."""
    path = tmp_path_factory.mktemp("years") / "ledger.db"
    shutil.copy(fresh_ledger, path)
    store = open_to_write(path)
    adopt(store, NewPlan(of_year(plan, 2020), Clerk("试验员", "2019-12-25T09:00:00.000000+08:00")))
    store.close()
    return path


@pytest.fixture
def years(two_years_ledger: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """That ledger in January."""
    path = home / "years.db"
    shutil.copy(two_years_ledger, path)
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(path))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2020-01-15")
    return path


def of_plan(cli: Cli, key: str) -> int:
    """How many entries a plan has."""
    return cli("history", "--plan", key, "--json").out.count('"id"')


class TestQuestions:
    """The plan of the day is asked and named, and the others are not forgotten."""

    def test_january_does_not_forget_last_year(self, years: Path, cli: Cli) -> None:
        lines = cli("overdue").out.splitlines()

        assert [
            f"{THIS}（--plan 2020）",
            "2019年方案未完成26项（逾期26项），报送欠96份 → planledger overdue --plan 2019",
            "",
        ] == lines[:3]
        assert "没有逾期事项。" in lines

    @pytest.mark.parametrize(
        "line",
        [
            "status", "status --sum-by area", "overdue --by item", "upcoming", "show 6.1", "history", "agencies", "reports",
            "silent", "missing", "duplicates", "filings", "evidence list", "status -o 总表.txt",
        ],
    )  # fmt: skip
    def test_every_screen_names_plan_and_others(self, years: Path, cli: Cli, home: Path, line: str) -> None:
        code, out, _ = cli(*line.split())
        text = out or (home / "总表.txt").read_text(encoding="utf-8")

        assert 0 == code
        assert THIS in "".join(text.split("\n")[:4])
        assert 1 == text.count(
            "2019年方案未完成26项（逾期26项），报送欠96份 → planledger overdue --plan 2019"
        )
        assert LAST not in text

    @pytest.mark.parametrize("line", ["status", "overdue", "show 6.1", "history", "filings", "agencies"])
    def test_json_is_as_it_was(self, years: Path, cli: Cli, line: str) -> None:
        code, out, err = cli(*line.split(), "--json")

        assert (0, "") == (code, err)
        assert "--plan" not in out

    def test_a_list_notes_which_plan_it_is(self, years: Path, cli: Cli) -> None:
        code, out, err = cli("overdue", "--csv")

        assert (0, f"{THIS}（--plan 2020）\n") == (code, err)
        assert "--plan" not in out

    def test_the_day_picks_the_plan(self, years: Path, cli: Cli) -> None:
        out = cli("status", "--as-of", "2019-12-31").out

        assert f"{LAST}  截至2019-12-31" in out
        assert out.startswith("2020年方案未完成26项，报送欠96份 → planledger status --plan 2020\n")

    def test_of_one_plan_nothing_else_is_written(
        self, ledger: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nor is anything else read: which plan is meant is asked once."""
        asked: list[str] = []
        rows = Embedded.rows

        def noted(store: Embedded, sql: str, *more: Any) -> Any:
            asked.append(sql)
            return rows(store, sql, *more)

        monkeypatch.setattr(Embedded, "rows", noted)
        out = cli("overdue", "--ledger", str(ledger)).out

        assert out.startswith("截至2019-11-20")
        assert [questions_sql.PLANS_OF_CHAIN] == [sql for sql in asked if "FROM plan" in sql]

    @pytest.mark.parametrize("word", ["2019", "２０１９年", "jianghai-daxin-2019", LAST, "2019年江海区"])
    def test_a_plan_is_named_by_id_year_or_title(
        self, years: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch, word: str
    ) -> None:
        plain = cli("status", "--plan", "jianghai-daxin-2019")
        named = cli("--plan", word, "status")
        assert "planledger --plan jianghai-daxin-2019 show 6.1 " in cli("--plan", word, "6.1").err
        monkeypatch.setenv("PLANLEDGER_PLAN", word)

        assert 0 == plain.code
        assert f"{LAST}\n\n截至2020-01-15：应完成26项" in cli("overdue").out
        assert plain == named == cli("status")
        assert "--plan" not in cli("show", "人社局").err

    def test_a_word_of_two_titles_is_refused_with_both_lines(self, years: Path, cli: Cli) -> None:
        code, out, err = cli("show", "6.1", "--plan", "扶贫协作")

        assert (2, "") == (code, out)
        assert "--plan 扶贫协作 可以指2个方案" in err
        assert [
            "  planledger show 6.1 --plan 2019",
            "  planledger show 6.1 --plan 2020",
        ] == err.splitlines()[1:]

    def test_two_plans_of_a_year_are_named_by_id(self, years: Path, cli: Cli, plan: Plan) -> None:
        store = open_to_write(years)
        adopt(
            store, NewPlan(of_year(plan, 2020, "second"), Clerk("试验员", "2019-12-26T09:00:00.000000+08:00"))
        )
        store.close()

        code, out, err = cli("overdue")

        assert (2, "") == (code, out)
        assert f"--plan jianghai-daxin-2020（{THIS}）；--plan second（{THIS}）" in err
        assert 2 == cli("overdue", "--plan", "2020").code
        assert "second" not in cli("overdue", "--as-of", "2019-12-20", "--known-at", "2019-12-25").out
        assert f"《{THIS}》" in cli("overdue", "--as-of", "2019-12-20").out

    def test_at_most_three_are_read(self, years: Path, cli: Cli, plan: Plan) -> None:
        store = open_to_write(years)
        for year in range(2014, 2018):
            adopt(store, NewPlan(of_year(plan, year), Clerk("试验员", "2019-12-26T09:00:00.000000+08:00")))
        store.close()

        lines = cli("overdue").out.splitlines()[1:5]

        assert ["2019年", "2017年", "2016年", "还有2个方"] == [line[:5] for line in lines]

    def test_a_month_picks_the_plan(self, years: Path, cli: Cli) -> None:
        assert LAST in cli("reports", "--month", "2019-12").out
        assert THIS in cli("reports", "--month", "2020-01").out

    def test_doctor_tells_of_both(self, years: Path, cli: Cli) -> None:
        out = cli("doctor").out

        assert THIS in out
        assert "2019年方案未完成26项（逾期26项），报送欠96份" in out

    @pytest.mark.parametrize(
        "line", ["export annex 总表.xlsx", "export ledger 台账.xlsx", "archive build 归档"]
    )
    def test_what_is_written_says_which_plan_it_is(self, years: Path, cli: Cli, line: str) -> None:
        code, _, err = cli(*line.split())

        assert 0 == code
        assert f"{THIS}（--plan 2020）\n2019年方案未完成26项" in err
        assert (
            LAST
            in cli(*line.replace(".xlsx", "2.xlsx").replace("归档", "归档2").split(), "--plan", "2019").err
        )

    def test_where_no_year_holds_the_day_nothing_is_guessed(
        self, years: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PLANLEDGER_TODAY", "2021-01-15")

        code, out, err = cli("overdue")

        assert (2, "") == (code, out)
        assert ["  planledger overdue --plan 2019", "  planledger overdue --plan 2020"] == err.splitlines()[
            1:
        ]


class TestActions:
    """What was typed decides, then the only plan that has it open; else both lines are there to be pasted."""

    @pytest.mark.parametrize(
        ("line", "key"),
        [
            ("record 6.1 --transferred 5 --on 2019-12-20", 2019),
            ("report 6.1 --nothing --on 2019年12月20日", 2019),
            ("filing record 归档资料 --agency 江海区妇联 --on 20191231", 2019),
            ("amend 6.1 --due 2020-02-28 --because 试验 --basis 无文号 --from 2019-11-01", 2019),
        ],
    )
    def test_a_typed_day_decides(self, years: Path, cli: Cli, line: str, key: int) -> None:
        code, out, err = cli(*line.split())

        assert 0 == code, err
        assert TITLE.format(key) in out
        assert 2 == of_plan(cli, str(key))

    @pytest.mark.parametrize(
        "line",
        [
            "record 6.1 --transferred 5",
            "record '6.1。' --transferred 5 --on 2020-01-10",
            "record 7.1 --done --agency '江海区妇联、大新县妇联'",
            "report 6.1 --nothing",
            "report 6.1 --progress '正在 摸底'",
            "filing record 归档资料 --agency 江海区妇联",
            "filing record 归档资料 --agency 江海区妇联 --on 2020-01-10",
            "attach 7.1 照片.jpg",
            "amend 6.1 --cancel --because 试验 --basis 无文号",
        ],
    )
    def test_what_two_plans_may_mean_is_refused_with_whole_lines(
        self, years: Path, cli: Cli, home: Path, line: str
    ) -> None:
        """January's figure may be of the late row of last year; the lines work when they are pasted."""
        (home / "照片.jpg").write_bytes(b"jpg")
        words = shlex.split(line)

        code, out, err = cli(*words)

        assert (2, "") == (code, out)
        first, *lines = err.splitlines()
        assert "在几个方案里都有，请用 --plan 写明是哪一个" in first
        assert [f"  planledger {line} --plan {year}" for year in (2019, 2020)] == lines
        assert [1, 1] == [of_plan(cli, "2019"), of_plan(cli, "2020")]
        for year, pasted in zip(("2019", "2020"), lines, strict=True):
            assert 0 == cli(*shlex.split(pasted)[1:]).code
            assert 1 < of_plan(cli, year)

    def test_several_rows_in_doubt_have_their_lines_too(self, years: Path, cli: Cli) -> None:
        code, out, err = cli("close", "6.1、7.1")

        assert (2, "") == (code, out)
        assert ["planledger close '6.1、7.1' --plan 2019", "planledger close '6.1、7.1' --plan 2020"] == [
            line.strip() for line in err.splitlines()[-2:]
        ]

    def test_the_only_plan_that_has_it_open(self, years: Path, cli: Cli) -> None:
        """A row that was finished last year is this year's; what was filed last year too."""
        cli("record", "7.1", "--done", "--plan", "2019", "--on", "2019-10-01")
        cli("filing", "record", "归档资料", "--agency", "江海区妇联", "--stamped", "--plan", "2019")

        assert f"记入《{THIS}》" in cli("record", "7.1", "--done").out
        assert THIS in cli("filing", "record", "归档资料", "--agency", "江海区妇联").out

    def test_closing_means_where_it_is_finished(self, years: Path, cli: Cli) -> None:
        cli("record", "7.1", "--done", "--plan", "2019", "--on", "2019-10-01")

        assert f"记入《{LAST}》" in cli("close", "7.1").out
        assert f"记入《{LAST}》" in cli("reopen", "7.1", "--because", "试验").out

    def test_papers_may_still_come_to_what_is_finished(self, years: Path, cli: Cli, home: Path) -> None:
        """The row is open this year and finished last year: whose photograph it is cannot be decided."""
        cli("record", "7.1", "--done", "--plan", "2019", "--on", "2019-10-01")
        (home / "照片.jpg").write_bytes(b"jpg")

        assert 2 == cli("attach", "7.1", "照片.jpg").code
        assert f"记入《{LAST}》" in cli("attach", "7.1", "照片.jpg", "--entry", "3").out

    def test_a_return_means_where_it_lies(self, years: Path, cli: Cli) -> None:
        cli("filing", "record", "归档资料", "--agency", "江海区妇联", "--plan", "2019")

        assert LAST in cli("filing", "return", "江海区妇联", "--because", "缺目录").out

    def test_a_number_decides(self, years: Path, cli: Cli) -> None:
        cli("record", "6.1", "--fairs", "1", "--plan", "2019", "--on", "2019-12-20")

        assert f"记入《{LAST}》" in cli("record", "6.1", "--transferred", "4", "--same-event", "3").out
        assert 0 == cli("correct", "3", "--to", "2", "--because", "试验").code
        assert 1 == of_plan(cli, "2020")

    def test_what_no_plan_has_is_refused_as_ever(self, years: Path, cli: Cli) -> None:
        assert (2, "", "没有事项 6.11。您是不是要写：6.1？运行 planledger status 可看全部编号。\n") == cli(
            "record", "6.11", "--transferred", "5"
        )
        assert "没有报送 某某" in cli("filing", "record", "某某", "--agency", "江海区妇联").err
        assert "没有责任单位 某局" in cli("filing", "record", "归档资料", "--agency", "某局").err

    def test_a_private_number_is_not_repeated_in_a_line_to_paste(self, years: Path, cli: Cli) -> None:
        """It would be masked, and pasted so it would be stored."""
        code, _, err = cli("record", "6.1", "--transferred", "5", "--note", "电话13800000000")

        assert 2 == code
        assert 1 == err.count("\n")
        assert "--plan 2019（" in err

    def test_before_its_year_nothing_is_of_a_plan(
        self, years: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In December next year's plan is there already, and every figure is this year's."""
        monkeypatch.setenv("PLANLEDGER_TODAY", "2019-12-28")

        assert f"记入《{LAST}》" in cli("record", "6.1", "--transferred", "5").out

    def test_a_contact_is_of_the_day(self, years: Path, cli: Cli) -> None:
        assert THIS in cli("contact", "set", "江海区妇联", "--name", "某某某", "--phone", "13800000000").out


class TestContacts:
    """Whom the office called last year it calls this year, until somebody else is named."""

    UNIT = "江海区妇联"

    def known(self, cli: Cli, *more: str) -> str | None:
        answer = json.loads(cli("agencies", "--agency", self.UNIT, "--json", *more).out)
        contact: str | None = answer["agencies"][0]["contact"]
        return contact

    def set(self, cli: Cli, plan: str, name: str, phone: str) -> Result:
        return cli("contact", "set", self.UNIT, "--name", name, "--phone", phone, "--plan", plan)

    def test_last_years_is_taken_over_until_another_is_named(self, years: Path, cli: Cli) -> None:
        self.set(cli, "2019", "虚构员", "13800005678")

        assert "虚** 138****5678" == self.known(cli, "--plan", "2019")
        assert "虚** 138****5678（沿用2019年）" == self.known(cli)
        assert "虚构员 13800005678（沿用2019年）" == self.known(cli, "--full")
        assert 1 == of_plan(cli, "2020")
        self.set(cli, "2020", "某某某", "0750-0001234")
        assert "某** ********234" == self.known(cli) or "沿用" not in str(self.known(cli))
        assert "虚** 138****5678" == self.known(cli, "--plan", "2019")
        back = cli("reverse", "4", "--because", "写错了人")
        assert "现在的联系人：虚** 138****5678（沿用2019年）" in back.out
        assert "虚** 138****5678（沿用2019年）" == self.known(cli)
        assert "现在的联系人：没有" in cli("reverse", "3", "--because", "已调离").out
        assert self.known(cli) is None

    def test_it_shows_wherever_contacts_do(
        self, years: Path, cli: Cli, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.set(cli, "2019", "虚构员", "13800005678")

        narrow = cli("agencies", "--agency", self.UNIT).out
        assert "虚** 138****5678" in narrow
        assert "沿用" in narrow
        monkeypatch.setenv("COLUMNS", "160")
        for line in ("agencies", "silent"):
            assert "虚** 138****5678（沿用2019年）" in cli(line).out
        assert "已登记联系人1家（其中沿用以前年度的1家）" in cli("agencies").out
        assert "沿用2019年" in cli("agencies", "--csv").out
        assert self.UNIT not in cli("agencies", "--missing", "contacts").out
        assert 0 == cli("export", "agencies", "单位.xlsx").code
        from openpyxl import load_workbook

        book = load_workbook(home / "单位.xlsx")
        cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
        assert 1 == sum("虚** 138****5678（沿用2019年）" in cell for cell in cells)
        assert not any("13800005678" in cell for cell in cells)

    def test_the_newest_earlier_plan_that_knows_anybody(self, years: Path, cli: Cli, plan: Plan) -> None:
        """Taken over twice; what came after the moment that is asked about is not known."""
        store = open_to_write(years)
        adopt(store, NewPlan(of_year(plan, 2018), Clerk("试验员", "2019-12-26T09:00:00.000000+08:00")))
        store.close()
        self.set(cli, "2018", "虚构员", "13800005678")

        assert "虚** 138****5678（沿用2018年）" == self.known(cli)
        assert "虚** 138****5678（沿用2018年）" == self.known(cli, "--plan", "2019")
        assert self.known(cli, "--known-at", "2020-01-01") is None
        self.set(cli, "2019", "某某某", "13900005678")
        assert "某** 139****5678（沿用2019年）" == self.known(cli)
        assert "虚** 138****5678" == self.known(cli, "--plan", "2018")


class TestForms:
    """A form is of the plan whose year its month lies in, and comes back to it."""

    def test_a_form_of_last_december_comes_back(self, years: Path, cli: Cli, home: Path) -> None:
        written = cli("template", "--agency", "江海区妇联", "--period", "2019-12", "-o", "表.xlsx")
        dry = cli("import", "表.xlsx", "--dry-run")
        back = cli("import", "表.xlsx")

        assert (0, f"{LAST}（--plan 2019）") == (written.code, written.err.splitlines()[0])
        assert [0, 0] == [dry.code, back.code], dry.out + back.err

    def test_forms_of_two_plans_come_back_together(self, years: Path, cli: Cli, home: Path) -> None:
        for month in ("2019-12", "2020-01"):
            assert 0 == cli("template", "--agency", "江海区妇联", "--period", month).code

        code, _, err = cli("import", *map(str, sorted(home.glob("*.xlsx"))), "--agency", "江海区妇联")

        assert (0, "共2份：已导入0份，没有新增2份，退回0份。\n") == (code, err)

    def test_a_plan_that_was_named_takes_only_its_own(self, years: Path, cli: Cli) -> None:
        cli("template", "--agency", "江海区妇联", "--period", "2019-12", "-o", "表.xlsx")

        code, out, _ = cli("import", "表.xlsx", "--plan", "2020")

        assert 5 == code
        assert "是方案 jianghai-daxin-2019 的表，现在的方案是 jianghai-daxin-2020" in out


def test_completion_asks_the_plan_that_was_typed(
    years: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    def offered(line: str) -> list[str]:
        monkeypatch.setenv("COMP_WORDS", line)
        monkeypatch.setenv("COMP_CWORD", str(len(line.split(" ")) - 1))
        return cli().out.split()

    monkeypatch.setenv("_PLANLEDGER_COMPLETE", "complete_bash")

    assert ["2019", "2020"] == offered("planledger status --plan 2")
    assert ["jianghai-daxin-2019", "jianghai-daxin-2020"] == offered("planledger record --plan j")
    assert ["6.1", "6.2"] == offered("planledger show --plan 2019 6")
    assert ["6.1", "6.2"] == offered("planledger show 6")
    assert [] == offered("planledger show --plan nosuch 6")


class TestOneTitle:
    """Two plans may bear the same title: wherever one is named, its id shows which it is."""

    @pytest.fixture
    def alike(self, cli: Cli, ledger: Path, plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
        """A second plan of the same year and title, and one of the next year."""
        store = open_to_write(ledger)
        for year, key in ((2019, "zweite"), (2020, "dritte")):
            other = of_year(plan, year, key)
            other = other._replace(meta=other.meta._replace(title=LAST))
            adopt(store, NewPlan(other, Clerk("试验员", "2019-06-25T09:00:00.000000+08:00")))
        store.close()
        monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
        monkeypatch.setenv("PLANLEDGER_TODAY", "2019-07-15")
        monkeypatch.setenv("COLUMNS", "200")

    def test_a_refusal_and_its_choices_have_the_id(self, cli: Cli, alike: None) -> None:
        for line in ("overdue", "record 6.1 --transferred 40", f"status --plan {LAST}"):
            answer = cli(*line.split())
            assert 2 == answer.code
            for key in ("jianghai-daxin-2019", "zweite"):
                assert f"--plan {key}（{LAST}）" in answer.err

    @pytest.mark.parametrize("key", ["jianghai-daxin-2019", "zweite", "dritte"])
    def test_a_heading_has_it(self, cli: Cli, alike: None, key: str) -> None:
        assert f"{LAST} {key}\n" in cli("overdue", "--plan", key).out
        assert f"{LAST} dritte（--plan 2020）" in cli("overdue", "--as-of", "2020-02-01").out

    def test_so_has_the_line_of_each_in_all_plans(self, cli: Cli, alike: None) -> None:
        out = cli("status", "--all-plans").out

        assert [1, 1, 1] == [
            out.count(f"{LAST} {key}") for key in ("jianghai-daxin-2019", "zweite", "dritte")
        ]
        rows = json.loads(cli("status", "--all-plans", "--json").out)["plans"]
        assert [LAST] * 3 == [row["title"] for row in rows]

    def test_alone_a_title_is_enough(self, ledger: Path, cli: Cli) -> None:
        out = cli("overdue", "--plan", "jianghai-daxin-2019", "--ledger", str(ledger)).out

        assert LAST in out
        assert f"{LAST} jianghai" not in out


class TestDaysWithoutAYear:
    """It is 15 January 2020, and no day that leaves its year out chooses between the two plans; one that counts from today does."""

    @pytest.mark.parametrize(
        ("typed", "year", "day"),
        [
            ("12月20日", 2020, "2020-12-20"),
            ("6月", 2020, "2020-06-30"),
            ("2019-12-20", 2019, "2019-12-20"),
            ("2019年6月", 2019, "2019-06-30"),
        ],
    )
    def test_a_question_is_answered_from_the_plan_of_today_where_its_day_has_no_year(
        self,
        cli: Cli,
        years: Path,
        typed: str,
        year: int,
        day: str,
    ) -> None:
        answer = json.loads(cli("status", "--json", "--as-of", typed).out)

        assert (f"jianghai-daxin-{year}", day) == (answer["plan"], answer["as_of"])

    @pytest.mark.parametrize(
        ("typed", "year", "month"),
        [
            ("1月", 2020, "2020-01"),
            ("12月", 2020, "2020-12"),
            ("2019年12月", 2019, "2019-12"),
        ],
    )
    def test_a_month_without_a_year_chooses_no_plan(
        self,
        cli: Cli,
        years: Path,
        typed: str,
        year: int,
        month: str,
    ) -> None:
        answer = json.loads(cli("reports", "--json", "--month", typed).out)

        assert (f"jianghai-daxin-{year}", month) == (answer["plan"], answer["month"])

    @pytest.mark.parametrize(
        ("words", "lines"),
        [
            ("record 6.1 --transferred 5 --on 12月20日", 1),
            ("report 6.1 --nothing --on 12.20", 1),
            ("filing record 归档资料 --agency 江海区妇联 --on 12月31日", 1),
            ("amend 6.1 --cancel --because 停办 --basis 无文号 --from 昨天", 2),
        ],
    )
    def test_an_action_is_refused_where_only_a_year_could_tell_the_plan(
        self,
        cli: Cli,
        years: Path,
        words: str,
        lines: int,
    ) -> None:
        """Of this year's plan no day of December has come."""
        before = cli("history", "--json", "--plan", "2019").out
        answer = cli(*words.split())

        assert (ExitCode.REFUSED, lines) == (answer.code, answer.err.count("  planledger "))
        assert "请用 --plan 写明是哪一个" in answer.err
        assert before == cli("history", "--json", "--plan", "2019").out

    @pytest.mark.parametrize(
        ("line", "typed", "full"),
        [
            ("status --json --as-of", "昨天", "2019-12-31"),
            ("overdue --json --as-of", "上月底", "2019-12-31"),
            ("show 6.1 --json --as-of", "3天前", "2019-12-29"),
            ("filings --json --as-of", "上周五", "2019-12-27"),
            ("upcoming --json --as-of", "去年12月", "2019-12"),
            ("history --json --since", "昨天", "2019-12-31"),
            ("reports --json --month", "上月", "2019-12"),
            ("reports --json --month", "本月", "2020-01"),
            ("template --agency 江海区妇联 --period", "上月", "2019-12"),
            ("record 6.1 --transferred 5 --on", "昨天", "2019-12-31"),
            ("record 6.1 --transferred 5 --on", "今天", "2020-01-01"),
            ("report 6.1 --nothing --on", "上周五", "2019-12-27"),
            ("attach 7.1 a.pdf --on", "昨天", "2019-12-31"),
            ("filing record 归档资料 --agency 江海区妇联 --on", "上月底", "2019-12-31"),
            ("amend 6.1 --due 2020-03-31 --because 延期 --basis 无文号 --from", "昨天", "2019-12-31"),
            ("agency rename 大新县妇联 大新县妇女联合会 --basis 无文号 --from", "昨天", "2019-12-31"),
        ],
    )
    def test_a_day_that_counts_from_today_chooses_as_it_does_with_its_year(
        self,
        cli: Cli,
        years: Path,
        home: Path,
        monkeypatch: pytest.MonkeyPatch,
        line: str,
        typed: str,
        full: str,
    ) -> None:
        """On the first of January, in two ledgers that are alike: the same plan, the same answer or the same refusal."""
        monkeypatch.setenv("PLANLEDGER_TODAY", "2020-01-01T09:00")
        (home / "a.pdf").write_bytes(b"%PDF-1.4")
        codes, texts = [], []
        for word in (typed, full):
            shutil.copy(years, home / "ledger.db")
            answer = cli(*line.split(), word, "--ledger", str(home / "ledger.db"))
            codes.append(answer.code)
            texts.append(re.sub(".* 读作 .*\n\n?", "", (answer.out + answer.err).replace(word, full)))
            (home / "江海区妇联-2019-12.xlsx").unlink(missing_ok=True)

        assert (codes[0], texts[0]) == (codes[1], texts[1])
        assert (codes[0] == 0) != ("请用 --plan 写明是哪一个" in texts[0])

    @pytest.mark.parametrize("line", ["reports --month", "template --agency 江海区妇联 --period"])
    def test_a_month_before_all_plans_is_refused_by_that_of_today(
        self, cli: Cli, years: Path, home: Path, line: str
    ) -> None:
        option = line.rsplit(maxsplit=1)[-1]

        assert (
            ExitCode.REFUSED,
            "",
            f"{option} 2018-12：2018-12 不在方案的月份里；请写 2020-01 到 2020-12 之间的月份。\n",
        ) == cli(*line.split(), "2018-12")

    def test_the_plan_that_is_named_gives_the_year(self, cli: Cli, years: Path) -> None:
        answer = cli("record", "6.1", "--transferred", "5", "--on", "12月20日", "--plan", "2019")
        assert "2019-12-20）" in answer.out

        shutil.copy(years, years.with_name("other.db"))
        answer = cli("record", "6.1", "--transferred", "5", "--on", "1月5日", "--plan", "2020")
        assert "2020-01-05）" in answer.out


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("2020-03-01", []),
        ("6月初", ["--on 2019-06-01", "--on 2019-06-10"]),
        ("5月1日", ["--on 5月1日 --plan 2019"]),
        ("昨天", ["--on 昨天 --plan 2019", "--on 昨天 --plan 2020"]),
    ],
)
def test_only_the_plans_that_can_have_the_day_are_lines_to_type(
    years: Path, cli: Cli, typed: str, lines: list[str]
) -> None:
    """A day that has not come, or is none, is refused for what it is; each line that is left can be done."""
    answer = cli("record", "6.1", "--transferred", "4", "--on", typed)

    suggested = [line.strip() for line in answer.err.splitlines() if line.startswith("  planledger")]
    assert [f"planledger record 6.1 --transferred 4 {line}" for line in lines] == suggested
    assert lines or "还没有到" in answer.err
    for line in suggested if "--plan" in answer.err else ():
        assert ExitCode.DONE == cli(*shlex.split(line)[1:]).code
