"""E-mail addresses, and the WeChat and QQ accounts that a cue announces."""

import re2

from compliance.words.entities.context import is_amount, is_closed, names_a_code
from compliance.words.entities.hit import Candidate, Candidates
from compliance.words.entities.view import View

_EMAIL = re2.compile(
    r"(?i)[a-z0-9][a-z0-9._%+-]*\s?(?:@|\(at\)|\[at\]|艾特|圈a)\s?[a-z0-9-]+(?:(?:\.|点)[a-z0-9-]+)*(?:\.|点)([a-z]{2,24})"
)
_FILE_ENDINGS = frozenset(["png", "jpg", "jpeg", "gif", "webp", "svg", "bmp", "ico", "mov", "js", "css"])  # logo@2x.png


def emails(view: View) -> Candidates:
    """`name@host.tld`, also with 艾特 and 点 spelled out."""
    for match in _EMAIL.finditer(view.folded):
        if is_closed(view.folded, match.end()) and match.group(1).lower() not in _FILE_ENDINGS:
            yield Candidate("email", *match.span())


# What may stand between a cue and the account: 微信号是：…, 微信加我 …, 微信（同号）….
_LINK = (
    r"(?:号码|账号|帐号|号|id|码|是|为|就是|也是|搜索|搜|加我|加|我|联系|同号|同|私聊|"
    r"[-\s:=,()\"'“”「【\[\x{fe0f}→👉👇])"
)
_WECHAT_CUE = (
    r"(?:[微薇威维徽魏溦葳]\s?[信芯❤♥]|卫星号|绿泡泡号|v\s?[❤♥]|(?:[佳嘉加➕+扣]|加我)\s?(?:[微薇维徽威卫溦魏葳]|🛰)\s?[➕+]?|[微薇威维徽]\s?x|\bv\s?[信x]|"
    r"\bw\s?[❤♥]\s?x|\bwx|\bwechat|\bweixin|\bvxin|[加➕+扣佳嘉]\s?v|[微薇溦葳]\s?:|\bv\s?:)"
)
_WECHAT = re2.compile(rf"(?i)({_WECHAT_CUE})({_LINK}{{0,6}})([a-z][a-z0-9_-]{{5,19}}|[0-9]{{6,15}})")
_WECHAT_RAW = re2.compile(r"(?i)(?:^|[^a-z0-9_])(wxid_[a-z0-9]{6,24})")
# A sign for 微信 without 信: what follows must have the looks of an account.
_WECHAT_SIGN = re2.compile(r"(?i)[微薇溦葳](?:号|同号|[\s:搜]){1,3}([a-z][a-z0-9_-]{5,19})")
_TELLING_LINK = re2.compile(r"(?i)[号:=是为搜码]|id|加我")
_DAY = re2.compile(r"^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$")


def wechat_accounts(view: View) -> Candidates:
    """6–20 Latin characters, or 6–15 digits, after 微信, 薇信, vx, wx, 加V and the like."""
    for match in _WECHAT_RAW.finditer(view.folded):
        yield Candidate("wechat", *match.span(1))
    for match in _WECHAT_SIGN.finditer(view.folded):
        if is_closed(view.folded, match.end()) and any(char.isdigit() or char == "_" for char in match[1]):
            yield Candidate("wechat", *match.span(1))
    for match in _WECHAT.finditer(view.folded):
        start, end = match.span(3)
        is_whole = is_closed(view.folded, end) and not is_amount(view, end) and not names_a_code(view, match.start())
        if is_whole and _is_account(*match.groups()):
            yield Candidate("wechat", start, end)


def _is_account(cue: str, link: str, account: str) -> bool:
    if account.isdigit():
        return not _DAY.search(account)
    if not link and cue[-1] in "Vv":  # 加VIP…, 加VC…
        return False
    # A plain word such as 微信 Android is an account only where something says so.
    has_figure = any(char.isdigit() or char == "_" for char in account)
    return has_figure or _TELLING_LINK.search(link) is not None


_QQ_CUE = r"(?:qq|扣扣|抠抠|秋秋|企鹅|球球|🐧|[加➕+佳嘉扣]\s?q|\bq\s?[号群]|[加➕+]\s?q|\bq\s?:)"
_QQ_NUMBER = r"([1-9][0-9]{4,11}|[1-9][0-9]{1,3}(?:[ -][0-9]{2,4}){1,3}|[1-9](?: [0-9]){4,11})"
_QQ = re2.compile(rf"(?i){_QQ_CUE}(?:群|{_LINK}){{0,6}}{_QQ_NUMBER}")


def qq_accounts(view: View) -> Candidates:
    """5–12 digits, written or spoken, after QQ, 扣扣, Q号 and the like."""
    for text in dict.fromkeys((view.folded, view.spoken)):
        for match in _QQ.finditer(text):
            start, end = match.span(1)
            if is_closed(text, end) and text[end : end + 1] != "@" and not is_amount(view, end):
                yield Candidate("qq", start, end)
