"""What a rule says, as Markdown: its sentence where it compiles, else what its head says."""

from compliance.editor.check import LARGEST, check
from compliance.editor.knowledge import Knowledge, definitions
from compliance.editor.told import plain
from compliance.lang.rule import Rule
from compliance.lang.sentence import sentence
from compliance.model.labels import ACTION_LABELS, KIND_LABELS, SEVERITY_LABELS


def rule_told(name: str, source: str, path: str, knowledge: Knowledge) -> str:
    """The rule of that id in this text, or else in another file; empty when there is none."""
    titles = {each: title for each, _, _, title in definitions(source)} if len(source) <= LARGEST else {}
    if name not in titles:
        place = knowledge.rule(name)
        if place is None:
            return ""
        path = place[0]
        source = knowledge.files[path]
        titles = {each: title for each, _, _, title in definitions(source)}
    rule = next((rule for rule in check(path, source, knowledge).rules if rule.id == name), None)
    return _told(rule) if rule else f"**{plain(name)}** {plain(titles[name])}"


def _told(rule: Rule) -> str:
    grades = f"{KIND_LABELS[rule.kind]}（`{rule.kind}`）；等级 {SEVERITY_LABELS[rule.severity]}；"
    grades += f"处置 {ACTION_LABELS[rule.action]}"
    law = "；".join(f"{ref.name} {ref.article}" for ref in rule.law)
    penalties = "；".join(ref.citation for ref in rule.penalties)
    until = f" 至 {rule.effective_to}（不含）" if rule.effective_to else " 起"
    lines = [f"**{rule.id}** {plain(rule.title)}", grades, f"依据 {plain(law)}；罚则 {plain(penalties)}"]
    lines += [f"生效 {rule.effective_from}{until}", plain(sentence(rule, "zh"))]
    return "\n\n".join(lines)
