"""The law registry and the facts schema: load the files, and refuse everything that is not plainly right."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

from compliance.lang.article import canonical_article
from compliance.model.errors import LawError
from compliance.model.facts import FactSchema
from compliance.model.law import Article, Counterpart, Instrument, Penalty
from compliance.release.yaml_source import Issue, IssuesFoundError, Location, YamlSource, build, law_error, read_yaml

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_NAME = re.compile(r"\w+")  # one identifier run of the rule language: no brackets, no spaces
_FACT = re.compile(r"\w+(\.\w+)+")
_FACT_ENGLISH = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+")
_RESERVED = ("证据", "文档", "evidence", "document")  # the test clauses of rules use these heads


def load_laws(folder: Path) -> tuple[Instrument, ...]:
    """All instruments of a folder of YAML files, ordered by file name.

    A file may give `effective_from` once for all its articles; an article's own date takes precedence.

    Raises:
        LawError: the folder or any file is wrong; every fault is named with file, line and remedy.
    """
    issues: list[Issue] = []
    instruments: list[tuple[YamlSource, Instrument]] = []
    for file in _yaml_files(folder):
        try:
            source = _with_dates(read_yaml(file))
            instrument = build(source, Instrument)
        except IssuesFoundError as error:
            issues.extend(error.issues)
            continue
        issues.extend(_instrument_issues(source, instrument, file.stem))
        instruments.append((source, instrument))
    issues.extend(_repeated_names(instruments))
    if issues:
        raise law_error(issues)
    return tuple(instrument for _, instrument in instruments)


def check_counterparts(instruments: Sequence[Instrument]) -> None:
    """That what stands in for articles on advertisements is registered, and its penalties set something.

    Raises:
        LawError: naming the instrument and the citation.
    """
    laws = {instrument.name: instrument for instrument in instruments}
    for instrument in instruments:
        for counterpart in instrument.publicity:
            place = f"{instrument.id}.yaml 的 publicity"
            for citation in (*counterpart.law, *counterpart.penalty):
                name, _, reference = citation.partition(" ")
                articles = laws[name].articles if name in laws else ()
                found = [article for article in articles if article.article == reference]
                if not found:
                    raise LawError(f"“{citation}”没有登记", place=place, remedy="登记这一条，或改正引用")
                if citation in counterpart.penalty and not any(article.penalty for article in found):
                    raise LawError(f"“{citation}”没有罚则", place=place, remedy="引用写有 penalty 的条文")


def load_facts(file: Path) -> FactSchema:
    """The facts that rules may ask about and the kinds of evidence they may demand.

    Raises:
        LawError: the file is wrong; every fault is named with file, line and remedy.
    """
    try:
        source = read_yaml(file)
        schema = build(source, FactSchema)
    except IssuesFoundError as error:
        raise law_error(list(error.issues)) from error
    issues = [*_fact_issues(source, schema), *_evidence_issues(source, schema)]
    if issues:
        raise law_error(issues)
    return schema


def _yaml_files(folder: Path) -> list[Path]:
    try:
        files = sorted(each for each in folder.iterdir() if not each.name.startswith("."))
    except OSError as error:
        raise LawError("法律登记文件夹打不开", place=str(folder), remedy="检查路径") from error
    strangers = [each for each in files if each.suffix != ".yaml"]
    if strangers:
        raise LawError("不是法律登记文件", place=str(strangers[0]), remedy="改为 .yaml 后缀，或移出这个文件夹")
    if not files:
        raise LawError("没有法律登记文件", place=str(folder), remedy="放入 .yaml 文件，每部法律一个")
    return files


def _with_dates(source: YamlSource) -> YamlSource:
    """Give every article without a date of its own the date that the file states once."""
    value = source.value
    if not isinstance(value, dict) or "effective_from" not in value:
        return source
    default = value["effective_from"]
    if type(default) is not date:  # said once here rather than once for each article
        issue = source.issue(("effective_from",), "effective_from 不是日期", "写成 2026-02-01 的样子，不加引号")
        raise IssuesFoundError(issue)
    articles = value.get("articles")
    rest = {key: each for key, each in value.items() if key != "effective_from"}
    if isinstance(articles, tuple):
        rest["articles"] = tuple(_dated(each, default) for each in articles)
    return YamlSource(source.path, rest, source.lines)


def _dated(article: Any, default: Any) -> Any:
    return {"effective_from": default, **article} if isinstance(article, dict) else article


def _instrument_issues(source: YamlSource, instrument: Instrument, stem: str) -> Iterator[Issue]:
    if instrument.id != stem or not _ID.fullmatch(instrument.id):
        yield source.issue(("id",), f"id“{instrument.id}”与文件名不符", f"文件名与 id 用同一个小写英文名，如 {stem}")
    if not _NAME.fullmatch(instrument.name):
        yield source.issue(("name",), f"简称“{instrument.name}”含有空格或标点", "用连续的汉字、字母或数字作简称")
    if instrument.confidence == "medium" and not instrument.second_source:
        yield source.issue(("confidence",), "medium 的法律没有第二来源", "填写 second_source，或核对原文后改为 high")
    if instrument.url is not None and not instrument.url.startswith("https://"):
        yield source.issue(("url",), "网址不是 https:// 开头", "填官方网址，没有把握就删去")
    if not instrument.articles:
        yield source.issue(("articles",), "没有任何条文", "至少登记一条")
    for field in ("full_name", "issuer", "source", "second_source"):
        yield from _line_issues(source, (field,), getattr(instrument, field))
    for index, article in enumerate(instrument.articles):
        yield from _article_issues(source, ("articles", index), article)
    yield from _overlaps(source, instrument.articles)
    for index, counterpart in enumerate(instrument.publicity):
        yield from _counterpart_issues(source, ("publicity", index), instrument, counterpart)


def _counterpart_issues(
    source: YamlSource, location: Location, instrument: Instrument, counterpart: Counterpart
) -> Iterator[Issue]:
    registered = {article.article for article in instrument.articles}
    for article in counterpart.articles:
        if article not in registered:
            yield source.issue((*location, "articles"), f"{article}没有在本文件登记", "登记这一条，或改正引用")
    for field in ("articles", "law", "penalty"):
        if not getattr(counterpart, field):
            yield source.issue((*location, field), f"{field} 是空的", "至少写一条")
    yield from _line_issues(source, (*location, "when"), counterpart.when)


def _line_issues(source: YamlSource, location: Location, text: str | None) -> Iterator[Issue]:
    if text is not None and (not text.strip() or "\n" in text):
        yield source.issue(location, f"“{location[-1]}”须是一行文字", "写成一行，不留空")


def _article_issues(source: YamlSource, location: Location, article: Article) -> Iterator[Issue]:
    canonical = canonical_article(article.article)
    if canonical != article.article:
        remedy = f"写作“{canonical}”" if canonical else "写成“第九条第三项”“第二百五十三条之一”的样子"
        yield source.issue((*location, "article"), f"条文编号“{article.article}”写法不规范", remedy)
    if article.effective_to is not None and article.effective_to <= article.effective_from:
        remedy = "effective_to 是第一天失效的日子，须晚于 effective_from"
        yield source.issue((*location, "effective_to"), f"{article.article}失效不晚于生效", remedy)
    yield from _line_issues(source, (*location, "summary"), article.summary)
    if article.penalty is not None:
        yield from _penalty_issues(source, (*location, "penalty"), article.penalty)


def _penalty_issues(source: YamlSource, location: Location, penalty: Penalty) -> Iterator[Issue]:
    ranges = (
        ("min", "max", penalty.min, penalty.max),
        ("serious_min", "serious_max", penalty.serious_min, penalty.serious_max),
    )
    for low_name, high_name, low, high in ranges:
        if (low is None) != (high is None):
            yield source.issue(location, f"罚款只写了 {low_name} 与 {high_name} 之一", "两个都写，没有下限写 0")
        elif low is not None and high is not None and high < low:
            yield source.issue((*location, high_name), f"罚款上限 {high} 小于下限 {low}", "核对条文后改正")
    for field in ("basis", "multiple", "civil", "criminal"):
        yield from _line_issues(source, (*location, field), getattr(penalty, field))


def _overlaps(source: YamlSource, articles: tuple[Article, ...]) -> Iterator[Issue]:
    numbered = sorted(enumerate(articles), key=lambda each: (each[1].article, each[1].effective_from))
    for (_, before), (index, after) in pairwise(numbered):
        if before.article == after.article and (before.effective_to or date.max) > after.effective_from:
            remedy = "合并为一条，或给先前的一条写上 effective_to"
            yield source.issue(("articles", index), f"{after.article}登记了两次且生效期重叠", remedy)


def _repeated_names(instruments: list[tuple[YamlSource, Instrument]]) -> Iterator[Issue]:
    seen: dict[str, str] = {}
    for source, instrument in instruments:
        if instrument.name in seen:
            problem = f"简称“{instrument.name}”已被 {seen[instrument.name]} 使用"
            yield source.issue(("name",), problem, "换一个简称，或合并两个文件")
        seen.setdefault(instrument.name, source.path)


def _fact_issues(source: YamlSource, schema: FactSchema) -> Iterator[Issue]:
    yield from _repeats(source, "facts", "name", (each.name for each in schema.facts))
    yield from _repeats(source, "facts", "english", (each.english for each in schema.facts))
    for index, fact in enumerate(schema.facts):
        location = ("facts", index)
        if not _FACT.fullmatch(fact.name) or fact.name.split(".")[0] in _RESERVED:
            yield source.issue((*location, "name"), f"事实名“{fact.name}”不合规范", "写成“商品.类目”的样子")
        if not _FACT_ENGLISH.fullmatch(fact.english) or fact.english.split(".")[0] in _RESERVED:
            yield source.issue(
                (*location, "english"), f"英文名“{fact.english}”不合规范", "写成 product.category 的样子"
            )
        if (fact.type == "enum") != bool(fact.values):
            yield source.issue(
                location, f"“{fact.name}”的 type 与 values 不配", "enum 要有 values，其他类型不写 values"
            )
        yield from _value_issues(source, location, fact.values)
        yield from _line_issues(source, (*location, "supplier"), fact.supplier)
        yield from _question_issues(source, location, fact.question)


def _value_issues(source: YamlSource, location: Location, values: dict[str, str]) -> Iterator[Issue]:
    for identifier, name in values.items():
        if not _ID.fullmatch(identifier) or not _NAME.fullmatch(name):
            remedy = "左边用小写英文与短横线，右边用连续的汉字"
            yield source.issue((*location, "values", identifier), f"可选值“{identifier}: {name}”不合规范", remedy)
    if len(set(values.values())) < len(values):
        yield source.issue((*location, "values"), "两个可选值的中文名相同", "各用不同的名字")


def _evidence_issues(source: YamlSource, schema: FactSchema) -> Iterator[Issue]:
    yield from _repeats(source, "evidence", "name", (each.name for each in schema.evidence))
    yield from _repeats(source, "evidence", "english", (each.english for each in schema.evidence))
    for index, evidence in enumerate(schema.evidence):
        location = ("evidence", index)
        if not _NAME.fullmatch(evidence.name) or not _ID.fullmatch(evidence.english):
            remedy = "中文名用连续的汉字，英文名用小写英文与短横线"
            yield source.issue(location, f"证据名“{evidence.name}”不合规范", remedy)
        yield from _question_issues(source, location, evidence.question)


def _question_issues(source: YamlSource, location: Location, question: str) -> Iterator[Issue]:
    yield from _line_issues(source, (*location, "question"), question)
    if not question.endswith("？"):
        yield source.issue((*location, "question"), "问题不是问句", "以“？”结尾")


def _repeats(source: YamlSource, group: str, field: str, names: Iterable[str]) -> Iterator[Issue]:
    seen: set[str] = set()
    for index, name in enumerate(names):
        if name in seen:
            yield source.issue((group, index, field), f"“{name}”登记了两次", "合并或改名")
        seen.add(name)
