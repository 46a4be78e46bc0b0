"""A small installation for tests: folders as they are shipped, with three rules, a few words and one law."""

import json
import shutil
from collections.abc import Iterable
from pathlib import Path

WORDS = """\
group: 绝对化用语
title: 绝对化用语
source: 测试
terms:
  - text: 最好
    covers: [最好的我们]
  - 第一
  - 顶级
"""
DENIALS = """\
group: 否定用语
kind: cues
title: 否定
source: 测试
terms: [不是, 不能说]
"""
COVERS = """\
kind: covers
terms: [第一次]
"""
LAW = """\
id: ad-law
name: 广告法
full_name: 中华人民共和国广告法
issuer: 立法机关
confidence: high
source: 公开文本
effective_from: 2015-09-01
articles:
  - article: 第九条第三项
    summary: 不得使用绝对化用语
  - article: 第五十七条
    summary: 违反第九条的处罚
    penalty: {min: 200000, max: 1000000, basis: 违禁用语}
"""
_RULE = """\
规则 {name} 「{title}」
  类型 {kind}
  依据 广告法 第九条第三项
  罚则 广告法 第五十七条
  生效 2015-09-01 起
  环节 script、transcript、danmaku、listing、complaint、post
  等级 high
  处置 {action}
  改为 「删去“{{命中}}”」
  当 出现 {words}
  除非 命中 被否定
  例 「这是{example}」 应报 于 「{example}」
  例 「这不是{example}」 不报
"""


def rule(name: str, words: str, example: str, *, kind: str = "absolute-claim", action: str = "修改") -> str:
    """The text of one rule about `words`, with two examples that hold for `example`."""
    return _RULE.format(name=name, title=f"测试规则{name}", kind=kind, action=action, words=words, example=example)


SUPERLATIVES = rule("T-ABS-001", "绝对化用语", "最好")
DISEASES = '词组 病名 = "湿疹" 、 "失眠"\n' + rule("T-MED-001", "病名", "湿疹", kind="medical-claim", action="拦截")


GOODS = ("苹果", "木耳", "面霜", "鱼油", "手镯", "耳机", "奶粉", "大米", "跑鞋", "台灯", "茶叶", "挂面")
OTHER_GOODS = ("雨伞", "锅铲", "靠枕", "被子", "水杯", "书包")
SAID = (
    ("吃了这个{}什么病都治好了", "medical-claim", "什么病都治好了"),
    ("要买{}的加我微信私下转账", "off-platform-diversion", "加我微信私下转账"),
    ("这个{}今天下单明天发货", "", ""),
    ("有人问{}能不能治病，治不了", "", ""),
)
_VERDICTS = {"": "pass", "medical-claim": "block", "off-platform-diversion": "block"}


def labelled(goods: Iterable[str], prefix: str = "a", said: Iterable[tuple[str, str, str]] = SAID) -> str:
    """Labelled records as JSONL: every saying about every article."""
    rows = [
        {
            "id": f"{prefix}-{number}-{good}",
            "source": "transcript",
            "category": "general",
            "text": wording.format(good),
            "labels": [{"kind": kind, "span": span}] if kind else [],
            "verdict": _VERDICTS[kind],
            "tags": ["hard-negative"] if "治不了" in wording else [],
        }
        for number, (wording, kind, span) in enumerate(said)
        for good in goods
    ]
    return "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def build(root: Path) -> Path:
    """Write the folders below `root`; the facts schema and examples are the shipped ones."""
    files = {
        "lexicons/absolute.yaml": WORDS,
        "lexicons/cues/denied.yaml": DENIALS,
        "lexicons/covers/ordinary.yaml": COVERS,
        "policies/laws/ad-law.yaml": LAW,
        "policies/absolute.rule": SUPERLATIVES,
        "policies/medical.rule": DISEASES,
        "corpus/train/a.jsonl": labelled(GOODS),
        "corpus/tune/b.jsonl": labelled(OTHER_GOODS, "b"),
    }
    for name, text in files.items():
        write(root / name, text)
    source = Path(__file__).parents[1]
    shutil.copy(source / "policies" / "facts.yaml", root / "policies" / "facts.yaml")
    shutil.copytree(source / "examples", root / "examples")
    return root


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path
