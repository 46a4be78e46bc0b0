"""Names in an expression → groups, units, regions, facts and evidence kinds; wrong ones are reported."""

from dataclasses import replace

from compliance.lang import tree
from compliance.lang.factvalue import BadFactValueError, normalize
from compliance.lang.keywords import CHANNELS, SPANS
from compliance.lang.nearest import hints
from compliance.lang.registry import FactRegistry
from compliance.lang.words import FileWords, Report
from compliance.model.facts import FactSpec
from compliance.model.vocabulary import Kind

_DIMENSIONS = {
    "chars": ("字数", "characters", "8字"),
    "sentences": ("句数", "sentences", "2句"),
    "seconds": ("时间", "a time", "60秒"),
}

FARTHEST_ACROSS = 200
"""Characters between hits in different sentences: what is further apart is counted in sentences."""


class Resolver:
    """Rewrites one expression; `failed` says whether something in it could not be resolved."""

    def __init__(self, words: FileWords, facts: FactRegistry, report: Report, *, in_exception: bool) -> None:
        self._words = words
        self._facts = facts
        self._report = report
        self._in_exception = in_exception
        self.failed = False

    def change(self, node: object) -> object:
        """The callback of `walk.rewrite`: children are resolved already."""
        match node:
            case tree.Occurs():
                return self._occurs(node)
            case tree.HitRef() if not self._in_exception:
                self._fail("E018", node)
            case tree.Near() | tree.Before():
                self._relation(node)
            case tree.SameSpan():
                self._span(node)
            case tree.Voiced(aspect="channel"):
                self._channels(node)
            case tree.Count(unit=str() as unit) if unit != "segment":
                self._fail("E023", node, name=unit, what_zh="单位", what_en="unit", choices="段")
            case tree.Count(per=tree.Distance() as per):
                self._dimension(per, "seconds")
            case tree.Missing(window=tree.Distance() as window):
                self._dimension(window, *(["seconds"] if node.opening else ["seconds", "chars", "sentences"]))
            case tree.FactIs() | tree.FactCompares():
                return self._fact(node)
            case tree.LacksEvidence():
                return self._evidence(node)
            case tree.Semantic():
                self._semantic(node)
            case _:
                pass
        return node

    def _fail(self, code: str, node: tree.Node, **values: str) -> None:
        self.failed = True
        self._report(code, node.at, **values)

    def _occurs(self, node: tree.Occurs) -> tree.Occurs:
        group = self._words.resolve(node.words)
        if group is None:
            self.failed = True  # reported where the name was looked up
            return node
        return replace(node, group=group)

    def _relation(self, node: tree.Near | tree.Before) -> None:
        distance = node.distance
        if distance is not None:
            self._dimension(distance, "chars", "sentences", "seconds")
        if node.across and (distance is None or distance.dimension != "chars" or distance.amount > FARTHEST_ACROSS):
            self._fail("E032", distance or node, limit=str(FARTHEST_ACROSS))

    def _channels(self, node: tree.Voiced) -> None:
        for value in node.values:
            if value not in CHANNELS:
                choices = "、".join(CHANNELS)
                self._fail("E023", node, name=value, what_zh="渠道", what_en="channel", choices=choices)

    def _dimension(self, distance: tree.Distance, *allowed: str) -> None:
        if distance.dimension in allowed:
            return
        chinese, english, example = _DIMENSIONS[allowed[0]]
        amount = f"{distance.amount:g}"
        found = f"{amount}{ {'chars': '字', 'sentences': '句', 'seconds': '秒'}.get(distance.dimension, '') }"
        self._fail("E016", distance, found=found, wanted_zh=chinese, wanted_en=english, example=example)

    def _span(self, node: tree.SameSpan) -> None:
        if node.unit not in SPANS:
            self._fail("E023", node, name=node.unit, what_zh="单位", what_en="unit", choices="句、分句、段、发言")

    def _semantic(self, node: tree.Semantic) -> None:
        if node.kind not in list(Kind):
            self._fail("E023", node, name=node.kind, what_zh="违规种类", what_en="kind", choices="、".join(Kind))
        if node.comparison not in {">=", ">"} or node.least > 1:
            self._fail("E040", node, found=f"{node.comparison} {node.least:g}")

    def _spec(self, path: str, node: tree.Node) -> FactSpec | None:
        spec = self._facts.facts.get(path)
        if spec is None:
            known = self._facts.fact_names
            extra = hints(path, known, "先在 policies/facts.yaml 里声明", "declare it in policies/facts.yaml")
            self._fail("E014", node, name=path, **extra)
        return spec

    def _fact(self, node: tree.FactIs | tree.FactCompares) -> tree.FactIs | tree.FactCompares:
        spec = self._spec(node.path, node)
        if spec is None:
            return node
        if isinstance(node, tree.FactCompares):
            if spec.type != "number":
                self._fail("E015", node, name=node.path, value=f"{node.number:g}", choices="数字型的事实才能比较大小")
            return replace(node, path=spec.name)
        values = []
        for value in node.values:
            try:
                values.append(normalize(spec, value))
            except BadFactValueError as error:
                self._fail("E015", node, name=node.path, value=value, choices=error.choices)
        return replace(node, path=spec.name, values=tuple(values))

    def _evidence(self, node: tree.LacksEvidence) -> tree.LacksEvidence:
        spec = self._facts.evidence.get(node.kind)
        if spec is None:
            choices = "、".join(self._facts.evidence_names)
            self._fail("E023", node, name=node.kind, what_zh="证据", what_en="evidence", choices=choices)
            return node
        return replace(node, kind=spec.english)
