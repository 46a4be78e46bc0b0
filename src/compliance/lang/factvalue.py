"""Values of facts, from rules, examples and documents, to one comparable form."""

from math import isfinite

from compliance.lang.keywords import NO_WORDS, YES_WORDS
from compliance.model.facts import FactSpec


class BadFactValueError(ValueError):
    """The value does not fit the fact; `choices` says what would."""

    def __init__(self, fact: FactSpec, value: object, choices: str) -> None:
        super().__init__(choices)
        self.name = fact.name
        self.value = str(value)
        self.choices = choices


def normalize(fact: FactSpec, value: object) -> str:
    """One fact value as text: an enum's identifier, yes or no, a plain number, or the text itself."""
    if isinstance(value, list):
        raise BadFactValueError(fact, value, "一个值，不是列表")
    text = str(value).strip()
    if fact.type == "bool":
        if value is True or text.lower() in YES_WORDS:
            return "yes"
        if value is False or text.lower() in NO_WORDS:
            return "no"
        raise BadFactValueError(fact, value, "是、否")
    if fact.type == "enum":
        for identifier, label in fact.values.items():
            if text in {identifier, label}:
                return identifier
        raise BadFactValueError(fact, value, "、".join(fact.values.values()))
    if fact.type == "number":
        try:
            number = float(text)
        except ValueError:
            raise BadFactValueError(fact, value, "数字") from None
        if not isfinite(number):
            raise BadFactValueError(fact, value, "有限的数字")
        return f"{number:.15g}"
    return text
