"""Judging a form that came back: what is new, changed, or there already; all of it is stored or none. Pure.

Each cell and each earlier entry comes to an outcome, a value; the intake is the sum of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from planledger.ledger.actions.reversal import CORRECTED, reversal
from planledger.ledger.forms.drafting import Basis, draft_of, second_look
from planledger.plan.model.entry_details import with_details
from planledger.plan.model.rows import amount_text
from planledger.plan.model.terms import EntryKind
from planledger.plan.people.contact import sender_in
from planledger.plan.phrases.texts import from_cell, means_nothing
from planledger.plan.refusal import Refusal
from planledger.questions.facts.entry_rows import Entry
from planledger.questions.forms.returned import DETAIL, SENDER, CellFault, Filled, Intake, Returned
from planledger.questions.naming import row_named
from planledger.questions.receipt import Draft
from planledger.questions.sheet import Sheet

REFUSE, ADD, CORRECT = "", "add", "correct"  # what to do with a cell that says something else than before
NEW, CHANGED, UNCHANGED = "new", "changed", "unchanged"


class Outcome(NamedTuple):
    """What one cell of the form, or one entry of an earlier filling, comes to."""

    counts_as: str = ""  # NEW, CHANGED or UNCHANGED
    wanted: tuple[Draft, ...] = ()
    faults: tuple[CellFault, ...] = ()
    warnings: tuple[str, ...] = ()
    outside: str = ""  # the cell and its day, where that is not in the month of the form
    sender: int = 0  # the entry by which it is known who sends the form


def judged(basis: Basis) -> Intake:
    """What taking a form in comes to: the drafts, or the faults for which nothing is stored."""
    returned, outcomes = basis.returned, [*_in_place(basis), *_details(basis)]
    if not returned.faults:
        outcomes += _emptied(basis)
    warnings = [*returned.notes, *chain.from_iterable(outcome.warnings for outcome in outcomes)]
    outside = "、".join(outcome.outside for outcome in outcomes if outcome.outside)
    if outside:
        warnings.append(f"发生日期不在填报期 {returned.period} 内：{outside}；照记，请核对。")
    if any(outcome.wanted for outcome in outcomes):
        warnings += _papers_in_words(basis)
    return summed(returned, outcomes, warnings)


def _papers_in_words(basis: Basis) -> Iterator[str]:
    """Warn once of the papers that a form only names: a note is no proof, and the unit is still asked for them."""
    named = {one.code for one in basis.returned.filled if one.papers}
    required = {
        row.item.code: row.progress.requirements for row in basis.sheet.rows if row.item.code in named
    }
    if not required:
        return
    # what an item asks for is still missing, so its line comes first
    code = next((code for code, papers in required.items() if papers), next(iter(required)))
    kind = next((one.kind for one in required[code]), EntryKind.EVIDENCE.label)
    line = (
        f"planledger record {code} --paper {kind} --ref 文号 --held-by 单位 --agency {basis.returned.agency}"
    )
    yield f"“佐证材料”栏的文字只记作说明，不算已交的材料（{'、'.join(required)}）；要算数请登记，例如 {line}。"


def summed(returned: Returned, outcomes: Sequence[Outcome], warnings: Iterable[str]) -> Intake:
    """The intake that *outcomes* come to."""
    counts = Counter(outcome.counts_as for outcome in outcomes)
    sender = max((outcome.sender for outcome in outcomes), default=0)
    wanted = chain.from_iterable(outcome.wanted for outcome in outcomes)
    return Intake(
        returned,
        wanted=tuple(_signed(draft, sender) for draft in wanted),
        new=counts[NEW],
        changed=counts[CHANGED],
        unchanged=counts[UNCHANGED],
        faults=(*returned.faults, *chain.from_iterable(outcome.faults for outcome in outcomes)),
        warnings=tuple(dict.fromkeys(warnings)),
    )


def _in_place(basis: Basis) -> Iterator[Outcome]:
    """Judge the cells that have a fixed place: what an earlier filling contained there is known by the place."""
    for one in basis.returned.filled:
        if not one.is_detail:
            draft, outcome = _drafted(basis, one)
            yield outcome
            if draft and one.kind == SENDER:
                yield _sent_by(basis, one, draft)
            elif draft:
                yield _compared(basis, one, draft, [e for e in basis.before if e.detail("slot") == one.slot])


def _sent_by(basis: Basis, one: Filled, draft: Draft) -> Outcome:
    """Judge who sends the form: not the same as before is somebody else, and who sent the earlier filling is left as it is.

    The footer is read before all else, so its entry is the first of the new ones.
    """
    same = [entry for entry in basis.before if _content(entry) == _content(draft)]
    outcome = _compared(basis, one, draft, same)
    return outcome._replace(outside="", sender=same[-1].number if same else basis.first)


def _signed(draft: Draft, sender: int) -> Draft:
    """Let what came with a form carry the number of the entry that says who sends it; 0 where the form names nobody."""
    if not sender or draft.reverses or draft.kind == EntryKind.SENDER:
        return draft
    return draft._replace(details=with_details(draft.details, sender=str(sender)))


def _details(basis: Basis) -> Iterator[Outcome]:
    """Judge the lines of the details, which have no fixed place: one that is stored already is known by its content."""
    former = [entry for entry in basis.before if entry.detail("slot").startswith(DETAIL)]
    left = Counter(map(_content, former))
    fresh = []
    for one in (each for each in basis.returned.filled if each.is_detail):
        draft, outcome = _drafted(basis, one)
        yield outcome
        if draft and left[_content(draft)]:
            left[_content(draft)] -= 1
            yield Outcome(UNCHANGED)
        elif draft:
            fresh.append((one, draft))
    gone = _gone(former, left)
    for one, draft in fresh:
        replaced = [entry for entry in gone if entry.detail("slot") == one.slot][:1]
        gone = [entry for entry in gone if entry not in replaced]
        yield _compared(basis, one, draft, replaced)
    if not basis.returned.faults:
        yield from (_line_gone(basis, entry) for entry in gone)


def _gone(former: list[Entry], left: Counter[tuple[object, ...]]) -> list[Entry]:
    """The lines that are gone: where fewer of the same content are *left* over, the last of them."""
    gone = []
    for entry in reversed(former):
        if left[_content(entry)]:
            left[_content(entry)] -= 1
            gone.append(entry)
    return gone


def _line_gone(basis: Basis, entry: Entry) -> Outcome:
    if basis.changed == CORRECT and entry.detail("slot").removeprefix(DETAIL) in basis.returned.slots:
        return _taken_back(basis, entry)
    # a line has no place of its own: nobody can ask for it here again
    phrase = f"第{entry.number}号（{entry.code}{_phrase(basis.sheet, entry)}）"
    return Outcome(warnings=(f"明细里不再有{phrase}，它仍然有效。",))


def _emptied(basis: Basis) -> Iterator[Outcome]:
    """Judge what was stored of cells that the form has and that are blank now."""
    slots = {one.slot for one in basis.returned.filled}
    is_known = any(entry.detail("file") == basis.returned.sha256 for entry in basis.before)
    for entry in basis.before:
        slot = entry.detail("slot")
        if slot in slots or slot not in basis.returned.slots:
            continue
        if basis.changed == CORRECT:
            yield _taken_back(basis, entry)
        elif basis.changed == REFUSE and not is_known:  # the same file again brings nothing new
            gone = f"{entry.code} 上次报的{_phrase(basis.sheet, entry)}（第{entry.number}号）不见了"
            how = "仍有效的请补回，更正的加 --changed correct，另有新数的加 --changed add。"
            yield Outcome(CHANGED, faults=(CellFault(basis.returned.slots[slot], "", f"{gone}；{how}"),))


def _taken_back(basis: Basis, former: Entry) -> Outcome:
    return Outcome(CHANGED, (reversal(former, f"{CORRECTED}{basis.returned.file} 里已清空"),))


def _drafted(basis: Basis, one: Filled) -> tuple[Draft | None, Outcome]:
    """The entry of a cell and what is to be warned of; None where the rules of recording refuse it, with the fault."""
    try:
        draft = draft_of(basis, one)
    except Refusal as refusal:
        return None, Outcome(faults=(CellFault(one.cell, one.number, refusal.sentence),))
    return draft, Outcome(warnings=second_look(basis, one, draft))


def _compared(basis: Basis, one: Filled, draft: Draft, former: list[Entry]) -> Outcome:
    """Compare the entry of a cell with the *former* ones that it takes the place of."""
    if any(_is_same(entry, draft) for entry in former):
        return Outcome(UNCHANGED)
    shown = one.number or one.progress[:20]
    undone = [entry.number for entry in basis.undone if _content(entry) == _content(draft)]
    if not former and undone and basis.changed != ADD:  # it comes in again only where that is asked for
        message = (
            f"同样的内容已登记过（第{undone[-1]}号），后来冲正了；请清空，确要再登记的加 --changed add。"
        )
        return Outcome(faults=(CellFault(one.cell, shown, message),))
    outside = "" if one.day.startswith(basis.returned.period) else f"{one.cell}（{one.day}）"
    if not former:
        return Outcome(NEW, (draft,), outside=outside)
    if basis.changed == REFUSE:
        was = f"{_phrase(basis.sheet, former[-1])}（第{former[-1].number}号）"
        message = f"上次报的是{was}；另有新数的加 --changed add，更正前数的加 --changed correct。"
        return Outcome(CHANGED, faults=(CellFault(one.cell, shown, message),), outside=outside)
    why = f"{CORRECTED}{basis.returned.file}"
    replaced = [reversal(entry, why) for entry in former if basis.changed == CORRECT]
    return Outcome(CHANGED, (*replaced, draft), outside=outside)


def _phrase(sheet: Sheet, entry: Entry) -> str:
    """What an earlier filling contained, in a few words."""
    if entry.kind == EntryKind.AMOUNT:
        figure = row_named(sheet, entry.code).progress.figure(entry.indicator)
        number = amount_text(entry.amount or 0, figure.indicator) if figure else str(entry.amount)
        return f" {number}，{entry.dated}"
    report = f"“{entry.detail('progress')[:20] or '零报告'}”"
    phrases: dict[str, str] = {EntryKind.DECLARATION: "完成", EntryKind.REPORT: report}
    return phrases[entry.kind]


def _is_same(entry: Entry, draft: Draft) -> bool:
    """Whether an earlier filling contained the same; the note of a figure that was corrected since is the office's, and says why."""
    *known, note = _content(entry)
    *filled, noted = _content(draft)
    return known == filled and (note == noted or bool(entry.detail("corrects")))


def _content(one: Entry | Draft) -> tuple[object, ...]:
    """The content of an entry, by which two fillings are compared; the day of a report is that of its reading."""
    note = _read_alike(one.note)
    if one.kind == EntryKind.SENDER:  # without the day on which the form was taken in
        return one.kind, *map(_read_alike, sender_in(one.details, is_full=True))
    if one.kind == EntryKind.REPORT:
        words = [_read_alike(one.details.text(name)) for name in ("progress", "problem", "next")]
        if all(means_nothing(text) for text in words):  # an older version kept some of these as texts
            words = []
        return (one.kind, one.code, note, *words)
    return one.kind, one.code, one.indicator, one.amount, one.dated, note


def _read_alike(text: str) -> str:
    """Leave out of a text what another program may have saved otherwise: blanks, and line breaks as they once were read."""
    return "".join(from_cell(text).split())
