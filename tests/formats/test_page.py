"""The page for a leader: one file that loads nothing, its numbers those of `status --json`, readable on a screen, a phone and paper."""

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element, fromstring

import pytest

from conftest import Result
from planledger.plan.model.entry_kinds import HAPPENED

Cli = Callable[..., Result]
PLANS = Path(__file__).parents[1] / "plans"
LATE = ("--as-of", "2019-12-05")


def written(cli: Cli, ledger: Path, *more: str) -> str:
    """The page of a ledger."""
    assert 0 == cli("page", "看板.html", "--force", "--ledger", str(ledger), *more).code
    return Path("看板.html").read_text("utf-8")


def tree(text: str) -> Element:
    """The page as a tree, for which elements without an end need one."""
    return fromstring(re.sub(r"<(meta|link|br)([^>]*)>", r"<\1\2/>", text.removeprefix("<!DOCTYPE html>\n")))  # noqa: S314  (the page is our own)


def asked(cli: Cli, ledger: Path, *words: str) -> Any:
    """The answer of a question."""
    return json.loads(cli(*words, "--ledger", str(ledger), "--json").out)


def test_every_number_of_the_page_stands_in_the_answers_of_the_same_day(cli: Cli, filled: Path) -> None:
    page = tree(written(cli, filled, *LATE))
    items = {one["code"]: one for one in asked(cli, filled, "status", *LATE)["items"]}
    state = page.find(".//p[@class='state']")
    assert state is not None
    standings = [one["standing"] for one in items.values()]
    counted = {name.replace("-", "_"): number for name, number in state.attrib.items() if name != "class"}
    assert counted == {f"data_{name}": str(standings.count(name)) for name in counted_names(counted)}
    assert {f"data_{name}" for name in standings} <= {*counted}

    bars = [one for one in page.iter("li") if "data-key" in one.attrib]
    figures = {(code, one["key"]): one for code, item in items.items() for one in item["indicators"]}
    for bar in bars:
        figure = figures[bar.attrib["data-code"], bar.attrib["data-key"]]
        side = bar.attrib["data-side"]
        total = figure["by_side"][side] if side else figure["total"]
        assert bar.attrib["data-total"] == f"{total:,}"
        assert bar.attrib["data-target"] == f"{figure['target']:,}"
    sided = {
        name: 2 if one["scope"] == "each" else 1 for name, one in figures.items() if one["target"] is not None
    }
    assert len(bars) == sum(sided.values())

    late = [one for one in page.iter("td") if "data-days-late" in one.attrib]
    days = [int(cell.attrib["data-days-late"]) for cell in late]
    assert days == sorted(days, reverse=True) != []
    for cell in late:
        assert str(items[cell.attrib["data-code"]]["days_late"]) == cell.attrib["data-days-late"]
    owing = {unit["agency"]: unit["owing"] for unit in asked(cli, filled, "agencies", *LATE)["agencies"]}
    units = {
        one.attrib["data-agency"]: int(one.attrib["data-owing"])
        for one in page.iter("li")
        if "data-agency" in one.attrib
    }
    listed = [(name, number) for name, number in owing.items() if number]
    assert [*units.items()] == sorted(listed, key=lambda one: -one[1]), "the most first"


def test_the_months_of_the_page_count_what_stands_in_the_history(cli: Cli, filled: Path) -> None:
    page = tree(written(cli, filled, *LATE))
    items = asked(cli, filled, "status", *LATE)["items"]
    entries = asked(cli, filled, "history", "--limit", "1000", *LATE)["entries"]
    standing = [one for one in entries if one["kind"] in HAPPENED and one["reversed_by"] is None]
    *_, months = (table for table in page.iter("table") if table[0][0][0].text == "月份")
    for month, count, whence, due in (tuple(cell.text for cell in row) for row in months[1]):
        of_month = [one for one in standing if one["dated"][:7] == month]
        senders = {one["agency"] for one in of_month} - {None}
        last_days = [one["last_day"] for one in items if (one["last_day"] or "")[:7] == month]
        assert (f"{len(of_month)}条", f"{len(last_days)}项") == (count, due)
        assert str(whence).startswith(f"{len(senders)}/")
    assert standing


def counted_names(counted: dict[str, str]) -> list[str]:
    """The standings that the page counts."""
    return [name.removeprefix("data_") for name in counted]


def test_the_page_loads_nothing_and_says_its_pictures_in_words(cli: Cli, filled: Path) -> None:
    text = written(cli, filled, *LATE)
    for forbidden in ("http:", "https:", "src=", "url(", "<script", "@import", "@font-face", "<link"):
        assert forbidden not in text
    pictures = [*tree(text).iter("svg")]
    assert pictures
    for picture in pictures:
        title = picture.find("title")
        assert title is not None
        assert title.text == picture.attrib["aria-label"]
        is_late = "：" in title.text and "逾期" in title.text
        assert (picture.find("path") is not None) == is_late, "ticks tell it apart in grey"


def test_late_work_that_was_made_up_and_what_is_to_be_reviewed_stay_visible(cli: Cli, filled: Path) -> None:
    cli("record", "6.2", "--classes", "1", "--on", "2019-11-08", "--ledger", str(filled))  # it is closed
    page = written(cli, filled, *LATE)
    assert "逾期后完成：2.1 选派党政干部挂职锻炼（3天）。" in page
    review = "已销号但数据已变，须复核：6.2 开展粤桂扶贫协作职业技能培训。"
    assert f'<p class="note">{review}</p>' in page
    assert re.search(r"另有\d+项，见 planledger overdue。", page)
    assert review in cli("overdue", "--ledger", str(filled), *LATE).out.replace("\n", "")
    assert "<h2>各月登记：没有</h2>" in written(cli, filled, "--as-of", "2018-12-01")


def test_a_pace_is_drawn_of_what_adds_up_to_ten_or_more(cli: Cli, filled: Path) -> None:
    """On 1 July 182 of 334 days have gone: 155 people would be 84 by now."""
    page = tree(written(cli, filled, "--as-of", "2019-07-01"))
    paced = {
        one.attrib["data-key"]: one[0].text for one in page.iter("li") if "序时进度" in (one[0].text or "")
    }
    assert paced == {"trainees": "0/20人次，序时进度10", "transferred": "0/155人，序时进度84"}
    shown = json.loads(cli("show", "6.1", "--json", "--ledger", str(filled), "--as-of", "2019-07-01").out)
    why = shown["items"][0]["why"]["conditions"]
    paces = {one["indicator"]: one["pace"] for one in why}
    assert paces == {"fairs": None, "transferred": 84, "stable": None, "students": None, "graduates": None}


def test_a_pace_begins_where_the_deadline_names_a_beginning(cli: Cli, home: Path) -> None:
    """On 31 March 90 of 334 days of the year have gone and none of May to November; no row begins before its plan's year."""
    paces = {
        "11月底前": "26.9",
        "5月至11月": "0.0",
        "自5月1日起至11月底": "0.0",
        "2022.5-2022.11": "0.0",
        "第二、三季度": "0.0",
        "2021年5月至2022年11月": "26.9",
        "2022-11-30": "26.9",
        "1—5月": "59.6",
    }
    decimals = ROW.format(100).replace("间, at", "公里, decimals: 1, at").replace("1.100", "{}")
    rows = (decimals.replace("{}", f"1.{n}").replace("11月底前", due) for n, due in enumerate(paces))
    (home / "方案.yaml").write_text(PLAN + "".join(rows), "utf-8")
    assert 0 == cli("init", "方案.yaml", "--ledger", "多.db").code
    page = tree(written(cli, home / "多.db", "--as-of", "2022-03-31"))
    bars = [one for one in page.iter("li") if "data-key" in one.attrib]
    assert [*paces.values()] == [(bar[0].text or "").partition("序时进度")[2] for bar in bars]
    assert {"100.0"} == {bar.attrib["data-target"] for bar in bars}
    shown = json.loads(cli("show", "1.0", "--json", "--ledger", "多.db", "--as-of", "2022-03-31").out)
    assert 26.9 == shown["items"][0]["why"]["conditions"][0]["pace"]


def test_a_bar_counts_units_where_each_owes_and_what_is_above_its_limit_is_not_met(
    cli: Cli, home: Path
) -> None:
    """Three units of which each owes three are counted as units; more than the limit has neither the length nor the colour of done."""
    cli("init", str(PLANS / "shapes.yaml"), "--ledger", "册.db")
    cli("record", "3", "--花费", "6", "--agency", "甲县财政局", "--on", "2019-06-01", "--ledger", "册.db")
    cli("record", "11", "--在册", "3", "--agency", "甲县教育局", "--on", "2019-06-01", "--ledger", "册.db")
    cli("record", "11", "--投诉", "2", "--agency", "甲县教育局", "--on", "2019-06-01", "--ledger", "册.db")
    assert "0/3家" == _bars(cli, home, "2019-10-31")["11 投诉（认定没有超上限的单位）"][0], "nobody is yet"
    bars = _bars(cli, home, "2019-12-20")
    assert "1/3家" == bars["11 在册（达到任务数的单位）"][0]
    assert "1/3家" == bars["11 投诉（认定没有超上限的单位）"][0]
    assert ("6/≤5元，超上限", {"#e3e6e8", "#c0392b"}) == bars["3 花费"]


def _bars(cli: Cli, home: Path, day: str) -> dict[str | None, tuple[str | None, set[str | None]]]:
    """Of each bar on a day by its name: what it says, and its colours."""
    page = tree(written(cli, home / "册.db", "--as-of", day))
    return {
        one[1].text: (one[0].text, {part.attrib.get("fill") for part in one.iter("rect")})
        for one in page.iter("li")
        if "data-key" in one.attrib
    }


def test_the_same_knowledge_gives_the_same_bytes_and_a_file_is_not_replaced_unasked(
    cli: Cli, filled: Path
) -> None:
    first = written(cli, filled, *LATE)
    assert first == written(cli, filled, *LATE)
    again = cli("page", "看板.html", "--ledger", str(filled), *LATE)
    assert (again.code, again.out) == (2, "")
    assert f"planledger page 看板.html --ledger {filled} --as-of 2019-12-05 --force" in again.err
    assert cli("page", "看板.txt") == Result(
        2, "", "看板.txt 不是网页文件名；请写以 .html 结尾的文件名，如 planledger page 看板.html\n"
    )


PLAN = """format: 2
plan: {id: many-2022, title: 云岭县（虚构）全部任务, year: 2022}
sides: [{name: 云岭县}]
agencies: [{name: 云岭县教育局}, {name: 云岭县财政局}]
areas:
  - code: "1"
    name: 全部
    items:
"""
ROW = """      - {{code: "1.{0}", our_title: 第{0}件, text: 新建教室{0}间。, due: 11月底前, units: 教育局、财政局,
         indicators: [{{key: rooms, label: 教室, unit: 间, at_least: {0}}}]}}
"""


def test_the_page_of_the_plan_is_small_and_that_of_300_rows_too(cli: Cli, filled: Path, home: Path) -> None:
    assert len(written(cli, filled, *LATE).encode()) < 60_000
    (home / "方案.yaml").write_text(PLAN + "".join(ROW.format(n) for n in range(1, 301)), "utf-8")
    assert 0 == cli("init", "方案.yaml", "--ledger", "多.db", "--office", "虚构办").code
    assert len(written(cli, home / "多.db", "--as-of", "2023-01-05").encode()) < 300_000


def test_hostile_words_are_only_words(cli: Cli, ledger: Path) -> None:
    cli("office", "name", "<b>办&\x07公室</b>", "--ledger", str(ledger))
    text = written(cli, ledger)
    assert "<b>" not in text
    assert "\x07" not in text


HARNESS = """<!DOCTYPE html><meta charset="utf-8"><iframe src="{page}" width="{width}" height="9000"></iframe><pre></pre>
<script>onload = () => {{ const view = document.querySelector('iframe').contentWindow, page = view.document.documentElement;
document.querySelector('pre').textContent = JSON.stringify({{width: page.scrollWidth, requests:
view.performance.getEntriesByType('resource').length, text: view.document.body.innerText,
cut: [...view.document.querySelectorAll('td,th,li,p')].filter(e => e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display != 'none').length,
thin: [...view.document.querySelectorAll('td:not(.n,.w,.bar)')].filter(e => e.innerText.length > 4 && e.clientWidth < 50).map(e => e.innerText + e.clientWidth)}}) }}</script>"""


def browsed(*words: str) -> str:
    """What a real Chromium says."""
    line = [
        "chromium",
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--allow-file-access-from-files",
        *words,
    ]
    done = subprocess.run(line, capture_output=True, encoding="utf-8", timeout=120, check=True)
    return done.stdout


@pytest.mark.browser
@pytest.mark.parametrize("width", [375, 500, 640, 1200])
def test_a_browser_shows_the_page_whole_on_a_screen_a_tablet_and_a_phone(
    cli: Cli, filled: Path, home: Path, width: int
) -> None:
    """Nothing sticks out, no words stand on end, nothing is requested, and what is read is what stands in the file."""
    cancelled, *moved = ("5.4", "--cancel"), ("1.2", "--due", "2020-03-31"), ("8.1", "--due", "2020-03-31")
    for amended in (cancelled, *moved):
        cli("amend", *amended, "--because", "试验", "--basis", "无文号", "--ledger", str(filled))
    text = written(cli, filled, *LATE)
    assert all(word in text for word in ("终止", "进行中", "未启动", "临期", "逾期", "已销号", "已完成"))
    harness = home / "试.html"
    harness.write_text(HARNESS.format(page="看板.html", width=width), "utf-8")
    shown = browsed("--virtual-time-budget=5000", "--dump-dom", harness.as_uri())
    match = re.search(r"<pre>(.*?)</pre>", shown, re.DOTALL)
    assert match
    seen = json.loads(unescape(match[1]))
    assert seen["requests"] == 0
    assert seen["cut"] == 0
    assert seen["thin"] == []
    assert seen["width"] <= width
    for head in re.findall(r"<h2>(.*?)</h2>", text):
        assert unescape(head) in seen["text"]
    assert "新增转移就业" in seen["text"]


@pytest.mark.browser
@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="no pdfinfo here")
def test_a_browser_prints_26_rows_on_two_pages_of_a4(cli: Cli, filled: Path, home: Path) -> None:
    written(cli, filled, *LATE)
    browsed("--no-pdf-header-footer", f"--print-to-pdf={home / '看板.pdf'}", (home / "看板.html").as_uri())
    about = subprocess.run(["pdfinfo", "看板.pdf"], capture_output=True, encoding="utf-8", check=True).stdout
    assert re.search(r"Pages:\s+2\n", about)
    assert re.search(r"Page size:\s+59\d\S* x 84\d\S* pts \(A4\)", about)
