"""How a phrase of 责任单位 is cut into pieces, and where the name of one unit ends and the next begins.

和 and 与 are never cut, because they stand inside names (文化旅游和体育广电局). A word for a whole kind of unit (各乡镇)
names nobody and answers for nothing; a unit swallowed by it would never owe. So a group is one only where it is written
to its end as a kind, and where a mark is lost the phrase is refused with both readings.
"""

import re
from typing import NamedTuple

from planledger.plan.model.terms import Role
from planledger.plan.phrases.texts import UnreadablePhrase, fold, quoted, squeeze

LONGEST_TEXT = 2000

ROLES = {
    **dict.fromkeys(("牵头负责", "牵头", "为主", "主办", "主责"), Role.LEAD),
    **dict.fromkeys(("牵头组织实施", "牵头组织", "牵头落实", "牵头实施", "牵头推进", "牵头抓总"), Role.LEAD),
    **dict.fromkeys(("负责", "组织实施", "组织落实", "实施", "落实"), Role.RESPONSIBLE),
    **dict.fromkeys(("负责组织实施", "负责落实", "负责实施", "抓好落实"), Role.RESPONSIBLE),
    **dict.fromkeys(("各负其责", "各司其职"), Role.RESPONSIBLE),
    **dict.fromkeys(
        ("配合", "协办", "协助", "参与", "参加", "配合落实", "协助落实", "配合实施"), Role.ASSIST
    ),
}
ROLE_WORDS = "|".join(ROLES)

# Half-width marks are folded, since an office types both kinds.
_FOLD = str.maketrans(",;:()､﹑﹔〔〕【】[]{}", "，；：（）、、；（）（）（）（）")
NOBODY = frozenset(("无", "—", "——", "-", "/"))
_NUMBER = r"(?:（(?:[0-9]{1,2}|[一二三四五六七八九十]{1,2})）|[①-⑳]|(?<![^\s、，；：])[0-9]{1,2}[.、）])(?=\s*[\u3400-\u9fff])"
_LABEL_AHEAD = r"[^\s、，；：]{2,8}："
# A label without its ：, in brackets or before a blank, and a role at the end of a line.
_BARE_LABEL = r"(?<![^\s、，；])(?:（(?P<one>{0})）\s*|(?P<other>{0})\s+)".format(
    "(?:牵头|主办|责任|配合|协办|承办|实施|主管)(?:责任)?(?:单位|部门|主体|科室)"
)
# Where a line break was lost: behind a unit with its role in brackets, before a label.
_LOST_BREAK = (
    rf"(?<=[\u3400-\u9fff])(（(?:{ROLE_WORDS}|责任)(?:单位|部门)?）)(?:和|与|以?及)?(?=[\u3400-\u9fff].*）$)"
)
_LABEL_BEHIND = "(?!牵头责任)(?:牵头|主办|责任|配合|协办|承办|实施|主管)(?:责任)?(?:单位|部门|主体|科室)："
_ROLE_OF_LINE = r"((?:牵头|为主|负责|配合|协助|参与)(?:单位|部门)?）?)\s+(?=[\u3400-\u9fff])"

# What the phrase says of all its units: each by its own duties, or the first one leads; 下同 also of the rows behind it.
_OF_ALL = (
    "(?:(?:按照?|根据)?(?:各自)?职责(?:分工)?(?:分别)?负责"
    "|(?:按顺序)?(?:排名?在?|列在?)?(?P<first>第一|首)[位个名]?的?(?:单位)?[为是]牵头(?:单位|部门)?)"
)
_ALSO_BELOW = "(?P<also>[，；、]?[下后]同)"

# 城镇, 集镇 and 城乡 are words of many names, and the end of some towns (桃城镇).
_NAMED_SO = (
    "(?<=[^县小型乡新市全]城)镇(?![居化职建管老污供燃低保规道绿企土房开水发基垃环就医困住])|(?<=[^县小乡农村]集)镇(?!建|管|供|污|贸)"
    "|(?<=[^县市全统筹和与进]城)乡(?=$|人民政府|政府)"
)
_TOWN = f"(?:街道|(?<![城集])镇|(?<!城)乡|{_NAMED_SO})(?:人民政府|政府|办事处|办|党委|党工委)?"
_VILLAGE = "(?:(?<![农乡])村|社区)(?:村?委会|居委会)?"
_BODY = (
    "(?:(?<!总)局|办|办公室|(?<![干总])部|(?<!社)会|委|联|院|馆|校|站|所(?!在)|社(?!区)|队|台|厅|庭|行|(?<!市)场|厂|店|处|组|室"
    "|中心|公司|政府|(?:园|开发|经开|新|管理|景)区|监狱|[政科残文作记侨老消律体]协|人大|[大中小]学|集团|企业|基地|园(?!区)|机关)"
)
TAIL_OF_UNIT = f"(?:{_BODY}|{_TOWN}|{_VILLAGE})"
ENDS_A_UNIT = re.compile(f"{TAIL_OF_UNIT}$")

_PLACES = "乡镇场|乡镇|镇街|街道|镇|乡|村|社区|单位|部门|企业|学校|县区|市县|园区"
_KINDS = (
    f"(?:{_PLACES}|公司|机构|医院|团体|党委|党工委|党组织|党组|总?支部|组织|政府|人民政府|办事处|卫生院|卫生室|中小学|小学|中学"
    "|校|两委|“两委”|村?居|村民小组|网格员?|运营商|幼儿园|院校|高校|所|站|队|组|专班|股|科|处|室|庭|(?:部|委|办|局)+|委员?会|居委会|村委会|管委会|业主|法人|主体|农户|户"
    "|人员|干部|责任人|协会|商会|合作社|银行|农场|林场|景区|基地|机关|党派|妇联|团委|工会|网点|窗口|小区|系统|行业|市场|平台)"
)
_KIND = rf"{_KINDS}(?:（[^（）]{{1,10}}）)?"
_WHOLE = f"各|全体|所有(?!制|权)|全部(?={_PLACES})|[0-9一二三四五六七八九十]{{1,3}}个(?={_PLACES})"
# What stands before the kind tells which of them and holds no kind of place itself: 驻村工作队, 县直单位.
_WHICH = rf"(?:(?!(?:{_PLACES})(?!级)|[省县](?![直级属管区域市]|$|（))[^（）])"
_GROUP = re.compile(
    rf"(?P<which>(?:{_WHOLE})[省县]?(?:驻村|{_WHICH}){{0,10}}?)(?:(?:{_KIND})+|[省县市区州旗]{{1,2}}(?:（[^（）]{{1,10}}）)?(?:(?:人民)?政府|党委)?$|[级地]$|党（工）委)"
    rf"|各[省县市区州旗]{{1,2}}(?:（[^（）]{{1,10}}）)?[^省县市区州旗（）]{{1,12}}?{_BODY}"
)
_BEGINS_GROUP = re.compile(f"(?:{_WHOLE})(?=.)")
_OF_PROVINCE = re.compile("各(?:设区)?[市州盟]$")
_BELOW_CITIES = re.compile(
    "[县区市旗](?:（[县区市旗、]{1,5}）)?(?:(?:人民)?政府)?"
)  # 县（区） of 各市、县（区）
_CARRIES = re.compile("(?:各|全体|所有)(?:有关|相关|涉及|其他)?")  # 各重点企业、街道 are not 各重点街道
_BARE_KIND = re.compile(
    f"(?:{_PLACES}|机构|公司|医院|团体|幼儿园|农场|林场|街道办事处)(?:（[^（）]{{1,10}}）)?"
)
# Parts of a unit itself, or words that say so: 县教育局各股室, 领导小组各成员单位, 青石镇的各村.
_OWN_PARTS = re.compile(
    "(?:组|指挥部|委员?会|联席会议|专班)(?:各|全体)成员单位$|(?:直属|下属|所属|派出)(?:单位|机构)$"
    "|(?:工作|组成|职能|内设)(?:部门|机构)$|(?:股|科|处|庭|部)室$|党?支部$"
)
_OF = re.compile("(?:的|[所下][属辖]|直属)$")
# What may stand before 各 and is no unit: 全县, 县直, 辖区内, 驻县, 机关.
_WHERE = re.compile(
    "(?:全?[省市县区州旗镇乡村局院校]?(?:[直级属管内]|机关)?|[本辖我]?[区县市地]域?内?|.{0,4}(?:驻|在)[省市县区州旗镇村]?"
    "|[涉沿].{1,3}|.{0,4}(?:有关|相关|其他|其它|机关|[区县市域]内))"
)

# A level opens a name (县财政局); 市场监管局 and 区域 do not open with one.
OPENS = (
    "(?:[省州旗]|县(?!域|级|城(?![投市管乡建关]))|市(?!场|政[管工园设]|容|民|郊|区|域|内)|(?<![校院场])区(?![域划间块])"
    "|团(?=[省市县区]委)|国家|国网|中国|中共)"
)
_PARTY = re.compile("(?<!团)[省市区县州旗]委$")
_WHOLE_NAME = f"{TAIL_OF_UNIT}(?:（[^（）]+）)?"
_TWO_UNITS = tuple(
    map(
        re.compile,
        (
            rf"(?P<one>.*{_WHOLE_NAME})(?P<mark>和|与|以?及|或|(?:联合|协同|指导|[商报同])(?={OPENS}))(?P<other>..+)",
            rf"(?P<one>.+?{_WHOLE_NAME})(?!(?<=[省市县区州旗]委)(?<!团.委).(?:人民)?政府.|(?<=纪委).监委)(?P<other>{OPENS}(?!.{{0,4}}分[局院行]).*{_WHOLE_NAME})",
            f"(?P<one>.+（(?:{ROLE_WORDS})(?:单位|部门)?）)(?:和|与|以?及)?(?P<other>[^（）]+(?:（[^（）]+）)?)",
            f"(?P<one>.+{TAIL_OF_UNIT}（[^（）]*{TAIL_OF_UNIT}）)(?P<other>(?!.{{1,3}}[室科股处组办队心]$)..+{TAIL_OF_UNIT}(?:（[^（）]+）)?)",
            "(?P<one>..*?(?P<end>(?<!总)局|馆|公司|(?<=[法察])院|(?<=[传织战])部|(?<=[委府])办))(?P<other>(?!.*分(?P=end)$).{2,}(?P=end))",
            rf"(?P<one>.+(?:{_BODY}|{_TOWN}|{_VILLAGE}))(?P<other>[^省市县区州旗]{{1,4}}{_TOWN}(?:.{{1,8}}{_BODY}|.{{1,3}}{_VILLAGE})?)",
            rf"(?P<one>.+(?:{_BODY}|{_VILLAGE}))(?P<other>[^省市县区州旗]{{1,4}}{_VILLAGE})",
        ),
    )
)
# 县委有关部门 are departments of it; 县妇联有关单位 may be two.
_UNIT_AND_OPEN = re.compile(
    f"(?P<one>(?:{OPENS}|..).*?{TAIL_OF_UNIT})"
    "(?P<other>(?:相关|有关|其[他它]|涉及|[县区市州]直|主管|职能|业务|帮扶|包保|挂[点钩联]|驻村|结对|对口|建设|施工|承建|实施|项目|单位|部门).*)"
)
_GOVERNS = re.compile("(?:(?<!团)[省市县区州旗]委|政府|机关)$")
_JOINS_ON = re.compile(
    "[^\u3400-\u9fff]|办公室|办事处|室|人民政府$|政府$|党委$|等|以?及|共同|分别|按|由|会同"
)
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
    if re.fullmatch(f"{_OF_ALL}{_ALSO_BELOW}?", folded) and "牵头" in folded:
        raise UnreadablePhrase(f"{quoted(folded)}不是单位，是对整个方案的说明；请写进方案文件的 rules。")
    also = re.search(f"{_ALSO_BELOW}）?$", folded)
    notes: tuple[str, ...] = ()
    if also:
        words = folded[folded.rfind("（") + 1 :].removesuffix("）")
        notes = (f"{quoted(words)}也及于以后各行；照此办理的，请写进方案文件的 rules。",)
        folded = folded[: also.start()] + ("）" if folded.endswith("）") else "")
    of_all = re.search(f"（{_OF_ALL}）$", folded)
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
    words = re.sub(rf"([，；：]?)[\s、]*{_NUMBER}\s*", lambda mark: mark[1] or "、"[: mark.start()], words)
    words = re.sub(_BARE_LABEL, lambda label: f"{label['one'] or label['other']}：", words)
    words = re.sub(rf"(?<=[^\s、，；。])(?:\s+|。\s*)(?={_LABEL_AHEAD})", "；", words)
    words = re.sub(_ROLE_OF_LINE, r"\1，", words)
    words = re.sub(rf"({TAIL_OF_UNIT})(?={_LABEL_BEHIND})", r"\1；", words)
    words = words if words.startswith("（") else re.sub(_LOST_BREAK, r"\1、", words)
    _refuse_lost_marks(words)
    words = re.sub(
        "(?<=[\u3400-\u9fff）])/(?=[\u3400-\u9fff])", "、", squeeze(words).translate(_FOLD).removesuffix("。")
    )
    if not words:
        raise UnreadablePhrase("责任单位是空的；请写单位名称，多个单位用“、”隔开。")
    return re.sub(
        "(?<=[^、，；])(?:以?及(?=各|全体|所有)|[和与](?=各|全体|所有|有关|相关|其[他它]))", "、", words
    )


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
        if blank.isspace() and is_lost_mark(one, other) and not re.match(ROLE_WORDS, other):
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
    return bool(_BEGINS_GROUP.search(words))


def group_continued(group: str, words: str) -> str:
    """Return what a bare kind behind a group means: 街道 of 各乡镇、街道 is 各街道; empty where *words* is no bare kind."""
    is_kind = _BARE_KIND.fullmatch(words) or (_OF_PROVINCE.search(group) and _BELOW_CITIES.fullmatch(words))
    match = _CARRIES.search(group) if is_kind else None
    return match[0] + words if match else ""


def split_of_group(words: str) -> tuple[str, str] | None:
    """Return the two parts of words that hold a group and a unit without a mark between; nothing where all is one group.

    Args:
        words: what names a group, without the name of a side in front.
    """
    start = _BEGINS_GROUP.search(words)
    if start is None:
        return None
    before, group = re.sub("(?:和|与|以?及|或)$", "", words[: start.start()]), words[start.start() :]
    whole = _GROUP.fullmatch(group)
    is_of_unit = (whole and _OWN_PARTS.search(words)) or _OF.search(before)
    if not (is_of_unit or _WHERE.fullmatch(before)):
        return before, group
    if whole:
        return None
    kind = _GROUP.match(group)
    if kind is None and not (ENDS_A_UNIT.search(group) or re.match(OPENS, group[1:])):
        return None  # 各包联责任人: a kind that is not known, and no unit in it
    end = start.start() + (kind.end() if kind else len(start[0]))
    if words[end:].startswith("的"):  # 各乡镇的财政所
        return None
    return words[:end], re.sub("^(?:和|与|以?及|或)", "", words[end:])


def unit_in_open_words(words: str) -> tuple[str, str] | None:
    """Return a unit and the open-ended words behind it without a mark (县妇联相关单位); nothing where there is none."""
    match = _UNIT_AND_OPEN.fullmatch(re.sub("^以?及其?", "", words))
    return (match["one"], match["other"]) if match and not _GOVERNS.search(match["one"]) else None


def split_of_units(words: str) -> tuple[str, str] | None:
    """Return the two names in words that seem to be two units without a mark between them (县图书馆县文化馆)."""
    match = next(filter(None, (pattern.fullmatch(words) for pattern in _TWO_UNITS)), None)
    return (match["one"], match["other"]) if match else None


def is_lost_mark(before: str, behind: str) -> bool:
    """Whether a blank between two words may stand for a 、 (县教育局 县财政局) and is no line break inside a name."""
    if not behind[1:] or _JOINS_ON.match(behind):
        return False
    if re.match(f"{OPENS}|{_WHOLE}", behind):
        return bool(ENDS_A_UNIT.search(before) or before[_PLACE_ALONE:])
    if _PARTY.search(before):  # 县委 组织部
        return False
    return bool(ENDS_A_UNIT.search(before) or (_GROUP.search(before) and _GROUP.fullmatch(before)))
