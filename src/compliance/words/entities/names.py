"""Names of persons, only where a cue such as 收件人 or 姓名 announces one."""

import re

import re2

from compliance.text.tables import words
from compliance.words.entities.hit import Candidate, Candidates
from compliance.words.entities.view import View

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷"
    "詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农"
    "司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_COMPOUND = "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|闻人|申屠|独孤|南宫|西门"
_HAN = "\u4e00-\u9fff"
# Whoever is named after these is a person; the others say so only with 叫.
_SURE = (
    "收件人|收货人|寄件人|发件人|联系人|持卡人|户主|投保人|被保险人|受益人|法定代表人|法人代表|监护人|中奖人|当事人|开户名|户名|"
    "姓名|真名|本名|大名|原名|实名"
)
_LIKELY = "买家|顾客|客户|患者|病人|学员|学生|孩子|中奖者|会员|那位|那个|名"
_CUE = re2.compile(rf"(?:(?:{_SURE})(?:姓名|名字)?(?:叫|是|为|[\s:：(（【「“\"]){{0,3}}|(?:{_LIKELY})(?:名字|的)?叫)")
_OF_CUES = re.compile("[人名主叫]")  # not RE2: the text may hold lone surrogates
_TITLES = re.compile("先生|女士|小姐|老师|经理|主任|阿姨|老板|[姐哥叔姨爷妈总]$")
_NAME = re.compile(rf"(?:(?:{_COMPOUND})|[{_SURNAMES}])[{_HAN}]{{1,2}}")
# What stands behind a name: no Chinese character, or one that begins another word.
_BEHIND = re.compile(
    rf"[^{_HAN}]|$|先生|女士|小姐|同学|老师|阿姨|大[姐哥妈爷]|电话|手机|号码|身份|地址|住|家住|[收签的了在是和与也就已请来去有说要买把给被今现]"
)
_NO_GIVEN_NAME = frozenset("收签的了在是")
_TELLING = frozenset("叫是为:：")
_COMMON = 500
"""What is at least so frequent in the corpus of `words` is no name, whatever announces it."""


_BEFORE_PHONE = re.compile(
    rf"(?:^|[\s,，。:：;；、])((?:{_COMPOUND}|[{_SURNAMES}])[{_HAN}]{{1,2}})[\s,，:：]{{0,2}}(?=1[3-9][0-9]{{9}}(?:[^0-9]|$))"
)


def announces_names(text: str) -> bool:
    """Whether a cue may stand in the text: each of them has one of these characters."""
    return _OF_CUES.search(text) is not None


def names(view: View) -> Candidates:
    """A surname with one or two characters after 收件人, 姓名, 户名, 买家叫 and the like, or before a mobile number."""
    for found in _BEFORE_PHONE.finditer(view.folded):
        if not _is_word(found[1], told=False) and _TITLES.search(found[1]) is None:
            yield Candidate("name", *found.span(1))
    for cue in _CUE.finditer(view.folded):
        if cue.group().startswith("户名") and view.folded[: cue.start()].endswith("客"):
            continue  # 客户名单
        start = cue.end()
        longest = _NAME.match(view.folded, start)
        if longest is None:
            continue
        shortest = start + (3 if re.match(_COMPOUND, longest.group()) else 2)
        for end in range(longest.end(), shortest - 1, -1):
            if view.folded[end - 1] in _NO_GIVEN_NAME:
                continue
            told = view.folded[start - 1] in _TELLING
            if _BEHIND.match(view.folded, end) and not _is_word(view.folded[start:end], told=told):
                yield Candidate("name", start, end)
                break


def _is_word(text: str, *, told: bool) -> bool:
    """Whether these are ordinary words; after 姓名：, 名叫 and the like only frequent ones are."""
    ordinary = words()
    if told:
        return ordinary.get(text, 0) >= _COMMON
    is_compound = re.match(_COMPOUND, text) is not None
    return text in ordinary or (len(text) > 2 and not is_compound and ordinary.get(text[:2], 0) >= _COMMON)
