"""What `compliance policy check` does: it needs neither words nor judge."""

import typer

from compliance.cli.failure import COULD_NOT_REVIEW, show
from compliance.cli.selection import Selection
from compliance.lang.diagnostics import Diagnostic, Language, render


def check(selected: Selection, language: Language) -> int:
    """Prints every error and warning of the selected files; the exit code."""
    checked = selected.checked()
    shown = [d for d in checked.diagnostics if selected.has(d.path)]
    report(shown, checked.texts, language)
    wrong = sum(d.is_error for d in shown)
    rules = sum(selected.has(path) for path in checked.rules)
    typer.echo(f"{rules} 条规则可用，{wrong} 处错误，{len(shown) - wrong} 处警告")
    return COULD_NOT_REVIEW if wrong else 0


def report(diagnostics: list[Diagnostic], texts: dict[str, str], language: Language) -> None:
    for diagnostic in diagnostics:
        text = render(diagnostic, texts[diagnostic.path], language)
        show(f"{text}\n", colour="red" if diagnostic.is_error else "yellow")
