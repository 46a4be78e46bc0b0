"""What an editor knows in tests: the small release, and texts with the cursor written into them as ‸."""

from compliance.editor.knowledge import Knowledge
from small_release import FACTS, LAWS, LEXICONS, rule

CURSOR = "‸"
KNOWLEDGE = Knowledge(LEXICONS, LAWS, FACTS)
RULE = rule("出现 绝对化用语").replace("  例 「丙」 待补\n", "")
HEAD = "规则 T-ONE-001 「测试」\n  类型 absolute-claim\n"


def at_cursor(text: str) -> tuple[str, int]:
    """The text without its cursor, and where that stood."""
    assert text.count(CURSOR) == 1
    return text.replace(CURSOR, ""), text.index(CURSOR)
