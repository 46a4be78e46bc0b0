"""What `compliance policy` does with rules."""

from collections.abc import Iterable

import typer

from compliance.cli.failure import COULD_NOT_REVIEW, show
from compliance.cli.progress import tracked
from compliance.cli.run_check import report
from compliance.cli.run_mutation import mutate
from compliance.cli.run_rewrites import check_rewrites
from compliance.cli.selection import Selection, likely
from compliance.judge.examples import ExampleResult, ExampleRunner
from compliance.judge.stance import Stances
from compliance.lang import tree
from compliance.lang.compile import Compiled
from compliance.lang.diagnostics import Diagnostic, Language, render
from compliance.lang.registry import FactRegistry
from compliance.lang.rule import Rule
from compliance.lang.sentence import sentence
from compliance.lang.walk import walk
from compliance.lang.words import shown
from compliance.meaning.reader import Reader
from compliance.model.errors import LawError
from compliance.model.vocabulary import Change
from compliance.release.release import freeze
from compliance.release.sources import Sources
from compliance.words.scanner import Scanner

EXAMPLES_FAIL = 1


def test(selected: Selection, language: Language, *, mutates: bool = False, rewrites: bool = False) -> int:
    """Runs the examples of the selected rules and prints those that fail; the exit code.

    `mutates`: changes the rules as well, and prints the changes that no example notices. `rewrites`: puts what the
    rules offer in place of the words, and prints what still fires.
    """
    compiled = selected.sources.compile()
    wrong = [d for d in compiled.errors if selected.has(d.path)]
    report(wrong, dict(selected.sources.rules), language)
    rules = selected.chosen(compiled.rules)
    run = runner(compiled, selected.sources)
    results = [result for rule in tracked(rules, "运行例子") for result in run.run(rule)]
    texts = dict(selected.sources.rules)
    failed = failures(results, texts, language)
    known = [result for result in results if result.example.todo]
    for result in known:
        show(_known_gap(result), colour="yellow")
    mended = sum(result.passed for result in known)
    gaps = f"，{len(known)} 个待改（其中 {mended} 个现在通过）" if known else ""
    typer.echo(f"{len(results) - len(known)} 个例子，{failed} 个不通过{gaps}")
    survived = mutate(rules, compiled.groups, run, texts, language).survivors if mutates else 0
    unclean = check_rewrites(rules, compiled, selected.sources) if rewrites else 0
    if wrong:
        return COULD_NOT_REVIEW
    return EXAMPLES_FAIL if failed or survived or unclean else 0


def failures(results: Iterable[ExampleResult], texts: dict[str, str], language: Language) -> int:
    """Prints the examples that do not hold, known gaps apart; how many there are. `texts`: the rule files by path."""
    failed = [result for result in results if not result.passed and not result.example.todo]
    for result in failed:
        values = {"wanted": result.wanted, "got": result.actual, "actual": result.actual}
        diagnostic = Diagnostic("E030", result.rule.path, result.example.at, values)
        show(f"{result.rule.id}\n{render(diagnostic, texts[result.rule.path], language)}\n", colour="red")
    return len(failed)


def _known_gap(result: ExampleResult) -> str:
    place = f"{result.rule.id} {result.rule.path}:{result.example.at.line}「{result.example.text}」"
    if result.passed:
        return f"待改的例子现在通过了：{place}；去掉「待改」"
    return f"待改：{place} 期望{result.wanted}，实际{result.actual}"


def runner(compiled: Compiled, sources: Sources) -> ExampleRunner:
    scanner = Scanner(compiled.groups, sources.covers)
    return ExampleRunner(scanner, FactRegistry(sources.facts), Stances(sources.lexicons), Reader(sources.model.load))


def explanation(name: str, selected: Selection) -> str:
    """A rule in words. Raises LawError when there is none of that name."""
    rules = {rule.id: rule for rule in freeze(selected.sources).rules}
    rule = rules.get(name) or rules.get(name.upper())
    if rule is None:
        raise LawError(f"没有编号为 {name} 的规则或诊断代码", remedy=likely(name, rules))
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
    lines += [sentence(rule, "zh"), sentence(rule, "en")]
    lines += [f"生效：{rule.effective_from}{until}；环节：{'、'.join(sorted(rule.sources))}"]
    lines += [f"依据：{ref.name} {ref.article} {ref.summary}" for ref in rule.law]
    lines += [f"罚则：{ref.citation} {ref.penalty.basis}" for ref in rule.penalties]
    lines += [f"当：{rule.condition_text}"]
    lines += [f"除非：{exception.text}" for exception in rule.exceptions]
    needed = [
        node.words
        for node in walk(rule.condition)
        if isinstance(node, tree.Occurs) and node.group in (rule.atoms or ())
    ]
    atoms = dict.fromkeys(map(shown, needed))
    told = f"文中至少要有其中一个：{'、'.join(atoms)}" if atoms else "没有，对每篇文本都运行"
    lines += [f"触发词：{told}"]
    lines += [f"改为：{rule.suggestion}"]
    lines += [f"改写：{_REWRITES[rule.remedy.change]}"]
    outcomes = {"fires": "应报", "silent": "不报", "asks": "待补"}
    for example in rule.examples:
        span = f" 于 「{example.span}」" if example.span else ""
        mark = "待改 " if example.todo else ""
        lines.append(f"{mark}例：「{example.text}」 {outcomes[example.outcome]}{span}")
    return "\n".join(lines)
