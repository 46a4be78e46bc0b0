"""Writes the generated pages: docs/rules.md from the shipped rules, docs/diagnostics.md from the catalogue.

    python docs/generate.py

Both are pure functions of the sources (`rules_page`, `diagnostics_page`), so that a test can tell a stale page.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from compliance.export.money import money_range
from compliance.judge.coverage import InstrumentCoverage, coverage
from compliance.lang.catalogue import CATALOGUE
from compliance.lang.catalogue_examples import EXAMPLES
from compliance.lang.keywords import SPANS
from compliance.lang.parse import parse
from compliance.lang.rule import PenaltyRef, Remedy, Rule
from compliance.lang.tree import Example
from compliance.model.errors import ComplianceError
from compliance.model.labels import ACTION_LABELS, CATEGORY_LABELS, KIND_LABELS, SEVERITY_LABELS, SOURCE_LABELS
from compliance.model.law import LawRef, Penalty
from compliance.model.vocabulary import Category, Change, Stage
from compliance.release.release import Release, load_release
from compliance.release.shipped import shipped

DOCS = Path(__file__).parent
NOTE = "<!-- 由 docs/generate.py 生成（make docs），请勿手改。 -->"

_MARKUP = re.compile(r"([\\`*_<>\[\]|#])")
_OUTCOMES = {"fires": "应报", "silent": "不报", "asks": "待补"}
_STAGES = {Stage.DRAFT: "草稿", Stage.SHADOW: "影子（只记录）", Stage.RETIRED: "停用"}


def rules_page(release: Release) -> str:
    """docs/rules.md: every rule, by file."""
    titles = {path: _file_title(path, text) for path, text in release.sources.rules}
    instruments = release.sources.instruments
    words = [lexicon for lexicon in release.sources.lexicons if lexicon.kind == "terms"]
    lines = [
        "# 规则目录",
        "",
        NOTE,
        "",
        f"{len(release.rules)} 条规则、{len(words)} 个词库共 {sum(len(each.terms) for each in words)} 个词、"
        f"{len(instruments)} 部法律文件共 {sum(len(each.articles) for each in instruments)} 个条文版本。"
        "条件与例外的写法见[规则语言](rule-language.md)，没有登记的法律见[法律登记的缺口](law-gaps.md)。本页不是法律意见。",
        "",
    ]
    by_file: dict[str, list[Rule]] = {path: [] for path in titles}
    for rule in release.rules:
        by_file[rule.path].append(rule)
    for path in sorted(by_file, key=_shown):
        if by_file[path]:
            lines += [f"## {_plain(titles[path])}（`{_shown(path)}`）", ""]
            for rule in by_file[path]:
                lines += _rule(rule)
    return "\n".join(lines)


def _file_title(path: str, text: str) -> str:
    policies = parse(text, path)[0].policies
    return policies[0].title if policies else Path(path).stem


def _shown(path: str) -> str:
    """The path below the folder of policies, whatever machine wrote the page."""
    return f"policies/{Path(path).relative_to(shipped('policies')).as_posix()}"


def _rule(rule: Rule) -> Iterator[str]:
    yield f"### {rule.id} {_plain(rule.title)}"
    yield ""
    grades = (KIND_LABELS[rule.kind], SEVERITY_LABELS[rule.severity], ACTION_LABELS[rule.action])
    yield f"- 类型 {grades[0]}（`{rule.kind}`）；等级 {grades[1]}；处置 {grades[2]}{_stage(rule)}"
    yield from (f"- 依据 {_law(reference)}" for reference in rule.law)
    yield from (f"- 罚则 {_penalty(reference)}" for reference in rule.penalties)
    until = f"至 {rule.effective_to}（不含）" if rule.effective_to else "起"
    sources = "、".join(label for source, label in SOURCE_LABELS.items() if source in rule.sources)
    yield f"- 生效 {rule.effective_from} {until}；环节 {sources}"
    yield f"- 当 {_code(rule.condition_text)}"
    yield from (f"- 除非 {_code(exception.text)}" for exception in rule.exceptions)
    yield f"- 说明 {_plain(rule.message)}"
    yield f"- 改为 {_plain(rule.suggestion)}"
    yield from _remedy(rule.remedy)
    if rule.see:
        yield f"- 参见 {'、'.join(rule.see)}"
    yield from (f"- 例 {_example(example)}" for example in rule.examples)
    yield ""


def _remedy(remedy: Remedy) -> Iterator[str]:
    """What the rule says to programs, where it says more than “delete the sentence”."""
    unit = next((name for name, unit in SPANS.items() if unit == remedy.unit), "")
    if remedy.change is Change.ADD:
        yield f"- 补上 「{_plain(remedy.text)}」"
    elif remedy.change is Change.REPLACE or (remedy.change is Change.DELETE and remedy.unit != "sentence"):
        yield f"- 换成 「{_plain(remedy.text)}」{f' 于 {unit}' if unit else ''}"


def _stage(rule: Rule) -> str:
    return f"；状态 {_STAGES[rule.stage]}" if rule.stage in _STAGES else ""


def _law(reference: LawRef) -> str:
    summary = f"：{_plain(reference.summary)}" if reference.summary else ""
    return f"《{reference.name}》{reference.article}{summary}"


def _penalty(reference: PenaltyRef) -> str:
    return f"《{reference.law}》{reference.article}：{'；'.join(_amounts(reference.penalty))}"


def _amounts(penalty: Penalty) -> Iterator[str]:
    yield f"{money_range(penalty.min, penalty.max)}（{_plain(penalty.basis)}）"
    if penalty.serious_max is not None:
        yield f"情节严重 {money_range(penalty.serious_min, penalty.serious_max)}"
    named = (("倍数", penalty.multiple), ("民事", penalty.civil), ("刑事", penalty.criminal))
    yield from (f"{name} {_plain(text)}" for name, text in named if text)


def _example(example: Example) -> str:
    given = "、".join(f"{setting.path} = {setting.value}" for setting in example.settings)
    known = f"，已知 {_plain(given)}" if given else ""
    at = f" 于 「{_plain(example.span)}」" if example.span else ""
    todo = "（待改）" if example.todo else ""
    return f"{todo}「{_plain(example.text)}」{known} → {_OUTCOMES[example.outcome]}{at}"


def diagnostics_page() -> str:
    """docs/diagnostics.md: every code with its sentence, remedy, reason and examples."""
    lines = [
        "# 诊断代码",
        "",
        NOTE,
        "",
        "E 开头的是错误，有错误的规则不装载；W 开头的是警告。`{…}` 处在实际输出里是具体的名字。"
        "`compliance policy explain 代码` 在命令行里给出同样的内容，`--lang en` 换成英文诊断。"
        "例子是一条规则里要紧的几行，其余的行照常写。",
        "",
    ]
    for code, entry in CATALOGUE.items():
        lines += [f"## {code}", ""]
        lines += [f"- {_plain(entry.zh)}", f"- {_plain(entry.en)}"]
        lines += [f"- 办法：{_plain(entry.fix_zh)}", f"- Remedy: {_plain(entry.fix_en)}"]
        lines += [f"- 为什么：{_plain(entry.why)}", f"- Why: {_plain(entry.why_en)}", ""]
        if code in EXAMPLES:
            wrong, right = EXAMPLES[code]
            lines += [
                "错 / wrong",
                "",
                "```",
                wrong.rstrip(),
                "```",
                "",
                "对 / right",
                "",
                "```",
                right.rstrip(),
                "```",
                "",
            ]
    return "\n".join(lines)


def coverage_page(release: Release) -> str:
    """docs/coverage.md: kinds of breach by categories of goods, laws by articles, and what nothing covers."""
    found = coverage(release.rules, release.laws.instruments)
    cited = sum(len(each.cited) for each in found.instruments)
    articles = sum(len(each.articles) for each in found.instruments)
    lines = [
        "# 覆盖",
        "",
        NOTE,
        "",
        f"{len(found.rules)} 条在用的规则，{len(found.instruments)} 部法律，{articles} 条条文，"
        f"其中 {cited} 条有规则援引。命令行里用 `compliance policy coverage`，`--law 广告法` 看一部法律，"
        "`--json` 给程序。没有登记的法律见[法律登记的缺口](law-gaps.md)。",
        "",
        "## 类型与品类",
        "",
        "格子里是对这类商品可能报出的规则条数；“–”是没有。",
        "",
        f"| 类型 | {' | '.join(CATEGORY_LABELS[category] for category in Category)} |",
        f"|---{'|---:' * len(Category)}|",
    ]
    for kind, row in found.kinds.items():
        lines.append(f"| {KIND_LABELS[kind]} | {' | '.join(str(len(rules) or '–') for rules in row.values())} |")
    lines += ["", "## 类型与规则", ""]
    for kind, row in found.kinds.items():
        rules = sorted({rule for each in row.values() for rule in each})
        lines.append(f"- {KIND_LABELS[kind]}（`{kind}`，{len(rules)} 条）：{'、'.join(rules) or '没有规则'}")
    lines += ["", "## 法律与条文", ""]
    for law in found.instruments:
        lines += _law_coverage(law)
    lines += ["## 缺口", ""]
    kinds = "、".join(KIND_LABELS[kind] for kind in found.kinds_without_rules)
    laws = "、".join(each.name for each in found.instruments_without_rules)
    lines += [f"- 没有规则的类型：{kinds or '无'}", f"- 登记了、没有规则援引的法律：{laws or '无'}", ""]
    return "\n".join(lines)


def _law_coverage(law: InstrumentCoverage) -> Iterator[str]:
    yield f"### {law.instrument.name}"
    yield ""
    if law.cited:
        yield "| 条文 | 依据它的规则 | 按它处罚的规则 |"
        yield "|---|---|---|"
    for each in law.cited:
        yield f"| {each.article} | {'、'.join(each.bases) or '–'} | {'、'.join(each.penalties) or '–'} |"
    rest = [each.article for each in law.articles if not each.is_cited]
    if law.cited:
        yield ""
    if rest:
        yield f"没有规则援引：{'、'.join(rest)}。"
        yield ""


def _plain(text: str) -> str:
    """Text that Markdown shows as it is."""
    return _MARKUP.sub(r"\\\1", text)


def _code(text: str) -> str:
    """A code span, fenced with more backticks than the text has in a row."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    return f"{fence} {text} {fence}" if longest else f"{fence}{text}{fence}"


def pages() -> Iterable[tuple[Path, str]]:
    """(path, content) of every generated page."""
    yield DOCS / "diagnostics.md", diagnostics_page()
    release = load_release()
    yield DOCS / "coverage.md", coverage_page(release)
    yield DOCS / "rules.md", rules_page(release)


def main() -> None:
    try:
        for path, content in pages():
            path.write_text(content, encoding="utf-8", newline="\n")
    except ComplianceError as error:
        raise SystemExit(f"错误：{error}") from None


if __name__ == "__main__":
    main()
