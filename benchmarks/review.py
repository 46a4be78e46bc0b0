"""Speed of a whole review, as ratios measured in one run.

    python benchmarks/review.py [--quick] [--json]

1. Review of a 6,000-character script against all shipped rules, next to one compiled `re` per rule that
   says the same condition: words as alternations, 相距 as bounded gaps, 同 句 within a sentence. The regexes
   find a word through signs and spaces put between its characters (全 网 最·低), as the review does; they
   know nothing of width, styled or traditional characters, exceptions, facts or law, nor build a report.
   `…_exact_words` is the same with regexes that find words only as they are written, an easier task than the
   review's; it is shown for comparison and has no goal.
2. The same review with ten times the rules: nine generated rules for every shipped one, with words of
   their own made of the characters that the shipped words use.

The text is cut from the example scripts, violations included. Rounds are interleaved; medians are shown.
"""

import argparse
import gc
import random
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from metrics import Metric, as_json, at_least, at_most, print_table
from timing import medians

from compliance.engine import Engine
from compliance.judge.judge import Judge
from compliance.lang import tree
from compliance.lang.atoms import atoms
from compliance.lang.rule import Rule
from compliance.lang.walk import rewrite
from compliance.model.document import Document
from compliance.model.lexicon import Term
from compliance.model.vocabulary import Category, Source
from compliance.readers import read
from compliance.release.shipped import shipped
from compliance.words.group import WordGroup
from compliance.words.scanner import Scanner

DAY = date(2026, 11, 22)
LENGTH = 6_000
_IN_SENTENCE = "[^。！？!?\n]"


def script() -> Document:
    """6,000 characters of example scripts, lawful and unlawful ones in equal parts, as a cosmetics script."""
    names = ("05-food-compliant.pdf", "01-cosmetics-serum.docx", "06-baby-compliant.json", "03-apparel-gb18030.txt")
    text = "\n".join(read(shipped("examples") / name).text for name in names)
    if len(text) < LENGTH:
        raise SystemExit(f"the example scripts have only {len(text)} characters")
    return Document(id="benchmark", source=Source.SCRIPT, category=Category.COSMETICS, text=text[:LENGTH])


def regex_of(rule: Rule, groups: Sequence[WordGroup], *, noise: bool) -> re.Pattern[str] | None:
    """The rule's condition as one regular expression, or None for conditions without words."""
    source = _regex(rule.condition, groups)
    if source is None:
        return None
    return re.compile(seeing_noise(source) if noise else source, re.IGNORECASE)


def seeing_noise(source: str) -> str:
    """The pattern with up to four signs or spaces allowed between two characters of a word."""
    out: list[str] = []
    in_class = False
    for char, following in zip(source, source[1:] + "|", strict=True):
        in_class = char == "[" or (in_class and char != "]")
        out.append(char)
        if not in_class and "\u4e00" <= char <= "\u9fff" and following not in "?*+{|)":
            out.append(r"[^\w，。！？；：\n]{0,4}")
    return "".join(out)


def _regex(node: tree.Expr, groups: Sequence[WordGroup]) -> str | None:  # noqa: PLR0911  # one a kind
    match node:
        case tree.Occurs(group=group):
            words = [re.escape(t.text) for t in sorted(groups[group].terms, key=lambda t: len(t.text), reverse=True)]
            return (
                "(?:" + "|".join([*words, *(p.source for p in groups[group].patterns)]) + ")"
                if words or groups[group].patterns
                else None
            )
        case tree.Near(left=left, right=right, distance=distance):
            gap = f"{_IN_SENTENCE}{{0,{int(distance.amount)}}}" if distance.dimension == "chars" else f"{_IN_SENTENCE}*"
            return _both_ways(_regex(left, groups), gap, _regex(right, groups))
        case tree.SameSpan(left=left, right=right):
            return _both_ways(_regex(left, groups), f"{_IN_SENTENCE}*", _regex(right, groups))
        case tree.Before(left=left, right=right, distance=distance):
            gap = f"{_IN_SENTENCE}{{0,{int(distance.amount)}}}" if distance else f"{_IN_SENTENCE}*"
            first, second = _regex(left, groups), _regex(right, groups)
            return f"(?:{first}{gap}{second})" if first and second else None
        case tree.Inside(inner=inner) | tree.Cued(inner=inner) | tree.Count(inner=inner):
            return _regex(inner, groups)
        case tree.Missing(after=after) if after is not None:
            return _regex(after, groups)
        case tree.And(parts=parts):
            return next((found for part in parts if (found := _regex(part, groups))), None)
        case tree.Or(parts=parts):
            found = [each for part in parts if (each := _regex(part, groups))]
            return f"(?:{'|'.join(found)})" if found else None
        case _:
            return None


def _both_ways(left: str | None, gap: str, right: str | None) -> str | None:
    return f"(?:{left}{gap}{right}|{right}{gap}{left})" if left and right else None


def tenfold(engine: Engine, seed: int = 7) -> Judge:
    """A judge with nine generated rules beside every shipped one; the generated words are new."""
    release = engine.release
    compiled = release.sources.compile()
    groups = list(compiled.groups)
    rules = list(compiled.rules)
    alphabet = sorted({c for g in groups for t in g.terms for c in t.text if "\u4e00" <= c <= "\u9fff"})
    rng = random.Random(seed)  # noqa: S311  # reproducible words, not secrets
    shipped_groups, shipped_rules = len(groups), len(rules)
    for copy in range(1, 10):
        offset = len(groups)
        for group in groups[:shipped_groups]:
            terms = tuple(_new_term(term, alphabet, rng) for term in group.terms)
            groups.append(WordGroup(f"{group.name}_{copy}", terms))

        def moved(node: tree.Node, offset: int = offset) -> tree.Node:
            return (
                replace(node, group=node.group + offset) if isinstance(node, tree.Occurs) and node.group >= 0 else node
            )

        for rule in rules[:shipped_rules]:
            condition = rewrite(rule.condition, moved)
            exceptions = tuple(replace(e, condition=rewrite(e.condition, moved)) for e in rule.exceptions)
            rules.append(replace(rule, id=f"{rule.id}-X{copy}", condition=condition, exceptions=exceptions,
                                 atoms=atoms(condition, groups)))  # fmt: skip
    return Judge(rules, Scanner(groups, release.sources.covers), release.facts, release.stances, "tenfold")


def _new_term(term: Term, alphabet: Sequence[str], rng: random.Random) -> Term:
    return Term(text="".join(rng.choices(alphabet, k=max(len(term.text), 2))))


def measure(rounds: int) -> tuple[list[Metric], dict[str, float]]:
    engine = Engine.load()
    document = script()
    groups = engine.release.sources.compile().groups
    noisy = [r for rule in engine.release.rules if (r := regex_of(rule, groups, noise=True))]
    exact = [r for rule in engine.release.rules if (r := regex_of(rule, groups, noise=False))]
    large = tenfold(engine)
    text = document.text
    gc.collect()
    gc.freeze()  # as the command line does: a loaded release lives as long as the process
    seconds = medians(
        rounds,
        review=lambda: engine.review(document, DAY),
        noisy=lambda: [list(r.finditer(text)) for r in noisy],
        exact=lambda: [list(r.finditer(text)) for r in exact],
        tenfold=lambda: large.review(document, DAY),
    )
    faster = seconds["noisy"] / seconds["review"]
    plain = seconds["exact"] / seconds["review"]
    growth = seconds["tenfold"] / seconds["review"]
    return [
        at_least("review_vs_one_re_per_rule", faster, 50),
        Metric("review_vs_one_re_per_rule_exact_words", plain),
        at_most("ten_times_the_rules", growth, 1.5),
    ], {**seconds, "rules": len(engine.release.rules), "findings": len(engine.review(document, DAY).findings)}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="fewer rounds")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    metrics, facts = measure(5 if args.quick else 31)
    if args.json:
        print(as_json(metrics))
        return 0
    fact = (
        f"{facts['rules']} rules, {facts['findings']} findings; review {facts['review'] * 1e3:.2f} ms, "
        f"one re per rule {facts['noisy'] * 1e3:.1f} ms seeing noise, {facts['exact'] * 1e3:.1f} ms for exact words, "
        f"ten times the rules {facts['tenfold'] * 1e3:.2f} ms"
    )
    print_table(metrics, [fact])
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
