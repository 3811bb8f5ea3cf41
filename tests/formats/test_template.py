"""The fill-in form as a unit gets it: read back cell by cell, for several units and for another plan."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from asking import ledger_as_of
from conftest import copied
from planledger.formats.form.layout import (
    COLUMNS,
    DETAIL_COLUMNS,
    DETAIL_ROWS,
    DETAILS,
    FILL_IN,
    FIRST_DETAIL_ROW,
    FIRST_KEY_ROW,
    FIRST_ROW,
    HEAD_ROW,
    HELP,
    IDENTITY,
    IDENTITY_NAMES,
    OPEN,
)
from planledger.formats.form.write_form import identity, write_form
from planledger.formats.text import figures, phrases
from planledger.ledger.clerk import Clerk
from planledger.ledger.plans.in_memory import adopt_in_memory
from planledger.plan.file.yaml_file import require_plan
from planledger.plan.model.rows import Indicator
from planledger.plan.people.contact import FOOTER
from planledger.plan.refusal import Refusal
from planledger.questions.forms.form import Form, form_of, forms_of_all
from planledger.questions.sheet import load
from year import fill

SECOND = Path(__file__).parent.parent / "plans" / "second.yaml"
DAY, MONTH = "2019-11-20", "2019-11"
UNITS = ("江海区督查室", "大新县人社局", "江海区扶贫办", "江海区妇联", "大新县国泰资产经营有限公司")
YELLOW = "FFFFF8D9"


@pytest.fixture(scope="module")
def forms(fresh_ledger: Path) -> dict[str, Form]:
    """The forms of all units in a ledger that is in use."""
    store = copied(fresh_ledger)
    fill(store)
    sheet = load(ledger_as_of(store, DAY))
    return {form.agency.name: form for form in forms_of_all(sheet, MONTH)}


@pytest.fixture(scope="module")
def second() -> Form:
    """The form of a unit of the made-up county."""
    store = adopt_in_memory(require_plan(SECOND), Clerk("试验员", "2021-01-04T09:00:00.000000+08:00"))
    sheet = load(ledger_as_of(store, "2021-06-18"))
    agency = next(one for one in sheet.agencies if one.name == "甲县财政局")
    return form_of(sheet, agency, "2021-06")


def column(name: str) -> int:
    return COLUMNS.index(name) + 1


def footer_row(form: Form) -> int:
    """Where the footer is filled in: below the lines, a blank row and its heads."""
    return FIRST_ROW + len(form.lines) + 2


def printed(form: Form) -> bytes:
    """The form as a file."""
    file = BytesIO()
    write_form(form, file)
    return file.getvalue()


def opened(file: bytes | Path) -> Any:
    """A workbook as another program reads it."""
    from openpyxl import load_workbook

    return load_workbook(BytesIO(file) if isinstance(file, bytes) else file)


def read(form: Form) -> Any:
    """The form as another program reads it."""
    return opened(printed(form))


def cells(sheet: Any, name: str) -> list[Any]:
    """The cells of a column, of every line."""
    rows = (row for row in range(FIRST_ROW, sheet.max_row + 1) if sheet.cell(row, 1).value)
    return [sheet.cell(row, column(name)) for row in rows]


def rule_of(sheet: Any, coordinate: str) -> Any:
    """The rule on a cell."""
    (validation,) = [rule for rule in sheet.data_validations.dataValidation if coordinate in rule.sqref]
    return validation


def test_the_head_says_what_it_is_whose_and_who_gets_it_back(forms: dict[str, Form]) -> None:
    sheet = read(forms["大新县人社局"])[FILL_IN]

    assert "2019年江海区对口大新县粤桂扶贫协作工作方案填报表" == sheet["A1"].value
    assert "填报单位：大新县人社局　　　填报期：2019年11月" == sheet["A2"].value
    assert (
        "本表由大新县人社局填写，交江海区扶贫办、大新县扶贫办。方案规定的报送："
        "归档资料（纸质、电子），最后一天 2019-11-15，报粤桂扶贫协作领导小组办公室（方案四（一））；"
        "工作总结（纸质，盖章），最后一天 2019-11-30，"
        "报江海区粤桂扶贫协作领导小组办公室、大新县粤桂扶贫协作领导小组办公室（方案四（二））。"
    ) == sheet["A3"].value
    assert list(COLUMNS) == [cell.value for cell in sheet[HEAD_ROW]]


def test_an_office_gives_its_own_form_to_the_other(forms: dict[str, Form]) -> None:
    text = read(forms["江海区扶贫办"])[FILL_IN]["A3"].value

    assert text.startswith("本表由江海区扶贫办填写，交大新县扶贫办。")


@pytest.mark.parametrize("unit", UNITS)
def test_each_duty_and_indicator_has_one_line_in_the_plans_order(forms: dict[str, Form], unit: str) -> None:
    form = forms[unit]
    sheet = read(form)[FILL_IN]
    expected = [
        (
            line.row.item.code,
            line.row.item.text,
            phrases.role_text(line.duty.role),
            line.indicator.label if line.indicator else None,
            line.indicator.unit if line.indicator else None,
        )
        for line in form.lines
    ]

    assert expected == [
        tuple(cell.value for cell in row[:5]) for row in sheet.iter_rows(min_row=FIRST_ROW) if row[0].value
    ]
    assert footer_row(form) == sheet.max_row


def test_a_code_is_text_also_where_it_looks_like_a_number(forms: dict[str, Form]) -> None:
    """6.10 would become 6.1."""
    form = forms["大新县人社局"]
    line = form.lines[0]
    progress = line.row.progress._replace(item=line.row.item._replace(code="6.10"))
    odd = form._replace(lines=(line._replace(row=line.row._replace(progress=progress)),))
    book = read(odd)

    for cell in (book[FILL_IN]["A5"], book[IDENTITY].cell(FIRST_KEY_ROW, 2), book[IDENTITY]["E1"]):
        assert ("6.10", "s") == (cell.value, cell.data_type)
    assert "@" == book[FILL_IN]["A5"].number_format == book[DETAILS]["A3"].number_format


def test_what_is_known_stands_next_to_what_was_promised(forms: dict[str, Form]) -> None:
    """Figures are numbers; money has its two decimals; nothing reported is an empty cell."""

    def known(unit: str, label: str) -> tuple[object, ...]:
        sheet = read(forms[unit])[FILL_IN]
        row = next(cell.row for cell in cells(sheet, "指标") if cell.value == label)
        return tuple(sheet.cell(row, column(name)).value for name in ("目标", "本单位累计", "全项累计"))

    assert ("不少于155", 40, 40) == known("大新县人社局", "新增转移就业")
    assert (None, 280, 280) == known("大新县人社局", "稳定就业")
    assert (None, None, None) == known("大新县教育局", "就读职业学校")
    assert (None, 12345.5, 12345.5) == known("江海区妇联", "捐款")
    assert ("每方不少于2", None, 2) == known("江海区扶贫办", "常委会")
    sheet = read(forms["江海区妇联"])[FILL_IN]
    assert ["#,##0.00", "#,##0.00", "#,##0", "#,##0"] == [c.number_format for c in cells(sheet, "全项累计")]
    assert {"yyyy-mm-dd"} == {c.number_format for c in cells(sheet, "发生日期") if not c.protection.locked}


@pytest.mark.parametrize(
    ("comparison", "scope", "target", "decimals", "expected"),
    [
        ("at_least", "whole", 155, 0, "不少于155"),
        ("at_least", "each", 2, 0, "每方不少于2"),
        ("at_least", "whole", 950, 1, "不少于95.0"),
        ("at_most", "whole", 3_000_000, 2, "不超过30,000.00"),
        ("about", "whole", 300, 0, "300左右"),
        ("none", "whole", None, 0, ""),
    ],
)
def test_a_promise_is_written_without_its_unit(
    comparison: str, scope: str, target: int | None, decimals: int, expected: str
) -> None:
    assert expected == figures.promised_text(
        Indicator("1", "k", "指标", "个", decimals, "flow", scope, comparison, target, False)
    )


@pytest.mark.parametrize("unit", UNITS)
def test_only_what_the_unit_fills_is_open_and_yellow(forms: dict[str, Form], unit: str) -> None:
    form = forms[unit]
    sheet = read(form)[FILL_IN]
    expected = set()
    for row, line in enumerate(form.lines, FIRST_ROW):
        names = {
            "本期新增": line.indicator,
            "发生日期": line.indicator,
            "佐证材料": line.indicator,
            "是否完成": line.may_declare,
            "进展情况": line.is_first,
            "存在问题": line.is_first,
            "下一步措施": line.is_first,
        }
        assert set(OPEN) == set(names)
        expected |= {(row, column(name)) for name, is_open in names.items() if is_open}
    expected |= {(footer_row(form), column(name)) for name in OPEN[: len(FOOTER)]}
    every_cell = [cell for row in sheet.iter_rows() for cell in row]

    assert expected == {(cell.row, cell.column) for cell in every_cell if not cell.protection.locked}
    assert expected == {(cell.row, cell.column) for cell in every_cell if YELLOW == cell.fill.fgColor.rgb}


def test_every_sheet_is_protected_without_a_password(forms: dict[str, Form]) -> None:
    book = read(forms["江海区督查室"])

    assert [FILL_IN, DETAILS, HELP, IDENTITY] == book.sheetnames
    assert {(True, None)} == {(sheet.protection.sheet, sheet.protection.password) for sheet in book}


def test_a_figure_is_whole_or_has_its_decimals_and_is_never_below_zero(forms: dict[str, Form]) -> None:
    """The hint says what to count: what is new, or of a stock what there is."""
    book = read(forms["江海区妇联"])
    money, people = (rule_of(book[FILL_IN], f"I{row}") for row in (5, 7))

    assert ("decimal", "greaterThanOrEqual", "0") == (money.type, money.operator, money.formula1)
    assert ("whole", "greaterThanOrEqual", "0") == (people.type, people.operator, people.formula1)
    assert (
        "填本期新发生的数，单位是元（2位以内小数）；没有就空着。几件事分开填到“明细”的，这里空着。"
        == money.prompt
    )
    assert "这里只能填不小于0的整数，不写单位。" == people.error
    jobs = read(forms["大新县人社局"])[FILL_IN]
    stable = next(cell.row for cell in cells(jobs, "指标") if cell.value == "稳定就业")
    assert rule_of(jobs, f"I{stable}").prompt.startswith(
        "填现有的总数，不是增加数，单位是人（整数）；没有也要填0。"
    )


def test_a_day_is_one_of_the_plans_year(forms: dict[str, Form], second: Form) -> None:
    """Days are numbers to a spreadsheet: 43466 is 2019-01-01, 43830 is 2019-12-31."""
    for form, first, last in ((forms["江海区督查室"], "43466", "43830"), (second, "44197", "44561")):
        book = read(form)
        for rule in (rule_of(book[FILL_IN], "J6") if form is second else rule_of(book[FILL_IN], "J5"),
                     rule_of(book[DETAILS], "D52")):  # fmt: skip
            assert ("date", "between", first, last) == (
                rule.type,
                rule.operator,
                rule.formula1,
                rule.formula2,
            )
            assert f"须在{form.sheet.plan.year}年内。" in rule.prompt


def test_done_is_yes_or_no(forms: dict[str, Form]) -> None:
    form = forms["江海区督查室"]

    assert form.lines[0].may_declare
    rule = rule_of(read(form)[FILL_IN], "K5")
    assert ("list", '"是,否"', False) == (rule.type, rule.formula1, bool(rule.showDropDown))


@pytest.mark.parametrize("unit", UNITS)
def test_every_rule_hints_and_refuses_in_chinese(forms: dict[str, Form], unit: str) -> None:
    """A spreadsheet takes 32 characters of a heading and 255 of a hint."""
    book = read(forms[unit])
    rules = [rule for sheet in book for rule in sheet.data_validations.dataValidation]

    assert rules
    for rule in rules:
        assert rule.showInputMessage
        assert rule.showErrorMessage
        assert rule.errorStyle in (None, "stop")  # which is what it is where none stands
        assert 0 < len(rule.promptTitle) <= 32
        assert "。" == rule.prompt[-1] == rule.error[-1]
        assert max(len(rule.prompt), len(rule.error)) <= 255


def test_details_are_fifty_open_lines_with_lists_that_hang_on_names(forms: dict[str, Form]) -> None:
    form = forms["江海区扶贫办"]
    book = read(form)
    sheet = book[DETAILS]
    last = FIRST_DETAIL_ROW + DETAIL_ROWS - 1

    assert list(DETAIL_COLUMNS) == [cell.value for cell in sheet[2]]
    assert sheet["A1"].protection.locked
    assert "两处都填了数的，不予登记，退回重填" in sheet["A1"].value
    assert {f"{letter}{row}" for letter in "ABCDEF" for row in range(3, 53)} == {
        cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked
    }
    for letter, name, offered in (
        ("A", "planledger_codes", [line.row.item.code for line in form.lines]),
        ("B", "planledger_labels", [line.indicator.label for line in form.lines if line.indicator]),
    ):
        assert name == rule_of(sheet, f"{letter}{last}").formula1
        ((title, area),) = book.defined_names[name].destinations
        assert IDENTITY == title
        assert list(dict.fromkeys(offered)) == [row[0].value for row in book[title][area]]


def test_help_has_five_lines(forms: dict[str, Form]) -> None:
    lines = [row[0].value for row in read(forms["江海区督查室"])[HELP].iter_rows(min_row=2)]

    assert ["1", "2", "3", "4", "5"] == [line.partition(".")[0] for line in lines]
    assert "绿色小三角" in lines[4]


@pytest.mark.parametrize("unit", UNITS)
def test_a_form_knows_which_one_it_is_twice_over(forms: dict[str, Form], unit: str) -> None:
    """On a hidden sheet, and in the properties of the document."""
    form = forms[unit]
    book = read(form)
    hidden = book[IDENTITY]
    names = dict(zip(IDENTITY_NAMES, identity(form), strict=True))

    assert ("2", "jianghai-daxin-2019", form.sheet.plan.digest, unit, MONTH, form.template) == identity(form)
    assert "hidden" == hidden.sheet_state
    assert list(names.items()) == [(hidden.cell(n, 1).value, hidden.cell(n, 2).value) for n in range(1, 7)]
    assert {f"planledger.{name}": value for name, value in names.items()} == {
        one.name: one.value for one in book.custom_doc_props.props
    }
    assert [(row, *line.key) for row, line in enumerate(form.lines, FIRST_ROW)] == [
        (hidden.cell(row, 1).value, hidden.cell(row, 2).value, hidden.cell(row, 3).value or "")
        for row in range(FIRST_KEY_ROW, FIRST_KEY_ROW + len(form.lines))
    ]


def test_a_form_is_printed_on_a4_across_one_page_wide(forms: dict[str, Form]) -> None:
    book = read(forms["江海区扶贫办"])
    for sheet, head, corner in ((book[FILL_IN], HEAD_ROW, "B5"), (book[DETAILS], 2, "B3")):
        setup = sheet.page_setup
        assert ("landscape", 9, 1, 0) == (
            setup.orientation,
            setup.paperSize,
            setup.fitToWidth,
            setup.fitToHeight,
        )
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (f"${head}:${head}", corner) == (sheet.print_title_rows, sheet.freeze_panes)
        assert "第 &P 页 共 &N 页" == sheet.oddFooter.center.text
        assert "thin" == sheet.cell(head + 1, 1).border.left.style
        assert ("黑体", True) == (sheet.cell(head, 1).font.name, sheet.cell(head, 1).font.b)
        assert sheet.cell(head, 1).font.strike is None  # some programs take a written "no" for a yes
        assert "宋体" == sheet.cell(head + 1, 1).font.name


def altered(form: Form, text: str) -> Form:
    """A form whose first item says something else."""
    line = form.lines[0]
    progress = line.row.progress._replace(item=line.row.item._replace(text=text))
    return form._replace(lines=(line._replace(row=line.row._replace(progress=progress)), *form.lines[1:]))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("=cmd|' /C calc'!A0", "=cmd|' /C calc'!A0"),
        ("=1+1", "=1+1"),
        ("+86", "+86"),
        ("@SUM(A1)", "@SUM(A1)"),
        ("#N/A", "#N/A"),
        ("2019-07-16", "2019-07-16"),
        ("铃\x07声\x1b[31m", "铃\\x07声\\x1b[31m"),
        ("反\u202e向\ud800", "反\\u202e向\\ud800"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("<b>&amp;", "<b>&amp;"),
    ],
)
def test_text_stays_text_whatever_it_looks_like(forms: dict[str, Form], text: str, shown: str) -> None:
    cell = read(altered(forms["江海区督查室"], text))[FILL_IN]["B5"]

    assert (shown, "s") == (cell.value, cell.data_type)


def test_no_text_of_a_form_is_a_formula(forms: dict[str, Form]) -> None:
    assert {"s", "n"} == {
        cell.data_type for sheet in read(forms["江海区扶贫办"]) for row in sheet.iter_rows() for cell in row
    }


def test_a_text_that_no_cell_can_hold_is_refused_and_one_that_just_fits_is_whole(
    forms: dict[str, Form],
) -> None:
    """A spreadsheet counts in UTF-16, and cuts what is longer without a word."""
    form = forms["江海区督查室"]

    assert 32_767 == len(read(altered(form, "字" * 32_767))[FILL_IN]["B5"].value)
    with pytest.raises(Refusal, match="有32768个字，表格的一格只能放32767个字"):
        printed(altered(form, "字" * 32_768))
    with pytest.raises(Refusal, match="有32768个字"):
        printed(altered(form, "😀" * 16_384))


def test_a_row_is_tall_enough_for_what_is_known(forms: dict[str, Form]) -> None:
    """No row can be taller than 409 points: for a very long text its column gets wider."""
    form = forms["江海区督查室"]
    plain, long = (read(altered(form, "字" * n))[FILL_IN] for n in (100, 1000))

    assert (40, 40) == (plain.column_dimensions["B"].width, read(form)[FILL_IN].column_dimensions["B"].width)
    assert 100 * 2 / 40 * 14 < plain.row_dimensions[5].height < 120
    assert 40 < long.column_dimensions["B"].width
    assert 1000 * 2 / long.column_dimensions["B"].width * 14 < long.row_dimensions[5].height <= 409


def test_another_plan_has_its_form_by_its_file_alone(second: Form) -> None:
    """One county, no areas, an item without indicators, decimals other than two."""
    sheet = read(second)[FILL_IN]

    assert "甲县（虚构）2021年乡村振兴重点工作清单填报表" == sheet["A1"].value
    assert (
        "本表由甲县财政局填写，交甲县乡村振兴局。"
        "方案规定的报送：年度总结（纸质，盖章），最后一天 2021-12-20，报甲县乡村振兴局。"
    ) == sheet["A3"].value
    assert [
        ("1", "配合", None, None, None),
        ("2", "配合", "改造面积", "平方米", "不少于12,000.0"),
        ("2", "配合", "改造户数", "户", None),
        ("7", "配合", "会议费", "元", "不超过30,000.00"),
        ("16", "牵头", "拨付资金", "万元", "1,250.5000左右"),
    ] == [tuple(sheet.cell(row, n).value for n in (1, 3, 4, 5, 6)) for row in range(5, 10)]
    locked = [sheet.cell(row, column("本期新增")).protection.locked for row in range(5, 10)]
    assert [True, False, False, False, False] == locked
    assert "#,##0.0000" == sheet.cell(9, column("本期新增")).number_format


def test_a_unit_whose_items_count_nothing_has_lists_with_nothing_in_them(second: Form) -> None:
    first = second._replace(lines=second.lines[:1])
    book = read(first)

    assert "'_planledger'!$E$1:$E$1" == book.defined_names["planledger_codes"].attr_text
    assert [] == [rule for rule in book[FILL_IN].data_validations.dataValidation if "I5" in rule.sqref]


def test_every_unit_that_has_a_part_gets_a_form(forms: dict[str, Form]) -> None:
    assert 50 == len(forms)
    assert all(form.lines for form in forms.values())


def test_a_text_that_no_cell_can_hold_is_refused_and_nothing_is_written(forms: dict[str, Form]) -> None:
    good, file = forms["江海区妇联"], BytesIO()
    last = good.lines[-1]
    progress = last.row.progress._replace(item=last.row.item._replace(text="字" * 40_000))
    bad = good._replace(lines=(*good.lines, last._replace(row=last.row._replace(progress=progress))))
    with pytest.raises(Refusal):
        write_form(bad, file)

    assert b"" == file.getvalue()
