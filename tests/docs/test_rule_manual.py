"""The manual of the rule language agrees with the compiler: forms parse, twins mean the same, examples hold."""

import re
from pathlib import Path

import pytest
from readme_blocks import ROOT, read_page

from compliance.judge.examples import ExampleRunner
from compliance.lang import tree
from compliance.lang.keywords import SURFACES
from compliance.lang.parse import parse
from compliance.lang.pattern import BadPatternError, translate
from compliance.model.vocabulary import Severity
from compliance.release.laws import load_facts, load_laws
from compliance.release.lexicons import load_lexicons
from compliance.release.release import freeze
from compliance.release.sources import read_sources

MANUAL = (ROOT / "docs" / "rule-language.md").read_text("utf-8")
_SPAN = re.compile(r"`([^`]+)`")
_WHOLE = re.compile(
    r"(?:[AXF] |X$|先 |原文|as written|数值|number|全文|未出现|在 |缺少|出现|any|count|missing|lacks|语义|semantic)"
)
_STAND_INS = {
    "A": "甲",
    "B": "乙",
    "C": "戊",
    "X": "丙",
    "Y": "丁",
    "F": "商品.类目",
    "v": "药品",
    "w": "食品",
    "NAME": "词组名",
}


def _rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its head."""
    section = MANUAL.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    lines = [line for line in section.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines[2:]]


def _condition(text: str) -> tree.Expr | None:
    """The tree of one condition, or None when it does not parse."""
    written = re.sub(r"(?<![\w.])(?:NAME|[ABCXYFvw])(?![\w.])", lambda name: _STAND_INS[name[0]], text)
    file, diagnostics = parse(f"规则 T-T-1 「t」 当 {written}", "manual.rule")
    value = file.rules[0].clauses[0].value if file.rules and not diagnostics else None
    return value if isinstance(value, tree.Node) else None  # type: ignore[return-value]  # a 当 holds an expression


def _forms(cell: str) -> list[str]:
    return [span for span in _SPAN.findall(cell) if _WHOLE.match(span)]


OPERATORS = [row for row in _rows("条件") if _forms(row[0])]


def test_the_table_of_operators_was_found() -> None:
    assert len(OPERATORS) >= 15


@pytest.mark.parametrize("row", OPERATORS, ids=lambda row: row[0])
def test_chinese_and_english_forms_parse_to_one_tree(row: list[str]) -> None:
    chinese, english = _forms(row[0]), _forms(row[1])
    trees = {form: _condition(form) for form in (*chinese, *english)}
    assert english
    assert all(found is not None for found in trees.values()), trees
    first = _canonical(trees[chinese[0]])
    assert first in [_canonical(trees[form]) for form in english]


def _canonical(node: tree.Expr | None) -> str:
    """Units, regions and amounts in one surface: they are resolved after parsing."""
    text = repr(node)
    for chinese, english in (("'句'", "'sentence'"), ("'引号'", "'quote'"), ("'比价'", "'price-comparison'")):
        text = text.replace(chinese, english)
    return text


@pytest.mark.parametrize("token", sorted(SURFACES))
def test_every_keyword_is_in_the_manual(token: str) -> None:
    unused = {"FROM", "TO", "AS", "OF", "IN", "AT", "ON", "INNER", "WITH"}  # particles of forms that are shown
    chinese, english = SURFACES[token]
    shown = [word for word in (chinese, english) if word and word in MANUAL]
    assert shown or token in unused, SURFACES[token]


def test_the_files_of_the_manual_load(tmp_path: Path) -> None:
    lexicon, law, facts = (
        block.text for block in read_page("docs/rule-language.md").blocks if block.language == "yaml"
    )
    for name, text in (("lexicons/words.yaml", lexicon), ("laws/ad-law.yaml", law), ("facts.yaml", facts)):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    (words,) = load_lexicons([tmp_path / "lexicons"])
    assert [(term.text, term.boundary, term.covers) for term in words.terms] == [
        ("最先进", "auto", ()),
        ("最佳", "none", ("最佳赏味期",)),
    ]
    (instrument,) = load_laws(tmp_path / "laws")
    penalty = instrument.articles[0].penalty
    assert penalty is not None
    assert (penalty.min, penalty.serious_max) == (200_000, 2_000_000)
    schema = load_facts(tmp_path / "facts.yaml")
    assert [fact.english for fact in schema.facts] == ["product.category"]
    assert [kind.name for kind in schema.evidence] == ["比价"]


def test_severities_are_in_the_manual() -> None:
    assert " ".join(Severity) in MANUAL


def test_the_rule_of_the_manual_compiles_and_passes_its_examples() -> None:
    text = next(block.text for block in read_page("docs/rule-language.md").blocks if block.text.startswith("规则 "))
    sources = read_sources()
    alone = type(sources)(sources.lexicons, sources.instruments, sources.facts, (("manual.rule", text),))
    release = freeze(alone)
    results = ExampleRunner(release.scanner, release.facts, release.stances).run_all(release.rules)
    assert len(results) == 4
    assert not [(r.example.text, r.wanted, r.actual) for r in results if not r.passed]


@pytest.mark.parametrize(
    "source", ["a|b", "[^x]{2,5}?y", r"\p{Han}折", r"\x{4e00}好", "{数}折", "^最好$", r"\bvip\b", "字(?:a|b)"]
)
def test_what_may_stand_in_a_pattern(source: str) -> None:
    assert translate(source).source


@pytest.mark.parametrize(
    "source", ["(?=a)b", "(?<!a)b", "(?P<n>a)", "(?i)a", r"(a)\1", "a{2}*", "a{1001}", "[[:digit:]]", "a*"]
)
def test_what_may_not_stand_in_a_pattern(source: str) -> None:
    with pytest.raises(BadPatternError):
        translate(source)
