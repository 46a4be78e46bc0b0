"""Fuzzing of the rule language, guided by coverage: any text is answered, and what is formatted means the same.

    make fuzz ARGS="-max_total_time=60"

Inputs are read in two ways, by their first byte: as text, or as tokens of the language one after another. A failure
is an exception, a formatted file that parses otherwise, or an input that takes longer than ten seconds. Failing
inputs are written to the current folder; give one as the argument to run it again.
"""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["compliance.lang"]):
    from compliance.lang.compile import compile_rules
    from compliance.lang.diagnostics import render
    from compliance.lang.keywords import KEYWORDS, UNITS
    from compliance.lang.layout import formatted
    from compliance.lang.parse import parse
    from compliance.lang.registry import FactRegistry, LawRegistry

from compliance.release.shipped import shipped
from compliance.release.sources import read_sources

_PLAIN = """
、 , （ ( ） ) = >= <= == != > < .. 3 0 2023-01-01 2026.1.1 第九条 §9(3) 「甲」 “乙” "丙" /丁.{0,3}戊/ /[/ 甲 词
商品.类目 商品.价格 食品 广告法 GEN-1 absolute 绝对化用语 high 手机号 script transcript # \\ 。 「 /
"""
TOKENS = [
    *KEYWORDS,
    *(f"3{unit}" for unit in UNITS),
    *_PLAIN.split(),
    "\n",
    "\n规则 GEN-1 「甲」\n  ",
    '\n词组 甲 = "甲乙" 、 "丙丁"\n',
    "# 注\n",
]
SEED = 400
"""Characters of a rule file that one seed holds."""

_around = read_sources()
LEXICONS = _around.lexicons[:5]  # all of them only make it slow
LAWS, FACTS = LawRegistry(_around.instruments), FactRegistry(_around.facts)


def source_of(data: bytes) -> str:
    """The text that the fuzzer's bytes stand for."""
    if data[:1] == b"\0":
        return " ".join(TOKENS[byte % len(TOKENS)] for byte in data[1:])
    return data[1:].decode("utf-8", errors="replace")


def answered(data: bytes) -> None:
    source = source_of(data)
    made = compile_rules([("fuzzed.rule", source)], LEXICONS, LAWS, FACTS)
    for diagnostic in made.diagnostics[:20]:
        for language in ("zh", "en"):
            assert render(diagnostic, source, language)
    for language in ("zh", "en"):
        text, _ = formatted(source, "fuzzed.rule", language)
        if text is not None:
            before, after = parse(source, "fuzzed.rule")[0], parse(text, "fuzzed.rule")
            assert not after[1], after[1]
            assert (before.words, before.rules) == (after[0].words, after[0].rules)


def seeds() -> Iterator[bytes]:
    for file in sorted(shipped("policies").rglob("*.rule")):
        text = file.read_text("utf-8")
        for at in range(0, len(text), SEED):
            yield b"\1" + text[at : at + SEED].encode()
    yield from (b"\0" + bytes(range(at, at + 16)) for at in range(0, len(TOKENS), 8) if at + 16 <= 256)


def main() -> None:
    given = [argument for argument in sys.argv[1:] if not argument.startswith("-")]
    with tempfile.TemporaryDirectory() as name:
        corpus = Path(name)
        for number, seed in enumerate(seeds()):
            (corpus / f"{number:04d}").write_bytes(seed)
        options = ["-timeout=10", "-max_len=4096", *sys.argv[1:], *([] if given else [name])]
        atheris.Setup([sys.argv[0], *options], answered)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
