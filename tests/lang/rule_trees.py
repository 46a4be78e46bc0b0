"""Strategies for syntax trees of everything the language has, as the parser makes them."""

from hypothesis import strategies as st

from compliance.lang import tree
from compliance.lang.keywords import KEYWORDS

TEXTS = st.text(st.characters(exclude_characters="\n\r", exclude_categories=["Cs"]), max_size=8)
NAMES = st.sampled_from(["甲", "绝对化用语", "a1", "x-y", "当前价格", "词", *KEYWORDS, "第九条", "带 空格", "a.b"])
PLAIN_NAMES = st.sampled_from(["甲", "绝对化用语", "a1", "x-y", "当前价格"])
PATHS = st.sampled_from(["商品.类目", "product.price", "直播.有赞助"])
VALUES = st.one_of(NAMES, st.integers(0, 10**9).map(str), TEXTS)
COMPARISONS = st.sampled_from([">=", "<=", ">", "<", "==", "!="])
AMOUNTS = st.one_of(st.integers(0, 10**12).map(float), st.decimals(0, 10**6, places=3).map(float))

_WORDS = st.one_of(
    st.builds(tree.Word, TEXTS),
    st.builds(tree.Pattern, st.sampled_from(["最.{0,3}好", "a/b", "\\d\\\\", "{数}折", "[/]", "\\\\/x", ""])),
    st.builds(tree.GroupName, NAMES.filter(lambda n: n not in {"引号", "书名", "quote", "title"})),
    st.builds(tree.Entity, st.sampled_from(["mobile", "id-card", "没有这种"])),
)


def _distances(*dimensions: str) -> st.SearchStrategy[tree.Distance]:
    amounts = st.one_of(st.integers(0, 10_000).map(float), st.sampled_from([0.5, 90.5, 3600.0, 86_400.0, 61.0]))
    return st.builds(tree.Distance, amounts, st.sampled_from(dimensions))


_GAPS = _distances("chars", "sentences", "seconds")
_WINDOWS = _distances("chars", "sentences", "seconds")
_UNITS = st.sampled_from(["sentence", "clause", "segment", "utterance", "别的"])
_STANCES = st.sampled_from(["negated", "asked", "reported", "supposed"])
_SPEAKERS = st.one_of(st.sampled_from(["host", "cohost", "viewer"]), st.sampled_from(["小李", "与 空格", "内", "5"]))

_LEAVES = st.one_of(
    st.builds(tree.Occurs, _WORDS),
    st.just(tree.HitRef()),
    st.builds(tree.FactIs, PATHS, st.lists(VALUES, min_size=1, max_size=3).map(tuple)),
    st.builds(tree.FactCompares, PATHS, COMPARISONS, AMOUNTS),
    st.builds(tree.LacksEvidence, PLAIN_NAMES),
    st.builds(tree.Semantic, PLAIN_NAMES, COMPARISONS, st.sampled_from([0.0, 0.9, 1.0, 0.125])),
)


def _above(inner: st.SearchStrategy[tree.Expr]) -> st.SearchStrategy[tree.Expr]:
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        st.builds(tree.Or, several),
        st.builds(tree.And, several),
        st.builds(tree.Not, inner),
        st.builds(tree.AsWritten, inner),
        st.builds(tree.Near, inner, inner, _GAPS, st.booleans()),
        st.builds(tree.Before, inner, inner),
        st.builds(tree.Before, inner, inner, _GAPS, st.booleans()),
        st.builds(tree.SameSpan, inner, inner, _UNITS),
        st.builds(tree.Inside, inner, st.sampled_from(["quote", "title"])),
        st.builds(tree.Inside, inner, st.just(""), inner),
        st.builds(tree.Contains, inner, inner),
        st.builds(tree.Cued, inner, _STANCES),
        st.builds(tree.Voiced, inner, st.just("speaker"), st.lists(_SPEAKERS, min_size=1, max_size=2).map(tuple)),
        st.builds(tree.Voiced, inner, st.just("channel"), st.tuples(st.sampled_from(["voice", "danmaku"]))),
        st.builds(tree.Numeric, inner, COMPARISONS, AMOUNTS),
        st.builds(tree.Count, inner, COMPARISONS, st.integers(0, 10**12), st.none() | _distances("seconds")),
        st.builds(tree.Count, inner, COMPARISONS, st.integers(0, 9), st.none(), _UNITS),
        st.builds(tree.Missing, inner),
        st.builds(tree.Missing, inner, inner, _WINDOWS),
        st.builds(tree.Missing, inner, st.none(), _WINDOWS, st.just(value=True)),
        st.builds(tree.Missing, inner, inner, st.none(), st.just(value=False), inner),
    )


CONDITIONS: st.SearchStrategy[tree.Expr] = st.recursive(_LEAVES, _above, max_leaves=8)

_ARTICLES = st.sampled_from(["第九条第三项", "第二百五十三条之一", "第二十五条第一款", "第十条"])
_LAWS = st.sampled_from(["广告法", "《广告法》", "有 空格", "a/b", "当", "互联网广告管理办法（试行）"])
_DAYS = st.sampled_from(["2026-01-01", "2015-9-1"])
_NAMED = st.lists(PLAIN_NAMES.map(tree.Name), min_size=1, max_size=3).map(tuple)
_SETTINGS = st.lists(st.builds(tree.Setting, PATHS, VALUES), max_size=2).map(tuple)
_EXAMPLES = st.one_of(
    st.builds(
        tree.Example,
        TEXTS,
        _SETTINGS,
        st.sampled_from(["fires", "silent", "asks"]),
        st.none(),
        st.booleans(),
    ),
    st.builds(tree.Example, TEXTS, _SETTINGS, st.just("fires"), TEXTS, st.booleans()),
)


def _clauses(names: list[str], values: st.SearchStrategy[object]) -> st.SearchStrategy[tree.Clause]:
    return st.builds(tree.Clause, st.sampled_from(names), values)


CLAUSES = st.one_of(
    _clauses(["KIND", "SEVERITY", "STATUS"], PLAIN_NAMES),
    _clauses(["ACTION"], st.sampled_from(["block", "revise", "hint", "refer", "别的"])),
    _clauses(["STAGE", "SEE"], _NAMED),
    _clauses(["LAW", "PENALTY"], st.builds(tree.Citation, _LAWS, _ARTICLES)),
    _clauses(["EFFECTIVE"], st.lists(_DAYS, min_size=1, max_size=2)),
    _clauses(["MESSAGE", "SUGGEST", "ADD"], TEXTS),
    _clauses(["SUBSTITUTE"], st.builds(tree.Substitute, TEXTS, st.none() | _UNITS)),
    _clauses(["LET"], st.builds(tree.Let, PLAIN_NAMES, CONDITIONS)),
    _clauses(["WHEN", "UNLESS"], CONDITIONS),
    _clauses(["TEST"], _EXAMPLES),
)

_ITEMS = st.lists(_WORDS, min_size=1, max_size=4).map(tuple)
PIECES = st.one_of(
    st.builds(tree.Policy, PLAIN_NAMES, TEXTS, st.sampled_from(["1.2.3", "2026.11.1"])),
    st.builds(tree.WordsDefinition, PLAIN_NAMES, st.builds(tree.WordSet, _ITEMS, st.just(()) | _ITEMS)),
    st.builds(
        tree.RuleDefinition,
        st.sampled_from(["AD-ABS-001", "甲.乙", "X"]),
        TEXTS,
        st.lists(CLAUSES, max_size=5).map(tuple),
    ),
)
