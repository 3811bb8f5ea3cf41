"""What an official paper (公文) says: the values that a writer of papers fills in; how they look is `word_file`'s part.

A paper is a `Paper`. `word_file.paper_file(paper)` returns it as the bytes of a .docx; `gap_count(paper)` says how many
marks ［请填写…］ stand in it, for the last line of the answer; `word_file.require_word()` refuses in one sentence where the
extra `word` is not installed, and is called before anything is asked. A command imports both modules where it writes.

What nobody recorded is a gap: `GAP`, or `gap("发文字号")` for ［请填写发文字号］, anywhere in a text; each is marked in colour.
The number, the signer and the day of issue are the office's, so always gaps. There is no seal and no 版记.
The body is a sequence of blocks: a text is a paragraph, a `PaperHeading` a heading with its own number (一、 or （一）), a
`PaperTable` a table. An `Attachment` begins a page of its own and is listed behind the body. Texts may be anything: line breaks
and control characters are neutralised where they are written.
"""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from planledger.formats.text.phrases import moment_text
from planledger.questions.facts.office import Provenance
from planledger.questions.sheet import Sheet

GAP = "［请填写］"
_GAP = re.compile("(［请填写[^］]*］)")
_DIGITS = "零一二三四五六七八九"
_MOST_IN_WORDS = 99


def gap(what: str) -> str:
    """Return the mark of what the office has to fill in by itself: ［请填写发文字号］."""
    return f"{GAP[:-1]}{what}］"


NUMBER, SIGNER, ISSUED = gap("发文字号"), gap("签发人"), gap("成文日期")


class PaperHeading(NamedTuple):
    """A heading, its number in front: 一、总体情况, or at level 2 （一）组织领导."""

    text: str
    level: int = 1


class PaperTable(NamedTuple):
    """A table over the whole width of the text; its heads stand on every page."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[int, ...]  # shares of the whole


PaperBlock = str | PaperHeading | PaperTable
PaperSections = Sequence[tuple[str, Sequence[PaperBlock]]]


class Attachment(NamedTuple):
    """The list that goes with a paper (附件)."""

    title: str
    table: PaperTable


class Paper(NamedTuple):
    """One official paper in one of the forms of GB/T 9704-2012.

    A letter (信函格式) has a first page without a number, and two double lines where there is a red head; of any other paper
    (文件格式) every page has its number.
    """

    title: str
    blocks: tuple[PaperBlock, ...]  # the last is the closing: 特此函告。
    day: str  # of the question, YYYY-MM-DD: of which day the figures are, and when the file was made
    office: str = ""  # who issues it; a gap where the ledger bears no name
    head: str = ""  # of the chain, number and begin of the seal (链首), so that `verify --against` proves later what stood; empty without a ledger
    addressee: str = ""  # 主送机关, without the colon
    attachment: Attachment | None = None
    mark: str = ""  # above all else: 送审稿
    words: tuple[str, ...] = ()  # names that a line of the title is not to part
    has_red_head: bool = False
    is_letter: bool = False
    # which knowledge counts, where it is not all there is: （只计2019-11-15 18:00以前登记的）
    known: str = ""

    @property
    def issuer(self) -> str:
        """Who issues it."""
        return self.office or gap("发文机关")


def paper_on(sheet: Sheet, source: Provenance, title: str, blocks: Iterable[PaperBlock]) -> Paper:
    """Return a paper of the office on how the annex stands, with what proves later what stood in the ledger."""
    return Paper(
        title,
        tuple(blocks),
        sheet.as_of,
        source.office,
        source.short_head,
        words=(*sheet.side_names, *(agency.name for agency in sheet.agencies)),
        known=moment_text(sheet.known_at),
    )


def numbered(sections: PaperSections) -> tuple[PaperBlock, ...]:
    """Put sections under headings with their numbers."""
    blocks: list[PaperBlock] = []
    for number, (name, inside) in enumerate(sections, 1):
        blocks += [PaperHeading(f"{in_chinese(number)}、{name}"), *inside]
    return tuple(blocks)


def in_chinese(number: int) -> str:
    """Return a number as headings count: 十二; from a hundred on in digits."""
    if number > _MOST_IN_WORDS:
        return str(number)
    tens, ones = divmod(number, 10)
    front = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return front + (_DIGITS[ones] if ones or not tens else "")


def gap_parts(text: str) -> list[str]:
    """Return a text in pieces, every second of which is a gap."""
    return _GAP.split(text)


def gap_count(paper: Paper) -> int:
    """Return how many gaps a paper has that the office fills in; number and signer stand on a letter, on others a number below a red head."""
    head = (NUMBER, SIGNER) if paper.is_letter else (NUMBER,) if paper.has_red_head else ()
    shown = (*head, paper.issuer, ISSUED, paper.title, paper.addressee)
    return _gaps_in((shown, paper.blocks, paper.attachment))


def _gaps_in(part: object) -> int:
    if isinstance(part, str):
        return len(_GAP.findall(part))
    return sum(map(_gaps_in, part)) if isinstance(part, tuple) else 0


def proof_text(paper: Paper) -> str:
    """Return of which day the figures are and where the chain stood: what stands in the paper can be proven by it."""
    head = f"台账链首 {paper.head}" if paper.head else "尚无台账，没有链首"
    return f"数据截至{paper.day}{paper.known}；{head}。"
