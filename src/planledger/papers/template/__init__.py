"""The fill-in form (填报表) that a unit gets: a workbook in which only what the unit knows is open.

What it holds and where is said in `papers/form.py`; what it looks like, here. openpyxl is loaded only where a form is made.
"""

from typing import IO, Any

from planledger.papers import form as places
from planledger.papers.form import Identity
from planledger.papers.template import beside, fill_in
from planledger.papers.template.look import put
from planledger.papers.text import written
from planledger.questions.filling import Form


def write(form: Form, file: IO[bytes]) -> None:
    """Write the form of one unit.

    Raises:
        Refusal: a text is longer than a cell can hold.
    """
    from openpyxl import Workbook

    book: Any = Workbook()
    book.remove(book.active)
    sheets = [
        book.create_sheet(title) for title in (places.FILL_IN, places.DETAILS, places.HELP, places.IDENTITY)
    ]
    fill_in.lay(sheets[0], form)
    beside.details(sheets[1], form.sheet.plan.year)
    beside.explain(sheets[2])
    _identify(book, sheets[3], form)
    sheets[0].sheet_view.tabSelected = True
    book.properties.title = written(form.sheet.plan.title) + places.FILL_IN
    book.properties.creator = "planledger"
    book.save(file)


def identity(form: Form) -> Identity:
    """Say which form it is, for whoever gets it back."""
    return Identity(
        places.VERSION, form.sheet.plan.key, form.digest, form.agency.name, form.period, form.template
    )


def _identify(book: Any, sheet: Any, form: Form) -> None:
    """Write into the form, out of sight, which form it is and what each of its lines is about."""
    from openpyxl.packaging.custom import StringProperty

    pairs = identity(form)._asdict()
    for row, (name, said) in enumerate(pairs.items(), 1):
        put(sheet, row, 1, name)
        put(sheet, row, 2, said)
        book.custom_doc_props.append(StringProperty(name=places.PROPERTY.format(name), value=written(said)))
    for place, line in enumerate(form.lines):
        code, key = line.key
        row = places.FIRST_KEY_ROW + place
        put(sheet, row, 1, places.FIRST_ROW + place)
        put(sheet, row, 2, code)
        put(sheet, row, 3, key)
    counted = [line for line in form.lines if line.indicator]
    codes = dict.fromkeys(line.row.item.code for line in counted)
    labels = dict.fromkeys(line.indicator.label for line in counted if line.indicator)
    _offer(book, sheet, (places.CODES_NAME, places.CODES_COLUMN, tuple(codes)))
    _offer(book, sheet, (places.LABELS_NAME, places.LABELS_COLUMN, tuple(labels)))
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def _offer(book: Any, sheet: Any, offered: tuple[str, int, tuple[str, ...]]) -> None:
    """Write what a drop-down offers, under a name: written into the rule itself it could hold 255 characters only."""
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    name, column, words = offered
    for row, word in enumerate(words, 1):
        put(sheet, row, column, word)
    letter = get_column_letter(column)
    area = f"{quote_sheetname(sheet.title)}!${letter}$1:${letter}${max(len(words), 1)}"
    book.defined_names[name] = DefinedName(name, attr_text=area)
