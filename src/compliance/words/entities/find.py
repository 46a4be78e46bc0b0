"""All finders over one text, and which of two overlapping entities stands."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from compliance.model.errors import ComplianceError
from compliance.words.entities.accounts import emails, qq_accounts, wechat_accounts
from compliance.words.entities.address import addresses
from compliance.words.entities.hit import ENTITY_NAMES, Candidate, Candidates, EntityHit
from compliance.words.entities.identity import bank_cards, resident_ids, social_credit_codes
from compliance.words.entities.names import announces_names, names
from compliance.words.entities.papers import passports, plates
from compliance.words.entities.phone import landlines, mobiles
from compliance.words.entities.view import SPOKEN_DIGITS, View

_FINDERS: Mapping[str, Callable[[View], Candidates]] = MappingProxyType(
    {
        "resident-id": resident_ids,
        "bank-card": bank_cards,
        "uscc": social_credit_codes,
        "mobile": mobiles,
        "landline": landlines,
        "email": emails,
        "passport": passports,
        "plate": plates,
        "wechat": wechat_accounts,
        "qq": qq_accounts,
        "address": addresses,
        "name": names,
    }
)
_RANK = {kind: rank for rank, kind in enumerate(ENTITY_NAMES)}

# Every entity has two letters or digits with at most three characters between them, or is an address with one
# digit before a part of a house; names alone have none. Bounded, hence linear.
_SIGN = (
    "[0-9A-Za-z\u00b2\u00b3\u00b9\u2070-\u2089\u2460-\u24ff\u2776-\u2793\uff10-\uff5a\U0001d400-\U0001d7ff十百"
    + "".join(SPOKEN_DIGITS)
    + "]"
)
_MAY_HOLD_ENTITY = re.compile(rf"{_SIGN}(?:[\s\S]{{0,3}}?{_SIGN}|\s?[号弄栋幢座单室层楼组户房])")


def find_entities(text: str, kinds: frozenset[str] | None = None) -> list[EntityHit]:
    """Personal information in `text`, sorted by place, never overlapping; linear in the length of the text.

    Args:
        kinds: identifiers from `ENTITY_NAMES`; all of them by default.

    Of two that overlap the one with a true check digit stands, then the longer, then the earlier, then the
    one whose kind comes first in `ENTITY_NAMES`. Only the kinds asked for compete.

    Raises:
        ComplianceError: a kind is not in `ENTITY_NAMES`.
    """
    wanted = frozenset(_RANK) if kinds is None else kinds
    unknown = sorted(wanted - _RANK.keys())
    if unknown:
        raise ComplianceError(
            f"没有名为「{unknown[0]}」的个人信息类型", place="kinds", remedy=f"可用的类型：{'、'.join(ENTITY_NAMES)}"
        )
    if _MAY_HOLD_ENTITY.search(text) is None:
        wanted = wanted & {"name"} if announces_names(text) else frozenset()
    if not wanted:
        return []
    view = View.of(text)
    candidates = [candidate for kind, find in _FINDERS.items() if kind in wanted for candidate in find(view)]
    return [EntityHit(c.kind, c.start, c.end, text[c.start : c.end]) for c in _settle(candidates, len(text))]


def _settle(candidates: list[Candidate], length: int) -> list[Candidate]:
    if not candidates:
        return []
    taken = bytearray(length)
    kept = []
    for candidate in sorted(candidates, key=lambda c: (not c.validated, c.start - c.end, c.start, _RANK[c.kind])):
        if taken.find(1, candidate.start, candidate.end) < 0:
            taken[candidate.start : candidate.end] = b"\x01" * (candidate.end - candidate.start)
            kept.append(candidate)
    return sorted(kept, key=lambda c: c.start)
