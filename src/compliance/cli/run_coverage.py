"""What `compliance policy coverage` shows."""

from difflib import get_close_matches
from pathlib import Path
from typing import Any

import orjson
from rich.console import Console
from rich.table import Table

from compliance.cli.configuration import folders
from compliance.cli.output import write_stdout
from compliance.judge.coverage import Coverage, InstrumentCoverage
from compliance.judge.coverage import coverage as coverage_of
from compliance.model.errors import LawError
from compliance.model.labels import CATEGORY_LABELS, KIND_LABELS
from compliance.release.release import load_release


def coverage(policies: list[Path] | None, lexicons: list[Path] | None, law: str | None, *, as_json: bool) -> None:
    """Raises LawError, also for a law that is not registered."""
    chosen = folders(policies, lexicons)
    release = load_release(chosen.policies, chosen.lexicons)
    found = coverage_of(release.rules, release.laws.instruments)
    if law is not None:
        found = Coverage(found.rules, (_of_law(found, law),), found.kinds)
    if as_json:
        write_stdout(orjson.dumps(_plain(found), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
        return
    console = Console(highlight=False)
    if law is not None:
        _print_law(console, found.instruments[0])
    else:
        _print_all(console, found)


def _of_law(found: Coverage, name: str) -> InstrumentCoverage:
    by_name = {n: each for each in found.instruments for n in (each.instrument.name, each.instrument.full_name)}
    chosen = by_name.get(name.strip("《》"))
    if chosen is None:
        likely = get_close_matches(name, by_name, n=3, cutoff=0.4)
        remedy = f"是不是 {'、'.join(likely)}" if likely else "用 compliance policy coverage 列出登记的法律"
        raise LawError(f"没有登记法律「{name}」", place="--law", remedy=remedy)
    return chosen


def _plain(found: Coverage) -> dict[str, Any]:
    return {
        "rules": list(found.rules),
        "instruments": {
            each.instrument.name: {
                article.article: {"bases": article.bases, "penalties": article.penalties} for article in each.articles
            }
            for each in found.instruments
        },
        "kinds": {kind.value: {cat.value: rules for cat, rules in row.items()} for kind, row in found.kinds.items()},
    }


def _print_law(console: Console, law: InstrumentCoverage) -> None:
    table = Table("条文", "摘要", "依据", "罚则", title=law.instrument.full_name, box=None)
    for each in law.articles:
        table.add_row(each.article, each.summary, "、".join(each.bases) or "–", "、".join(each.penalties) or "–")
    console.print(table)


def _print_all(console: Console, found: Coverage) -> None:
    laws = Table("法律", "登记的条文", "有规则援引", "规则", box=None)
    for each in found.instruments:
        laws.add_row(each.instrument.name, *map(str, (len(each.articles), len(each.cited), len(each.rules))))
    console.print(laws)
    kinds = Table("类型", "规则", "没有规则的品类", box=None)
    for kind, row in found.kinds.items():
        rules = {rule for each in row.values() for rule in each}
        lacking = "、".join(CATEGORY_LABELS[category] for category in found.categories_without(kind))
        kinds.add_row(KIND_LABELS[kind], str(len(rules)), lacking or "–")
    console.print(kinds)
    cited = sum(len(each.cited) for each in found.instruments)
    articles = sum(len(each.articles) for each in found.instruments)
    console.print(f"{len(found.rules)} 条规则，{len(found.instruments)} 部法律，{articles} 条中 {cited} 条有规则援引")
    for title, names in (
        ("没有规则的类型", [KIND_LABELS[kind] for kind in found.kinds_without_rules]),
        ("没有规则援引的法律", [instrument.name for instrument in found.instruments_without_rules]),
    ):
        console.print(f"{title}：{'、'.join(names) or '无'}")
