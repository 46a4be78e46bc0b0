"""A small release for tests: two laws, a few facts and cues, and whatever rules a test writes."""

from collections.abc import Iterable
from datetime import date

from compliance.judge.judge import Judge
from compliance.judge.stance import Stances
from compliance.lang.compile import Compiled, compile_rules
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.meaning.reader import Reader
from compliance.model.document import Document, Segment
from compliance.model.facts import EvidenceSpec, FactSchema, FactSpec
from compliance.model.law import Article, Instrument, Penalty
from compliance.model.lexicon import Lexicon, Term
from compliance.model.report import Report
from compliance.model.vocabulary import Source
from compliance.words.scanner import Scanner

DAY = date(2026, 11, 1)


def _article(name: str, start: date, end: date | None = None, penalty: Penalty | None = None) -> Article:
    return Article(article=name, summary=f"{name}的要点", effective_from=start, effective_to=end, penalty=penalty)


AD_LAW = Instrument(
    id="ad-law",
    name="广告法",
    full_name="中华人民共和国广告法",
    issuer="立法机关",
    confidence="high",
    source="公开文本",
    articles=(
        _article("第九条第三项", date(2015, 9, 1)),
        _article("第五十五条", date(2015, 9, 1), penalty=Penalty(min=0, max=300_000, basis="虚假广告")),
        _article("第五十七条", date(2015, 9, 1), penalty=Penalty(min=200_000, max=1_000_000, basis="违禁用语")),
    ),
)
OLD_RULES = Instrument(
    id="old-rules",
    name="旧办法",
    full_name="已经废止的办法",
    issuer="某部门",
    confidence="high",
    source="公开文本",
    articles=(
        _article("第三条", date(2010, 1, 1), date(2020, 1, 1)),
        _article("第三条", date(2021, 1, 1), penalty=Penalty(min=100, max=500, basis="旧罚则")),
    ),
)
LAWS = (AD_LAW, OLD_RULES)

FACTS = FactSchema(
    facts=(
        FactSpec(
            name="商品.类目",
            english="product.category",
            type="enum",
            values={"food": "食品", "drug": "药品", "cosmetics": "化妆品"},
            supplier="运营",
            question="这件商品属于哪一类？",
        ),
        FactSpec(name="商品.有批号", english="product.approved", type="bool", supplier="运营", question="有没有批号？"),
        FactSpec(name="商品.售价", english="product.price", type="number", supplier="财务", question="卖多少钱？"),
        FactSpec(name="直播.口号", english="broadcast.slogan", type="text", supplier="主播", question="口号是什么？"),
    ),
    evidence=(
        EvidenceSpec(name="比价", english="price-comparison", question="比价依据是什么？"),
        EvidenceSpec(name="荣誉证书", english="honour", question="证书在哪里？"),
    ),
)


def lexicon(group: str, *terms: str | Term, **fields: object) -> Lexicon:
    words = tuple(term if isinstance(term, Term) else Term(text=term) for term in terms)
    return Lexicon.model_validate(
        {"id": group, "group": group, "title": group, "source": "测试", "terms": words, **fields}
    )


LEXICONS = (
    lexicon("绝对化用语", Term(text="最好", covers=("最好的我们",)), "第一", "顶级", covers=("第一次",)),
    lexicon("疾病", "湿疹", "失眠"),
    lexicon(
        "否定用语",
        *("不", "不是", "不能", "不能说", "没有", "禁用词"),
        kind="cues",
        after=("不能用", "这几个字"),
        pseudo=("不得不", "不得不说", "不仅"),
    ),
    lexicon("疑问用语", "是不是", "请问", kind="cues", after=("吗",)),
    lexicon("转述用语", "有人说", "投诉", kind="cues"),
    lexicon("假设用语", "如果", kind="cues", pseudo=("如果你",)),
)
COVERS = ("国家标准", "最近")


def registries() -> tuple[LawRegistry, FactRegistry]:
    return LawRegistry(LAWS), FactRegistry(FACTS)


def compiled(*sources: str, lexicons: Iterable[Lexicon] = LEXICONS) -> Compiled:
    """Rule files named 1.rule, 2.rule … against the small laws, facts and lexicons."""
    named = [(f"{number}.rule", source) for number, source in enumerate(sources, start=1)]
    return compile_rules(named, lexicons, *registries())


def judge(*sources: str, reader: Reader | None = None) -> Judge:
    """A judge over rules that must compile."""
    made = compiled(*sources)
    assert not made.errors, [(d.code, d.values) for d in made.errors]
    _, facts = registries()
    return Judge(made.rules, Scanner(made.groups, COVERS), facts, Stances(LEXICONS), "small", reader)


def rule(when: str, *, unless: str = "", name: str = "T-ONE-001", words: str = "", **clauses: str) -> str:
    """The text of one rule; `clauses` replace 依据, 罚则, 生效, 环节, 等级, 处置, 类型, 说明 or 改为."""
    lines = {
        "类型": "absolute-claim",
        "依据": "广告法 第九条第三项",
        "罚则": "广告法 第五十七条",
        "生效": "2015-09-01 起",
        "环节": "script、transcript、danmaku",
        "等级": "high",
        "处置": "修改",
        "改为": "「删去“{命中}”」",
        **clauses,
    }
    body = "\n".join(f"  {keyword} {value}" for keyword, value in lines.items())
    exception = f"\n  除非 {unless}" if unless else ""
    examples = "\n  例 「甲」 应报\n  例 「乙」 不报\n  例 「丙」 待补\n"
    return f"{words}\n规则 {name} 「测试规则」\n{body}\n  当 {when}{exception}{examples}"


def review(rules: str | Judge, text: str | Document, **fields: object) -> Report:
    """The report of one text (a script unless `source` says otherwise) under rule text or a judge."""
    chosen = judge(rules) if isinstance(rules, str) else rules
    if isinstance(text, str):
        text = Document.model_validate({"id": "d", "text": text, **fields})
    return chosen.review(text, DAY)


def found(report: Report) -> list[str]:
    """The words of every finding, in text order."""
    return [finding.text for finding in report.findings]


def transcript(*lines: tuple[float, str] | tuple[float, str, str], **fields: object) -> Document:
    """A timed transcript: (start in seconds, text[, speaker]); each segment lasts until the next one starts."""
    starts = [line[0] for line in lines]
    segments = [
        Segment(text=line[1], t_start=line[0], t_end=end, speaker=line[2] if len(line) > 2 else "主播")
        for line, end in zip(lines, [*starts[1:], starts[-1] + 1], strict=True)
    ]
    return Document.model_validate({"id": "d", "source": Source.TRANSCRIPT, "segments": segments, **fields})
