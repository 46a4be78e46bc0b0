"""What is doubtful in lexicons: entries that are dead, shadowed, said twice, too broad, or rest on repealed law."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from compliance.lang.registry import LawRegistry
from compliance.lang.uses import Use
from compliance.lexicon.citations import expired
from compliance.model.lexicon import Lexicon, Term
from compliance.text.tables import words
from compliance.text.views import fold_word

Uses = Mapping[str, Sequence[Use]]

_COMMON = 1_000
"""An ordinary word is common when the corpus of `text.tables.words` has it at least so often."""


@dataclass(frozen=True)
class Doubt:
    """One thing to look at. Errors stop an import; the rest are for somebody to decide."""

    kind: str  # repealed, repeated, idle, dead, shadowed, broad
    path: str
    line: int
    problem: str
    remedy: str

    @property
    def is_error(self) -> bool:
        return self.kind in {"repealed", "repeated", "idle"}

    def __str__(self) -> str:
        level = "错误" if self.is_error else "警告"
        return f"{level} {self.path}:{self.line}：{self.problem}；{self.remedy}。"


def lint(lexicons: Sequence[Lexicon], used: Uses, laws: LawRegistry, day: date) -> list[Doubt]:
    """Every doubt, by file and line. `used` says what rules do with each group; `day` is the day of the law."""
    doubts = [doubt for lexicon in lexicons for doubt in _of_lexicon(lexicon, used, laws, day)]
    doubts += _repeated(lexicons, used)
    return sorted(doubts, key=lambda each: (each.path, each.line, each.kind, each.problem))


def _of_lexicon(lexicon: Lexicon, used: Uses, laws: LawRegistry, day: date) -> Iterator[Doubt]:
    uses = used.get(lexicon.group, ())
    if lexicon.kind == "terms" and not uses:
        remedy = "在规则里使用，或删去这个文件"
        yield Doubt("dead", lexicon.path, 1, f"没有一条规则用到词库「{lexicon.group}」", remedy)
    yield from _repealed(lexicon, laws, day)
    if lexicon.kind == "terms" and uses:
        yield from _shadowed(lexicon, uses)
    pseudo = {fold_word(text) for text in lexicon.pseudo}
    for term in lexicon.terms:
        form = fold_word(term.text)
        yield from _idle_covers(lexicon, term, form)
        if form in pseudo:
            problem = f"提示词「{term.text}」同时列在 pseudo 里，永远不算数"
            yield Doubt("shadowed", lexicon.path, term.line, problem, "删去其中一处")
        if lexicon.kind == "terms" and uses:
            yield from _broad(lexicon, term, form, uses)


def _idle_covers(lexicon: Lexicon, term: Term, form: str) -> Iterator[Doubt]:
    for cover in term.covers:
        longer = fold_word(cover)
        if form not in longer or form == longer:
            problem = f"盖词「{cover}」里没有比它短的「{term.text}」，盖不住任何命中"
            yield Doubt("idle", lexicon.path, term.line, problem, "写成包含这个词的更长的说法，或删去")


def _shadowed(lexicon: Lexicon, uses: Sequence[Use]) -> Iterator[Doubt]:
    """Terms that every use leaves out, told together."""
    lost = [term for term in lexicon.terms if all(fold_word(term.text) in use.without for use in uses)]
    if lost:
        rules = "、".join(dict.fromkeys(use.rule for use in uses))
        listed = "".join(f"「{term.text}」" for term in lost)
        problem = f"{len(lost)} 个词在每一处使用里都被“除去”（{rules}）：{listed}"
        yield Doubt("shadowed", lexicon.path, lost[0].line, problem, "从词库删去，或从规则的“除去”里拿掉")


def _broad(lexicon: Lexicon, term: Term, form: str, uses: Sequence[Use]) -> Iterator[Doubt]:
    alone = next((use for use in uses if use.alone and form not in use.without), None)
    if len(form) == 1:
        how = f"，规则 {alone.rule} 见到它就报" if alone else ""
        yield Doubt("broad", lexicon.path, term.line, f"词「{term.text}」只有一个字{how}", "换成更长的说法")
    elif alone and not (term.covers or lexicon.covers) and words().get(term.text, 0) >= _COMMON:
        problem = f"「{term.text}」是常用词，规则 {alone.rule} 见到它就报"
        yield Doubt("broad", lexicon.path, term.line, problem, "写上盖住它的通常说法，或在规则里与别的词相配")


def _repealed(lexicon: Lexicon, laws: LawRegistry, day: date) -> Iterator[Doubt]:
    sources = [(1, lexicon.source), *((term.line, term.source) for term in lexicon.terms if term.source)]
    for line, source in sources:
        for citation, end in expired(source, laws, day):
            yield Doubt("repealed", lexicon.path, line, f"来源“{citation}”自 {end} 起失效", "改为现行条文")


def _repeated(lexicons: Sequence[Lexicon], used: Uses) -> Iterator[Doubt]:
    """A term in two lexicons that the same rules use in the same way: one of them says nothing."""
    by_use: defaultdict[frozenset[Use], list[Lexicon]] = defaultdict(list)
    for lexicon in lexicons:
        if lexicon.kind == "terms" and used.get(lexicon.group):
            by_use[frozenset(use._replace(without=frozenset()) for use in used[lexicon.group])].append(lexicon)
    for group in by_use.values():
        seen: dict[str, tuple[Lexicon, Term]] = {}
        for lexicon, term in _terms(group):
            form = fold_word(term.text)
            other, same = seen.setdefault(form, (lexicon, term))
            if other is not lexicon:
                where = f"{other.path}:{same.line}"
                problem = f"词「{term.text}」与用法相同的词库「{other.group}」（{where}）重复"
                yield Doubt("repeated", lexicon.path, term.line, problem, "删去一个")


def _terms(lexicons: Iterable[Lexicon]) -> Iterator[tuple[Lexicon, Term]]:
    return ((lexicon, term) for lexicon in lexicons for term in lexicon.terms)


@dataclass(frozen=True)
class Statistics:
    """How many lexicons and entries there are, `distinct` after folding; `redundant` ones contain another of theirs."""

    lexicons: int
    terms: int
    distinct: int
    disguised: int
    covers: int
    cues: int
    redundant: int
    by_folder: Mapping[str, tuple[int, int]]  # folder → (lexicons, terms)


def statistics(lexicons: Sequence[Lexicon]) -> Statistics:
    terms = [(lexicon, term) for lexicon, term in _terms(each for each in lexicons if each.kind == "terms")]
    folders: defaultdict[str, list[Lexicon]] = defaultdict(list)
    for lexicon in lexicons:
        folders[lexicon.path.replace("\\", "/").rpartition("/")[0].rpartition("/")[2]].append(lexicon)
    return Statistics(
        lexicons=len(lexicons),
        terms=len(terms),
        distinct=len({fold_word(term.text) for _, term in terms}),
        disguised=sum(term.disguise is not None for _, term in terms),
        covers=sum(len(each.covers) + sum(len(term.covers) for term in each.terms) for each in lexicons)
        + sum(len(each.terms) for each in lexicons if each.kind == "covers"),
        cues=sum(len(each.terms) + len(each.after) + len(each.pseudo) for each in lexicons if each.kind == "cues"),
        redundant=sum(_redundant(each) for each in lexicons if each.kind == "terms"),
        by_folder={name: (len(each), sum(len(one.terms) for one in each)) for name, each in sorted(folders.items())},
    )


def _redundant(lexicon: Lexicon) -> int:
    forms = {fold_word(term.text) for term in lexicon.terms}
    return sum(
        any(form[i:j] in forms for i in range(len(form)) for j in range(i + 2, len(form) + 1) if j - i < len(form))
        for form in forms
    )
