"""How penalty ranges read in Chinese: “20万–100万元”."""

from compliance.model.report import Exposure

NO_AMOUNT = "法条未定金额"

_WAN = 10_000
_YI = 100_000_000


def amount(yuan: int) -> str:
    """One sum in CNY as it is spoken: 500 → “500元”, 200000 → “20万元”."""
    return f"{_figure(yuan)}元"


def money_range(low: int | None, high: int | None) -> str:
    """A range in CNY; an open end reads “以上” or “不超过”, no end at all reads “法条未定金额”."""
    if high is None:
        return f"{amount(low)}以上" if low else NO_AMOUNT
    if not low:
        return f"不超过 {amount(high)}"
    if low == high:
        return amount(low)
    first = _figure(low)
    # “5000–20万元” could be read as 5000万, so a bare number next to 万 keeps its own 元.
    bare = first[-1].isdigit() and not _figure(high)[-1].isdigit()
    return f"{first}{'元' if bare else ''}–{amount(high)}"


def exposure_range(exposure: Exposure, *, nothing: str = NO_AMOUNT) -> str:
    """The money at risk in one phrase: the range, else the multiple that the law sets, else `nothing`."""
    if exposure.min is None and exposure.max is None:
        return "；".join(exposure.multiples) or nothing
    return money_range(exposure.min, exposure.max)


def exposure_details(exposure: Exposure) -> tuple[str, ...]:
    """What the range rests on, a phrase each: penalty articles, multiples, civil liability; never repeats the range."""
    has_amount = exposure.min is not None or exposure.max is not None
    multiples = tuple(f"按倍数：{multiple}" for multiple in exposure.multiples) if has_amount else ()
    return (*exposure.basis, *multiples, *(f"民事：{civil}" for civil in exposure.civil))


def _figure(yuan: int) -> str:
    # Two decimals of a 万 are read at a glance; anything finer is clearer in plain digits.
    for unit, name in ((_YI, "亿"), (_WAN, "万")):
        if yuan >= unit and yuan * 100 % unit == 0:
            return f"{yuan / unit:.2f}".rstrip("0").rstrip(".") + name
    return f"{yuan:,}" if yuan >= _WAN else str(yuan)
