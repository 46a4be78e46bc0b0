"""Postal addresses: a house number, read backwards to the street, the district and the province."""

import re
from typing import NamedTuple

import re2

from compliance.words.entities.hit import Candidate, Candidates
from compliance.words.entities.view import View

_NUMBER = r"(?:[0-9]{1,5}|[零〇一二三四五六七八九十百]{1,6})(?:-[0-9]{1,4}){0,3}[甲乙丙丁a-z]?"
_HOUSE = re2.compile(
    rf"(?i)((?:{_NUMBER}\s?(?:号院|号楼|号|弄|栋|幢|座|单元|室|层|楼|组|户|房)\s?|[a-z甲乙丙丁]\s?[座栋幢]\s?){{1,6}}(?:[0-9]{{3,4}})?)"
)
_HOUSE_PART = re2.compile("号院|号楼|号|弄|栋|幢|座|单元|室|层|楼|组|户|房")
_WINDOW = 48  # characters before the house number that may belong to the address
_NAME = "[\u4e00-\u9fff0-9A-Za-z]"
# Bounded names over a bounded window, so the work for one house number is bounded.
_PART = re.compile(
    rf"{_NAME}{{1,10}}?(特别行政区|自治区|自治州|自治县|街道|社区|大道|胡同|小区|花园|花苑|家园|公寓|大厦|广场|新村|"
    rf"段|省|市|州|盟|区|县|旗|镇|乡|村|屯|寨|浜|路|街|道|巷|(?<![这那哪])里|苑|城|庄)[,\s]?"
)
_SUFFIX_ENDS = frozenset("区州县道同园苑寓厦场村屯寨浜省市盟旗镇乡路街巷里城庄段, ")  # the last characters of the above
_DISTRICTS = frozenset("省市州盟区县旗镇乡屯寨浜") | {"特别行政区", "自治区", "自治州", "自治县"}
_PLACES = _DISTRICTS | {"街道", "社区", "小区", "花园", "花苑", "家园", "新村", "村"}
_PROVINCES = re.compile(
    "北京|天津|上海|重庆|河北|山西|内蒙古|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|广西|海南|四川|贵州|"
    "云南|西藏|陕西|甘肃|青海|宁夏|新疆|台湾|香港|澳门"
)
_LEAD = re.compile(".*(?:地址|住址|[在住到是至往寄送址为的了])")
_LEAD_ANYWHERE = re.compile(
    ".*(?:地址|住址|[在住到是寄的了]|改成|换成|快递放)"
)  # none of these stands inside an address
_TOLD = re.compile("(?:[住址]|住在|地址[:：是]|住址[:：是])\\s?$")
_FEWEST_PARTS = 3
_FEWEST_WITHOUT_PLACE = 4
_FEWEST_WHEN_TOLD = 2


def addresses(view: View) -> Candidates:
    """At least three parts (district … street … house), one of them an area, or four without an area.

    Districts and a bare 一号 are no address: a street, an estate or two parts of a house must be among the parts.
    Behind 住 or 地址 a street with its house is enough.
    """
    taken = 0
    for match in _HOUSE.finditer(view.folded):
        house, end = match.span(1)
        floor = max(taken, house - _WINDOW)
        parts = _parts(view.folded[floor:house]) if view.folded[house - 1 : house] in _SUFFIX_ENDS else None
        if parts is None:
            continue
        inside = len(_HOUSE_PART.findall(match.group(1))) + match.group(1)[-1:].isdigit()
        fewest = _FEWEST_PARTS if parts.has_place else _FEWEST_WITHOUT_PLACE
        if parts.has_street and _TOLD.search(view.folded, max(0, floor + parts.start - 4), floor + parts.start):
            fewest = _FEWEST_WHEN_TOLD
        if parts.names + inside >= fewest and (parts.has_street or inside > 1):
            trailing = len(match.group(1)) - len(match.group(1).rstrip())
            yield Candidate("address", floor + parts.start, end - trailing)
            taken = end


class _Parts(NamedTuple):
    start: int  # in the window
    names: int
    has_place: bool  # a province … village or an estate
    has_street: bool  # a street, a village or an estate


def _parts(window: str) -> _Parts | None:
    """The unbroken parts that end with the window; `None` where the window ends in something else."""
    lead = _LEAD_ANYWHERE.match(window)
    if lead is None:
        return _unbroken(window)
    found = _unbroken(window[lead.end() :])
    return found and found._replace(start=lead.end() + found.start)


def _unbroken(window: str) -> _Parts | None:
    first: tuple[int, int] | None = None
    suffixes: list[str] = []
    position = 0
    for part in _PART.finditer(window):
        if first is None or part.start() != position:
            first, suffixes = part.span(), []
        suffixes.append(part.group(1))
        position = part.end()
    if first is None or position != len(window):
        return None
    start, end = first
    has_street = not _DISTRICTS.issuperset(suffixes)
    province = _PROVINCES.search(window, start, end)
    if province is not None:
        is_named_alone = province.end() < end - 1 and window[province.end()] not in "省市"
        return _Parts(province.start(), len(suffixes) + is_named_alone, True, has_street)
    lead = _LEAD.match(window, start, end - 1)
    return _Parts(lead.end() if lead else start, len(suffixes), not _PLACES.isdisjoint(suffixes), has_street)
