"""What stands around a number and says that it is a price, a code or a file name, or indeed a contact."""

import re2

from compliance.words.entities.view import View

_BEFORE = 16  # characters looked at before a number
_AFTER = 8  # and after it

# What names a number that belongs to a thing, directly before it.
_CODE = re2.compile(
    r"(?i)(?:单号|订单|编号|编码|货号|款号|型号|批号|批次|批次号|条码|条形码|流水号|序列号|注册号|备案号|准字|许可证号|证书号|"
    r"房间号|直播间号|直播间|场次号|券号|券码|兑换码|验证码|防伪码|追溯码|溯源码|商品码|核销码|版本号|单据号|"
    r"运单|sku|spu|upc|ean|sn|s/n|imei|id|order|item|goods|code|bid|"
    r"价|价格|价值|金额|总额|销售额|成交额|销量|库存|数量|播放量|阅读量|浏览量|曝光量|热度|人气值|积分|点赞数?|突?破|超过|[¥$€£])"
    r"(?:号码|号|码)?(?:[-\s:=#是为\"'“”(\[【「]|no\.?){0,4}(?:[a-z0-9]{1,8}[-_/]){0,3}$"
)
_CONTACT = re2.compile(
    r"(?i)电话|手机|微信|薇信|v信|vx|wx|联系|拨打|致电|打给|号码|热线|座机|固话|固定|私聊|tel|phone|mobile|call"
)
_CONTACT_AFTER = re2.compile(r"^\s?(?:[打拨]?(?:这个|这|我)?(?:电话|手机|号码)|[找打]我|联系我)")
_CARD = re2.compile(r"(?i)卡|银行|储蓄|信用|账号|账户|帐号|帐户|打款|转账|收款|汇款|card|bank")
# A unit is none where it begins a name or another word: 张先生, 包邮, 升级, 次日.
_UNIT = re2.compile(
    r"(?i)^\s?(?:元(?:[^老宵旦]|$)|块|角|分钱|件|克|千克|公斤|斤|两(?:[^个]|$)|吨|毫升|毫克|微克|毫米|厘米|瓶|盒|箱|袋|份|颗|粒|片|度|"
    r"(?:张|包|单|万|双|台|部|支|套|千|百|米|升|次)(?:[^先女小老总经哥姐师医律长邮餐湾级值日退赔换过]|$)|亿|倍|%|‰|"
    r"人次|人民币|粉丝|美元|美金|港币|欧元|日元|个(?:[^人]|$)|"
    r"(?:kg|mg|ug|ml|cm|mm|km|rmb|cny|usd|gb|mb|tb|mah|hz|kw|kwh|pcs|px|[glwk])(?:[^0-9a-z]|$))"
)
_LETTERS_BEFORE = re2.compile(r"(?:^|[^\\a-z])([a-z]+)[-/]?$")  # the n of an escaped \n is no letter
_LETTERS_AFTER = re2.compile(r"^([a-z]+)")
_CODE_AFTER = re2.compile(
    r"^(?:-[a-z]{1,3}[0-9]|[_@]|\.(?:jpe?g|png|gif|webp|mp[34]|mov|avi|wav|pdf|docx?|xlsx?|csv|txt|zip|rar|html?|json|psd))"
)
# Latin words that may touch a phone number and leave it one.
_CONTACT_WORDS = frozenset(
    [
        *("tel", "phone", "mobile", "mob", "cell", "call", "hp", "sj", "dh", "shouji", "dianhua"),
        *("wx", "vx", "v", "vxin", "wechat", "weixin", "qq", "q", "whatsapp"),
    ]
)


def names_a_code(view: View, start: int) -> bool:
    """Whether the words before `start` announce an order number, a product code or an amount."""
    return _CODE.search(view.before(start, _BEFORE)) is not None


def is_amount(view: View, end: int) -> bool:
    """Whether a unit of money, weight, size or count follows."""
    return _UNIT.search(view.after(end, _AFTER)) is not None


def is_contact(view: View, start: int, end: int | None = None) -> bool:
    """Whether the words before `start`, or those behind `end`, speak of calling or messaging someone."""
    if _CONTACT.search(view.before(start, _BEFORE)) is not None:
        return True
    return end is not None and _CONTACT_AFTER.search(view.after(end, _AFTER)) is not None


def is_card(view: View, start: int) -> bool:
    """Whether the words before `start` speak of a bank card or an account."""
    return _CARD.search(view.before(start, _BEFORE)) is not None


def is_part_of_code(view: View, start: int, end: int) -> bool:
    """Whether Latin letters, an underscore, a file ending or an at sign are glued to `[start, end)`."""
    before, after = view.before(start, _BEFORE), view.after(end, _AFTER)
    if before.endswith("_"):
        return True
    left, right = _LETTERS_BEFORE.search(before), _LETTERS_AFTER.search(after)
    if any(letters is not None and letters.group(1) not in _CONTACT_WORDS for letters in (left, right)):
        return True
    return _CODE_AFTER.search(after) is not None


def is_closed(text: str, end: int) -> bool:
    """Whether no Latin letter, digit or underscore follows `end`; Chinese may, it has no word boundaries."""
    following = text[end : end + 1]
    return not (following.isascii() and (following.isalnum() or following == "_"))


def belongs_to_a_thing(view: View, start: int, end: int) -> bool:
    """Whether anything around a number says that it is no person's."""
    return names_a_code(view, start) or is_amount(view, end) or is_part_of_code(view, start, end)
