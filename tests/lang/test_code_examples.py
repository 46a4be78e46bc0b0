"""The wrong example of every diagnostic code draws that code and no other; the right one draws nothing."""

import pytest
from code_files import whole

from compliance.judge.examples import ExampleRunner
from compliance.judge.stance import Stances
from compliance.lang.catalogue import CATALOGUE
from compliance.lang.catalogue_examples import EXAMPLES
from compliance.lang.compile import compile_rules
from compliance.lang.layout import formatted
from compliance.lang.registry import FactRegistry, LawRegistry
from compliance.meaning.reader import Reader
from compliance.release.sources import Sources, read_sources
from compliance.words.scanner import Scanner

NOT_TEXT = "E038"  # the bytes of a file, before there is a text


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read_sources()


def codes(example: str, sources: Sources) -> set[str]:
    """What `policy check` and `policy test` would tell of the example under what is shipped."""
    laws, facts = LawRegistry(sources.instruments), FactRegistry(sources.facts)
    made = compile_rules([("a.rule", whole(example))], sources.lexicons, laws, facts)
    if made.errors:
        return {diagnostic.code for diagnostic in made.diagnostics}
    runner = ExampleRunner(Scanner(made.groups, ()), facts, Stances(sources.lexicons), Reader(sources.model.load))
    failed = {"E030" for result in runner.run_all(made.rules) if not result.passed}
    return {diagnostic.code for diagnostic in made.diagnostics} | failed


def test_every_code_has_an_example() -> None:
    assert set(EXAMPLES) == set(CATALOGUE) - {NOT_TEXT}


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_the_wrong_example_draws_the_code_alone(code: str, sources: Sources) -> None:
    assert codes(EXAMPLES[code].wrong, sources) == {code}


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_the_right_example_is_clean_and_holds(code: str, sources: Sources) -> None:
    assert codes(EXAMPLES[code].right, sources) == set()


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_the_right_example_is_laid_out_as_the_formatter_does(code: str) -> None:
    right = EXAMPLES[code].right
    if right == whole(right):
        assert formatted(right, "a.rule")[0] == right
