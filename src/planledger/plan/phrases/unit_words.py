"""The words of which phrases of 责任单位 are made: one row a kind of words.

The rules of the grammar (`unit_pieces`, `unit_mentions`) name a row in place of its words, as in `.+<ENDS><NOTE>?`.
A word that one county writes and this table lacks is added to its row, and every rule that names the row knows it.
"""

import re
from functools import cache

from planledger.plan.model.terms import Role

ROLES = {
    **dict.fromkeys(("牵头负责", "牵头", "为主", "主办", "主责"), Role.LEAD),
    **dict.fromkeys(("牵头组织实施", "牵头组织", "牵头落实", "牵头实施", "牵头推进", "牵头抓总"), Role.LEAD),
    **dict.fromkeys(("负责", "组织实施", "组织落实", "实施", "落实"), Role.RESPONSIBLE),
    **dict.fromkeys(("负责组织实施", "负责落实", "负责实施", "抓好落实"), Role.RESPONSIBLE),
    **dict.fromkeys(("各负其责", "各司其职"), Role.RESPONSIBLE),
    **dict.fromkeys(
        ("配合", "协办", "协助", "协作", "参与", "参加", "配合落实", "协助落实", "配合实施"), Role.ASSIST
    ),
}

_WORDS = {
    "HAN": "[\u3400-\u9fff]",
    "DIGIT": "[一二三四五六七八九十]",
    "COUNT": "[0-9一二三四五六七八九十]",
    "NUMBER": r"（(?:[0-9]{1,2}|<DIGIT>{1,2})）|[①-⑳]|(?<![^\s、，；：])[0-9]{1,2}[.、）]"  # 1.县教育局
    r"|(?<![^\n、，；：])[0-9]{1,2}(?=[^\S\n]+(?![个家所名户支项]))"  # 1 县教育局, but no 14 个乡镇
    "|(?<![^\\n、，；：])<DIGIT>{1,2}(?=[^\\S\\n]+<OPENS>)",  # 一 县教育局
    "AND": "和(?!平(?!安)|谐)|与(?!乐)|以?及(?!第(?!<DIGIT>))其?|暨|或者?|跟(?![踪岗班])|并(?![网购轨])|兼(?![并职])|连同",  # but 和平镇, 跟踪督办科
    "ETC": "(?<![高初平])(?<!(?<!<DIGIT>)中)等",  # 高等, 中等 and 平等 stand in names
    # Roles, and what stands around them: 按职责分工负责, 牵头单位：, （配合部门）
    "ROLE": "|".join(ROLES),
    "PLAIN_ROLE": "牵头|为主|负责|配合|协助|参与",
    # No word of this row is made of others of it, else a long text is read in too many ways.
    "ADVERB": "双(?=牵头)|按照?|依[据照]?|根据|各自|职责|职能|分工|共同|联合|具体|主要|全面|统筹|总|分别|协同|积极|密切",
    "DUTY": "牵头|主办|责任|配合|协办|协作|承办|实施|主管",
    "OFFICE": "单位|部门",
    "ANSWERER": "<OFFICE>|主体|科室",
    "LABEL": "<DUTY>(?:责任)?<ANSWERER>",
    # How a name opens (县财政局, but no 市场监管局 or 区域合作办), and how it ends.
    "LEVEL": "[省市县区州旗]",
    "OPENS": "[省州旗]|县(?!域|级|城(?![投市管乡建关]))|市(?!场|政[管工园设]|容|民|郊|区|域|内)"
    "|(?<![校院场])区(?![域划间块])|团(?=[省市县区]委)|国家|国网|中国|中共",
    "BUREAU": "(?<!总)局|办|办公室|(?<![干总西])部|(?<!社)会|委|联|院|馆|校|站|所(?!在)|社(?!区)|队|台|厅|庭|行|(?<!市)场"
    "|厂|店|处|组|室|中心|公司|政府|(?:园|开发|经开|新|管理|景|院|校|灌|保护|度假|名胜|集聚|集中)区|[务路]段|[年化]宫|监狱|[政科残文作记侨老消律体]协|人大|[大中小]学|集团"
    "|企业|基地|[医教]共体|联合体|园(?!区)|机关|海关|股(?![份权东])|(?<=[^省市县区州旗])科(?![技学教协普室创信研目])|库(?!区)|苗圃|[剧歌艺][术舞]?团|<DIGIT>中(?!心|学)",
    # 城镇, 集镇 and 城乡 are words of many names, and the end of some towns (桃城镇).
    "NAMED_SO": "(?<=[^县小型乡新市全]城)镇(?![居化职建管老污供燃低保规道绿企土房开水发基垃环就医困住])"
    "|(?<=[^县小乡农村]集)镇(?!建|管|供|污|贸)|(?<=[^县市全统筹和与进]城)乡(?=$|人民政府|政府)",
    "TOWN": "(?:街道|(?<![城集])镇|(?<!城)乡|<NAMED_SO>)(?:人民政府|政府|办事处|办|党委|党工委)?",
    "VILLAGE": "(?:(?<![农乡])村|社区)(?:村?委会|居委会)?",
    "ENDS": "<BUREAU>|<TOWN>|<VILLAGE>",
    "NO_PLACE": "(?<![省市县区州旗镇乡道][会联协馆站台所社院队校部厅厂店处组室行庭科股库园场镇乡村])(?![路街巷](?:社区|街道))",  # 云岭县站前街道, 海关路社区
    "NOTE": "（[^（）]+）",  # 县委宣传部（文明办）
    # Whole kinds of units: 各乡镇（街道）, 全体成员单位, 12个乡镇.
    "ALL": "各(?!庄)|全体|所有",
    "OF_ALL": "(?:<LEVEL>[直级]|全<LEVEL>)?<ALL>",
    "SOME": "有关|相关|其[他它]",
    "SETTLEMENT": "乡镇|镇街|街道|镇|乡|村|社区",
    "PLACE": "乡镇场|<SETTLEMENT>|<OFFICE>|企业|学校|县区|市县|园区",
    "INSTITUTION": "公司|机构|医院|团体",
    "KIND": "<PLACE>|<INSTITUTION>|党委|党工委|党组织|党组|总?支部|组织|政府|人民政府|办事处|卫生院|卫生室|中心(?:学校|小学|校)|中小学|小学|中学"
    "|校|两委|“两委”|村?居|村民?小组|网格员?|运营商|幼儿园|院校|高校|所(?!在)|站|队|组|专班|股|科|处|室|庭|[部委办局]+|委员?会"
    "|居委会|村委会|管委会|业主|法人|主体|农户|户|人员|干部|责任人|协会|商会|合作社|[银支分]行|农场|林场|厂区?|库|苗圃|[剧歌艺][术舞]?团|海关|[医教]共体|联合体|景区|基地|机关|党派|妇联"
    "|团委|工会|网点|窗口|小区|系统|行业|市场|平台",
    "SORTS": "（[^（）]{1,10}）",
    "EACH": "各(?!庄)|全体|所有(?!制|权)|全部(?=<PLACE>)|<COUNT>{1,3}个(?=<PLACE>)",
    # Between 各 and the kind stands which of them, and no kind of place: 驻村工作队, 县直单位.
    "WHICH": "(?!<PLACE>(?!级)|[与及或跟暨并兼]|等(?!级)|(?<=[室所行部校院办站])和|[省县](?![直级属管区域市]|$|（))[^（）]",
    # Before 各 and no unit: 全县, 县直, 辖区内, 驻县, 机关.
    "WHERE": "(?:公司|厂|[城镇库山矿灾]区|以上|上述|以下)|全?[省市县区州旗镇乡村局院校]?(?:[直级属管内]|机关)?|[本辖我]?[区县市地]域?内?|.{0,4}(?:驻|在)[省市县区州旗镇村]?"
    "|[涉沿].{1,3}|.{0,4}(?:<SOME>|机关|[区县市域统]内)",
    # Parts of a unit itself, or words that say so: 县教育局各股室, 领导小组各成员单位.
    "OWN_PARTS": "(?:组|指挥部|防指|委(?:员?会)?|联席会议|专班)(?:各|全体)成员单位|(?:直属|下属|所属|派出)(?:单位|机构)"
    "|(?:工作|组成|职能|内设)(?:部门|机构)|(?:(?:<LEVEL>|^)委|政府)各(?:部门|部委(?:办局)?)|(?:股|科|处|庭|部)室|党?支部",
    # Open-ended words behind a name: 等有关部门, 及相关乡镇政府.
    "VAGUE": "<ALL>|<SOME>|其余|涉及|主管|职能|成员|下属|所属|直属|[县区市州]直",
    "NOUN": "(?:<SETTLEMENT>|[股科处]室|<OFFICE>|<INSTITUTION>|企业|学校)(?:（[^（）]{1,9}）)?(?:(?:人民)?政府|办事处)?",
    # What is no unit: a person, what a cell says instead (同上, 待定, 每个村), what a unit does (县教育局汇总).
    # No surname of this row begins a word for a unit.
    "SURNAME": "[王李张刘陈杨赵黄周吴徐孙朱胡郭何罗宋郑谢韩唐冯董程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛余潘杜戴夏钟汪姜范廖邹熊孟秦邱侯尹段雷]"
    "|欧阳|上官|司马|诸葛",
    "PERSON": "<SURNAME>(?!家)[一-龥]{1,2}(?<![省市县区州旗盟关庄屯湾沟集])|.*(?:[省县区市州镇乡村河湖林田路组格栋户园局部院校站所队股科行]长(?![江安虹春乐城沙征兴者])|主任|书记|领导|联系人|支书|干部|班子|专人|人员|责任人|(?:代表|委员)(?!会|团|之家)|同志|某).{0,3}",
    "INSTEAD": "[同如见]上一?[行栏列项条]?|上同|同[前左一]|〃|ditto|第<COUNT>{1,2}|详见.*|见(?:附件|附表|上表|下表|备注)|待定|未定|另[行定].*|暂[未定无缺].*|不涉及|群众|属地|分级|全员|社会|群防群治|部门联动|齐抓共管|某.+|[我本该贵两](?:<OFFICE>|<LEVEL>|<BUREAU>|<TOWN>)|.{0,2}(?:四[套大](?:班子|家)|公检法司?|工青妇)|全?<LEVEL>?级?“?[三四]办”?|(?:通信|电信)?运营商|(?:责任|实施)主体|第三方(?:机构|公司)?|每.+"
    "|.{0,2}(?:两|[三四五六七八九]大)(?:村|镇|乡|街道|社区|单位|部门|企业|公司|运营商|银行)|.{0,2}<COUNT>(?:大(?:通信|电信|国有)|家).{0,2}(?:单位|部门|企业|公司|运营商|银行)|.{0,3}[两三]级(?!医院).*"
    "|(?:<SETTLEMENT>|企业|学校|园区|县区|市县)+<SORTS>?|(?:乡镇|镇街|[乡镇]<SORTS>|乡镇<SORTS>)(?:人民)?政府|二级(?:机构|单位)|(?:<LEVEL>属?)?(?:国有?|国有?重点)企业?|项目业主|驻村工作队|村（居）委会|村?居委会|村级组织|村?支?“?两委”?|属地管理|(?:长期|持续|常态|立行立改).{0,4}|全年|全社会|全[省市县区](?:上下)?",
    # What brackets, or 一是 in front, say that is no part of a name: a time, a footnote, a post.
    "REMARK": "（(?:等|不?含|[排列][第名首在]|[^）]*(?:[0-9]|<DIGIT>月|[年月][底末])|或|拟|全年|长期|[待暂]定|详?见附|以下)[^）]*）|（(?:[主副正]|[^）]*责任人)?）"
    "|^<DIGIT>是",
    "DOES": "监督|督办|督导|督促|(?:统筹|组织)?协调|汇总|审核|收集|报送|上报|会办|办理|协同|指导|支持|保障|跟进|验收|督查|把关"
    "|备案|审批|兼|[代分共]管|组织|牵总|推动|执行|提供|联系|包保|包抓|兜底|承接|主导|领办|负总责|负(?:主要|主体|直接)?责任?",
    # With these before it a unit is asked to do something: 责成县教育局.
    "ASKED": "[请需]|须(?![江水弥城])|建议(?!提案|办理|征集)|责成|委托(?!代)|授权|指定|要求",
    # With these at its end a name breaks off: 县教育局推进.
    "BEGUN": "落实|实施|推进|开展|承担|承办|完成|参加|指导|统筹|主要|主抓|主管|抓总|为辅|分工|共同|分别|联合|部门|<ETC>",
}


@cache
def rule(grammar: str) -> re.Pattern[str]:
    """Return a rule of the grammar as a pattern, which is compiled when a phrase first asks for it.

    Args:
        grammar: a regular expression, in which `<TOWN>` is any of the words of that row.

    Raises:
        KeyError: the table has no such row.
    """
    return re.compile(_spelled(grammar))


def _spelled(grammar: str) -> str:
    """Put the words of its row in the place of each name; a row may name others."""
    return re.sub("<([A-Z_]+)>", lambda row: f"(?:{_spelled(_WORDS[row[1]])})", grammar)


ENDS_A_UNIT = rule("<ENDS>$")
