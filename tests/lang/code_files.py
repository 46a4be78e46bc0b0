"""The example of a diagnostic code → a whole rule file: its lines stand for the same clauses of a sound rule."""

import re

from compliance.lang.keywords import KEYWORDS

_SOUND = """\
规则 HOUSE-ABS-001 「称最好」
  类型 absolute-claim
  依据 广告法 第九条第三项
  罚则 广告法 第五十七条
  生效 2015-09-01 起
  环节 script、transcript
  等级 high
  处置 修改
  改为 「删去“{命中}”」
  当   出现 最高级
  例 「这是最好的面霜」 应报
  例 「这款很滋润」 不报
"""
_WORDS = '词组 最高级 = "最好" 、 "最棒"\n'
_NAMED = re.compile(r"(?<!\w)最高级(?!\w)")
_FIRST = re.compile(r"\s*(\w+)")


def _keyword(line: str) -> str:
    found = _FIRST.match(line)
    return KEYWORDS.get(found[1], "") if found else ""


def whole(example: str) -> str:
    """The example itself where it is a whole file."""
    lines = example.splitlines(keepends=True)
    if any(_keyword(line) == "RULE" for line in lines) and any(_keyword(line) == "WHEN" for line in lines):
        return example
    words = [line for line in lines if _keyword(line) == "WORDS"]
    clauses = [line for line in lines if _keyword(line) != "WORDS"]
    given = {_keyword(line) for line in clauses}
    rule: list[str] = []
    for line in _SOUND.splitlines(keepends=True):
        name = _keyword(line)
        if name not in given:
            rule.append(line)
        elif name in {_keyword(each) for each in clauses}:
            rule += [each for each in clauses if _keyword(each) == name]
            clauses = [each for each in clauses if _keyword(each) != name]
    body = "".join(rule[:-2] + clauses + rule[-2:]) if clauses else "".join(rule)
    needs_words = _NAMED.search(body) and not any("词组 最高级 " in line for line in words)
    return "".join([_WORDS if needs_words else "", *words, body])
