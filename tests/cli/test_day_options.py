"""Days as people type them at the command line: read, shown as they were read, refused with the lines to type."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Result
from planledger.plan.refusal import ExitCode

Cli = Callable[..., Result]
UNIT = "大新县人社局"


@pytest.fixture
def july(cli: Cli, ledger: Path, monkeypatch: pytest.MonkeyPatch) -> Cli:
    """A ledger on Wednesday 10 July 2019."""
    monkeypatch.setenv("PLANLEDGER_LEDGER", str(ledger))
    monkeypatch.setenv("PLANLEDGER_TODAY", "2019-07-10")
    return cli


def last(cli: Cli) -> dict[str, object]:
    """The latest entry."""
    entry: dict[str, object] = json.loads(cli("history", "--json").out)["entries"][0]
    return entry


@pytest.mark.parametrize(
    ("action", "typed", "day"),
    [
        ("record 6.1 --transferred 40", "6.18", "2019-06-18"),
        ("record 6.1 --transferred 40", "昨天", "2019-07-09"),
        ("record 1.1 --done", "06-18", "2019-06-18"),
        ("record 6.1 --fairs 1", "上周五", "2019-07-05"),
        ("record 6.1 --fairs 1", "两周前", "2019-06-26"),
        ("report 6.1 --progress 动员 --agency 大新县人社局", "６月１８号", "2019-06-18"),
        ("report 6.1 --nothing --agency 大新县人社局", "上月底", "2019-06-30"),
        ("filing record 归档资料 --agency 江海区妇联", "3天前", "2019-07-07"),
    ],
)
def test_a_day_is_stored_and_shown_as_it_was_read(july: Cli, action: str, typed: str, day: str) -> None:
    answer = july(*action.split(), "--on", typed)

    assert ExitCode.DONE == answer.code
    assert f"{day}）" in answer.out
    assert day == last(july)["dated"]


def test_a_file_bears_the_day_as_it_was_read(july: Cli, home: Path) -> None:
    (home / "a.pdf").write_bytes(b"%PDF-1.4")
    answer = july("attach", "7.1", "a.pdf", "--on", "6月18日")

    assert "2019-06-18）" in answer.out
    assert "2019-06-18" == last(july)["dated"]


@pytest.mark.parametrize(
    ("action", "note"),
    [
        ("record 6.1 --transferred 40", "6月1日-6月5日"),
        ("record 6.1 --transferred 40 --note 第一期", "第一期；6月1日-6月5日"),
        ("report 6.1 --progress 动员 --agency 大新县人社局", "6月1日-6月5日"),
        ("filing record 归档资料 --agency 江海区妇联 --note 已核", "已核；6月1日-6月5日"),
    ],
)
def test_of_two_days_the_last_counts_and_the_words_stay_in_the_note(
    july: Cli, action: str, note: str
) -> None:
    answer = july(*action.split(), "--on", "6月1日-6月5日")

    assert "2019-06-05）" in answer.out
    assert ("2019-06-05", note) == (last(july)["dated"], last(july)["note"])


def test_what_was_sent_back_on_two_days_has_the_words_behind_the_reason(july: Cli) -> None:
    july("filing", "record", "归档资料", "--agency", "江海区妇联", "--on", "6.1")
    july("filing", "return", "江海区妇联", "--because", "缺目录", "--on", "6月3日至5日")

    assert ("2019-06-05", "缺目录；6月3日至5日") == (last(july)["dated"], last(july)["note"])


def test_of_two_days_of_two_years_the_lines_have_both_days(
    july: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a span over the turn of a year no line is left in which it begins before it ends."""
    monkeypatch.setenv("PLANLEDGER_TODAY", "2020-01-10")
    action = ["record", "6.1", "--fairs", "1", "--on"]
    answer = july(*action, "1月5日-8日")
    lines = answer.err.splitlines(keepends=True)

    assert [
        f"  planledger {' '.join(action)} {year}-01-05至{year}-01-08\n" for year in (2019, 2020)
    ] == lines[1:]
    assert 1 == july(*action, "12月28日-1月8日").err.count("\n")
    july(*lines[2].split()[1:])
    assert ("2020-01-08", "2020-01-05至2020-01-08") == (last(july)["dated"], last(july)["note"])


@pytest.mark.parametrize("typed", ["1月5日", "1.5", "１月５号"])
@pytest.mark.parametrize(
    "action",
    [
        ["record", "6.1", "--transferred", "40"],
        ["report", "6.1", "--nothing"],
        ["filing", "record", "归档资料", "--agency", "江海区妇联"],
    ],
)
def test_a_day_that_may_be_of_two_years_is_refused_with_both_lines(
    july: Cli, monkeypatch: pytest.MonkeyPatch, action: list[str], typed: str
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2020-01-10")
    answer = july(*action, "--on", typed)
    line = " ".join(["planledger", *action, "--on"])

    assert (
        ExitCode.REFUSED,
        f"--on {typed}：可以是 2019-01-05，也可以是 2020-01-05；请写上年份。未登记。\n"
        f"  {line} 2019-01-05\n  {line} 2020-01-05\n",
    ) == (answer.code, answer.err)
    assert "adoption" == last(july)["kind"]
    assert 0 == july(*answer.err.splitlines()[1].split()[1:]).code


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            ["record", "6.1", "--fairs", "1", "--on", "7.11"],
            "--on 7.11：2019-07-11 还没有到（今天是 2019-07-10）",
        ),
        (
            ["record", "6.1", "--fairs", "1", "--on", "本月底"],
            "--on 2019-07-31 还没有到（今天是 2019-07-10）",
        ),
        (
            ["record", "6.1", "--fairs", "1", "--on", "6月"],
            "--on 6月：只写了月份；请写是哪一天，如 2019-06-01。",
        ),
        (["record", "6.1", "--fairs", "1", "--on", "2月30日"], "--on 2月30日：2019年2月没有30日"),
        (["overdue", "--as-of", "6月1日-6月5日"], "是两天，这里只写一天：2019-06-01 或 2019-06-05。"),
        (["history", "--since", "6.1-6.5"], "是两天，这里只写一天：2019-06-01 或 2019-06-05。"),
        (["history", "--since", "12月"], "--since 12月：2019-12-01 还没有到（今天是 2019-07-10）"),
        (
            ["status", "--all-plans", "--as-of", "6.18"],
            "--as-of 6.18：没有写年份；请写上年份，如 2019-06-18。",
        ),
        (["status", "--known-at", "6月18日"], "--known-at 6月18日：没有写年份；请写上年份，如 2019-06-18。"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_to_write(
    july: Cli, line: list[str], sentence: str
) -> None:
    answer = july(*line)

    assert (ExitCode.REFUSED, True) == (answer.code, sentence in answer.err)


@pytest.mark.parametrize(
    "line",
    [
        ["record", "6.1", "--fairs", "1", "--on", "19-6-18"],
        ["status", "--as-of", "19年6月18日"],
        ["history", "--since", "19/6/18"],
    ],
)
def test_a_year_of_two_digits_is_refused_with_the_line_to_type(july: Cli, line: list[str]) -> None:
    answer = july(*line)

    assert "：年份不是四位；请写成 2019-06-18。" in answer.err
    assert answer.err.endswith(f"  {' '.join(['planledger', *line[:-1]])} 2019-06-18\n")


def test_a_day_of_no_week_is_refused_with_a_line_for_each_week(july: Cli) -> None:
    answer = july("record", "6.1", "--fairs", "1", "--on", "周一")
    lines = [f"  planledger record 6.1 --fairs 1 --on 2019-07-0{day}\n" for day in (1, 8)]

    assert (
        ExitCode.REFUSED,
        f"--on 周一：没有写是哪一周；请写成 2019-07-01 或 2019-07-08。未登记。\n{''.join(lines)}",
    ) == (answer.code, answer.err)
    assert ExitCode.DONE == july(*lines[1].split()[1:]).code


def test_a_line_to_paste_has_its_day_before_the_arguments_that_are_marked_off(july: Cli) -> None:
    answer = july("record", "--on", "周一", "--fairs", "1", "--", "6.1")
    lines = [f"  planledger record --fairs 1 --on 2019-07-0{day} -- 6.1\n" for day in (1, 8)]

    assert answer.err.endswith("".join(lines))
    assert ExitCode.DONE == july(*lines[1].split()[1:]).code


def test_a_day_of_this_week_that_has_not_come_is_no_day_of_work(july: Cli) -> None:
    answer = july("record", "6.1", "--fairs", "1", "--on", "本周五")

    assert (
        ExitCode.REFUSED,
        "--on 2019-07-12 还没有到（今天是 2019-07-10）；请写事情发生的那一天。未登记。\n",
    ) == (
        answer.code,
        answer.err,
    )


WHY = ["--because", "延期", "--basis", "无文号"]


@pytest.mark.parametrize(
    ("typed", "today", "day"),
    [
        ("10月", "2019-07-10", "2019-10-31"),
        ("12月20日", "2019-07-10", "2019-12-20"),
        ("十月底前", "2019-07-10", "2019-10-31"),
        ("下周三", "2019-07-10", "2019-07-17"),
        ("上半年", "2019-05-10", "2019-06-30"),
        ("明年1月15日", "2019-12-10", "2020-01-15"),
        ("今年3月底", "2020-01-10", "2020-03-31"),
        ("明年底", "2020-01-10", "2021-12-31"),
        ("本月底前", "2020-01-10", "2020-01-31"),
    ],
)
def test_a_deadline_may_be_a_day_or_a_month_that_comes(
    july: Cli, monkeypatch: pytest.MonkeyPatch, typed: str, today: str, day: str
) -> None:
    """Without its year it is of the plan of 2019; a year such as 明年 counts from today."""
    monkeypatch.setenv("PLANLEDGER_TODAY", today)
    answer = july("amend", "6.1", "--due", typed, *WHY)

    assert ExitCode.DONE == answer.code
    assert f"调整：最后一天 原2019-11-30，调整为{day}（无文号），自{today}起；延期" in answer.out


@pytest.mark.parametrize(
    ("typed", "today", "days"),
    [
        ("1月15日", "2019-07-10", ("2019-01-15", "2020-01-15")),
        ("6月", "2019-07-10", ("2019-06-30", "2020-06-30")),
        ("上半年", "2019-07-10", ("2019-06-30", "2020-06-30")),
        ("3月31日", "2020-01-10", ("2019-03-31", "2020-03-31")),
        ("12月底前", "2020-01-10", ("2019-12-31", "2020-12-31")),
        ("1月5日", "2020-01-10", ("2019-01-05", "2021-01-05")),
        ("6.18", "2021-03-01", ("2019-06-18", "2021-06-18")),
    ],
)
def test_a_deadline_whose_day_of_the_plans_year_is_over_is_refused_with_the_next_one(
    july: Cli, monkeypatch: pytest.MonkeyPatch, typed: str, today: str, days: tuple[str, str]
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", today)
    answer = july("amend", "6.1", "--due", typed, *WHY)
    lines = [f"  planledger amend 6.1 {' '.join(WHY)} --due {day}\n" for day in days]

    assert (
        ExitCode.REFUSED,
        f"--due {typed}：可以是 {days[0]}，也可以是 {days[1]}；请写上年份。未登记。\n{''.join(lines)}",
    ) == (answer.code, answer.err)
    assert ExitCode.DONE == july(*lines[1].split()[1:]).code


@pytest.mark.parametrize("typed", ["2019-01-15", "昨天", "上月15日"])
def test_a_deadline_with_its_year_that_is_over_has_no_other(july: Cli, typed: str) -> None:
    answer = july("amend", "6.1", "--due", typed, *WHY)

    assert ExitCode.REFUSED == answer.code
    assert (
        "早于调整生效的 2019-07-10，到期的事不能再改期；请核对，或用 --from 写明从哪一天起。未登记。\n"
        in answer.err
    )


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("record 6.1 --fairs 1 --on 某天", "--on 某天：看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("amend 6.1 --cancel --because 停办 --basis 无文号 --from 某天", "--from 某天：看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("amend 6.1 --due 尽快 --because 延期 --basis 无文号", "--due 尽快：看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("filing record 归档资料 --agency 江海区妇联 --on 某天", "--on 某天：看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("history --since 某天", "--since 某天：看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("overdue --as-of 某天", "--as-of 某天：看不懂；请写成 年-月-日，如 2019-06-18。"),
        ("reports --month 上半年", "--month 上半年：看不懂；请写成 年-月，如 2019-06。"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_an_example_of_the_plans_year(
    july: Cli, monkeypatch: pytest.MonkeyPatch, line: str, sentence: str
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2021-03-01")
    answer = july(*line.split())

    assert (ExitCode.REFUSED, "", sentence) == (
        answer.code,
        answer.out,
        answer.err.removesuffix("\n").removesuffix("未登记。"),
    )


@pytest.mark.parametrize(
    ("month", "today", "last"), [("2018-12", "2019-07-10", "2019-12"), ("2020-02", "2020-01-10", "2020-01")]
)
@pytest.mark.parametrize("line", [f"template --agency {UNIT} --period", "reports --month"])
def test_a_month_before_the_plans_year_or_behind_it_and_not_begun_is_refused(
    july: Cli, monkeypatch: pytest.MonkeyPatch, home: Path, line: str, month: str, today: str, last: str
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", today)
    answer = july(*line.split(), month)

    assert (
        ExitCode.REFUSED,
        "",
        f"{line.rsplit(maxsplit=1)[-1]} {month}：{month} 不在方案的月份里；请写 2019-01 到 {last} 之间的月份。\n",
    ) == answer
    assert ExitCode.DONE == july(*line.split(), last).code


def test_a_form_of_no_month_that_was_typed_is_not_of_the_year_before_the_plan(
    july: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLANLEDGER_TODAY", "2018-12-21")

    assert (
        ExitCode.REFUSED,
        "",
        "--period 2018-12：2018-12 不在方案的月份里；请写 2019-01 到 2019-12 之间的月份。\n",
    ) == july("template", "--agency", UNIT)


QUESTIONS = [
    "status",
    "status --sum-by area",
    "overdue",
    "upcoming",
    "show 6.1",
    "history",
    "missing",
    "duplicates",
    "agencies",
    "reports",
    "silent",
    "filings",
    "evidence list",
]


@pytest.mark.parametrize("form", ["", "--json", "--csv"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_every_question_shows_how_its_day_was_read(july: Cli, question: str, form: str) -> None:
    """The answer is that of the full day, and one line says which day that is: JSON and CSV have it beside them."""
    july("record", "6.1", "--transferred", "40", "--on", "2019-06-18", "--agency", UNIT)
    words = [*question.split(), *form.split()]
    full = july(*words, "--as-of", "2019-06-18")
    loose = july(*words, "--as-of", "6月18日")
    line = "--as-of 6月18日 读作 2019-06-18。\n"

    assert (0, 0, "") == (full.code, loose.code, full.err)
    assert (loose.out, loose.err) == ((full.out, line) if form else (f"{line}\n{full.out}", ""))


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("history --since 6月", "--since 6月 读作 2019-06-01。"),
        ("history --since 昨天", "--since 昨天 读作 2019-07-09。"),
        ("reports --month 上月", "--month 上月 读作 2019-06。"),
        ("reports --month 5月份", "--month 5月份 读作 2019-05。"),
        ("status --as-of 本月底", "--as-of 本月底 读作 2019-07-31。"),
        ("status --all-plans --as-of 昨天", "--as-of 昨天 读作 2019-07-09。"),
        ("status --known-at 前天", "--known-at 前天 读作 2019-07-08。"),
        (f"template --agency {UNIT} --period 6月 -o a.xlsx", "--period 6月 读作 2019-06。"),
        ("export annex a.xlsx --as-of 6.18", "--as-of 6.18 读作 2019-06-18。"),
        ("export ledger a.xlsx --as-of 6.18", "--as-of 6.18 读作 2019-06-18。"),
        ("export agencies a.xlsx --as-of 6.18", "--as-of 6.18 读作 2019-06-18。"),
        ("archive build 归档 --as-of 6.18", "--as-of 6.18 读作 2019-06-18。"),
    ],
)
def test_whatever_asks_for_a_day_or_a_month_shows_how_it_was_read(july: Cli, words: str, line: str) -> None:
    answer = july(*words.split())

    assert (0, 1) == (answer.code, f"{answer.out}{answer.err}".splitlines().count(line))


@pytest.mark.parametrize(
    "words",
    ["status --as-of 2019年6月18日", "reports --month 2019年6月", "history --since 20190601"],
)
def test_what_was_typed_in_full_needs_no_such_line(july: Cli, words: str) -> None:
    assert "读作" not in "".join(map(str, july(*words.split())))


def test_a_day_that_stands_alone_is_offered_with_its_option(july: Cli) -> None:
    assert "请写：planledger status --as-of 昨天" in july("status", "昨天").err
    assert (
        "请写：planledger record 6.1 --fairs 1 --on 6月18日"
        in july("record", "6.1", "--fairs", "1", "6月18日").err
    )
