"""What an editor may ask of the language server: each request handed to the function that answers it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from lsprotocol import types

from compliance.editor import protocol
from compliance.editor.actions import correction
from compliance.editor.check import LARGEST
from compliance.editor.completion import completions
from compliance.editor.definition import definition
from compliance.editor.hover import hover
from compliance.editor.load import Folders
from compliance.editor.server import RuleServer
from compliance.editor.symbols import symbols
from compliance.lang.diagnostics import Language
from compliance.lang.layout import formatted
from compliance.meaning.reader import Reader

_TRIGGERS = [" ", "(", "（", "、", "=", ".", '"', "「"]
_WATCHED = "**/*.{rule,yaml}"


def serve(folders: Folders, language: Language, reader: Reader, stdin: BinaryIO, stdout: BinaryIO) -> bool:
    """Until the editor goes; whether it said good-bye."""
    server = made(folders, language, reader)
    server.start_io(stdin, stdout)
    return server.was_shut_down


def made(folders: Folders, language: Language, reader: Reader) -> RuleServer:
    """A server with everything that it can be asked."""
    server = RuleServer(folders, language, reader)
    for method, (options, handler) in _FEATURES.items():
        server.feature(method, options)(handler)
    return server


async def _initialized(ls: RuleServer, _: types.InitializedParams) -> None:
    watched = ls.client_capabilities.workspace and ls.client_capabilities.workspace.did_change_watched_files
    if watched and watched.dynamic_registration:
        watchers = [types.FileSystemWatcher(glob_pattern=_WATCHED)]
        registration = types.Registration(
            id="rules",
            method=types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
            register_options=types.DidChangeWatchedFilesRegistrationOptions(watchers=watchers),
        )
        await ls.client_register_capability_async(types.RegistrationParams(registrations=[registration]))


def _opened(ls: RuleServer, params: types.DidOpenTextDocumentParams) -> None:
    ls.edited(params.text_document.uri, params.text_document.text, reread=True)


def _changed(ls: RuleServer, params: types.DidChangeTextDocumentParams) -> None:
    if params.content_changes:
        ls.edited(params.text_document.uri, params.content_changes[-1].text, reread=False)


def _saved(ls: RuleServer, params: types.DidSaveTextDocumentParams) -> None:
    text = ls.rules.text(protocol.path_of(params.text_document.uri))
    if text is not None:
        ls.edited(params.text_document.uri, text, reread=True)


def _closed(ls: RuleServer, params: types.DidCloseTextDocumentParams) -> None:
    ls.closed(params.text_document.uri)


def _watched(ls: RuleServer, _: types.DidChangeWatchedFilesParams) -> None:
    ls.recheck()


def _shut_down(ls: RuleServer, _: object) -> None:
    ls.was_shut_down = True


async def _complete(ls: RuleServer, params: types.CompletionParams) -> types.CompletionList | None:
    completion = ls.client_capabilities.text_document and ls.client_capabilities.text_document.completion
    snippets = bool(completion and completion.completion_item and completion.completion_item.snippet_support)

    def work(_: str, text: str) -> types.CompletionList:
        lines = ls.lines(text)
        items = completions(text, lines.offset(protocol.place(params.position)), ls.rules.knowledge())
        return types.CompletionList(is_incomplete=False, items=protocol.completion(items, lines, snippets=snippets))

    return await ls.answer(params.text_document.uri, work)


async def _hover(ls: RuleServer, params: types.HoverParams) -> types.Hover | None:
    def work(path: str, text: str) -> types.Hover | None:
        lines = ls.lines(text)
        offset = lines.offset(protocol.place(params.position))
        told = hover(text, offset, ls.rules.knowledge(), path, ls.found(path, text))
        if told is None:
            return None
        contents = types.MarkupContent(kind=types.MarkupKind.Markdown, value=told.text)
        return types.Hover(contents=contents, range=protocol.span(lines, told.start, told.end))

    return await ls.answer(params.text_document.uri, work)


async def _definition(ls: RuleServer, params: types.DefinitionParams) -> list[types.Location] | None:
    def work(path: str, text: str) -> list[types.Location]:
        def read(other: str) -> str:
            return ls.rules.text(other) or Path(other).read_bytes().decode("utf-8-sig")

        offset = ls.lines(text).offset(protocol.place(params.position))
        knowledge = ls.rules.knowledge()
        targets = definition(text, offset, path, knowledge, read)
        texts = {each.path: knowledge.files.get(each.path) or read(each.path) for each in targets}
        return [
            types.Location(ls.uri(each.path), protocol.span(ls.lines(texts[each.path]), each.start, each.end))
            for each in targets
        ]

    return await ls.answer(params.text_document.uri, work)


async def _format(ls: RuleServer, params: types.DocumentFormattingParams) -> list[types.TextEdit] | None:
    def work(path: str, text: str) -> list[types.TextEdit] | None:
        made = formatted(text, path)[0] if len(text) <= LARGEST else None
        if made is None or made == text:
            return None
        return [types.TextEdit(range=protocol.span(ls.lines(text), 0, len(text)), new_text=made)]

    return await ls.answer(params.text_document.uri, work)


async def _outline(ls: RuleServer, params: types.DocumentSymbolParams) -> list[types.DocumentSymbol] | None:
    def work(_: str, text: str) -> list[types.DocumentSymbol]:
        lines = ls.lines(text)
        return [protocol.symbol(each, lines) for each in symbols(text)]

    return await ls.answer(params.text_document.uri, work)


async def _correct(ls: RuleServer, params: types.CodeActionParams) -> list[types.CodeAction] | None:
    def work(path: str, text: str) -> list[types.CodeAction]:
        lines = ls.lines(text)
        start, end = (lines.offset(protocol.place(at)) for at in (params.range.start, params.range.end))
        actions = []
        for each in ls.found(path, text):
            cure = correction(each, text) if each.at.start <= end and start <= each.at.end else None
            if cure is not None:
                told = protocol.diagnostic(each, lines, ls.language, ls.uri)
                actions.append(protocol.action(cure, told, params.text_document.uri, lines))
        return actions

    return await ls.answer(params.text_document.uri, work)


_FEATURES: dict[str, tuple[Any, Callable[..., Any]]] = {
    types.INITIALIZED: (None, _initialized),
    types.SHUTDOWN: (None, _shut_down),
    types.TEXT_DOCUMENT_DID_OPEN: (None, _opened),
    types.TEXT_DOCUMENT_DID_CHANGE: (None, _changed),
    types.TEXT_DOCUMENT_DID_SAVE: (None, _saved),
    types.TEXT_DOCUMENT_DID_CLOSE: (None, _closed),
    types.WORKSPACE_DID_CHANGE_WATCHED_FILES: (None, _watched),
    types.TEXT_DOCUMENT_COMPLETION: (types.CompletionOptions(trigger_characters=_TRIGGERS), _complete),
    types.TEXT_DOCUMENT_HOVER: (None, _hover),
    types.TEXT_DOCUMENT_DEFINITION: (None, _definition),
    types.TEXT_DOCUMENT_FORMATTING: (None, _format),
    types.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (None, _outline),
    types.TEXT_DOCUMENT_CODE_ACTION: (
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix]),
        _correct,
    ),
}
