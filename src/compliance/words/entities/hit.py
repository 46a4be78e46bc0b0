"""What is found: one piece of personal information at one place, and the kinds there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

ENTITY_NAMES: Mapping[str, str] = MappingProxyType(
    {
        "resident-id": "身份证号",
        "bank-card": "银行卡号",
        "uscc": "统一社会信用代码",
        "mobile": "手机号",
        "landline": "座机",
        "email": "邮箱",
        "passport": "护照号",
        "plate": "车牌号",
        "wechat": "微信号",
        "qq": "QQ号",
        "address": "住址",
        "name": "姓名",
    }
)
"""Kind → the name that rules use. The order breaks ties between equal spans."""


@dataclass(frozen=True, slots=True)
class EntityHit:
    """One entity. `start` and `end` are code points of the text, half-open; `value` is `text[start:end]`."""

    kind: str
    start: int
    end: int
    value: str


class Candidate(NamedTuple):
    """A possible entity before overlaps are settled; `validated` says that a check digit agreed."""

    kind: str
    start: int
    end: int
    validated: bool = False


Candidates = Iterator[Candidate]
