"""Our values as those of the language server protocol."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path

from compliance.editor.actions import Correction
from compliance.editor.completion import Item
from compliance.editor.knowledge import Problem
from compliance.editor.lines import Lines, Place
from compliance.editor.manual import page
from compliance.editor.symbols import Symbol
from compliance.lang.diagnostics import Diagnostic, Language

SOURCE = "compliance"
_WHERE = re.compile(r"(.+):([0-9]+)")
_KINDS = {
    "keyword": types.CompletionItemKind.Keyword,
    "clause": types.CompletionItemKind.Keyword,
    "group": types.CompletionItemKind.Variable,
    "law": types.CompletionItemKind.Module,
    "article": types.CompletionItemKind.Reference,
    "fact": types.CompletionItemKind.Field,
    "value": types.CompletionItemKind.EnumMember,
    "rule": types.CompletionItemKind.Event,
    "snippet": types.CompletionItemKind.Snippet,
}


def path_of(uri: str) -> str:
    """The resolved path of a file; of any other document, its address."""
    path = to_fs_path(uri)
    return str(Path(path).resolve()) if path else uri


def uri_of(path: str) -> str:
    return (from_fs_path(path) or path) if Path(path).is_absolute() else path


def position(place: Place) -> types.Position:
    return types.Position(line=place.line, character=place.column)


def place(at: types.Position) -> Place:
    return Place(at.line, at.character)


def span(lines: Lines, start: int, end: int) -> types.Range:
    return types.Range(start=position(lines.place(start)), end=position(lines.place(end)))


def diagnostic(each: Diagnostic, lines: Lines, language: Language, uri: Callable[[str], str]) -> types.Diagnostic:
    """With a link to the page of its code, and to where the same name was defined before."""
    severity = types.DiagnosticSeverity.Error if each.is_error else types.DiagnosticSeverity.Warning
    return types.Diagnostic(
        range=span(lines, each.at.start, each.at.end),
        message=f"{each.message(language)}\n{each.remedy(language)}",
        severity=severity,
        code=each.code,
        code_description=_page_of(each.code),
        source=SOURCE,
        tags=[types.DiagnosticTag.Unnecessary] if each.code == "W101" else None,
        related_information=_related(each, uri),
    )


def _page_of(code: str) -> types.CodeDescription | None:
    file = page("diagnostics.md")
    return types.CodeDescription(href=f"{uri_of(str(file))}#{code.lower()}") if file.is_file() else None


def _related(each: Diagnostic, uri: Callable[[str], str]) -> list[types.DiagnosticRelatedInformation] | None:
    where = _WHERE.fullmatch(each.values.get("where", ""))
    if where is None or not Path(where[1]).is_absolute():
        return None
    start = types.Position(line=int(where[2]) - 1, character=0)
    location = types.Location(uri=uri(where[1]), range=types.Range(start=start, end=start))
    return [types.DiagnosticRelatedInformation(location=location, message="前一处")]


def problem(each: Problem) -> types.Diagnostic:
    """The whole line of a file that is no rule text, or not readable as one."""
    line = max(each.line - 1, 0)
    whole = types.Range(start=types.Position(line=line, character=0), end=types.Position(line=line + 1, character=0))
    return types.Diagnostic(
        range=whole,
        message=each.text,
        severity=types.DiagnosticSeverity.Error,
        code=each.code or None,
        code_description=_page_of(each.code) if each.code else None,
        source=SOURCE,
    )


def remark(text: str) -> types.Diagnostic:
    """Something about a whole document that is no mistake."""
    start = types.Position(line=0, character=0)
    severity = types.DiagnosticSeverity.Information
    return types.Diagnostic(types.Range(start=start, end=start), text, severity=severity, source=SOURCE)


def completion(items: Iterable[Item], lines: Lines, *, snippets: bool) -> list[types.CompletionItem]:
    """In their order; those with places to fill in only for an editor that knows them."""
    made = []
    for number, item in enumerate(items):
        if item.kind == "snippet" and not snippets:
            continue
        form = types.InsertTextFormat.Snippet if item.kind == "snippet" else types.InsertTextFormat.PlainText
        made.append(
            types.CompletionItem(
                label=item.label,
                kind=_KINDS[item.kind],
                detail=item.detail or None,
                sort_text=f"{number:05}",
                filter_text=item.label,
                insert_text_format=form,
                text_edit=types.TextEdit(range=span(lines, item.start, item.end), new_text=item.text),
            )
        )
    return made


def symbol(each: Symbol, lines: Lines) -> types.DocumentSymbol:
    kind = types.SymbolKind.Event if each.kind == "rule" else types.SymbolKind.Array
    return types.DocumentSymbol(
        name=each.name,
        detail=each.detail or None,
        kind=kind,
        range=span(lines, each.start, each.end),
        selection_range=span(lines, each.name_start, each.name_end),
    )


def action(each: Correction, about: types.Diagnostic, uri: str, lines: Lines) -> types.CodeAction:
    edit = types.TextEdit(range=span(lines, each.start, each.end), new_text=each.text)
    return types.CodeAction(
        title=each.title,
        kind=types.CodeActionKind.QuickFix,
        diagnostics=[about],
        edit=types.WorkspaceEdit(changes={uri: [edit]}),
        is_preferred=True,
    )
