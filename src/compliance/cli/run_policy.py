"""What `compliance policy` does with rules."""

import re
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import typer

from compliance.cli.configuration import folders
from compliance.cli.failure import COULD_NOT_REVIEW, show
from compliance.cli.progress import tracked
from compliance.cli.run_mutation import mutate
from compliance.judge.examples import ExampleResult, ExampleRunner
from compliance.judge.stance import Stances
from compliance.lang.compile import Compiled
from compliance.lang.diagnostics import Diagnostic, Language, render
from compliance.lang.registry import FactRegistry
from compliance.lang.rule import Rule
from compliance.model.errors import LawError
from compliance.model.vocabulary import Change
from compliance.release.release import Sources, freeze, read_sources
from compliance.words.scanner import Scanner

EXAMPLES_FAIL = 1
_RULE_ID = re.compile(r"[A-Z][A-Z0-9]*(?:-[A-Z0-9]+)+")


class Selection(NamedTuple):
    """All that compiles together, and the files and rules among it that the user asked about (all when empty)."""

    sources: Sources
    files: tuple[Path, ...]
    rules: tuple[str, ...] = ()

    def has(self, path: str) -> bool:
        here = Path(path).resolve()
        return not self.files or any(here == file or file in here.parents for file in self.files)

    def chosen(self, rules: Iterable[Rule]) -> list[Rule]:
        """The rules that were asked about, by file or by id. Raises LawError for an id that no rule has."""
        rules = list(rules)
        ids = {rule.id: rule for rule in rules}
        unknown = next((name for name in self.rules if name not in ids), None)
        if unknown is not None:
            raise LawError(f"没有编号为 {unknown} 的规则", remedy=_likely(unknown, ids))
        if self.rules and not self.files:
            return [rule for rule in rules if rule.id in self.rules]
        return [rule for rule in rules if self.has(rule.path) or rule.id in self.rules]


def selection(files: list[Path] | None, policies: list[Path] | None, lexicons: list[Path] | None) -> Selection:
    """`files` may hold ids of rules.

    Raises LawError when a file is missing, holds no rule, or laws, facts or words are malformed.
    """
    ids = tuple(str(file) for file in files or () if _RULE_ID.fullmatch(str(file)) and not file.exists())
    files = [file for file in files or () if str(file) not in ids]
    for file in files:
        if not file.exists():
            raise LawError("规则文件不存在", place=str(file), remedy="检查路径")
    chosen = folders(policies, lexicons)
    sources = read_sources([*chosen.policies, *files], chosen.lexicons)
    selected = Selection(sources, tuple(file.resolve() for file in files), ids)
    if not any(selected.has(path) for path, _ in sources.rules):
        shown = "、".join(map(str, files))
        raise LawError("里面没有规则文件", place=shown, remedy="规则文件的名字以 .rule 结尾")
    return selected


def check(selected: Selection, language: Language) -> int:
    """Prints every error and warning of the selected files; the exit code."""
    compiled = selected.sources.compile()
    shown = [d for d in compiled.diagnostics if selected.has(d.path)]
    _report(shown, selected.sources, language)
    wrong = sum(d.is_error for d in shown)
    rules = sum(selected.has(rule.path) for rule in compiled.rules)
    typer.echo(f"{rules} 条规则可用，{wrong} 处错误，{len(shown) - wrong} 处警告")
    return COULD_NOT_REVIEW if wrong else 0


def test(selected: Selection, language: Language, *, mutates: bool = False) -> int:
    """Runs the examples of the selected rules and prints those that fail; the exit code.

    `mutates`: changes the rules as well, and prints the changes that no example notices.
    """
    compiled = selected.sources.compile()
    wrong = [d for d in compiled.errors if selected.has(d.path)]
    _report(wrong, selected.sources, language)
    rules = selected.chosen(compiled.rules)
    runner = _runner(compiled, selected.sources)
    results = [result for rule in tracked(rules, "运行例子") for result in runner.run(rule)]
    failed = [result for result in results if not result.passed and not result.example.todo]
    texts = dict(selected.sources.rules)
    for result in failed:
        values = {"wanted": result.wanted, "got": result.actual, "actual": result.actual}
        diagnostic = Diagnostic("E030", result.rule.path, result.example.at, values)
        show(f"{result.rule.id}\n{render(diagnostic, texts[result.rule.path], language)}\n", colour="red")
    known = [result for result in results if result.example.todo]
    for result in known:
        show(_known_gap(result), colour="yellow")
    mended = sum(result.passed for result in known)
    gaps = f"，{len(known)} 个待改（其中 {mended} 个现在通过）" if known else ""
    typer.echo(f"{len(results) - len(known)} 个例子，{len(failed)} 个不通过{gaps}")
    survived = mutate(rules, compiled.groups, runner, texts, language).survivors if mutates else 0
    if wrong:
        return COULD_NOT_REVIEW
    return EXAMPLES_FAIL if failed or survived else 0


def _known_gap(result: ExampleResult) -> str:
    place = f"{result.rule.id} {result.rule.path}:{result.example.at.line}「{result.example.text}」"
    if result.passed:
        return f"待改的例子现在通过了：{place}；去掉「待改」"
    return f"待改：{place} 期望{result.wanted}，实际{result.actual}"


def _runner(compiled: Compiled, sources: Sources) -> ExampleRunner:
    scanner = Scanner(compiled.groups, sources.covers)
    return ExampleRunner(scanner, FactRegistry(sources.facts), Stances(sources.lexicons))


def _report(diagnostics: list[Diagnostic], sources: Sources, language: Language) -> None:
    texts = dict(sources.rules)
    for diagnostic in diagnostics:
        text = render(diagnostic, texts[diagnostic.path], language)
        show(f"{text}\n", colour="red" if diagnostic.is_error else "yellow")


def explanation(name: str, selected: Selection) -> str:
    """A rule in words. Raises LawError when there is none of that name."""
    rules = {rule.id: rule for rule in freeze(selected.sources).rules}
    rule = rules.get(name) or rules.get(name.upper())
    if rule is None:
        raise LawError(f"没有编号为 {name} 的规则或诊断代码", remedy=_likely(name, rules))
    return _explained(rule)


def _likely(name: str, rules: Iterable[str]) -> str:
    likely = get_close_matches(name, list(rules), n=3)
    return f"是不是 {'、'.join(likely)}" if likely else "用 compliance policy check 查看规则文件"


_REWRITES = {
    Change.REPLACE: "换成写明的文字",
    Change.DELETE: "删去",
    Change.ADD: "补上写明的文字",
    Change.NONE: "没有合法写法",
}


def _explained(rule: Rule) -> str:
    lines = [f"{rule.id} {rule.title}（{rule.kind}，{rule.severity}，{rule.action}）"]
    until = f" 至 {rule.effective_to}（不含）" if rule.effective_to else " 起"
    lines += [f"生效：{rule.effective_from}{until}；环节：{'、'.join(sorted(rule.sources))}"]
    lines += [f"依据：{ref.name} {ref.article} {ref.summary}" for ref in rule.law]
    lines += [f"罚则：{ref.citation} {ref.penalty.basis}" for ref in rule.penalties]
    lines += [f"当：{rule.condition_text}"]
    lines += [f"除非：{exception.text}" for exception in rule.exceptions]
    lines += [f"改为：{rule.suggestion}"]
    lines += [f"改写：{_REWRITES[rule.remedy.change]}"]
    outcomes = {"fires": "应报", "silent": "不报", "asks": "待补"}
    for example in rule.examples:
        span = f" 于 「{example.span}」" if example.span else ""
        mark = "待改 " if example.todo else ""
        lines.append(f"{mark}例：「{example.text}」 {outcomes[example.outcome]}{span}")
    return "\n".join(lines)
