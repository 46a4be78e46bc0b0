"""Files that were compiled before come to the same, whatever stands in the files around them."""

from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.lang.compile import Compiled, CompiledFile, compile_rules
from small_release import LEXICONS, registries, rule

FILES = [
    rule("出现 绝对化用语", name="T-A-1"),
    rule("出现 绝对化用语 且 疾病", name="T-A-2"),  # adds nothing to the one before
    rule("出现 疾病 与 绝对化用语 同 句", name="T-A-1"),  # an id of another file
    rule("出现 甲 或 「湿疹」", words='词组 甲 = "面霜" 、 疾病', name="T-A-3"),
    rule("出现 甲 或 「湿疹」", words='词组 甲 = "口红"', unless="命中 位于 疾病", name="T-A-4"),
    rule("出现 没有这个词", name="T-A-5"),
    "规则 \n词组 甲 = 「",
    "",
]


class Remembered(dict[tuple[str, str], CompiledFile]):
    """What compiled files came to, by path and text; `asked` counts those that were not there."""

    asked = 0

    def get(self, path: str, source: str) -> CompiledFile | None:  # type: ignore[override]
        self.asked += (path, source) not in self
        return super().get((path, source))

    def put(self, path: str, source: str, made: CompiledFile) -> None:
        self[path, source] = made


def said(made: Compiled) -> tuple[object, ...]:
    """Rules with the words of their groups, however these are numbered, and diagnostics."""
    return made.rules, [(rule.atoms, rule.exceptions) for rule in made.rules], made.diagnostics


@given(st.lists(st.lists(st.sampled_from(FILES), min_size=1, max_size=5), min_size=2, max_size=4))
@settings(max_examples=60, deadline=None)
def test_checking_again_says_what_checking_afresh_says(versions: list[list[str]]) -> None:
    remembered = Remembered()
    for version in versions:
        named = [(f"{number}.rule", source) for number, source in enumerate(version)]
        again = compile_rules(named, LEXICONS, *registries(), known=remembered)
        assert said(again) == said(compile_rules(named, LEXICONS, *registries()))


def test_only_changed_files_are_compiled() -> None:
    remembered = Remembered()
    named = [(f"{number}.rule", source) for number, source in enumerate(FILES[:2])]
    compile_rules(named, LEXICONS, *registries(), known=remembered)
    assert remembered.asked == 2
    changed = [named[0], ("1.rule", FILES[3])]
    compile_rules(changed, LEXICONS, *registries(), known=remembered)
    assert remembered.asked == 3
