"""`compliance policy lsp` as editors use it: a process of its own, the protocol over standard input and output."""

import asyncio
import os
import pty
import subprocess
import sys
from collections.abc import Coroutine
from pathlib import Path

from editor_samples import at_cursor
from language_client import PATIENCE, Editor, editor
from lsprotocol import types

from compliance.editor.check import LARGEST
from compliance.editor.lines import Lines

GOOD = """\
词组 房屋名 = "样板间" 、 "毛坯房"

规则 HOUSE-ABS-001 「😀𠮷房」
  类型 absolute-claim
  依据 广告法 第九条第三项
  罚则 广告法 第五十七条
  生效 2015-09-01 起
  环节 script
  等级 high
  处置 修改
  改为 「删去“{命中}”」
  当   出现 房屋名
  例 「😀𠮷 样板间」 应报 于 「样板间」
  例 「别的」 不报
"""


def run(session: Coroutine[object, object, None]) -> None:
    asyncio.run(asyncio.wait_for(session, 2 * PATIENCE))


def where(text: str, cursor: int) -> types.Position:
    place = Lines(text).place(cursor)
    return types.Position(place.line, place.column)


def covered(text: str, span: types.Range) -> str:
    """What an editor underlines: columns are counted in UTF-16 units of the lines."""
    assert span.start.line == span.end.line
    line = text.split("\n")[span.start.line].encode("utf-16-le")
    return line[2 * span.start.character : 2 * span.end.character].decode("utf-16-le")


async def diagnoses(ed: Editor, uri: str) -> None:
    """Mistakes are underlined as they are made, and one of them is mended."""
    broken = GOOD.replace("广告法 第九条", "广告发 第九条").replace("样板间」 应报", "样板间」 应抱")
    ed.change(uri, broken)
    law, example = await ed.diagnostics(uri)
    assert (law.code, covered(broken, law.range)) == ("E008", "广告发 第九条第三项")
    assert (example.code, covered(broken, example.range)) == ("E001", "应抱")
    assert law.severity is types.DiagnosticSeverity.Error
    assert law.code_description is not None
    assert law.code_description.href.endswith("diagnostics.md#e008")
    context = types.CodeActionContext([law])
    asked = types.CodeActionParams(types.TextDocumentIdentifier(uri), law.range, context)
    (action,) = await ed.text_document_code_action_async(asked) or []
    assert isinstance(action, types.CodeAction)
    assert action.edit is not None
    assert action.edit.changes is not None
    (edit,) = action.edit.changes[uri]
    assert isinstance(edit, types.TextEdit)
    assert (covered(broken, edit.range), edit.new_text) == ("广告发", "广告法")


async def completes(ed: Editor, uri: str) -> None:
    text, cursor = at_cursor(GOOD.replace("出现 房屋名", "出现 房‸"))
    ed.change(uri, text, 3)
    assert {told.code for told in await ed.diagnostics(uri)} == {"E006", "W101"}
    asked = types.CompletionParams(types.TextDocumentIdentifier(uri), where(text, cursor))
    offered = await ed.text_document_completion_async(asked)
    assert isinstance(offered, types.CompletionList)
    item = next(item for item in offered.items if item.label == "房屋名")
    assert isinstance(item.text_edit, types.TextEdit)
    assert covered(text, item.text_edit.range) == "房"


async def explains(ed: Editor, uri: str) -> None:
    """Hover, definition and outline of a text with characters of two UTF-16 units."""
    text, cursor = at_cursor(GOOD.replace("广告法 第九条第三项", "广告法 第九条‸第三项"))
    document = types.TextDocumentIdentifier(uri)
    ed.change(uri, text, 4)
    assert await ed.diagnostics(uri) == []
    shown = await ed.text_document_hover_async(types.HoverParams(document, where(text, cursor)))
    assert shown is not None
    assert isinstance(shown.contents, types.MarkupContent)
    assert "生效：2015-09-01 起" in shown.contents.value
    assert shown.range is not None
    assert covered(text, shown.range) == "第九条第三项"
    found = await ed.text_document_definition_async(types.DefinitionParams(document, where(text, cursor)))
    assert isinstance(found, list | tuple)
    (place,) = found
    assert isinstance(place, types.Location)
    assert place.uri.endswith("/policies/laws/ad-law.yaml")
    outline = await ed.text_document_document_symbol_async(types.DocumentSymbolParams(document))
    assert outline is not None
    assert [each.name for each in outline] == ["房屋名", "HOUSE-ABS-001"]
    assert isinstance(outline[1], types.DocumentSymbol)
    assert covered(text, outline[1].selection_range) == "HOUSE-ABS-001"


async def formats(ed: Editor, uri: str) -> None:
    options = types.FormattingOptions(tab_size=2, insert_spaces=True)
    asked = types.DocumentFormattingParams(types.TextDocumentIdentifier(uri), options)
    ed.change(uri, GOOD.replace("  等级 high", "  等级   high"), 5)
    (edit,) = await ed.text_document_formatting_async(asked) or []
    assert "\n  等级 high\n" in edit.new_text
    assert edit.range.start == types.Position(0, 0)
    assert edit.range.end == where(GOOD, len(GOOD))
    ed.change(uri, edit.new_text, 6)
    assert not await ed.text_document_formatting_async(asked)


async def runs_examples(ed: Editor, uri: str) -> None:
    """An example that does not hold is told, and no more once it does."""
    ed.change(uri, GOOD.replace("「别的」 不报", "「样板间」 不报"), 7)
    await ed.settles(uri, {"E030"})
    ed.change(uri, GOOD, 8)
    await ed.settles(uri, set())


def test_a_session(tmp_path: Path) -> None:
    async def session() -> None:
        async with editor(tmp_path) as ed:
            uri = ed.open(tmp_path / "house.rule", GOOD)
            assert await ed.diagnostics(uri) == []
            for step in (diagnoses, completes, explains, formats, runs_examples):
                await step(ed, uri)

    run(session())


def test_what_is_no_rule_file_does_not_end_it(tmp_path: Path) -> None:
    """Bytes of another encoding, a huge file, unbalanced quotes, a document that was never opened."""

    async def session(ed: Editor) -> None:
        foreign = tmp_path / "gb.rule"
        foreign.write_bytes(GOOD.encode("gb18030"))
        (told,) = await ed.diagnostics(ed.open(foreign, foreign.read_bytes().decode("utf-8", "replace")))
        assert told.code == "E038"
        (told,) = await ed.diagnostics(ed.open(tmp_path / "huge.rule", "规则 " * LARGEST))
        assert "policy check" in told.message
        uri = ed.open(tmp_path / "torn.rule", '规则 「"“/ 当 (((\x00\ud7ff\r')
        codes = {each.code for each in await ed.diagnostics(uri)}
        assert "E002" in codes
        for name in ("gb", "huge", "torn", "never-opened"):
            document = types.TextDocumentIdentifier((tmp_path / f"{name}.rule").as_uri())
            for place in (types.Position(0, 0), types.Position(0, 7), types.Position(900, 900)):
                await ed.text_document_completion_async(types.CompletionParams(document, place))
                await ed.text_document_hover_async(types.HoverParams(document, place))
                await ed.text_document_definition_async(types.DefinitionParams(document, place))
            await ed.text_document_document_symbol_async(types.DocumentSymbolParams(document))
            options = types.FormattingOptions(tab_size=2, insert_spaces=True)
            edits = await ed.text_document_formatting_async(types.DocumentFormattingParams(document, options))
            assert not edits
        ed.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        assert await ed.diagnostics(uri) == []

    async def whole() -> None:
        async with editor(tmp_path) as ed:
            await session(ed)

    run(whole())


def test_the_same_id_in_two_files(tmp_path: Path) -> None:
    """Told in English where that is asked for, with a link to the other place."""
    (tmp_path / "a.rule").write_text(GOOD, "utf-8")
    other = GOOD.replace("房屋名", "楼盘名")

    async def session() -> None:
        async with editor(tmp_path, "--lang", "en", "--stdio") as ed:
            unused, told = await ed.diagnostics(ed.open(tmp_path / "b.rule", other))
            assert (unused.code, told.code) == ("W101", "E007")
            assert told.message.startswith("`HOUSE-ABS-001` is defined already")
            (related,) = told.related_information or []
            assert related.location.uri == (tmp_path / "a.rule").as_uri()
            assert related.location.range.start.line == 2

    run(session())


def test_what_changes_around_an_open_document(tmp_path: Path) -> None:
    """Other files on the disk, and the document itself many times in a row."""
    facts = tmp_path / "facts.yaml"
    for name in ("a.rule", "z.rule"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    facts.write_text("facts: []\nevidence: []\n", "utf-8")
    changed = types.DidChangeWatchedFilesParams([types.FileEvent(facts.as_uri(), types.FileChangeType.Changed)])

    async def session() -> None:
        async with editor(tmp_path) as ed:
            uri = ed.open(tmp_path / "a.rule", GOOD)
            other = (tmp_path / "z.rule").as_uri()
            assert await ed.diagnostics(uri) == []
            assert {told.code for told in await ed.diagnostics(other)} == {"E007", "W101"}

            facts.write_text("facts: [\n", "utf-8")
            ed.workspace_did_change_watched_files(changed)
            (told,) = await ed.diagnostics(facts.as_uri())
            assert "不是合格的 YAML" in told.message
            facts.write_text("facts: []\nevidence: []\n", "utf-8")
            ed.workspace_did_change_watched_files(changed)
            assert await ed.diagnostics(facts.as_uri()) == []

            ed.told.clear()
            for version in range(2, 40):
                ed.change(uri, GOOD[: -version * 5], version)
            ed.change(uri, GOOD.replace("HOUSE-ABS-001", "HOUSE-ABS-002"), 40)
            await ed.settles(uri, set())
            await ed.settles(other, set())

            ed.change(uri, GOOD, 41)
            await ed.settles(other, {"E007", "W101"})
            ed.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
            assert await ed.diagnostics(other) == []

    run(session())


def test_at_a_terminal_it_says_who_starts_it(tmp_path: Path) -> None:
    leader, terminal = pty.openpty()
    line = [sys.executable, "-m", "compliance.cli.main", "policy", "lsp"]
    ran = subprocess.run(line, cwd=tmp_path, stdin=terminal, capture_output=True, timeout=PATIENCE, check=False)
    os.close(leader)
    os.close(terminal)
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert ran.stderr.decode() == "错误：这个命令由编辑器启动，在终端里没有用；用法见 docs/editor.md。\n"


def test_an_editor_that_just_goes_is_a_3(tmp_path: Path) -> None:
    line = [sys.executable, "-m", "compliance.cli.main", "policy", "lsp"]
    ran = subprocess.run(line, cwd=tmp_path, input=b"", capture_output=True, timeout=PATIENCE, check=False)
    assert (ran.returncode, ran.stdout, ran.stderr) == (3, b"", b"")


def test_without_the_extra_one_sentence_says_how_to_get_it(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pygls'] = None\nfrom compliance.cli.main import app\napp(['policy', 'lsp'])"
    line = [sys.executable, "-c", code]
    ran = subprocess.run(line, cwd=tmp_path, input=b"", capture_output=True, timeout=PATIENCE, check=False)
    assert (ran.returncode, ran.stdout) == (3, b"")
    assert ran.stderr.decode() == "错误：没有安装编辑器支持（pygls）；运行 pip install 'compliance[editor]'。\n"


def test_messages_that_make_no_sense_do_not_end_it(tmp_path: Path) -> None:
    """What follows is still answered."""
    nonsense = [b"{", b"[]", b'{"jsonrpc": "2.0", "id": 1, "method": "no/such"}', b"\xff\xfe"]
    asked = b'{"jsonrpc": "2.0", "id": 7, "method": "initialize", "params": {"capabilities": {}, "rootUri": null}}'
    good_bye = [b'{"jsonrpc": "2.0", "id": 8, "method": "shutdown"}', b'{"jsonrpc": "2.0", "method": "exit"}']
    sent = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(each), each) for each in [*nonsense, asked, *good_bye])
    line = [sys.executable, "-m", "compliance.cli.main", "policy", "lsp"]
    ran = subprocess.run(line, cwd=tmp_path, input=sent, capture_output=True, timeout=PATIENCE, check=False)
    assert b'"completionProvider"' in ran.stdout
    assert ran.returncode == 0
