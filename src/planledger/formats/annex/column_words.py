"""What a column of a table says, by the words that counties put above it (责任单位, 完成时限)."""

import re
from collections.abc import Collection, Sequence

from planledger.plan.phrases.texts import quoted, squeeze

CODE, AREA, TITLE, TEXT, DUE = "code", "area", "title", "text", "due"
UNITS, LEAD, RESPONSIBLE, ASSIST, REMARK = "units", "lead", "responsible", "assist", "remark"
OTHER = ""
OF_UNITS = (UNITS, LEAD, RESPONSIBLE, ASSIST)
_BODY = "(?:单位|部门|科室|股室|处室|主体)"
_WORK = "(?:工作|任务|事项|项目)"
_TOPIC = f"(?:具体|细化|推进|落实|主要|重点|年度|全年|目标|建设|整改|考核|内容|规模|措施|要求|及|和|与|、|{_WORK})*"
_LEADS, _HELPS = "(?:牵头|主办|主责)", "(?:配合|协办|协助|协同|参与|参加)"
_ANSWERS = "(?:责任(?!人)|承办|承担|执行|落实|实施)"
_AND = "[、/和及与或]"
_SEVERAL_PARTS = (  # 牵头（配合）单位, 责任主体与协同单位: a column of units of which each has a part of its own
    f"(?=.*{_BODY})(?:.*{_LEADS}.*{_HELPS}.*|.*{_HELPS}.*{_LEADS}.*"
    f"|{_ANSWERS}.*[（(]{_HELPS}.*"
    f"|.*(?:{_LEADS}|{_HELPS}).*{_AND}{_ANSWERS}.*|{_ANSWERS}.*{_AND}(?:{_LEADS}|{_HELPS}).*)"
)
_TIME = "(?:时限|期限|时间|日期|节点|年限).{0,6}"
_KINDS = (  # the first that fits; what only looks like a column of units or of days goes before it
    (OTHER, "(?!.*(?:单位|部门)).*(?:领导|责任人|负责人|联系人|联络人|电话|姓名)|实际.*"),
    (UNITS, _SEVERAL_PARTS),
    (CODE, f"序|{_WORK}?(?:序号|编号)|项次|序列|号|[Nn][Oo]\\.?"),
    (LEAD, f"(?:牵头|主办){{1,2}}|.*{_LEADS}.*{_BODY}.*|.*{_BODY}.*{_LEADS}.*"),
    (ASSIST, f"配合|协办|协助|参与|.*{_HELPS}.*{_BODY}.*|.*{_BODY}.*{_HELPS}.*"),
    (UNITS, f".*(?:责任|承办|承担|执行|落实|实施|负责|主管)的?{_BODY}.*"),
    (UNITS, f".*{_BODY}(?:责任|承办|落实|实施|负责)|{_BODY}(?:名称)?|被考核{_BODY}|考核对象|负责"),
    (UNITS, "(?:责任|任务)分工"),
    (DUE, f".*(?:完成|截止|办结|整改|办理|结束|责任|计划|落实|达标|出台).{{0,2}}{_TIME}"),
    (DUE, f".*(?:时间|工作|起止|实施|推进).{{0,2}}{_TIME}|进度安排"),
    (DUE, "(?:时限|期限|开工|竣工|完工|办结|时间)(?:要求|安排|节点)?.{0,6}"),
    (REMARK, "备注|说明"),
    (AREA, f"{_WORK}{{0,2}}(?:类别|板块|领域|方面|分类|类型|大类)|专项(?:行动)?"),
    (AREA, "重点(?:工作|领域)|一级(?:指标|任务)"),
    (TITLE, f"(?:民生)?(?:实事)?{_WORK}?名称|(?:重点|主要|改革|实事|民生实事)?{_WORK}|事项组"),
    (TITLE, "(?:工作|任务)(?:任务|事项|项目)|(?:二级|三级)?任务"),
    (TITLE, "(?:二级|三级|考核|工作|主要)?指标(?:名称)?"),
    (TEXT, f"{_TOPIC}(?:内容|描述|详情|措施|举措|要求|目标|任务|事项|工作|分解|规模|清单|要点)"),
    (TEXT, "民生实事"),
)
_DOUBTED = (  # columns of units of which nobody can be sure
    ("单位|部门|单位名称|被?考核.*", "按责任单位读"),
    (".*(?:人|领导).*", "里可能有人名，都按单位读"),
    (_SEVERAL_PARTS, "里分不出谁牵头、谁配合，都按责任单位读；分得出的，请分栏写"),
)
_OF_PEOPLE = re.compile("姓名|职[务称位]|联系人|联络[人员]|电话|手机|微信|邮箱|传真")
_NOTE = re.compile(r"[（(](?!(?:牵头|主办|配合|协办)(?:单位|部门)?[）)]).*?[）)]|[：:*＊]")
_OF_YEAR = re.compile("^(?:[0-9]{4}年度?|本年度?)")
_OF_BEGINNING = re.compile("(?!.*(?:竣工|完工|完成|截止)).*(?:开工|开始|启动|下达|供地).*")
PRINTED_NUMBER = re.compile(r"[0-9A-Za-z.．、,()（）①-⒛Ⅰ-Ⅻ㈠-㈩一二三四五六七八九十\-—]{1,10}")
_LONGEST_WORD, _LONGEST_HEAD = 16, 300  # characters of a head: without its notes, and with them
# what the work is to reach
_GOAL = re.compile("(?!.*(?:内容|措施|任务|事项|描述|详情)).*(?:目标(?:值|要求)?|指标值?|要求|规模|成果)")


def kind_of(word: str) -> str:
    """Return what a column with these words above it says; empty where nobody can tell."""
    bare = _bare(word)
    if not bare or len(bare) > _LONGEST_WORD or len(word) > _LONGEST_HEAD:
        return OTHER
    return next((kind for kind, words in _KINDS if re.fullmatch(words, bare)), OTHER)


def is_goal(word: str) -> bool:
    """Whether a column says what the work is to reach, and not the work."""
    return _GOAL.fullmatch(_bare(word)) is not None


def is_of_people(words: Collection[str]) -> bool:
    """Whether the words above the columns are of a list of people and how to reach them, and not of work.

    Where there are days, one of which nobody knows what it says may be of work.
    """
    kinds = {word: kind_of(word) for word in words if word}
    people = [word for word in words if _OF_PEOPLE.search(squeeze(word))]
    others = [word for word, kind in kinds.items() if kind == OTHER and word not in people]
    is_work = {TEXT, TITLE, AREA} & {*kinds.values()} or (others and DUE in kinds.values())
    return not is_work and len(people) > 1


def is_of_beginning(word: str) -> bool:
    """Whether a column of days may say when the work begins, and not when it is to be done."""
    return _OF_BEGINNING.fullmatch(_bare(word)) is not None


def doubts_of_columns(kinds: Sequence[str], words: Sequence[str]) -> list[str]:
    """What nobody can be sure of in the columns of units and of days."""
    doubts = [
        f"表头{quoted(word)}的括号里另有说明；要照办的，请写进 rules、default_due 或各行"
        for kind, word in zip(kinds, words, strict=True)
        if kind in (*OF_UNITS, DUE) and _NOTE.search(word.rstrip("：:*＊"))
    ]
    for kind in OF_UNITS:
        units = [word for one, word in zip(kinds, words, strict=True) if one == kind]
        if len(units) > 1:
            doubts.append(f"{'、'.join(f'“{word}”' for word in units)}几栏意思相近，合在一起读")
        doubts += [
            f"“{word}”一栏{meant}"
            for word in units
            for words, meant in _DOUBTED
            if re.fullmatch(words, _bare(word))
        ]
    days = [word for kind, word in zip(kinds, words, strict=True) if kind == DUE]
    if all(map(is_of_beginning, days)):
        doubts += [f"“{word}”一栏按完成时限读，里面可能是开始的时间" for word in days]
    return doubts


def _bare(word: str) -> str:
    """Return the words above a column without its notes and the year at their beginning."""
    return _OF_YEAR.sub("", _NOTE.sub("", squeeze(word[:_LONGEST_HEAD])))
