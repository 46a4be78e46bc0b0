"""What `compliance policy` does with rules."""

from difflib import get_close_matches
from pathlib import Path
from typing import NamedTuple

import typer

from compliance.cli.configuration import folders
from compliance.cli.failure import COULD_NOT_REVIEW, show
from compliance.cli.progress import tracked
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


class Selection(NamedTuple):
    """All that compiles together, and the files among it that the user asked about (all when empty)."""

    sources: Sources
    files: tuple[Path, ...]

    def has(self, path: str) -> bool:
        here = Path(path).resolve()
        return not self.files or any(here == file or file in here.parents for file in self.files)


def selection(files: list[Path] | None, policies: list[Path] | None, lexicons: list[Path] | None) -> Selection:
    """Raises LawError when a file is missing, holds no rule, or laws, facts or words are malformed."""
    for file in files or ():
        if not file.exists():
            raise LawError("规则文件不存在", place=str(file), remedy="检查路径")
    chosen = folders(policies, lexicons)
    sources = read_sources([*chosen.policies, *(files or ())], chosen.lexicons)
    selected = Selection(sources, tuple(file.resolve() for file in files or ()))
    if not any(selected.has(path) for path, _ in sources.rules):
        shown = "、".join(map(str, files or ()))
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


def test(selected: Selection, language: Language) -> int:
    """Runs the examples of the selected rules and prints those that fail; the exit code."""
    compiled = selected.sources.compile()
    wrong = [d for d in compiled.errors if selected.has(d.path)]
    _report(wrong, selected.sources, language)
    results = _run(compiled, selected)
    failed = [result for result in results if not result.passed]
    texts = dict(selected.sources.rules)
    for result in failed:
        values = {"wanted": result.wanted, "got": result.actual, "actual": result.actual}
        diagnostic = Diagnostic("E030", result.rule.path, result.example.at, values)
        show(f"{result.rule.id}\n{render(diagnostic, texts[result.rule.path], language)}\n", colour="red")
    typer.echo(f"{len(results)} 个例子，{len(failed)} 个不通过")
    if wrong:
        return COULD_NOT_REVIEW
    return EXAMPLES_FAIL if failed else 0


def _run(compiled: Compiled, selected: Selection) -> list[ExampleResult]:
    sources = selected.sources
    scanner = Scanner(compiled.groups, sources.covers)
    runner = ExampleRunner(scanner, FactRegistry(sources.facts), Stances(sources.lexicons))
    rules = [rule for rule in compiled.rules if selected.has(rule.path)]
    return [result for rule in tracked(rules, "运行例子") for result in runner.run(rule)]


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
        likely = get_close_matches(name, rules, n=3)
        remedy = f"是不是 {'、'.join(likely)}" if likely else "用 compliance policy check 查看规则文件"
        raise LawError(f"没有编号为 {name} 的规则或诊断代码", remedy=remedy)
    return _explained(rule)


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
        lines.append(f"例：「{example.text}」 {outcomes[example.outcome]}{span}")
    return "\n".join(lines)
