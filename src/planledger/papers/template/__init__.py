"""The fill-in form (填报表) that a unit gets: a workbook in which only what the unit knows is open.

What it holds and where is said in `papers/form.py`; what it looks like, here. openpyxl is loaded only where a form is made.
"""

from typing import IO, Any

from planledger.papers import form as places
from planledger.papers.form import Identity
from planledger.papers.template import beside, fill_in
from planledger.papers.template.look import Look
from planledger.papers.template.press import Press
from planledger.papers.text import written
from planledger.questions.filling import Form


def write(form: Form, file: IO[bytes]) -> None:
    """Write the form of one unit.

    Raises:
        Refusal: a text is longer than a cell can hold.
    """
    Stationery(form.sheet.plan.year).write(form, file)


class Stationery:
    """The form of one plan year before a unit's name is on it: what is alike for all units is made once."""

    def __init__(self, year: int) -> None:
        """Lay out the sheets that are alike for all units."""
        from openpyxl import Workbook

        self.book: Any = Workbook()
        self.book.remove(self.book.active)
        self.look = Look(self.book)
        self.press = Press(self.book, (places.FILL_IN, places.IDENTITY))
        for title in (places.FILL_IN, places.DETAILS, places.HELP, places.IDENTITY):
            self.book.create_sheet(title)
        beside.details(self.book[places.DETAILS], year, self.look)
        beside.explain(self.book[places.HELP], self.look)

    def write(self, form: Form, file: IO[bytes]) -> None:
        """Put one unit's lines and identity into the form and write it.

        Raises:
            Refusal: a text is longer than a cell can hold.
        """
        fill_in.lay(self._anew(places.FILL_IN), form, self.look)
        self.book[places.FILL_IN].sheet_view.tabSelected = True
        _identify(self.book, self._anew(places.IDENTITY), form, self.look)
        title = written(form.sheet.plan.title) + places.FILL_IN
        self.book.properties.title, self.book.properties.creator = title, "planledger"
        self.book.active = 0
        self.press.print(file, kinds=len(self.look.made))

    def _anew(self, title: str) -> Any:
        """Take out the sheet of the unit before, and put an empty one in its place."""
        place = self.book.sheetnames.index(title)
        self.book.remove(self.book[title])
        return self.book.create_sheet(title, place)


def identity(form: Form) -> Identity:
    """Say which form it is, for whoever gets it back."""
    return Identity(
        places.VERSION, form.sheet.plan.key, form.digest, form.agency.name, form.period, form.template
    )


def _identify(book: Any, sheet: Any, form: Form, look: Look) -> None:
    """Write into the form, out of sight, which form it is and what each of its lines is about."""
    from openpyxl.packaging.custom import CustomPropertyList, StringProperty

    pairs = identity(form)._asdict()
    book.custom_doc_props = CustomPropertyList()
    for row, (name, said) in enumerate(pairs.items(), 1):
        look.put(sheet, row, 1, name)
        look.put(sheet, row, 2, said)
        book.custom_doc_props.append(StringProperty(name=places.PROPERTY.format(name), value=written(said)))
    for place, line in enumerate(form.lines):
        code, key = line.key
        row = places.FIRST_KEY_ROW + place
        look.put(sheet, row, 1, places.FIRST_ROW + place)
        look.put(sheet, row, 2, code)
        look.put(sheet, row, 3, key)
    counted = [line for line in form.lines if line.indicator]
    codes = dict.fromkeys(line.row.item.code for line in counted)
    labels = dict.fromkeys(line.indicator.label for line in counted if line.indicator)
    _offer(book, sheet, look, (places.CODES_NAME, places.CODES_COLUMN, tuple(codes)))
    _offer(book, sheet, look, (places.LABELS_NAME, places.LABELS_COLUMN, tuple(labels)))
    sheet.sheet_state = "hidden"
    sheet.protection.sheet = True


def _offer(book: Any, sheet: Any, look: Look, offered: tuple[str, int, tuple[str, ...]]) -> None:
    """Write what a drop-down offers, under a name: written into the rule itself it could hold 255 characters only."""
    from openpyxl.utils import get_column_letter, quote_sheetname
    from openpyxl.workbook.defined_name import DefinedName

    name, column, words = offered
    for row, word in enumerate(words, 1):
        look.put(sheet, row, column, word)
    letter = get_column_letter(column)
    area = f"{quote_sheetname(sheet.title)}!${letter}$1:${letter}${max(len(words), 1)}"
    book.defined_names[name] = DefinedName(name, attr_text=area)
