"""The rule language at ten thousand generated rules: checking, loading, reviewing, and other engines beside it.

    python benchmarks/language.py [--quick] [--json] [--rules 10000]

- a cold check next to lark's parse of the same text alone (our lexer, lark's own tree, nothing resolved);
- the time a character takes to parse in a file of 10 MB and in one of a tenth of it;
- the same check when no file has changed since, and when one has; the loading of the release when none has;
- a review of 6,000 characters under all rules and under the hundred that find something in it;
- the rules that YARA-X and `re` can express (any of some words), on the same text, with the same answers.

YARA-X and `re` find strings as they stand, and tell which rules hold. Our side folds width, case and traditional
characters and steps over noise inside words all the same; it is timed twice, telling which rules hold and making the
whole report (places, explanation, law, penalty, rewrite and score of every finding). Only the former is equal work:
for the latter no goal is set next to YARA-X, whose rules are names when they hold.
"""

import argparse
import gc
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from functools import partial
from importlib.resources import files
from pathlib import Path
from types import ModuleType

from lark import Lark
from metrics import Metric, as_json, at_least, at_most, print_table
from timing import medians

from compliance.judge.judge import Judge, matches_of
from compliance.lang import parse as parsing
from compliance.long_lived import long_lived
from compliance.model.document import Document
from compliance.model.vocabulary import Kind, Source
from compliance.readers import read
from compliance.release.checked import check_folders
from compliance.release.release import freeze, load_release
from compliance.release.shipped import shipped
from compliance.release.sources import Sources, read_sources

try:
    import yara_x
except ModuleNotFoundError:
    yara_x = None

DAY = date(2026, 11, 1)
LENGTH = 6_000
FINDING, FEW_FINDING = 100, 10
"""Rules that find something in the text, however many there are; next to other engines, as many as a script has."""
WORDS = 8
A_FILE = 50
_RULE = """\
词组 词{n} = {words}
规则 GEN-{n:05d} 「第{n}条」
  类型 {kind}
  依据 广告法 第九条第三项
  罚则 广告法 第五十七条
  生效 2023-03-20 起
  环节 script、transcript
  等级 high
  处置 修改
  改为 「删去“{{命中}}”」
  当 {condition}
{unless}  例 「这是{first}{second}」 应报
  例 「这不是别的」 不报

"""


class Generated:
    """Rules of random words that no text holds, but for the first `finding`, whose first words the text holds."""

    def __init__(self, count: int, seed: int = 11, *, finding: int = FINDING, plain: bool = False) -> None:
        """`plain`: any of the words, as other engines can say it."""
        rng = random.Random(seed)  # noqa: S311  # reproducible words, not secrets
        alphabet = [chr(code) for code in range(0x4E00, 0x4E00 + 3_000)]
        self.words = [["".join(rng.choices(alphabet, k=4)) for _ in range(WORDS)] for _ in range(count)]
        self.finding = finding
        self.plain = plain

    def files(self) -> list[tuple[str, str]]:
        rules = [self._rule(n) for n in range(len(self.words))]
        return [(f"{at:05d}.rule", "".join(rules[at : at + A_FILE])) for at in range(0, len(rules), A_FILE)]

    def _rule(self, n: int) -> str:
        first, second = self.words[n][:2]
        kinds = list(Kind)
        condition = f"出现 词{n}" if self.plain else f'词{n} 与 (词{n} 或 "{second}") 相距 8字 内'
        unless = "" if self.plain else "  除非 命中 被否定\n    或 命中 位于 引号 内\n"
        return _RULE.format(
            n=n, words=" 、 ".join(f'"{word}"' for word in self.words[n]), kind=kinds[n % len(kinds)].value,
            condition=condition, unless=unless, first=first, second=second,
        )  # fmt: skip

    def text(self, prose: str) -> str:
        """So many characters of prose, a pair of the words of each rule that finds something scattered over them."""
        pairs = ["".join(words[:2]) for words in self.words[: self.finding]]
        step = (LENGTH - sum(map(len, pairs))) // len(pairs)
        return "".join(prose[n * step : (n + 1) * step] + pair for n, pair in enumerate(pairs))[:LENGTH]

    def few(self) -> "Generated":
        """The rules that find something."""
        made = Generated(0, plain=self.plain)
        made.words = self.words[: self.finding]
        return made


def judged(generated: Generated, around: Sources) -> Judge:
    """A judge of generated rules alone."""
    sources = Sources((), around.instruments, around.facts, tuple(generated.files()))
    release = freeze(sources)
    return Judge(release.rules, release.scanner, release.facts, release.stances, "generated")


def prose() -> str:
    """Characters of the example scripts, enough of them."""
    scripts = sorted(shipped("examples").glob("*.*"))
    text = "".join(read(file).text for file in scripts if file.suffix in {".docx", ".txt", ".srt", ".xlsx"})
    return text * (1 + LENGTH // len(text))


@contextmanager
def lark_alone() -> Iterator[None]:
    """Parses go no further than lark's own tree."""
    grammar = files("compliance.lang").joinpath("grammar.lark").read_text("utf-8")
    made = Lark(
        grammar, parser="lalr", lexer=parsing._Prepared, start=["words", "policy", "head", "clause"],
        propagate_positions=True, maybe_placeholders=False,
    )  # fmt: skip
    held = parsing._parser
    parsing._parser = lambda: made  # type: ignore[assignment]
    try:
        yield
    finally:
        parsing._parser = held


def once(run: Callable[[], object]) -> float:
    """Seconds of the processor: what it does for others meanwhile does not count."""
    gc.collect()
    start = time.process_time()
    run()
    return time.process_time() - start


def best(rounds: int, **runs: Callable[[], object]) -> dict[str, float]:
    """Least seconds of each run; they take turns."""
    turns = [{name: once(run) for name, run in runs.items()} for _ in range(rounds)]
    return {name: min(turn[name] for turn in turns) for name in runs}


def parsed(texts: Sequence[tuple[str, str]]) -> None:
    with long_lived():
        for path, text in texts:
            parsing.parse(text, path)


def checking(generated: Generated, around: Sources, rounds: int) -> list[Metric]:
    texts = generated.files()
    sources = Sources((), around.instruments, around.facts, tuple(texts))

    def bare() -> None:
        with lark_alone():
            parsed(texts)

    parsed(texts[:1])  # lark reads its grammar
    taken = best(rounds, bare=bare, cold=sources.compile)
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "rules", Path(name) / "cache"
        folder.mkdir()
        for path, text in texts:
            (folder / path).write_text(text, "utf-8")
        check = partial(check_folders, [folder], [])
        load = partial(load_release, [folder])
        first = once(check)
        check(cache=cache)
        compiled = once(partial(load, cache=cache))
        kept = best(3, check=partial(check, cache=cache), load=partial(load, cache=cache))
        with (folder / texts[0][0]).open("a", encoding="utf-8") as file:
            file.write("# changed\n")
        changed = once(partial(check, cache=cache))
    return [
        at_most("cold_check_vs_lark_alone_time", taken["cold"] / taken["bare"], 2),
        at_least("check_of_unchanged_files", first / kept["check"], 20),
        Metric("check_of_one_changed_file", first / changed),
        at_least("compiled_load_vs_cold_check", first / kept["load"], 50),
        Metric("compiled_load_vs_compiling", compiled / kept["load"]),
    ]


def growing(size: int) -> list[Metric]:
    """Time to parse one file of `size` bytes next to that of one of a tenth, a byte."""
    rules = "".join(text for _, text in Generated(1 + size // 700).files())
    large = rules.encode()[:size].decode(errors="ignore")
    small = large[: len(large) // 10]
    seconds = best(3, small=lambda: parsed([("small.rule", small)]), large=lambda: parsed([("large.rule", large)]))
    return [at_most("parse_time_a_byte_in_large_vs_small_files", seconds["large"] / seconds["small"] / 10, 1.25)]


def reviewing(generated: Generated, around: Sources, text: str, rounds: int) -> list[Metric]:
    document = Document(id="benchmark", source=Source.SCRIPT, text=text)
    many, few = judged(generated, around), judged(generated.few(), around)
    found = [len(judge.review(document, DAY).findings) for judge in (many, few)]
    assert found[0] == found[1] >= FINDING // 2, found
    seconds = medians(rounds, many=lambda: many.review(document, DAY), few=lambda: few.review(document, DAY))
    return [at_most("all_rules_vs_a_hundred_time", seconds["many"] / seconds["few"], 1.3)]


def beside(generated: Generated, around: Sources, text: str, rounds: int) -> list[Metric]:
    """The same rules for each engine; which rules find something has to be the same."""
    document = Document(id="benchmark", source=Source.SCRIPT, text=text)
    judge = judged(generated, around)
    patterns = [re.compile("|".join(map(re.escape, words))) for words in generated.words]
    wanted = {n for n, pattern in enumerate(patterns) if pattern.search(text)}
    told = {int(rule[4:]) for f in judge.review(document, DAY).findings for rule in (f.rule, *f.also)}
    assert told == wanted, sorted(told ^ wanted)[:5]
    assert {int(rule[4:]) for rule in holding(judge, document)} == wanted
    runs: dict[str, Callable[[], object]] = {
        "ours": lambda: judge.review(document, DAY),
        "holding": lambda: holding(judge, document),
        "re": lambda: [pattern.search(text) for pattern in patterns],
    }
    if yara_x is not None:
        runs["yara_x"] = _yara(yara_x, generated.words, text, wanted)
    seconds = medians(rounds, **runs)
    metrics = []
    for name, ours in (("rules_that_hold", "holding"), ("review", "ours")):
        metrics.append(at_least(f"{name}_vs_one_re_per_rule", seconds["re"] / seconds[ours], 100))
    if "yara_x" in seconds:
        metrics.append(at_least("rules_that_hold_vs_yara_x", seconds["yara_x"] / seconds["holding"], 3))
        metrics.append(Metric("review_vs_yara_x", seconds["yara_x"] / seconds["ours"]))
    else:
        metrics.append(Metric("rules_that_hold_vs_yara_x", None, ">= 3", note="not installed: pip install yara-x"))
    return metrics


def holding(judge: Judge, document: Document) -> list[str]:
    """The rules whose conditions hold: what other engines tell."""
    facts = judge.facts(document)
    plan = judge.plan(document, facts)
    context = judge.context(document, facts, DAY, plan)
    return [rule.id for rule in plan.candidates(context.scan.possible, DAY) if matches_of(rule, context)[0]]


def _yara(module: ModuleType, words: Sequence[Sequence[str]], text: str, wanted: set[int]) -> Callable[[], object]:
    compiler = module.Compiler()
    for n, group in enumerate(words):
        strings = "\n".join(f'$s{i} = "{word}"' for i, word in enumerate(group))
        compiler.add_source(f"rule r{n} {{ strings:\n{strings}\ncondition: any of them }}")
    rules = compiler.build()
    data = text.encode()
    assert {int(rule.identifier[1:]) for rule in rules.scan(data).matching_rules} == wanted
    return lambda: list(rules.scan(data).matching_rules)


def measure(count: int, rounds: int, size: int) -> list[Metric]:
    around = read_sources()
    text = prose()
    generated, plain = Generated(count), Generated(count, finding=FEW_FINDING, plain=True)
    return [
        *checking(generated, around, 2),
        *growing(size),
        *reviewing(generated, around, generated.text(text), rounds),
        *beside(plain, around, plain.text(text), rounds),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="a thousand rules, fewer rounds")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--rules", type=int, help="how many rules to generate (10000)")
    args = parser.parse_args()
    count = args.rules or (1_000 if args.quick else 10_000)
    size = 1_000_000 if args.quick else 10_000_000
    metrics = measure(count, 3 if args.quick else 11, size)
    if args.json:
        print(as_json(metrics))
        return 0
    print_table(
        metrics,
        [
            f"{count} generated rules of {WORDS} words, {LENGTH} characters, {FINDING} of the rules occur, "
            f"{FEW_FINDING} of them next to other engines; the large file has {size:,} bytes"
        ],
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
