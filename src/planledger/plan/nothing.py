"""Words that say there is nothing to tell (零报告): 无, 暂无, 本月无进展, N/A, a dash."""

import re

from planledger.plan.digits import fold

# Patterns are text: they are compiled when somebody reports in words, and most commands read none.
# No word is made of others of the list, so that a text is read in one way only, however long it is.
_NOW = r"(?:截至|截止|到)?(?:目前|现在|当前|今)|[本上当该这]个?(?:月份?|期|季度?|周|旬|阶段)内?|(?:[0-9]{4}年)?(?:[0-9]{1,2}|十?[一二三四五六七八九十])月份?|近期|期内|月内"
_WHO = r"[本我](?:单位|局|办|部门|镇|街道|委|处|公司|村|社)|[本该此这]项"
_SUBJECT = (
    r"新增|新|其[他它]|任何|具体|相关|有关|实质|明显|重大|最新|[可需须要应的性]|工作|业务|项目|活动|情况|事项|"
    r"内容|数据|进展|进度|动态|变化|更新|报告|汇报|上报|填报|报送|说明"
)
_NONE = rf"(?:{_NOW}|{_WHO}|{_SUBJECT})*(?:暂时?|[尚还仍均都也])*(?:没有|未有|[无没零0])(?:{_WHO})?(?:{_SUBJECT}|{_NOW})*"
_ZERO = rf"(?:{_NOW}|{_WHO})*(?:作|为|实行)?[零0]报告|nil|none|null|na|no"


def tells_nothing(text: str) -> bool:
    """Whether a text says only that there is nothing to tell, whatever dots and dashes stand around it.

    Whoever says more than that has told something, and it is kept: 暂无，下月开展.
    """
    pieces = re.findall(r"[^\W_]+", fold(text).lower().replace("無", "无"))
    return _is_nothing("".join(pieces)) or all(map(_is_nothing, pieces))


def _is_nothing(said: str) -> bool:
    return not said or re.fullmatch(f"{_NONE}|{_ZERO}", said) is not None
