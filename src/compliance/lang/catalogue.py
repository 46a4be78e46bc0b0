"""Every diagnostic code: its sentence and its remedy in Chinese and English, and why it exists."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Entry:
    """Sentences with `{placeholders}`; `why` explains the check to a rule author."""

    zh: str
    en: str
    fix_zh: str
    fix_en: str
    why: str

    def message(self, language: Literal["zh", "en"]) -> str:
        return self.zh if language == "zh" else self.en

    def remedy(self, language: Literal["zh", "en"]) -> str:
        return self.fix_zh if language == "zh" else self.fix_en


CATALOGUE: dict[str, Entry] = {
    "E001": Entry(
        "此处不应出现 `{found}`",
        "unexpected `{found}`",
        "期望 {expected_zh}",
        "expected {expected_en}",
        "语句在这里接不下去。常见原因：关键词与名字之间少了空格，或上一句没有写完。",
    ),
    "E002": Entry(
        "引号没有闭合",
        "unterminated string",
        "在本行内补上 `{closing}`",
        "close it with `{closing}` on this line",
        '文字写在「」、“”或""里，必须在同一行闭合。',
    ),
    "E003": Entry(
        "不认识的字符 `{found}`",
        "unknown character `{found}`",
        "删去它，或把文字放进「」里",
        "delete it or quote it",
        "规则语言只用名字、数字、引号文字、正则和少数标点。",
    ),
    "E004": Entry(
        "规则 {rule} 缺少「{clause_zh}」",
        "rule {rule} lacks `{clause_en}`",
        "补上一行「{clause_zh} …」",
        "add a `{clause_en}` clause",
        "没有依据、罚则、生效日期、环节、等级、处置、改写或条件的规则不能装载。",
    ),
    "E005": Entry(
        "「{clause_zh}」重复了",
        "`{clause_en}` is given twice",
        "只留一行",
        "keep one",
        "除 依据、罚则、除非、例 之外，每个子句只写一次。",
    ),
    "E006": Entry(
        "没有名为「{name}」的词组或词库",
        "no word group or lexicon named `{name}`",
        "{hint_zh}",
        "{hint_en}",
        "名字先找本文件的 词组，再找词库目录里的 group。",
    ),
    "E007": Entry(
        "「{name}」已经定义过",
        "`{name}` is defined already",
        "前一处在 {where}；改名或删去一处",
        "first at {where}; rename or delete one",
        "规则编号全库唯一且永不改号；词组名在文件内唯一，也不能与词库同名。",
    ),
    "E008": Entry(
        "法律登记处没有「{law}」",
        "the law registry has no `{law}`",
        "{hint_zh}",
        "{hint_en}",
        "依据与罚则必须指向 policies/laws/ 里登记的法律。",
    ),
    "E009": Entry(
        "「{law}」没有登记 {article}",
        "`{law}` has no registered {article}",
        "{hint_zh}",
        "{hint_en}",
        "只有登记过的条款才能引用；先在 policies/laws/ 补上条款和来源。",
    ),
    "E010": Entry(
        "{law}{article} 在规则的生效期内并非一直有效",
        "{law} {article} is not in force over the rule's whole range",
        "条款的有效期是 {range}；请缩短规则的生效期",
        "the article is in force {range}; narrow the rule's range",
        "规则不能引用尚未施行或已经失效的条款。",
    ),
    "E011": Entry(
        "{law}{article} 没有登记处罚",
        "{law} {article} has no registered penalty",
        "换成处罚条款，或在登记处补上 penalty",
        "cite a penalty article or register its penalty",
        "罚则指向写明金额与后果的条款，金额只在登记处写一次。",
    ),
    "E012": Entry(
        "「{clause_zh}」没有 `{value}` 这个取值",
        "`{value}` is no value of `{clause_en}`",
        "可用：{choices}",
        "choose from: {choices}",
        "类型、环节、等级、处置、状态的取值是固定的。",
    ),
    "E013": Entry(
        "生效期无效：{problem_zh}",
        "bad effective range: {problem_en}",
        "写成「生效 2026-02-01 起」或「生效 2026-02-01 至 2027-01-01」",
        "write `effective 2026-02-01 ..`",
        "生效期左闭右开，必须是真实的日期，且起早于止。",
    ),
    "E014": Entry(
        "没有名为「{name}」的事实",
        "no fact named `{name}`",
        "{hint_zh}",
        "{hint_en}",
        "事实在 policies/facts.yaml 声明：类型、取值、由谁提供、缺了怎么问。",
    ),
    "E015": Entry(
        "事实「{name}」不能取 `{value}`",
        "fact `{name}` cannot be `{value}`",
        "可用：{choices}",
        "choose from: {choices}",
        "事实是有类型的；枚举只能取声明过的值，是/否型只能取 是、否。",
    ),
    "E016": Entry(
        "这里要用{wanted_zh}，`{found}` 不是",
        "`{found}` is not {wanted_en}",
        "改成例如 {example}",
        "write e.g. {example}",
        "字、句是距离，秒、分钟是时间，元是金额，不能混用。",
    ),
    "E017": Entry(
        "正则写错了：{problem}",
        "bad regular expression: {problem}",
        "正则由 RE2 执行，不支持断言与反向引用",
        "RE2 has no look-around or back-references",
        "RE2 保证线性时间，所以规则永远不会卡死。",
    ),
    "E018": Entry(
        "「命中」只能用在「除非」里",
        "`hit` belongs in `unless`",
        "在「当」里写出词组的名字",
        "name the word group in `when`",
        "命中 指正在判断的那一处，只有例外里才有“那一处”。",
    ),
    "E019": Entry(
        "规则 {rule} 缺少{outcome_zh}的例子",
        "rule {rule} lacks a `{outcome_en}` example",
        "补一行「例 「…」 {outcome_zh}」",
        "add a `test … {outcome_en}`",
        "没有违规和合规例子的规则不能装载；读取事实的规则还要一个待补的例子。",
    ),
    "E020": Entry(
        "规则 {rule} 对每篇文本都会运行，却没有事实把关",
        "rule {rule} runs on every text without a fact guard",
        "加上「… 为 … 且」，或用一个词组作触发",
        "guard it with a fact or a word group",
        "没有触发词又没有事实条件的规则会对所有文本发问或误报。",
    ),
    "E021": Entry(
        "时间窗口只能用于有时间轴的环节",
        "time windows need a timed stage",
        "环节里加上 transcript，或改用字、句",
        "add transcript to `stage`, or use chars or sentences",
        "秒和分钟要靠转写的时间轴；脚本没有时间轴，用 全文 未出现 或字数。",
    ),
    "E022": Entry(
        "词 `{word}` 去掉符号后什么也不剩",
        "word `{word}` is empty without its noise",
        "换成有文字的词，或用正则",
        "use a word with letters, or a pattern",
        "匹配时先去掉空格、标点和表情，所以词里至少要有一个字。",
    ),
    "E023": Entry(
        "没有「{name}」这种{what_zh}",
        "no {what_en} named `{name}`",
        "可用：{choices}",
        "choose from: {choices}",
        "单位、区域、实体和证据的种类是固定的。",
    ),
    "E024": Entry(
        "规则编号 `{name}` 不合格式",
        "bad rule id `{name}`",
        "用大写字母、数字和短横线，如 AD-ABS-001",
        "use capitals, digits and hyphens, e.g. AD-ABS-001",
        "编号是永久的名字，会进入报告、审计和导出。",
    ),
    "E025": Entry(
        "词组「{name}」绕回了自己",
        "word group `{name}` contains itself",
        "删去循环引用：{cycle}",
        "break the cycle: {cycle}",
        "词组可以引用词组，但不能成环。",
    ),
    "E026": Entry(
        "`{found}` 不在任何规则或词组里",
        "`{found}` stands outside any rule or word group",
        "文件由「规章」「词组」「规则」开头的段落组成",
        "a file consists of policy, words and rule pieces",
        "第一个关键词之前不能有别的内容，注释除外。",
    ),
    "E027": Entry(
        "例子写错了：{problem_zh}",
        "bad example: {problem_en}",
        "时间写成 [00:10] 或 [01:02:03 助播]，按先后排列",
        "write times as [00:10] or [01:02:03 host], ascending",
        "例子里的 [分:秒] 把文字变成带时间的转写。",
    ),
    "E028": Entry(
        "「{value}」里没有“{span}”",
        "the example does not contain `{span}`",
        "于 后面要写例子里的原文",
        "`on` takes words of the example",
        "应报 于 的片段必须是例子文字的一部分。",
    ),
    "E029": Entry(
        "写得太复杂：一层套一层超过 {limit} 层",
        "nested deeper than {limit} levels",
        "拆成几条规则，或把一部分先定义成「词组」",
        "split the rule, or define part of it as `words` first",
        "一个条件里的括号和运算、词组对词组的引用都有上限，所以任何输入都不会把编译器拖垮。",
    ),
    "E030": Entry(
        "例子没有通过：期望{wanted}，实际{actual}",
        "example failed: wanted {wanted}, got {actual}",
        "改规则或改例子",
        "mend the rule or the example",
        "例子走真实的编译器和匹配器；发布前必须全部通过。",
    ),
    "E031": Entry(
        "改写前后矛盾：{problem_zh}",
        "contradictory rewrite: {problem_en}",
        "只留一个；没有合法写法的规则不写「换成」和「补上」",
        "keep one; a rule without a lawful wording takes neither `replace` nor `add`",
        "每条结论只带一个改写，程序照它改，改完同一条规则不再报。",
    ),
    "E032": Entry(
        "「跨句」只用于不超过 {limit} 字的距离",
        "`across` goes with a distance of at most {limit} characters",
        "写成例如「相距 30字 内 跨句」，更远的用「2句」，句数本来就跨句",
        "write e.g. `within 30chars of B across`; further apart, count sentences, which cross by themselves",
        "两处命中相隔再远也要在有限的文字里找得到，直播时才能一段一段地判断。",
    ),
    "E035": Entry(
        "「设」的名字展开后太大：超过 {limit} 个条件",
        "names written out exceed {limit} conditions",
        "拆成几条规则，或让名字少用几次",
        "split the rule, or use the names less often",
        "名字套名字，每层用两次就翻一倍；有了上限，判断的时间才有上限。",
    ),
    "E036": Entry(
        "「{name}」还没有设",
        "`{name}` is not defined yet",
        "把「设 {name} = …」移到前面；它也不能用自己来设",
        "move `let {name} = …` up; it cannot be defined by itself either",
        "「设」从上往下读，后面的可以用前面的，所以不会绕回自己。",
    ),
    "E040": Entry(
        "「语义」的比较写成了 `{found}`",
        "`semantic` is compared with `{found}`",
        "写成 >= 或 > 和 0 到 1 之间的数，如 语义(efficacy-guarantee) >= 0.9",
        "use >= or > and a number from 0 to 1, as in semantic(efficacy-guarantee) >= 0.9",
        "语义判读给出 0 到 1 的把握；把握低不等于合规，所以只能要求“至少”。",
    ),
    "W101": Entry(
        "{what_zh}「{name}」没有被用到",
        "{what_en} `{name}` is never used",
        "删去它，或在规则里使用",
        "delete or use it",
        "没有用到的词不会被检查，容易让人误以为已经覆盖。",
    ),
    "W103": Entry(
        "词 `{word}` 只有一个字",
        "word `{word}` has one character",
        "换成更长的词，或与别的词组合",
        "use a longer word or combine it",
        "单字词几乎一定误报。",
    ),
    "W108": Entry(
        "「{name}」同时用在「当」和「除非」里",
        "`{name}` is used in both `when` and `unless`",
        "确认例外不会吃掉所有命中",
        "make sure the exception does not excuse every hit",
        "同一词组既是条件又是例外，多半是写错了名字。",
    ),
}
