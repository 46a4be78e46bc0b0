"""The language server: what is open, and when it is checked. What it can be asked is in features.py.

Checks wait until nobody has typed for a moment, run one at a time in a thread, and are dropped when the text has
moved on. Nothing is done while nothing is asked.
"""

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar, cast

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from compliance import __version__
from compliance.editor import examples, overlaps, protocol
from compliance.editor.check import LARGEST, Checked
from compliance.editor.examples import Failure
from compliance.editor.lines import Lines, Units
from compliance.editor.load import Folders
from compliance.editor.overlaps import Overlap
from compliance.editor.workspace import Workspace
from compliance.lang.diagnostics import Diagnostic, Language, ordered
from compliance.meaning.reader import Reader
from compliance.model.errors import ComplianceError

PAUSE = 0.3
"""Seconds without typing after which a text is checked."""

LONGER_PAUSE = 0.7
"""Seconds without typing after that, after which its examples are run, and its rules compared with all others."""

_log = logging.getLogger(__name__)
Answer = TypeVar("Answer")


class RuleServer(LanguageServer):
    """`language`: of the diagnostics."""

    def __init__(self, folders: Folders, language: Language, reader: Reader) -> None:
        super().__init__("compliance", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.rules = Workspace(folders, reader)
        self.language = language
        self._uris: dict[str, str] = {}  # as the editor writes them, by path
        self._checks: dict[str, asyncio.Task[None]] = {}
        self._checking = asyncio.Lock()
        self._found: dict[str, tuple[str, list[Diagnostic]]] = {}
        self._later: dict[str, tuple[tuple[Failure, ...], tuple[Overlap, ...]]] = {}  # as they were last found
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
        self._later.pop(path, None)
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
            if self.rules.text(each) in {None, text}:
                self._tell(each, text, checked)
        if path in found:
            await self._look_further(path, *found[path])

    async def _look_further(self, path: str, text: str, checked: Checked) -> None:
        """Runs the examples, and compares the rules with those of all files, one file at a time."""
        await asyncio.sleep(LONGER_PAUSE)
        try:
            async with self._checking:
                failed = await asyncio.to_thread(self.rules.examples, checked)
            self._tell_later(path, text, checked, failed, self._later.get(path, ((), ()))[1])
            for other in await asyncio.to_thread(self.rules.uncompared):
                async with self._checking:
                    await asyncio.to_thread(self.rules.compare, other)
            async with self._checking:
                found = await asyncio.to_thread(self.rules.overlaps, path, checked)
            self._tell_later(path, text, checked, failed, found)
        except ComplianceError as error:
            self._show(str(error))
        except Exception:  # noqa: BLE001  # as above
            _log.exception("%s: not looked at further", path)

    def _tell_later(
        self, path: str, text: str, checked: Checked, failed: tuple[Failure, ...], found: tuple[Overlap, ...]
    ) -> None:
        if (failed, found) != self._later.get(path, ((), ())) and self.rules.text(path) == text:
            self._later[path] = failed, found
            self._tell(path, text, checked)

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
        failed, found = self._later.get(path, ((), ()))
        later = [*examples.placed(failed, path, checked), *overlaps.placed(found, path, checked)]
        diagnostics = ordered([*checked.diagnostics, *later])
        self._found[path] = text, diagnostics
        lines = self.lines(text)
        unreadable = self.rules.encoding_problem(path)
        told = [protocol.problem(unreadable)] if unreadable else []
        if checked.too_large:
            told.append(protocol.remark(f"超过 {LARGEST:,} 字的文件在编辑时不检查；用 compliance policy check 检查。"))
        if not (unreadable and "\N{REPLACEMENT CHARACTER}" in text):
            told += [protocol.diagnostic(each, lines, self.language, self.uri) for each in diagnostics]
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

    def found(self, path: str, text: str) -> list[Diagnostic]:
        """What the last check said of just this text."""
        of, diagnostics = self._found.get(path, ("", []))
        return diagnostics if of == text else []
