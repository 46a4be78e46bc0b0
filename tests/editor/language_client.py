"""An editor: starts `compliance policy lsp` as a process of its own and speaks with it over its standard streams."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from lsprotocol import types
from pygls.lsp.client import LanguageClient

PATIENCE = 120
"""Seconds after which a message that never comes is a failure."""


class Editor(LanguageClient):
    """`told`: the latest diagnostics by address of the document."""

    def __init__(self) -> None:
        super().__init__("test", "1")
        self.told: dict[str, list[types.Diagnostic]] = {}
        self._news = asyncio.Event()

        @self.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: types.PublishDiagnosticsParams) -> None:
            self.told[params.uri] = list(params.diagnostics)
            self._news.set()

    async def diagnostics(self, uri: str) -> list[types.Diagnostic]:
        """The next ones that are published for a document."""
        while uri not in self.told:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), PATIENCE)
        return self.told.pop(uri)

    async def settles(self, uri: str, codes: set[str]) -> None:
        """Waits until just these codes are told of a document."""
        while {each.code for each in await self.diagnostics(uri)} != codes:
            pass

    def open(self, file: Path, text: str) -> str:
        uri = file.as_uri()
        document = types.TextDocumentItem(uri=uri, language_id="compliance-rule", version=1, text=text)
        self.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return uri

    def change(self, uri: str, text: str, version: int = 2) -> None:
        document = types.VersionedTextDocumentIdentifier(uri=uri, version=version)
        change = types.TextDocumentContentChangeWholeDocument(text=text)
        self.text_document_did_change(types.DidChangeTextDocumentParams(document, [change]))

    async def leave(self) -> tuple[int, str]:
        """Says good-bye; the exit code of the server, and what it wrote to standard error."""
        server = self._server
        assert server is not None
        assert server.stderr is not None
        await asyncio.wait_for(self.shutdown_async(None), PATIENCE)
        self.exit(None)
        errors = await asyncio.wait_for(server.stderr.read(), PATIENCE)
        code = await asyncio.wait_for(server.wait(), PATIENCE)
        return code, errors.decode("utf-8", "replace")


@asynccontextmanager
async def editor(folder: Path, *arguments: str) -> AsyncIterator[Editor]:
    """An editor with the folder open, its server initialised; the server has to end well and to write no error."""
    client = Editor()
    await client.start_io(sys.executable, "-m", "compliance.cli.main", "policy", "lsp", *arguments, cwd=str(folder))
    completion = types.ClientCompletionItemOptions(snippet_support=True)
    text_document = types.TextDocumentClientCapabilities(
        completion=types.CompletionClientCapabilities(completion_item=completion)
    )
    await asyncio.wait_for(
        client.initialize_async(
            types.InitializeParams(
                capabilities=types.ClientCapabilities(text_document=text_document),
                workspace_folders=[types.WorkspaceFolder(uri=folder.as_uri(), name="rules")],
            )
        ),
        PATIENCE,
    )
    client.initialized(types.InitializedParams())
    yield client
    code, errors = await client.leave()
    assert (code, errors) == (0, "")
    await client.stop()
