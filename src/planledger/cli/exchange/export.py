"""Workbooks that leave: the forms (填报表) of a month, the annex, the units, the ledger."""

import os
from functools import partial
from pathlib import Path
from typing import Annotated

from planledger.cli.framework.parameters import ABOUT, FULL, argument, command, option
from planledger.cli.session import output_file
from planledger.cli.session.session import Session
from planledger.formats.csv.answers import agencies as listed
from planledger.formats.form.write_form import write_form
from planledger.formats.text.display import portable_name
from planledger.formats.workbook.daybook import ledger_workbook
from planledger.formats.workbook.register import agencies_workbook, annex_workbook
from planledger.plan.refusal import Refusal, each
from planledger.questions.answers.agencies import load_with_contacts, units
from planledger.questions.answers.history import daybook, unopened
from planledger.questions.forms.form import Form, form_of, forms_of_all, refuse_unmerged
from planledger.questions.naming import once_each, split_list
from planledger.questions.sheet import load_printed
from planledger.questions.unit_naming import agency_named


@command(*ABOUT, FULL)
def template(
    session: Session,
    agency: Annotated[
        list[str] | None, option("单位", "给哪一家（全称、简称或拼音首字母），可写几家", is_several=True)
    ] = None,
    every: Annotated[str, option("文件夹", "每家单位一份，写进这个文件夹", "--all")] = "",
    period: Annotated[str, option("月份", "填哪一个月，如 7月、上月；不写是本月")] = "",
    output: Annotated[str, option("文件", "写成哪个文件；不写按单位和月份起名", "--output", "-o")] = "",
) -> None:
    """Write the form of one unit, or of each, for a month."""
    units = split_list(*agency or ())
    if bool(units) == bool(every) or (every and output):
        raise Refusal(
            "请写明给谁：--agency 单位 做一份（可用 -o 写明文件），或 --all 文件夹 每家单位做一份。"
        )
    if output and len(units) > 1:
        raise Refusal(f"-o 只用于一家单位的表，这里有{len(units)}家；请去掉 -o，各按单位和月份起名。")
    if output:
        output_file.workbook_named(output)
    forms = _forms(session, units, period)
    if not forms:
        raise Refusal("方案里没有一家单位承担还在开展的事项，没有可填的表。")
    refuse_unmerged(forms)
    files = [(form, Path(every) / (output or _file_name(form))) for form in forms]
    _refuse_occupied([path for _, path in files])
    if every:
        output_file.make_output_folder(every)
    _write(files)
    one_each = [f"已写入 {path}：{_extent(form)}。" for form, path in files]
    session.output.sum_up(*(_of_all(forms, every) if every else one_each), *_month_behind(forms[0]))


def _forms(session: Session, units: tuple[str, ...], period: str) -> tuple[Form, ...]:
    """Return the forms of the *units* that were typed for a month; those of all where none was."""
    with session.ledger.reading(period) as ledger:
        sheet = load_printed(ledger, is_full=session.settings.is_full)
    month = session.settings.month_typed("--period", period or sheet.as_of[:7])
    if not units:
        return forms_of_all(sheet, month)
    forms = each(units, lambda unit: form_of(sheet, agency_named(unit, sheet), month))
    once_each(form.agency.name for form in forms)
    return tuple(forms)


def _of_all(forms: tuple[Form, ...], folder: str) -> list[str]:
    """Return how many forms of which month lie in a folder, and the units that have nothing to fill in."""
    asked = {form.agency.name for form in forms}
    others = [one.name for one in forms[0].sheet.agencies if one.name not in asked]
    none = [f"{len(others)}家没有可填的：{'、'.join(others)}。"] if others else []
    return [f"已写入{len(forms)}份 {forms[0].period} 的填报表，在 {folder}。", *none]


def _month_behind(form: Form) -> list[str]:
    """Return a note where the month of a form is after the year of its plan: the last one of it may be meant."""
    year, month = form.sheet.plan.year, form.period
    last = f"{year}-12"
    return [f"注意：{month} 在方案年度（{year}年）以后；要填 {last} 的，请写 --period {last}。"] * (
        month > last
    )


def _file_name(form: Form) -> str:
    return portable_name(f"{form.agency.name}-{form.period}{output_file.WORKBOOK}")


def _extent(form: Form) -> str:
    items = len({line.row.item.code for line in form.lines})
    return f"{form.agency.name} {form.period}，{items}项{len(form.lines)}行"


def _refuse_occupied(paths: list[Path]) -> None:
    """Refuse to write over what stands there: it may be a form that somebody filled in."""
    # where a name cannot be looked up, the attempt to write gives the reason
    there = [path for path in paths if os.path.exists(path)]  # noqa: PTH110  (Path raises there)
    if there:
        others = f"（同样的还有{len(there) - 1}份）" if len(there) > 1 else ""
        raise Refusal(f"已经有 {there[0]}{others}，里面可能有填好的数，没有覆盖；请移走或换一个位置。")


def _write(files: list[tuple[Form, Path]]) -> None:
    """Write all files or none."""
    done: list[Path] = []
    try:
        for form, path in output_file.with_progress("填报表")(files):
            output_file.write_file(str(path), partial(write_form, form))
            done.append(path)
    except BaseException:
        for path in done:
            path.unlink(missing_ok=True)
        raise


FileArgument = Annotated[str, argument("文件", "以 .xlsx 结尾的文件名；已有的同名文件会被替换")]
OutputOption = Annotated[str, option("文件", "也可以这样写明文件", "--output", "-o")]


@command(*ABOUT, FULL)
def annex(session: Session, file: FileArgument = "", output: OutputOption = "") -> None:
    """Write the annex with the progress of each row."""
    file = _file_named(file, output)
    sheet = session.ledger.ask(load_printed, is_full=session.settings.is_full)
    _write_workbook(session, file, annex_workbook(sheet), f"总表{len(sheet.rows)}项", sheet.as_of)


@command(*ABOUT)
def ledger(session: Session, file: FileArgument = "", output: OutputOption = "") -> None:
    """Write every entry with its seal, and the head of the chain."""
    file = _file_named(file, output)
    book = session.ledger.ask(daybook)
    if not session.ledger.has_ledger:
        book = unopened(book)
    data = ledger_workbook(book, session.settings.now()[:10])
    _write_workbook(session, file, data, f"台账记录{len(book.history.entries)}条", book.history.as_of)


@command(*ABOUT)
def agencies(session: Session, file: FileArgument = "", output: OutputOption = "") -> None:
    """Write the units, what each has to do and what it still owes."""
    file = _file_named(file, output)
    answer = units(session.ledger.ask(load_with_contacts))
    data = agencies_workbook(answer, listed(answer))
    _write_workbook(session, file, data, f"责任单位{len(answer.units)}家", answer.sheet.as_of)


def _file_named(file: str, output: str) -> str:
    """Return the workbook that was named, as an argument or by -o."""
    names = {file, output} - {""}
    if len(names) != 1:
        which = "文件名只写一个，这里写了两个" if names else "没有写文件名"
        raise Refusal(f"{which}；请写成 planledger export annex 总表.xlsx 这样。")
    return output_file.workbook_named(names.pop())


def _write_workbook(session: Session, file: str, data: bytes, what: str, day: str) -> None:
    output_file.write_file(file, data)
    session.output.sum_up(f"已写入 {file}：{what}，截至{day}。")
