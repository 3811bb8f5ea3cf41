"""What goes out to the units and comes back from them: the forms that they fill in."""

from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from planledger.cli.ask.units import month_typed
from planledger.cli.framework import choices
from planledger.cli.framework.lazy_group import ANYWHERE, AS_OF, KNOWN_AT, command
from planledger.cli.session.session import Session
from planledger.formats.text.display import portable_name, safe
from planledger.plan.refusal import Refusal, each
from planledger.questions.forms.form import Form, form_of, forms_of_all
from planledger.questions.naming import agency_named, once_each, split_list
from planledger.questions.sheet import Sheet, load
from planledger.store.database import Store

ENDING = ".xlsx"


@command(*ANYWHERE, AS_OF, KNOWN_AT)
def template(
    ctx: typer.Context,
    agency: Annotated[
        list[str] | None, choices.agencies_option("给哪一家（全称、简称或拼音首字母），可写几家")
    ] = None,
    every: Annotated[str, typer.Option("--all", metavar="文件夹", help="每家单位一份，写进这个文件夹")] = "",
    period: Annotated[str, typer.Option(metavar="月份", help="填哪一个月，如 2019-07；不写是本月")] = "",
    output: Annotated[
        str, typer.Option("--output", "-o", metavar="文件", help="写成哪个文件；不写按单位和月份起名")
    ] = "",
) -> None:
    """Give one unit, or each of them, the form that it fills in for a month."""
    units = split_list(*agency or ())
    if bool(units) == bool(every) or (every and output):
        raise Refusal(
            "请写明给谁：--agency 单位 做一份（可用 -o 写明文件），或 --all 文件夹 每家单位做一份。"
        )
    if output and len(units) > 1:
        raise Refusal(f"-o 只用于一家单位的表，这里有{len(units)}家；请去掉 -o，各按单位和月份起名。")
    if output and Path(output).suffix.lower() != ENDING:
        raise Refusal(f"-o {output}：填报表是 Excel 文件，请以 {ENDING} 结尾。")
    session = Session.of(ctx)
    typed = month_typed(period, "--period")
    with session.ledger.reading(typed) as (store, plan):
        sheet = load(store, plan, session.settings.day(), session.settings.moment())
        month = typed or sheet.as_of[:7]
        if every:
            forms = forms_of_all(store, sheet, month)
        else:
            forms = tuple(each(units, lambda unit: _form_of_unit(store, sheet, unit, month)))
            once_each(form.agency.name for form in forms)
    lines = [_give_all(forms, every)] if every else _give(forms, output)
    session.output.write("\n".join(map(safe, lines)))
    session.output.note_which()


def _form_of_unit(store: Store, sheet: Sheet, unit: str, month: str) -> Form:
    return form_of(store, sheet, agency_named(unit, sheet.agencies, sheet.sides), month)


def _file_name(form: Form) -> str:
    return portable_name(f"{form.agency.name}-{form.period}{ENDING}")


def _give(forms: tuple[Form, ...], output: str) -> list[str]:
    """Write the form of each unit that was named, all or none, and say so of every one."""
    files = [(form, Path(output or _file_name(form))) for form in forms]
    _require_room([path for _, path in files])
    _written(files)
    return [f"已写入 {path}：{_extent(form)}。" for form, path in files]


def _extent(form: Form) -> str:
    items = len({line.row.item.code for line in form.lines})
    return f"{form.agency.name} {form.period}，{items}项{len(form.lines)}行"


def _give_all(forms: tuple[Form, ...], folder: str) -> str:
    """Write the form of each unit into a folder, and say so."""
    from planledger.cli.session.output_file import make_output_folder

    if not forms:
        raise Refusal("方案里没有一家单位承担还在开展的事项，没有可填的表。")
    files = [(form, Path(folder) / _file_name(form)) for form in forms]
    _require_room([path for _, path in files])
    make_output_folder(folder)
    _written(files)
    return f"已写入 {len(files)} 份填报表，在 {folder}。"


def _require_room(paths: Iterable[Path]) -> None:
    """Refuse to write over what is there: it may be a form that somebody has filled in."""
    there = [path for path in paths if _is_taken(path)]
    if there:
        others = f"（同样的还有 {len(there) - 1} 份）" if len(there) > 1 else ""
        raise Refusal(f"已经有 {there[0]}{others}，里面可能有填好的数，没有覆盖；请移走或换一个位置。")


def _is_taken(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # what is wrong with it is said when it is written
        return False


def _written(files: list[tuple[Form, Path]]) -> None:
    """Write all files or none."""
    from planledger.cli.session.output_file import place
    from planledger.cli.session.progress_bar import with_progress
    from planledger.formats.form.write_form import write_form

    done: list[Path] = []
    try:
        for form, path in with_progress("填报表")(files):
            place(str(path), partial(write_form, form))
            done.append(path)
    except BaseException:
        for path in done:
            path.unlink(missing_ok=True)
        raise
