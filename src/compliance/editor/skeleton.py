"""A whole new rule to fill in: every clause that a rule must have, `$1` … where the cursor goes."""

from compliance.lang.diagnostics import Language

_CHINESE = """\
规则 ${1:HOUSE-NEW-001} 「${2:名称}」
  类型 ${3:absolute-claim}
  依据 ${4:广告法} ${5:第九条第三项}
  罚则 ${6:广告法} ${7:第五十七条}
  生效 ${8:2015-09-01} 起
  环节 ${9:script、transcript、listing}
  等级 ${10:high}
  处置 ${11:修改}
  改为 「${12:删去“{命中\\}”，改为可以证明的客观描述}」
  当   出现 ${13:词组名}
  例 「${14:违规的话}」 应报
  例 「${15:合规的话}」 不报
"""
_ENGLISH = """\
rule ${1:HOUSE-NEW-001} "${2:title}"
  kind ${3:absolute-claim}
  law ${4:广告法} ${5:§9(3)}
  penalty ${6:广告法} ${7:§57}
  effective ${8:2015-09-01} ..
  stage ${9:script, transcript, listing}
  severity ${10:high}
  action ${11:revise}
  suggest "${12:delete {hit\\}}"
  when any ${13:group}
  test "${14:a text that breaks the law}" fires
  test "${15:a text that does not}" silent
"""


def skeleton(language: Language) -> str:
    return _CHINESE if language == "zh" else _ENGLISH
