"""The words that a regular expression needs: of each set one occurs in every match."""

from math import prod

from compliance.lang.regex import MANY, Chars, Choice, Edge, Node, Repeat, Sequence

Literals = frozenset[str]


def required(node: Node) -> tuple[Literals, ...]:
    """Sets of literals of each of which one occurs in every match: the most selective, and another that is rare."""
    return _telling(*_analyse(node))


def _telling(exact: Literals | None, sets: list[Literals]) -> tuple[Literals, ...]:
    if exact is not None and "" not in exact:
        sets = [*sets, exact]
    useful = {each for each in sets if "" not in each}
    if len(useful) < 2:
        return tuple(useful)
    first, second = sorted(useful, key=_selectivity)[:2]
    return (first, second) if _selectivity(second)[0] <= _WORTH_LOOKING_FOR else (first,)


def strings(node: Node) -> dict[str, int] | None:
    """Every string that the node can match, if they are few, and in how many ways it makes each."""
    match node:
        case Chars(choices=choices):
            return dict.fromkeys(choices, 1) if choices and len(choices) <= MANY else None
        case Edge():
            return {"": 1}
        case Sequence(parts=parts):
            return _joined(parts)
        case Choice(branches=branches):
            return _either(branches)
        case Repeat(inner=inner, least=least, most=1) if (words := strings(inner)) is not None:
            return words if least else words | {"": words.get("", 0) + 1}
        case _:
            return None


def _either(branches: tuple[Node, ...]) -> dict[str, int] | None:
    made: dict[str, int] = {}
    for branch in branches:
        words = strings(branch)
        if words is None:
            return None
        for word, ways in words.items():
            made[word] = made.get(word, 0) + ways
    return made


def _joined(parts: tuple[Node, ...]) -> dict[str, int] | None:
    made = {"": 1}
    for part in parts:
        ends = strings(part)
        if ends is None or len(made) * len(ends) > MANY:
            return None
        longer: dict[str, int] = {}
        for word, ways in made.items():
            for end, more in ends.items():
                longer[word + end] = longer.get(word + end, 0) + ways * more
        made = longer
    return made


# The commonest characters of live-commerce talk by frequency: literals made of them occur everywhere.
_COMMON = {
    char: 0.018 / (1 + rank / 10)
    for rank, char in enumerate(
        "的我一不个了是你这就三十子上有人那天家看来们说没年别在都下老0用给能里二大要小头去到点过百两号自着后手儿1出五八啊播吃买"
        "开价得2面药今打发四讲口机生分单也跟医六好九己还问水多把台月品主第证全会9回写本见先他行学8成字退么电再块妈名公师放款卖"
        "标喝以3完保条拿可前明5牌听只千时包谁万中酒请次收姐钱七话您最书位同6装对它样瓶货让地高孩片为晚车加做进拍换件报现直方平"
        "金度起少边按图数院店带走送量门长注红岁费接洗抽合和国当皮白比每查准底零色信告半房事盒外场她间内码板心奶哪身实吗照干4道清"
        "期服表血奖粉眼贴理定米备几关代糖测g批穿指套真坐试屏评a无想念斤群卡脸物等料压日女作张转宝线住级挂客啥工风光楼病化花器购"
        "油业周什适掉钟厂妹记系哈考动7刷种新配产吧链算商意克检页支班文课i茶从锅箱体友睡味之咱签食满助健养往通镜复案正黑补求拉东"
        "编广管感才袋泡改原提扣戴户付叫交果元部安区喊重疗存结爸m未幕太隔科称停员早排认爷护效音便香气软规差网哥验热推怎于使处领翻"
        "西找某率倒教朋导豆候毛根含银衣治素双弹替o知视节盘录灯快险呢n宜份礼免册法格娃壁像拆低c然者计题防市l腰示菜懂路床售黄声"
    )
}
_RARE = 0.0003
_TELLING_SIGNS = "%￥¥$@"
_WORTH_LOOKING_FOR = 0.03
"""A second set is looked for as well when it is no commoner: it saves more searches than it costs."""


def _selectivity(literals: Literals) -> tuple[float, list[str]]:
    """How often one of the literals may be expected, a character at a time; the least comes first."""
    return sum(prod(map(_frequency, literal)) for literal in literals), sorted(literals)


def _frequency(char: str) -> float:
    """A sign may be noise, which says nothing, or a comma, which is everywhere."""
    return _COMMON.get(char, _RARE if char.isalnum() or char in _TELLING_SIGNS else 1.0)


def _analyse(node: Node) -> tuple[Literals | None, list[Literals]]:
    """(every string that the node can match, if they are few; sets of which one must occur)."""
    match node:
        case Chars(choices=choices):
            return (choices if choices and len(choices) <= MANY else None), []
        case Edge():
            return frozenset({""}), []
        case Sequence(parts=parts):
            return _sequence(parts)
        case Choice(branches=branches):
            return _choice(branches)
        case Repeat(inner=inner, least=least, most=most):
            return _repeat(inner, least, most)


def _sequence(parts: tuple[Node, ...]) -> tuple[Literals | None, list[Literals]]:
    run: Literals = frozenset({""})
    sets: list[Literals] = []
    whole = True
    for part in parts:
        exact, inner = _analyse(part)
        if exact is not None and len(run) * len(exact) <= MANY:
            run = frozenset([a + b for a in run for b in exact])
            continue
        sets.append(run)
        sets += inner
        run = exact if exact is not None else frozenset({""})
        whole = False
    return (run, sets) if whole else (None, [*sets, run])


def _choice(branches: tuple[Node, ...]) -> tuple[Literals | None, list[Literals]]:
    exacts: list[Literals] = []
    needed: list[Literals] = []
    for branch in branches:
        exact, sets = _analyse(branch)
        if exact is not None:
            exacts.append(exact)
        if best := _telling(exact, sets):
            needed.append(best[0])
    if len(exacts) == len(branches):
        return frozenset().union(*exacts), []
    if len(needed) == len(branches):
        return None, [frozenset().union(*needed)]
    return None, []


def _repeat(inner: Node, least: int, most: int | None) -> tuple[Literals | None, list[Literals]]:
    exact, sets = _analyse(inner)
    if least == 0:
        return (exact | {""} if exact is not None and most == 1 else None), []
    if least == most == 1:
        return exact, sets
    return None, [*sets, exact] if exact is not None else sets
