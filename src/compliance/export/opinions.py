"""How a second opinion reads in a report."""

from compliance.model.opinion import Consulted, Remark

_STANDS = {True: "同意", False: "不同意", None: "看不出"}


def remark_text(remark: Remark) -> str:
    """“不同意：说的是包装”."""
    return f"{_STANDS[remark.agrees]}：{remark.reason}"


def consulted_text(consulted: Consulted) -> str:
    """Who was asked, about how much, and what it took; one line."""
    answered = f"存疑 {consulted.doubts} 处，答复 {consulted.answered} 处"
    if consulted.cached:
        answered += f"（缓存 {consulted.cached} 处）"
    spent = f"请求 {consulted.requests} 次，用量 {consulted.tokens_in}+{consulted.tokens_out}"
    if consulted.cost:
        spent += f"，费用 {consulted.cost:.4f} 元"
    return f"{consulted.model}（提示词 {consulted.prompt}）；{answered}；{spent}"
