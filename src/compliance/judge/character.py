"""Is it an advertisement? What the facts say of a text, and what has to be assumed where they say nothing.

《直播电商监督管理办法》第三十五条: live content is generally an advertisement when an influential natural person other
than the seller recommends in their own name or image, or when it is recorded, cut or edited and then published. A
seller's own staff pitching live in the seller's room is no such case and is usually handled as commercial publicity,
although 《互联网广告管理办法》第十九条 shows that it can be an advertisement: that is an assumption, never certain.
"""

from collections.abc import Mapping
from typing import NamedTuple

from compliance.model.vocabulary import Character, Source

_TEST = ("直播电商监督管理办法 第三十五条", "互联网广告管理办法 第十九条")
_YES, _NO = "yes", "no"


class Found(NamedTuple):
    """The character, whether it is an assumption, why, and the articles that the reason rests on."""

    character: Character
    assumed: bool
    reason: str
    law: tuple[str, ...] = ()


def character_of(facts: Mapping[str, str], source: Source) -> Found:
    """By the facts of the document, by Chinese name and normalised. What makes an advertisement leads."""
    declared = facts.get("内容.商业广告")
    if declared is not None:
        character = Character.ADVERTISEMENT if declared == _YES else Character.PUBLICITY
        is_it = "构成" if declared == _YES else "不构成"
        return Found(character, assumed=False, reason=f"已经确认{is_it}商业广告")
    return _advertisement(facts, source) or _publicity(facts) or _nothing_known(facts)


def _advertisement(facts: Mapping[str, str], source: Source) -> Found | None:
    role, recorded = facts.get("主播.身份"), facts.get("内容.录播")
    ad = Character.ADVERTISEMENT
    if recorded == _YES:
        return Found(ad, assumed=False, reason="录制、剪辑后发布，一般构成商业广告", law=_TEST[:1])
    if role == "influencer":
        return Found(ad, assumed=False, reason="达人以自己的名义或者形象推荐，一般构成商业广告", law=_TEST)
    if role == "anchor-agency":
        reason = "机构主播不是商家员工；是否以自己的名义或者形象推荐，请法务确认，先按商业广告计"
        return Found(ad, assumed=True, reason=reason, law=_TEST)
    if facts.get("直播.自营") == _NO:
        reason = "不是商家自营并由自己的员工讲解；由谁、以谁的名义推荐，请法务确认，先按商业广告计"
        return Found(ad, assumed=True, reason=reason, law=_TEST)
    if source in {Source.LISTING, Source.POST}:
        return Found(ad, assumed=True, reason="商品详情、种草笔记通常构成商业广告，先按商业广告计")
    return None


def _publicity(facts: Mapping[str, str]) -> Found | None:
    if facts.get("主播.身份") != "staff" and facts.get("直播.自营") != _YES:
        return None
    live = "实时讲解" if facts.get("内容.录播") == _NO else "讲解（没有说明是否录播，按实时计）"
    reason = f"商家员工{live}，通常按商业宣传处理；是否构成商业广告由执法机关认定"
    return Found(Character.PUBLICITY, assumed=True, reason=reason, law=_TEST)


def _nothing_known(facts: Mapping[str, str]) -> Found:
    missing = [name for name in ("主播.身份", "内容.录播") if name not in facts]
    reason = f"没有说明{'、'.join(missing)}，先按商业广告计"
    return Found(Character.ADVERTISEMENT, assumed=True, reason=reason, law=_TEST)
