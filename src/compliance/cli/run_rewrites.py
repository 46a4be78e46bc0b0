"""What `compliance policy test --rewrites` does: puts the rewrites in place of the words, and reviews again."""

from collections.abc import Sequence

import typer

from compliance.cli.failure import show
from compliance.cli.progress import tracked
from compliance.judge.rewrite_examples import RewriteRunner
from compliance.judge.stance import Stances
from compliance.lang.compile import Compiled
from compliance.lang.registry import FactRegistry
from compliance.lang.rule import Rule
from compliance.meaning.reader import Reader
from compliance.model.vocabulary import Stage
from compliance.release.sources import Sources
from compliance.words.scanner import Scanner


def check_rewrites(rules: Sequence[Rule], compiled: Compiled, sources: Sources) -> int:
    """Shows every example whose rewrite is not clean under all live rules; how many there are."""
    live = [rule for rule in compiled.rules if rule.stage is Stage.LIVE]
    scanner = Scanner(compiled.groups, sources.covers)
    run = RewriteRunner(
        live, scanner, FactRegistry(sources.facts), Stances(sources.lexicons), Reader(sources.model.load)
    )
    found = 0
    for rule in tracked([rule for rule in rules if rule.stage is Stage.LIVE], "核对改写"):
        for fault in run.faults(rule):
            found += 1
            place = f"{rule.id} {rule.path}:{fault.example.at.line}"
            fires = "、".join(fault.rules)
            show(
                f"{place}「{fault.example.text}」改成「{fault.after}」之后还报 {fires}；改 换成 或 补上 的文字",
                colour="red",
            )
    typer.echo(f"{len(rules)} 条规则的改写，{found} 处改完还报")
    return found
