"""The language server: requests of an editor → the pure functions of this package → answers.

Checks wait until nobody has typed for a moment, run one at a time in a thread, and are dropped when the text has
moved on. Nothing is done while nothing is asked.
"""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from compliance import __version__
from compliance.editor import protocol
from compliance.editor.actions import correction
from compliance.editor.check import LARGEST, Checked
from compliance.editor.completion import completions
from compliance.editor.definition import definition
from compliance.editor.hover import hover
from compliance.editor.lines import Lines, Units
from compliance.editor.load import Folders
from compliance.editor.symbols import symbols
from compliance.editor.workspace import Workspace
from compliance.lang.diagnostics import Language
from compliance.lang.layout import formatted
from compliance.model.errors import ComplianceError

PAUSE = 0.3
"""Seconds without typing after which a text is checked."""

_TRIGGERS = [" ", "(", "（", "、", "=", ".", '"', "「"]
_WATCHED = "**/*.{rule,yaml}"
_log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class RuleServer(LanguageServer):
    """`language`: of the diagnostics."""

    def __init__(self, folders: Folders, language: Language) -> None:
        super().__init__("compliance", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.rules = Workspace(folders)
        self.language = language
        self._uris: dict[str, str] = {}  # as the editor writes them, by path
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._checking = asyncio.Lock()
        self._found: dict[str, tuple[str, Checked]] = {}
        self._concerned: dict[str, set[str]] = {}  # closed files that were told about because of an open one
        self._reported: set[str] = set()  # paths with problems
        self._ready = asyncio.Event()
        self.was_shut_down = False

    @property
    def units(self) -> Units:
        return cast("Units", str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding)))

    def lines(self, text: str) -> Lines:
        return Lines(text, self.units)

    def uri(self, path: str) -> str:
        return self._uris.get(path) or protocol.uri_of(path)

    def edited(self, uri: str, text: str, *, reread: bool) -> None:
        """A document was opened, saved or changed; `reread`: look on the disk as well."""
        path = protocol.path_of(uri)
        self._uris[path] = uri
        self.rules.edit(path, text)
        self._schedule(path, 0 if reread else PAUSE, reread=reread)

    def closed(self, uri: str) -> None:
        path = protocol.path_of(uri)
        task = self._checks.pop(path, None)
        if task is not None:
            task.cancel()
        self.rules.close(path)
        self._found.pop(path, None)
        for each in {path, *self._concerned.pop(path, ())} - set(self.rules.paths):
            self._publish(each, [])

    def recheck(self) -> None:
        """Files beside the open documents have changed."""
        for path in self.rules.paths:
            self._schedule(path, PAUSE, reread=True)
        if not self.rules.paths:
            self._schedule("", PAUSE, reread=True)

    def _schedule(self, path: str, pause: float, *, reread: bool) -> None:
        before = self._checks.get(path)
        if before is not None and not before.done():
            before.cancel()
            reread = reread or getattr(before, "reread", False)
        task = asyncio.create_task(self._check(path, pause, reread=reread))
        task.reread = reread  # type: ignore[attr-defined]  # not to be lost when it is put off
        self._checks[path] = task

    async def _check(self, path: str, pause: float, *, reread: bool) -> None:
        await asyncio.sleep(pause)
        async with self._checking:
            try:
                if reread or not self._ready.is_set():
                    await self.reread()
                found = await asyncio.to_thread(self.rules.check, path) if path else {}
            except ComplianceError as error:
                self._show(str(error))
                return
            except Exception:  # noqa: BLE001  # a check that fails must not end the server
                _log.exception("%s: not checked", path)
                return
            finally:
                self._ready.set()
        self._concerned.setdefault(path, set()).update(found.keys() - {path})
        for each, (text, checked) in found.items():
            current = self.rules.text(each)
            if current is None or current == text:
                self._tell(each, text, checked)

    async def reread(self) -> None:
        """Reads what has changed on disk, and tells what is wrong with it."""
        roots = [Path(protocol.path_of(folder.uri)) for folder in self.workspace.folders.values()]
        await asyncio.to_thread(self.rules.refresh, roots)
        self._ready.set()
        problems: dict[str, list[types.Diagnostic]] = {}
        for problem in self.rules.knowledge().problems:
            problems.setdefault(problem.path, []).append(protocol.problem(problem))
        for path in self._reported - problems.keys():
            self._publish(path, [])
        self._reported = {path for path in problems if Path(path).is_absolute()}
        for path, told in problems.items():
            if path in self._reported:
                self._publish(path, told)
            else:
                self._show(told[0].message)

    def _tell(self, path: str, text: str, checked: Checked) -> None:
        self._found[path] = text, checked
        lines = self.lines(text)
        unreadable = self.rules.encoding_problem(path)
        told = [protocol.problem(unreadable)] if unreadable else []
        if checked.too_large:
            told.append(protocol.remark(f"超过 {LARGEST:,} 字的文件在编辑时不检查；用 compliance policy check 检查。"))
        if not (unreadable and "\N{REPLACEMENT CHARACTER}" in text):
            told += [protocol.diagnostic(each, lines, self.language, self.uri) for each in checked.diagnostics]
        self._publish(path, told)

    def _publish(self, path: str, told: list[types.Diagnostic]) -> None:
        self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri=self.uri(path), diagnostics=told))

    def _show(self, text: str) -> None:
        self.window_show_message(types.ShowMessageParams(type=types.MessageType.Error, message=text))

    async def answer(self, uri: str, work: Callable[[str, str], Answer]) -> Answer | None:
        """What `work` makes of path and text of an open document, in a thread; None for one that is not open."""
        path = protocol.path_of(uri)
        text = self.rules.text(path)
        if text is None:
            return None
        await self._ready.wait()
        return await asyncio.to_thread(work, path, text)

    def found(self, path: str, text: str) -> Checked | None:
        """What the last check said of just this text."""
        checked = self._found.get(path)
        return checked[1] if checked and checked[0] == text else None


def serve(folders: Folders, language: Language, stdin: BinaryIO, stdout: BinaryIO) -> bool:
    """Until the editor goes; whether it said good-bye."""
    server = made(folders, language)
    server.start_io(stdin, stdout)
    return server.was_shut_down


def made(folders: Folders, language: Language) -> RuleServer:
    """A server with everything that it can be asked."""
    server = RuleServer(folders, language)
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
        checked = ls.found(path, text)
        found = checked.diagnostics if checked else ()
        told = hover(text, lines.offset(protocol.place(params.position)), ls.rules.knowledge(), path, found)
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
        checked = ls.found(path, text)
        lines = ls.lines(text)
        start, end = (lines.offset(protocol.place(at)) for at in (params.range.start, params.range.end))
        actions = []
        for each in checked.diagnostics if checked else ():
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
