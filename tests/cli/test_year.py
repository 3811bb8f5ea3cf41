"""The office's year from April to January, as in `docs/year.md`: every command, then what is so on which day."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from conftest import Result
from docs_console import MADE_UP_FILES, ROOT, story
from planledger.plan.refusal import ExitCode

Ask = Callable[..., Any]


@pytest.fixture
def ask(cli: Callable[..., Result], home: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Live through the year, then ask as of a day in January."""
    for name in MADE_UP_FILES:
        (home / name).write_text(f"{name}（虚构）", "utf-8")
    for today, words in story((ROOT / "docs" / "year.md").read_text("utf-8")):
        monkeypatch.setenv("PLANLEDGER_TODAY", today)
        answer = cli(*words)
        assert ExitCode.DONE == answer.code, (today, words, answer.err)
    monkeypatch.setenv("PLANLEDGER_TODAY", "2020-01-20")
    return lambda *words: json.loads(cli(*words, "--json").out)


def item(answer: Any, code: str) -> Any:
    return next(one for one in answer["items"] if one["code"] == code)


def test_the_year_ends_as_it_was_lived(ask: Ask, home: Path) -> None:
    """Each of the year's turns leaves its mark, and the past can still be asked."""
    _cadres_were_late_and_stay_so(ask)
    _the_number_of_the_province_counts_from_its_day(ask)
    _the_fair_that_was_not_held_is_cancelled_and_not_done(ask)
    _one_visit_is_counted_on_two_rows(ask)
    _the_same_forty_people_count_once(ask)
    _what_was_filed_is_known_with_its_first_day(ask)
    _what_was_known_on_15_november_is_still_known(ask)
    _the_archive_of_15_november_is_built_again(home)
    _the_proof_is_where_the_year_left_it(ask)


def _cadres_were_late_and_stay_so(ask: Ask) -> None:
    assert "overdue" == item(ask("status", "--as-of", "2019-09-02"), "2.1")["standing"]
    now = item(ask("status"), "2.1")
    assert ("closed", 5, 5, "2019-09-30") == (
        now["standing"],
        now["days_late"],
        now["late_before_extension"],
        now["last_day"],
    )


def _the_number_of_the_province_counts_from_its_day(ask: Ask) -> None:
    def target(day: str) -> int:
        figures = item(ask("status", "--as-of", day), "6.1")["indicators"]
        return int(next(one["target"] for one in figures if one["key"] == "transferred"))

    assert [155, 172] == [target("2019-09-04"), target("2019-09-05")]


def _the_fair_that_was_not_held_is_cancelled_and_not_done(ask: Ask) -> None:
    now = item(ask("status"), "5.4")
    assert ("cancelled", False) == (now["standing"], any(duty["owes"] for duty in now["duties"]))


def _one_visit_is_counted_on_two_rows(ask: Ask) -> None:
    entries = {one["id"]: one for one in ask("history")["entries"]}
    meeting = next(one for one in entries.values() if one["same_event"] and one["kind"] == "amount")
    visit = entries[meeting["same_event"]]
    assert ("1.2", "1.5") == (visit["code"], meeting["code"])
    assert (visit["dated"], visit["agency"], visit["event"]) == (
        meeting["dated"],
        meeting["agency"],
        meeting["event"],
    )
    assert [] == [one for one in ask("missing")["missing"] if one["code"] == "1.5"]


def _the_same_forty_people_count_once(ask: Ask) -> None:
    moved = item(ask("status", "--as-of", "2019-09-30"), "6.1")["indicators"][1]
    assert (40, [{"agency": "江海区人社局", "total": 40}]) == (moved["total"], moved["checks"])
    marked = [one for one in ask("history", "2.2")["entries"] if one["duplicate_of"]]
    assert [True] == [bool(one["reversed_by"]) for one in marked]
    assert [] == ask("duplicates")["duplicates"]


def _what_was_filed_is_known_with_its_first_day(ask: Ask) -> None:
    units = {one["agency"]: one["filings"] for one in ask("filings")["agencies"]}
    archive = next(one for one in units["江海区人社局"] if one["key"] == "archive")
    assert ("2019-11-14", "2019-11-18", 3) == (
        archive["first_on"],
        archive["complete_on"],
        archive["days_late"],
    )


def _what_was_known_on_15_november_is_still_known(ask: Ask) -> None:
    then = ("--as-of", "2019-11-15", "--known-at", "2019-11-15")
    assert 40 == item(ask("status", *then), "6.1")["indicators"][1]["total"]
    assert 172 == item(ask("status"), "6.1")["indicators"][1]["total"]
    assert "done" == item(ask("status", "--as-of", "2019-11-30"), "6.1")["standing"]


def _the_archive_of_15_november_is_built_again(home: Path) -> None:
    first, again = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (home / "归档资料", home / "归档资料-重建")
    )
    assert first == again
    assert len(first) > 30


def _the_proof_is_where_the_year_left_it(ask: Ask) -> None:
    files = ask("evidence", "list")["evidence"]
    assert [
        ("1.3", "会议纪要", "会议纪要.pdf", False),
        ("1.3", "会议材料", "会议材料.pdf", False),
        ("6.1", "花名册", "某**.xlsx", True),
    ] == [(one["code"], one["kind"], one["name"], bool(one["destroyed_by"])) for one in files]
    assert [] == [
        one for one in ask("missing")["missing"] if one["side"] == "大新县" and one["code"] == "1.3"
    ]
