"""Words to find, in units of kept text, by column: an object for each would take most of the memory."""

from array import array
from collections.abc import Iterable
from typing import NamedTuple, Self

from compliance.model.vocabulary import SeenAs
from compliance.text.numerals import spellings
from compliance.words.guards import Guards


class Form(NamedTuple):
    """A word; `guards` where it may be disguised. Several may have one number, that of a term."""

    text: str
    number: int
    guards: Guards | None = None


class Forms(NamedTuple):
    """`chosen`: by which of the settings each form is guarded where it may be disguised, -1 where it may not.

    The last `variants` of them are other ways of writing terms, which count as folded; the others count as they stand
    if the forms are `plain`.
    """

    texts: list[str]
    numbers: "array[int]"
    chosen: "array[int]"
    settings: tuple[Guards, ...]
    variants: int = 0
    plain: bool = True

    @classmethod
    def of(cls, forms: Iterable[Form], *, plain: bool = True) -> Self:
        forms = list(forms)
        settings = tuple(dict.fromkeys(form.guards for form in forms if form.guards is not None))
        numbers: dict[Guards | None, int] = {guards: number for number, guards in enumerate(settings)}
        numbers[None] = -1
        return cls(
            [form.text for form in forms],
            array("i", [form.number for form in forms]),
            array("i", [numbers[form.guards] for form in forms]),
            settings,
            plain=plain,
        )

    def with_spellings(self) -> Self:
        """And, of those that may be disguised as a number, the other ways of writing their numbers."""
        folded = {number for number, guards in enumerate(self.settings) if SeenAs.FOLDED in guards.ways}
        found = [
            (other, number)
            for text, number, chosen in zip(self.texts, self.numbers, self.chosen, strict=True)
            if chosen in folded
            for other in spellings(text)
        ]
        return self._replace(
            texts=self.texts + [text for text, _ in found],
            numbers=self.numbers + array("i", [number for _, number in found]),
            chosen=self.chosen + array("i", [-1] * len(found)),
            variants=self.variants + len(found),
        )
