"""How a phrase of 责任单位 is cut into pieces, and where the name of one unit ends and the next begins.

和 and 与 are never cut, because they stand inside names (文化旅游和体育广电局). A word for a whole kind of unit (各乡镇)
names nobody and answers for nothing; a unit swallowed by it would never owe. So a group is one only where it is written
to its end as a kind, and where a mark is lost the phrase is refused with both readings.
"""

import re
from typing import NamedTuple

from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import UnreadablePhrase, fold, quoted, squeeze
from planledger.plan.phrases.unit_words import ENDS_A_UNIT, rule

LONGEST_TEXT = 2000
NOBODY = frozenset(("无", "—", "——", "———", "-", "--", "---", "/"))

# Half-width marks are folded, since an office types both kinds.
_FOLD = str.maketrans(",;:()､﹑﹔〔〕【】[]{}", "，；：（）、、；（）（）（）（）")
_NUMBER = r"([，；：]?)[\s、]*<NUMBER>(?=\s*(?:<HAN>|[0-9]{1,3}个))\s*"
# What stands for a mark, in this order: a label in brackets or before a blank, what ends before a label, a role at the
# end of a line.
_MARKS = (
    (r"(?<![^\s、，；])(?:（(<LABEL>)）\s*|(<LABEL>)\s+)", r"\1\2："),
    (r"(?<=[^\s、，；。])(?:\s+|。\s*)(?=[^\s、，；：]{2,8}：)", "；"),
    (r"(<PLAIN_ROLE><OFFICE>?）?)\s+(?=<HAN>)", r"\1，"),
    ("(<ENDS>)(?=(?!牵头责任)<LABEL>：)", r"\1；"),
)
# Where a line break was lost: behind a unit with its role in brackets.
_LOST_BREAK = "(?<=<HAN>)(（(?:<ROLE>|责任)<OFFICE>?）)<AND>?(?=<HAN>.*）$)"
_SLASH = "(?<=[\u3400-\u9fff）])/(?=<HAN>|[0-9])"
_JOINS_OPEN = "([、，；]?)(?:(?:以?及|[和与])(?=<OF_ALL>)|[和与](?=<SOME>))"

# What the phrase says of all its units: each by its own duties, or the first one leads; 下同 also of the rows behind it.
_BELOW = "[，；、]?[下后]同"
_OF_ALL = (
    "(?:(?:按照?|根据)?(?:各自)?职责(?:分工)?(?:分别)?负责"
    "|(?:按顺序)?(?:排名?在?|列在?)?(?P<first>第一|首)[位个名]?[的者]?(?:单位)?[为是]?牵头<OFFICE>?)"
)
_IS_OF_ALL = f"{_OF_ALL}(?:{_BELOW})?"
_ENDS_OF_ALL = f"(?:（|[，；](?=[^，；（）]*牵头)){_OF_ALL}）?$"
_ENDS_BELOW = f"{_BELOW}）?$"

# A group is written to its end as a kind: 各驻村工作队, 各县（区）政府, 各县有关部门.
_GROUP = (
    "(?P<which><EACH>[省县]?(?:驻村|[村地]所在|<WHICH>){0,10}?)(?:(?:<KIND><SORTS>?(?:[和与](?=<KIND>)|各(?=<OFFICE>))?)+|<LEVEL>{1,2}<SORTS>?<LEVEL>?(?:(?:人民)?政府|党委)?$|[级地]$|(?:<PLACE><SORTS>?)?党（工）委)"
    "|各<LEVEL>{1,2}<SORTS>?(?![直级属])[^省市县区州旗（）]{1,12}?<BUREAU>"
)
_BEGINS_GROUP = "<EACH>(?=.)"
# A bare kind carries a group on: 各乡镇、街道; 各市、县（区）; but 各重点企业、街道 are not 各重点街道.
_CARRIES = "<ALL>(?:有关|相关|涉及|其他)?"
_BARE_KIND = "(?:<PLACE>|二级机构|<INSTITUTION>|幼儿园|农场|林场|街道办事处)<SORTS>?"
_OF_PROVINCE = "各(?:设区)?[市州盟区县]$"
_BELOW_CITIES = "[县区市旗](?:（[县区市旗、]{1,5}）)?(?:(?:人民)?政府)?"
_PARTY_OF_PLACE = "(.*(?:<TOWN>|<PLACE>|各级)<SORTS>?)(?:党委|党（?工）?委)"
_GOVERNMENT = "(?:(?:人民)?政府|办事处)<SORTS>?"
_OF = "(?:的|[所下][属辖]|直属)$"

_TWO_UNITS = (
    # 县教育局和县财政局, 县教育局指导县财政局
    "(?P<one>.*<ENDS><NOTE>?)(?P<mark><AND>|(?:联合|协同|指导|[商报]|(?<!^会)同)(?=<OPENS>)|(?<=.会)同)(?P<other>..+)",
    # 县图书馆县文化馆; 县委县政府 and 县纪委县监委 are written as one
    "(?P<one>(?:.+?|(?=..区))<ENDS><NOTE>?)(?!(?<=[省市县区州旗]委)(?<!团.委).(?:人民)?政府.|(?<=纪委).监委|(?<=委)国家安全)(?P<other><OPENS>(?!.{0,4}分[局院行]|.{0,3}支行$).*<ENDS><NOTE>?)",
    # 县教育局（牵头）财政局
    "(?P<one>.+（<ROLE><OFFICE>?）)<AND>?(?P<other>[^（）]+<NOTE>?)",
    # 县委宣传部（县文明办）财政局
    "(?P<one>.+<ENDS>（[^（）]*<ENDS>）)(?P<other>(?!.{1,3}[室科股处组办队心]$)..+<ENDS><NOTE>?)",
    # 教育局财政局
    "(?P<one>..*?(?P<end>(?<!总)局|馆|公司|(?<=[法察])院|(?<=[传织战])部|(?<=[委府])办))(?P<other>(?!.*[分支](?P=end)$).{2,}(?P=end))",
    # 县一中二中, 业务一科业务二科
    "(?P<one>.*<DIGIT>(?P<end>[中科股队组村]))(?P<other>.{0,4}<DIGIT>(?P=end))",
    # 县教育局青石镇, 县教育局青石镇财政所
    "(?P<one>.+<ENDS>)<NO_PLACE>(?P<other>(?!所在)[^省市县区州旗]{1,4}<TOWN>(?:.{1,8}<BUREAU>|.{1,3}<VILLAGE>)?)",
    # 云岭小学卫生院
    "(?P<one>.+(?:(?<!中)小学(?!生)|中学(?!生)|幼儿园|卫生院|派出所))(?P<other>(?!附属|教育集团|第|分).{2,}(?:局|(?<!中医|图书|体育|校史)馆|[小中]学|医院|卫生院|派出所|林场))",
    # 县教育局上河村
    "(?P<one>.+(?:<BUREAU>|<VILLAGE>))<NO_PLACE>(?P<other>(?![镇乡]|街道)[^省市县区州旗]{1,4}<VILLAGE>)",
)
# 县委有关部门 are departments of it; 县妇联有关单位 may be two.
_UNIT_AND_OPEN = (
    "(?P<one>(?:<OPENS>|..).*?<ENDS>)"
    "(?P<other>(?:<SOME>(?!成员)|涉及|[县区市州][直级]|主管|职能|业务|帮扶|包保|挂[点钩联]|驻村|结对|对口|建设|施工|承建|实施|项目|单位|部门).*)"
)
_GOVERNS = "^[^团]*(?:<LEVEL>委|政府|机关)$"

# Behind a blank: what goes on with the name before it, and what may open another one.
_GOES_ON = "[^\u3400-\u9fff]|办?公室|办?事处|员会|政审批|政执法|室|人民政府$|政府$|党委$|等|以?及|共同|分别|按|由|会同"
_PARTY = "^[^团]*<LEVEL>委$"
_PLACE_ALONE = 3  # characters of a place whose level a line break parts from it: 云岭 县教育局


class Pieces(NamedTuple):
    """A phrase cut at its marks."""

    pieces: tuple[tuple[str, str], ...]  # each with the mark before it: 、 ， ； or nothing at the start
    of_all: Role | None = None  # RESPONSIBLE for each unit, LEAD for the first
    notes: tuple[str, ...] = ()  # one sentence each


def read_pieces(text: str) -> Pieces:
    """Cut a phrase into its pieces; one that says that nobody is meant (无, —, /) has none.

    Raises:
        UnreadablePhrase: a mark is stray, or a blank may stand for a mark.
    """
    if fold(text) in NOBODY:
        return Pieces(())
    folded = _folded(text)
    if "牵头" in folded and rule(_IS_OF_ALL).fullmatch(folded):
        raise UnreadablePhrase(f"{quoted(folded)}不是单位，是对整个方案的说明；请写进方案文件的 rules。")
    also = rule(_ENDS_BELOW).search(folded)
    notes: tuple[str, ...] = ()
    if also:
        words = folded[folded.rfind("（") + 1 :].removesuffix("）")
        notes = (f"{quoted(words)}也及于以后各行；照此办理的，请写进方案文件的 rules。",)
        folded = folded[: also.start()] + ("）" if folded.endswith("）") else "")
    of_all = rule(_ENDS_OF_ALL).search(folded)
    if of_all is None:
        return Pieces(_cut(folded), None, notes)
    return Pieces(_cut(folded[: of_all.start()]), Role.LEAD if of_all["first"] else Role.RESPONSIBLE, notes)


def _folded(text: str) -> str:
    """Fold marks and letters to one width, and take out numbers, outer brackets, blanks and line breaks of the page."""
    if len(text) > LONGEST_TEXT:
        raise UnreadablePhrase(
            f"责任单位共{len(text)}个字，超过{LONGEST_TEXT}个字；请只写单位名称，用“、”隔开。"
        )
    words = _unbracketed(fold(text).translate(_FOLD))
    words = rule(_NUMBER).sub(lambda number: number[1] or "、"[: number.start()], words)
    for written, mark in _MARKS:
        words = rule(written).sub(mark, words)
    if words.endswith("）") and not words.startswith("（"):
        words = rule(_LOST_BREAK).sub(r"\1、", words)
    _refuse_lost_marks(words)
    words = rule(_SLASH).sub("、", squeeze(words).translate(_FOLD).removesuffix("。"))
    if not words:
        raise UnreadablePhrase("责任单位是空的；请写单位名称，多个单位用“、”隔开。")
    return rule(_JOINS_OPEN).sub(lambda joint: joint[1] or "、"[: joint.start()], words)


def _unbracketed(text: str) -> str:
    """Take off the brackets that stand around a whole phrase."""
    inner = text.removesuffix("。").strip()
    if inner.startswith("（") and inner.endswith("）"):
        depth = [inner.count("（", 0, end) - inner.count("）", 0, end) for end in range(1, len(inner))]
        if all(depth):  # the first one closes at the end and not before
            return inner[1:-1]
    return text


def _refuse_lost_marks(text: str) -> None:
    """Refuse a blank that may stand for a 、 and name both readings."""
    tokens = re.split(r"([、，；：（）]|\s+)", text)
    for before, blank, behind in zip(tokens[::2], tokens[1::2], tokens[2::2], strict=False):
        one, other = squeeze(before), squeeze(behind)
        if blank.isspace() and is_lost_mark(one, other) and not rule("<ROLE>").match(other):
            problem = f"{quoted(f'{one} {other}')}中间有空格，看不出是不是两个单位"
            if split_of_group(one + other):  # joined it would be refused in turn
                raise UnreadablePhrase(f"{problem}；请写“{one}、{other}”。")
            raise UnreadablePhrase(f"{problem}；两家的请写“{one}、{other}”，一家的请写“{one + other}”。")


def _cut(text: str) -> tuple[tuple[str, str], ...]:
    """Return each piece with the mark before it; a mark inside brackets cuts nothing."""
    parts = re.split("([、，；])(?![^（）]*）)", text)
    for place, piece in enumerate(parts[::2]):
        if not piece:
            near = "".join(parts[max(0, 2 * place - 2) : 2 * place + 3])
            raise UnreadablePhrase(
                f"{quoted(near)}里有多余的标点；请只在两个单位之间写一个“、”“，”或者“；”。"
            )
    return tuple(zip(["", *parts[1::2]], parts[::2], strict=True))


def is_group(words: str) -> bool:
    """Whether the words are about a whole kind of unit and so name nobody in particular (各乡镇, 全体成员单位)."""
    return bool(rule(_BEGINS_GROUP).search(words))


def name_continued(group: str, words: str) -> str:
    """Return what a bare kind behind a group means: 街道 of 各乡镇、街道 is 各街道; empty where *words* is no bare kind.

    政府 behind the party committee of a place is the government of that place: 青石镇党委、政府.
    """
    place = rule(_PARTY_OF_PLACE).fullmatch(group)
    if place and rule(_GOVERNMENT).fullmatch(words):
        return place[1] + words
    is_kind = rule(_BARE_KIND).fullmatch(words) or (
        rule(_OF_PROVINCE).search(group) and rule(_BELOW_CITIES).fullmatch(words)
    )
    match = rule(_CARRIES).search(group) if is_kind else None
    return match[0] + words if match else ""


def split_of_group(words: str) -> tuple[str, str] | None:
    """Return the two parts of words that hold a group and a unit without a mark between; nothing where all is one group.

    Args:
        words: what names a group, without the name of a side in front.
    """
    start = rule(_BEGINS_GROUP).search(words)
    if start is None:
        return None
    front, group = words[: start.start()], words[start.start() :]
    before = rule("(?:<AND>|等)$").sub("", front)
    whole = rule(_GROUP).fullmatch(group)
    is_of_unit = (whole and rule("<OWN_PARTS>$").search(words)) or rule(_OF).search(before)
    if before != front or not (is_of_unit or rule("<WHERE>").fullmatch(before)):
        return before, group
    if whole:
        return None
    kind = rule(_GROUP).match(group)
    if kind is None and not (ENDS_A_UNIT.search(group) or rule("<OPENS>").match(group[1:])):
        return None  # 各包联责任人: a kind that is not known, and no unit in it
    end = start.start() + (kind.end() if kind else len(start[0]))
    if words[end:].startswith("的"):  # 各乡镇的财政所
        return None
    return words[:end], rule("^<AND>").sub("", words[end:])


def unit_in_open_words(words: str) -> tuple[str, str] | None:
    """Return a unit and the open-ended words behind it without a mark (县妇联相关单位); nothing where there is none."""
    match = rule(_UNIT_AND_OPEN).fullmatch(re.sub("^以?及其?", "", words))
    return (match["one"], match["other"]) if match and not rule(_GOVERNS).search(match["one"]) else None


def split_of_units(words: str) -> tuple[str, str] | None:
    """Return the two names in words that seem to be two units without a mark between them (县图书馆县文化馆)."""
    match = next(filter(None, (rule(two).fullmatch(words) for two in _TWO_UNITS)), None)
    return (match["one"], match["other"]) if match else None


def is_lost_mark(before: str, behind: str) -> bool:
    """Whether a blank between two words may stand for a 、 (县教育局 县财政局) and is no line break inside a name."""
    if not behind[1:] or rule(_GOES_ON).match(behind):
        return False
    if rule("<OPENS>|<EACH>").match(behind):
        return bool(ENDS_A_UNIT.search(before) or before[_PLACE_ALONE:] or rule("<PERSON>").fullmatch(before))
    if rule(_PARTY).search(before):  # 县委 组织部
        return False
    are_alike = before[-1:] == behind[-1:] and not before.endswith("总局")  # 王庄 李庄
    return bool(are_alike or ENDS_A_UNIT.search(before) or rule(_GROUP).fullmatch(before))
