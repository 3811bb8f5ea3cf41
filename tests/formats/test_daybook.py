"""The ledger as a workbook: every entry in its order with its seal, and where the chain ends."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

import workbooks
from book import Book
from conftest import Result
from planledger.ledger.actions.request import Recording
from planledger.ledger.chain.verification import verify
from planledger.store.database import Store
from planledger.store.sqlite.opening import open_to_write

Cli = Callable[..., Result]


@pytest.fixture
def export(cli: Cli, home: Path) -> Callable[..., Path]:
    """The workbook of a ledger."""

    def made(ledger: Path, *options: str) -> Path:
        assert 0 == cli("export", "ledger", "台账.xlsx", "--ledger", str(ledger), *options).code
        return home / "台账.xlsx"

    return made


def test_every_entry_is_there_oldest_first_and_says_what_history_says(
    export: Callable[..., Path], cli: Cli, filled: Path
) -> None:
    """Each column of `history --csv` stands in the workbook too."""
    out = cli("history", "--csv", "--ledger", str(filled), "--limit", "1000").out.removeprefix("\ufeff")
    entries = list(csv.DictReader(io.StringIO(out)))[::-1]
    lines = workbooks.lines_of(workbooks.sheet_of(export(filled), "台账"))

    assert [str(n + 1) for n in range(len(entries))] == [entry["编号"] for entry in entries]
    for entry, line in zip(entries, lines, strict=True):
        amount = entry["数量"].replace(",", "")
        assert [
            int(entry["编号"]), entry["事项"], entry["类型"], float(amount) if amount else None,
            entry["发生日期"], entry["记录时间"], entry["责任单位"], entry["方"], entry["记录人"], entry["说明"],
            entry["冲正"], entry["已被冲正"], entry["指标"],
        ] == [
            line["记录号"], line["编号"] or "", line["类型"], line["数量"],
            line["发生日期"], line["记录时间"], line["责任单位"], line["方"] or "", line["记录人"], line["说明"] or "",
            str(line["冲正第几号"] or ""), str(line["已被第几号冲正"] or ""), line["指标"] or line["内容"] or "",
        ]  # fmt: skip


def test_an_amount_is_a_number_in_its_unit(export: Callable[..., Path], filled: Path) -> None:
    page = workbooks.sheet_of(export(filled), "台账")
    (row,) = [row for row in page.iter_rows(min_row=4) if row[4].value == "捐款"]

    assert (12345.5, "#,##0.00", "元") == (row[5].value, row[5].number_format, row[6].value)


def test_what_was_reversed_is_struck_and_what_reverses_is_grey(
    export: Callable[..., Path], filled: Path
) -> None:
    page = workbooks.sheet_of(export(filled), "台账")
    rows = {row[0].value: row for row in page.iter_rows(min_row=4)}
    (reversal,) = [row for row in rows.values() if row[12].value]
    reversed_one = rows[reversal[12].value]

    assert reversed_one[13].value == reversal[0].value
    assert (True, "00808080") == (reversed_one[4].font.strike, reversed_one[4].font.color.rgb)
    assert (False, "00808080") == (bool(reversal[4].font.strike), reversal[4].font.color.rgb)
    assert not reversed_one[18].font.strike
    assert {"宋体"} == {cell.font.name for row in rows.values() for cell in row if cell.value is not None}


def test_seals_and_head_are_those_of_the_chain(export: Callable[..., Path], filled: Path, cli: Cli) -> None:
    """The head is word for word what `verify` prints."""
    path = export(filled, "--as-of", "2019-08-01")
    store = open_to_write(filled)
    seals = {str(number): seal.hex() for number, seal in store.rows("SELECT id, hash FROM entry")}
    verification = verify(store)
    store.close()
    lines = workbooks.lines_of(workbooks.sheet_of(path, "台账"))
    chain = {row[0]: row[1] for row in workbooks.sheet_of(path, "链首").iter_rows(values_only=True)}

    assert lines
    assert {str(line["记录号"]): line["封签"] for line in lines}.items() <= seals.items()
    assert f"{verification.entries}:{verification.head[:16]}" == chain["链首"]
    assert f"链首 {chain['链首']}\n" in cli("verify", "--ledger", str(filled)).out
    assert f"{len(lines)}条，截至2019-08-01" == chain["本表所列"]
    assert ("jianghai-daxin-2019", "2019-11-20") == (chain["方案 id"], chain["导出日期"])
    assert 64 == len(chain["方案内容摘要"])


def test_only_what_was_known_at_a_moment_is_there(export: Callable[..., Path], filled: Path) -> None:
    """A reversal that came later has struck nothing yet."""
    lines = workbooks.lines_of(workbooks.sheet_of(export(filled, "--known-at", "2019-08-01"), "台账"))

    assert lines
    assert all(line["记录时间"] < "2019-08-01" and not line["已被第几号冲正"] for line in lines)


def test_without_a_ledger_no_entry_is_listed(cli: Cli, home: Path) -> None:
    assert 0 == cli("export", "ledger", "台账.xlsx").code
    chain = {
        row[0]: row[1] for row in workbooks.sheet_of(home / "台账.xlsx", "链首").iter_rows(values_only=True)
    }

    assert [] == workbooks.lines_of(workbooks.sheet_of(home / "台账.xlsx", "台账"))
    assert ("还没有台账", "0条") == (chain["链首"], chain["台账全部记录"])


def test_the_event_of_an_entry_is_shown(
    export: Callable[..., Path], ledger: Path, book: Callable[..., Book]
) -> None:
    book().record(Recording("1.2", (("visits", "1"),), side="江海区", event="党政代表团互访"))
    lines = workbooks.lines_of(workbooks.sheet_of(export(ledger), "台账"))

    assert "党政代表团互访" == lines[1]["同一件事"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("=", "="),
        ("+1", "+1"),
        ("-1", "-1"),
        ("@x", "@x"),
        ("#N/A", "#N/A"),
        ("6.10", "6.10"),
        ("\t=1", "\t=1"),
        ("a\rb\nc\r\nd\ve", "a\nb\nc\nd\ne"),
        ("\x01\x1b[31m\u202e", r"\x01\x1b[31m\u202e"),
        ("_x000D_", "_x005F_x000D_"),
    ],
)
def test_a_note_stays_the_text_that_it_is(
    export: Callable[..., Path], ledger: Path, store: Store, text: str, expected: str
) -> None:
    """No formula, no error, no number, nothing that acts on a machine."""
    workbooks.report(store, text)
    path = export(ledger)
    row = list(workbooks.sheet_of(path, "台账").iter_rows(min_row=4))[-1]

    assert (expected, "s") == (row[17].value, row[17].data_type)
    assert "<f>" not in workbooks.raw(path)


def test_a_note_that_no_cell_can_hold_goes_on_behind_the_table(
    export: Callable[..., Path], ledger: Path, store: Store
) -> None:
    """Nothing is cut in silence."""
    text = "".join(chr(0x4E00 + n % 5000) for n in range(40_000))
    workbooks.report(store, text)
    row = list(workbooks.sheet_of(export(ledger), "台账").iter_rows(min_row=4, values_only=True))[-1]

    assert ["（内容续）", "（说明续）"] == [value[:5] for value in row[19:]]
    assert f"进展情况：{text}" == row[16] + row[19][5:]
    assert text == row[17] + row[20][5:]
    assert all(len(str(value)) <= 32_767 for value in row)


def test_the_ledger_is_ready_for_the_printer(export: Callable[..., Path], filled: Path) -> None:
    page = workbooks.sheet_of(export(filled), "台账")
    setup = page.page_setup

    assert ("landscape", 8, 1, 0) == (
        setup.orientation, int(setup.paperSize), int(setup.fitToWidth), int(setup.fitToHeight),
    )  # fmt: skip
    assert ("$1:$3", "B4", "第 &P 页 共 &N 页") == (
        page.print_title_rows, page.freeze_panes, page.oddFooter.center.text,
    )  # fmt: skip
