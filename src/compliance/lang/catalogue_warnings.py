"""The warnings: what a rule may say but hardly means."""

from compliance.lang.entry import Entry

WARNINGS: dict[str, Entry] = {
    "W101": Entry(
        "{what_zh}「{name}」没有被用到",
        "{what_en} `{name}` is never used",
        "删去它，或在规则里使用",
        "delete or use it",
        "没有用到的词不会被检查，容易让人误以为已经覆盖。",
        "Words that are not used are not looked for, and seem to cover what they do not.",
    ),
    "W102": Entry(
        "词 `{word}` 不会有自己的命中：{why_zh}",
        "word `{word}` never has a hit of its own: {why_en}",
        "删去它",
        "delete it",
        "折叠之后相同的词只算一个；被「除去」的词不在词组里。",
        "Words that are the same once folded count as one, and words that are left out are not in the group.",
    ),
    "W103": Entry(
        "词 `{word}` 只有一个字",
        "word `{word}` has one character",
        "换成更长的词，或与别的词组合",
        "use a longer word or combine it",
        "单字词几乎一定误报。",
        "A single character is nearly always found where it means something else.",
    ),
    "W104": Entry(
        "这个例外永远不会成立：{why_zh}",
        "this exception can never apply: {why_en}",
        "改写或删去这个例外",
        "rewrite or delete it",
        "例外在条件成立的命中上判断；与条件相反的例外一处也排除不了。",
        "An exception is judged at hits for which the condition holds; one that says the contrary excuses none.",
    ),
    "W105": Entry(
        "规则 {rule} 报的，{other} 都会报",
        "whatever {rule} reports, {other} reports as well",
        "合成一条，或把两条的条件分开",
        "merge them, or tell their conditions apart",
        "类型、环节相同而条件更窄、例外不少于另一条的规则，不会多报任何一处。",
        "A rule of the same kind and stages with a narrower condition and no fewer exceptions reports nothing more.",
    ),
    "W106": Entry(
        "规则 {rule} 对每篇文本都会运行，事实只管住了一部分",
        "rule {rule} runs on every text; its facts guard only a part of it",
        "把事实与整个条件相「且」",
        "join the fact to the whole condition with `and`",
        "没有触发词的规则，只有用「且」连上的事实能让它在无关的文本上安静。",
        "Only a fact that is joined with `and` keeps a rule without trigger words silent on texts it is not about.",
    ),
    "W107": Entry(
        "规则到 {end} 为止，所依据的条款那时都还有效",
        "the rule ends on {end}, while every article it cites stays in force",
        "写成「生效 … 起」，或在登记处写上条款失效的日子",
        "write `effective … ..`, or register the day the articles end",
        "法律还在，规则先停，那一天以后的违法就没有人看了。",
        "If the rule ends and the law does not, nobody looks for breaches from that day on.",
    ),
    "W108": Entry(
        "「{name}」同时用在「当」和「除非」里",
        "`{name}` is used in both `when` and `unless`",
        "确认例外不会吃掉所有命中",
        "make sure the exception does not excuse every hit",
        "同一词组既是条件又是例外，多半是写错了名字。",
        "The same words in a condition and its exception: mostly one of the names is wrong.",
    ),
    "W109": Entry(
        "正则 {pattern} 没有必须出现的字",
        "pattern {pattern} has no literal that must occur",
        "加上固定的字，或改用词和「相距」",
        "add literal characters, or use words and `within`",
        "没有固定文字的正则要在每篇文本的每一句里试。",
        "A pattern without fixed text has to be tried on every sentence of every text.",
    ),
}
