"""Chinese and English keywords: two surfaces of one token.

Keywords are whole identifier runs and reserved everywhere; `当前价格` is a name, `当` is a keyword.
"""

KEYWORDS: dict[str, str] = {}
"""Surface → token type."""

SURFACES: dict[str, tuple[str, str]] = {}
"""Token type → (Chinese, English); an empty string where one language has no such word."""


def _keyword(token: str, chinese: str, english: str) -> None:
    SURFACES[token] = (chinese, english)
    for word in (chinese, english):
        if word:
            KEYWORDS[word] = token


for _token, _chinese, _english in (
    # pieces of a file
    ("RULE", "规则", "rule"),
    ("WORDS", "词组", "words"),
    ("POLICY", "规章", "policy"),
    ("VERSION", "版本", "version"),
    # clauses of a rule
    ("KIND", "类型", "kind"),
    ("LAW", "依据", "law"),
    ("PENALTY", "罚则", "penalty"),
    ("EFFECTIVE", "生效", "effective"),
    ("STAGE", "环节", "stage"),
    ("SEVERITY", "等级", "severity"),
    ("ACTION", "处置", "action"),
    ("MESSAGE", "说明", "message"),
    ("SUGGEST", "改为", "suggest"),
    ("SUBSTITUTE", "换成", "replace"),
    ("ADD", "补上", "add"),
    ("LET", "设", "let"),
    ("WHEN", "当", "when"),
    ("UNLESS", "除非", "unless"),
    ("TEST", "例", "test"),
    ("TODO", "待改", "todo"),
    ("STATUS", "状态", "status"),
    ("SEE", "参见", "see"),
    # inside clauses
    ("FROM", "起", "from"),
    ("TO", "至", "to"),
    ("GIVEN", "已知", "given"),
    ("FIRES", "应报", "fires"),
    ("SILENT", "不报", "silent"),
    ("ASKS", "待补", "asks"),
    ("ON", "于", "on"),
    ("EXCEPT", "除去", "except"),
    ("LEXICON", "词库", "lexicon"),
    ("ENTITY", "实体", "entity"),
    # expressions
    ("OR", "或", "or"),
    ("AND", "且", "and"),
    ("NOT", "非", "not"),
    ("ANY", "出现", "any"),
    ("HIT", "命中", "hit"),
    ("COUNT", "", "count"),
    ("TIMES", "次数", ""),
    ("PER", "每", "per"),
    ("EACH", "每段", ""),
    ("WITH", "与", ""),
    ("APART", "相距", ""),
    ("INNER", "内", ""),
    ("WITHIN", "", "within"),
    ("OF", "", "of"),
    ("SAME", "同", "same"),
    ("AS", "", "as"),
    ("BEFORE", "先于", "before"),
    ("BY", "", "by"),
    ("FIRST", "先", ""),
    ("THEN", "后", "then"),
    ("ACROSS", "跨句", "across"),
    ("INSIDE", "位于", "inside"),
    ("CONTAINS", "含有", "contains"),
    ("SPEAKER", "说话人", "speaker"),
    ("CHANNEL", "渠道", "channel"),
    ("WRITTEN", "原文", "written"),
    ("NUMERIC", "数值", "number"),
    ("MISSING", "未出现", "missing"),
    ("AT", "在", ""),
    ("AFTER", "之后", "after"),
    ("UNTIL", "直到", "until"),
    ("OPENING", "开场", "first"),
    ("WHOLE", "全文", ""),
    ("IN", "", "in"),
    ("IS", "为", "is"),
    ("ONEOF", "属于", ""),
    ("LACKS", "缺少", "lacks"),
    ("EVIDENCE", "证据", "evidence"),
    ("NEGATED", "被否定", "negated"),
    ("ASKED", "被疑问", "asked"),
    ("REPORTED", "被转述", "reported"),
    ("SUPPOSED", "被假设", "hypothetical"),
    ("SEMANTIC", "语义", "semantic"),
):
    _keyword(_token, _chinese, _english)

PIECES = frozenset({"RULE", "WORDS", "POLICY"})
CLAUSES = frozenset({
    "KIND", "LAW", "PENALTY", "EFFECTIVE", "STAGE", "SEVERITY", "ACTION", "MESSAGE", "SUGGEST", "SUBSTITUTE",
    "ADD", "LET", "WHEN", "UNLESS", "TEST", "TODO", "STATUS", "SEE",
})  # fmt: skip
EXPRESSION_STARTS = frozenset({"ANY", "WHEN", "UNLESS", "AND", "OR", "NOT", "MISSING", "TEST"})

UNITS: dict[str, tuple[str, float]] = {
    "字": ("chars", 1), "chars": ("chars", 1), "char": ("chars", 1),
    "句": ("sentences", 1), "sentences": ("sentences", 1), "sentence": ("sentences", 1),
    "秒": ("seconds", 1), "秒钟": ("seconds", 1), "s": ("seconds", 1), "sec": ("seconds", 1),
    "分钟": ("seconds", 60), "分": ("seconds", 60), "min": ("seconds", 60),
    "小时": ("seconds", 3600), "h": ("seconds", 3600),
    "元": ("cny", 1), "万元": ("cny", 10_000), "亿元": ("cny", 100_000_000), "CNY": ("cny", 1),
}  # fmt: skip
"""Unit after a number → (dimension, factor)."""

SPANS = {
    "句": "sentence", "sentence": "sentence",
    "分句": "clause", "clause": "clause",
    "段": "segment", "segment": "segment",
    "发言": "utterance", "utterance": "utterance",
}  # fmt: skip
"""Units of `同 …`."""

REGIONS = {"引号": "quote", "quote": "quote", "书名": "title", "title": "title"}
SPEAKERS = {"主播": "host", "host": "host", "助播": "cohost", "cohost": "cohost", "观众": "viewer", "viewer": "viewer"}
"""Roles of speakers; any other name is that of a person."""

CHANNELS = {"口播": "voice", "voice": "voice", "弹幕": "danmaku", "danmaku": "danmaku"}
ACTIONS = {
    "拦截": "block", "block": "block", "修改": "revise", "revise": "revise",
    "提示": "hint", "hint": "hint", "转法务": "refer", "refer": "refer",
}  # fmt: skip
YES_WORDS = frozenset({"是", "有", "真", "yes", "true"})
NO_WORDS = frozenset({"否", "无", "没有", "假", "no", "false"})
