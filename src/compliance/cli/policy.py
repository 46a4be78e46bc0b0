"""`compliance policy`: check, test and explain rules."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import track

from compliance.cli.failure import COULD_NOT_REVIEW, errors
from compliance.cli.options import LexiconsOption, PoliciesOption, folders
from compliance.judge.examples import ExampleResult, ExampleRunner
from compliance.judge.stance import Stances
from compliance.lang.catalogue import CATALOGUE
from compliance.lang.compile import Compiled
from compliance.lang.diagnostics import Diagnostic, Language, render
from compliance.lang.registry import FactRegistry
from compliance.lang.rule import Rule
from compliance.model.errors import LawError
from compliance.release.release import Sources, freeze, read_sources
from compliance.words.scanner import Scanner

app = typer.Typer(no_args_is_help=True)
console = Console(highlight=False, soft_wrap=True)

FilesArgument = Annotated[
    list[Path] | None, typer.Argument(help="规则文件或文件夹；不给就看随产品发布的全部规则。", show_default=False)
]
LanguageOption = Annotated[str, typer.Option("--lang", help="诊断的语言：zh 或 en。")]


def _sources(files: list[Path] | None, policies: list[Path] | None, lexicons: list[Path] | None) -> Sources:
    chosen = folders(policies, lexicons)
    return read_sources([*chosen.policies, *(files or [])], chosen.lexicons)


def _chosen(path: str, files: list[Path] | None) -> bool:
    """Whether a rule file is one of those that the user named, or lies below one of them."""
    if not files:
        return True
    here = Path(path).resolve()
    return any(here == f.resolve() or f.resolve() in here.parents for f in files)


def _report(diagnostics: list[Diagnostic], sources: Sources, language: Language) -> None:
    texts = dict(sources.rules)
    for diagnostic in diagnostics:
        style = "red" if diagnostic.is_error else "yellow"
        errors.print(render(diagnostic, texts[diagnostic.path], language) + "\n", style=style, markup=False)


def _language(text: str) -> Language:
    if text == "en":
        return "en"
    return "zh"


@app.command()
def check(
    files: FilesArgument = None,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
    language: LanguageOption = "zh",
) -> None:
    """编译规则，列出全部错误和警告。有错误时退出码为 3。"""
    sources = _sources(files, policies, lexicons)
    compiled = sources.compile()
    shown = [d for d in compiled.diagnostics if _chosen(d.path, files)]
    _report(shown, sources, _language(language))
    wrong = sum(d.is_error for d in shown)
    rules = sum(_chosen(rule.path, files) for rule in compiled.rules)
    console.print(f"{rules} 条规则可用，{wrong} 处错误，{len(shown) - wrong} 处警告")
    if wrong:
        raise typer.Exit(COULD_NOT_REVIEW)


@app.command()
def test(
    files: FilesArgument = None,
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
    language: LanguageOption = "zh",
) -> None:
    """用真实的编译器和匹配器运行规则里的例子。有例子不通过时退出码为 1，规则有错时为 3。"""
    sources = _sources(files, policies, lexicons)
    compiled = sources.compile()
    _report([d for d in compiled.errors if _chosen(d.path, files)], sources, _language(language))
    results = _run(compiled, sources, files)
    failed = [result for result in results if not result.passed]
    texts = dict(sources.rules)
    for result in failed:
        values = {"wanted": result.wanted, "got": result.actual, "actual": result.actual}
        diagnostic = Diagnostic("E030", result.rule.path, result.example.at, values)
        text = render(diagnostic, texts[result.rule.path], _language(language))
        errors.print(f"{result.rule.id}\n{text}\n", style="red", markup=False)
    console.print(f"{len(results)} 个例子，{len(failed)} 个不通过")
    if any(_chosen(d.path, files) for d in compiled.errors):
        raise typer.Exit(COULD_NOT_REVIEW)
    if failed:
        raise typer.Exit(1)


def _run(compiled: Compiled, sources: Sources, files: list[Path] | None) -> list[ExampleResult]:
    covers = [term.text for lexicon in sources.lexicons if lexicon.kind == "covers" for term in lexicon.terms]
    runner = ExampleRunner(Scanner(compiled.groups, covers), FactRegistry(sources.facts), Stances(sources.lexicons))
    rules = [rule for rule in compiled.rules if _chosen(rule.path, files)]
    progress = track(rules, description="运行例子", console=errors, transient=True, disable=not errors.is_terminal)
    return [result for rule in progress for result in runner.run(rule)]


@app.command()
def explain(
    name: Annotated[str, typer.Argument(help="规则编号（AD-ABS-001）或诊断代码（E012）。")],
    policies: PoliciesOption = None,
    lexicons: LexiconsOption = None,
) -> None:
    """解释一条规则：条件、依据、罚则、例子；或一个诊断代码。"""
    if name in CATALOGUE:
        entry = CATALOGUE[name]
        console.print(f"{name}\n{entry.zh}\n{entry.en}\n\n{entry.why}\n办法：{entry.fix_zh}", markup=False)
        return
    release = freeze(_sources(None, policies, lexicons))
    rule = next((rule for rule in release.rules if rule.id == name), None)
    if rule is None:
        raise LawError(f"没有编号为 {name} 的规则或诊断代码", remedy="用 compliance policy check 查看规则文件")
    console.print(_explained(rule), markup=False)


def _explained(rule: Rule) -> str:
    lines = [f"{rule.id} {rule.title}（{rule.kind}，{rule.severity}，{rule.action}）"]
    until = f" 至 {rule.effective_to}（不含）" if rule.effective_to else " 起"
    lines += [f"生效：{rule.effective_from}{until}；环节：{'、'.join(sorted(rule.sources))}"]
    lines += [f"依据：{ref.name} {ref.article} {ref.summary}" for ref in rule.law]
    lines += [f"罚则：{ref.citation} {ref.penalty.basis}" for ref in rule.penalties]
    lines += [f"当：{rule.condition_text}"]
    lines += [f"除非：{exception.text}" for exception in rule.exceptions]
    lines += [f"改为：{rule.suggestion}"]
    outcomes = {"fires": "应报", "silent": "不报", "asks": "待补"}
    for example in rule.examples:
        span = f" 于 「{example.span}」" if example.span else ""
        lines.append(f"例：「{example.text}」 {outcomes[example.outcome]}{span}")
    return "\n".join(lines)
