"""How ordinary a piece of Chinese is, character by character: the measure that tells encodings apart."""

import functools

# The most frequent characters of speech and of live commerce, simplified and then traditional. A wrong reading
# lands on characters spread over the whole table, so these few hundred carry most of the evidence.
_SIMPLIFIED = (
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实"
    "日者意无力它与长把机十第公此已使情明性知全三又关点正外将两高间由问很最重并物手应向头文体美相见被什二等产或新己制身果加月话合回特代内信表化老给世位次度任常先通教儿原声提及比员水名真走各几口认条平系气题"
    "活更别打女变四总何电数安少报才结受目太量再感做接必场件计期直资金指统区保至便空非则听白却达光放强像难且思完设式色路记品住告类求规万取望觉确师清今让带号宝贝播卖买价钱抢购链单款包装送券赠福利亲姐妹欢迎谢"
    "喜爱效肤护肌吃喝食药健康元块折省邮秒杀限库存粉丝注哦啊吧呢吗呀"
)
_TRADITIONAL = (
    "這個們來為國說時會對於著後過發裡種經麼學現當沒動還進樣從實無與長機關點將兩間問並應頭體見產話內給兒聲員認條係氣題變總電數報結場計資統區則聽達強難設記類規萬覺確師讓帶號寶貝賣買價錢搶購鏈單裝贈親歡謝愛膚"
    "護藥塊郵殺庫絲注開東車門馬書誰請談網質優惠"
)
_FREQUENT = frozenset(_SIMPLIFIED + _TRADITIONAL)
_PUNCTUATION = frozenset("，。！？、；：“”‘’（）《》【】「」『』〈〉…—～·￥％＋－×　°℃①②③④⑤⑥⑦⑧⑨⑩")
_FULL_WIDTH = range(0xFF01, 0xFF5F)
_FREQUENT_WEIGHT, _COMMON_WEIGHT, _SYMBOL_WEIGHT, _RARER_WEIGHT = 1.0, 0.8, 0.6, 0.35
_ASCII_LAYOUT = frozenset("\t\n\r")


def plausibility(text: str, *, traditional_only: bool = False) -> float:
    """Mean weight (0–1) of the characters beyond ASCII; 0 when there are none.

    A text is simplified or traditional, seldom both: the better of the two readings counts. With `traditional_only`
    the simplified table is left out, as Big5 cannot write it.
    """
    beyond = [character for character in text if not character.isascii()]
    strange = sum(character < " " and character not in _ASCII_LAYOUT for character in text)
    if not beyond:
        return 0.0
    systems = (1,) if traditional_only else (0, 1)
    total = max(sum(_weights(character)[system] for character in beyond) for system in systems)
    return total / (len(beyond) + strange)


@functools.lru_cache(maxsize=16_384)
def _weights(character: str) -> tuple[float, float]:
    """Weight as simplified and as traditional Chinese."""
    if character in _PUNCTUATION or ord(character) in _FULL_WIDTH:
        return _FREQUENT_WEIGHT, _FREQUENT_WEIGHT
    if character in _FREQUENT:
        in_simplified, in_traditional = character in _SIMPLIFIED, _big5_lead(character) in _BIG5_COMMON
        return (
            _FREQUENT_WEIGHT if in_simplified else _RARER_WEIGHT,
            _FREQUENT_WEIGHT if in_traditional else _RARER_WEIGHT,
        )
    if _gb_lead(character) in _GB_SYMBOLS:
        return _SYMBOL_WEIGHT, _SYMBOL_WEIGHT
    return _tier(_gb_lead(character), _GB_COMMON, _GB_RARER), _tier(_big5_lead(character), _BIG5_COMMON, _BIG5_RARER)


# The standards sort characters by frequency: rows of common ones first, rows of rarer ones after.
_GB_SYMBOLS = range(0xA1, 0xA4)
_GB_COMMON, _GB_RARER = range(0xB0, 0xD8), range(0xD8, 0xF8)
_BIG5_COMMON, _BIG5_RARER = range(0xA4, 0xC7), range(0xC9, 0xFA)


def _tier(lead: int, common: range, rarer: range) -> float:
    if lead in common:
        return _COMMON_WEIGHT
    return _RARER_WEIGHT if lead in rarer else 0.0


def _gb_lead(character: str) -> int:
    return _lead(character, "gb2312")


def _big5_lead(character: str) -> int:
    return _lead(character, "big5")


def _lead(character: str, encoding: str) -> int:
    try:
        return character.encode(encoding)[0]
    except UnicodeEncodeError:
        return 0
