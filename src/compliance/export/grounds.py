"""How the grounds of a learned finding read in a report."""

from compliance.model.report import Finding, Grounds, Precedent

_SHOWN = 40


def weighed_text(finding: Finding) -> str:
    """“「找不出第二家」41%、「全世界」20%”; nothing where nothing is known."""
    grounds = finding.grounds or Grounds()
    words = (finding.text[word.start - finding.start : word.end - finding.start] for word in grounds.words)
    return "、".join(
        f"「{' '.join(text.split())}」{word.share:.0%}" for text, word in zip(words, grounds.words, strict=True)
    )


def precedent_text(precedent: Precedent) -> str:
    """“「…」（语料 a-0123，相近 0.12）”."""
    text = " ".join(precedent.text.split())
    shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
    return f"「{shown}」（语料 {precedent.id}，相近 {precedent.likeness:.2f}）"
