"""What `compliance policy lsp` does."""

import os
import sys

from compliance.cli.configuration import Folders, model_in_use
from compliance.cli.failure import COULD_NOT_REVIEW
from compliance.editor import load
from compliance.lang.diagnostics import Language
from compliance.meaning.reader import Reader
from compliance.model.errors import ComplianceError


def run(folders: Folders, language: Language) -> int:
    """Serves an editor on standard input and output; the exit code: 0 when the editor said good-bye.

    Raises ComplianceError when there is no editor, or the library that speaks with editors is not installed.
    """
    try:
        from compliance.editor import features  # noqa: PLC0415  # an optional extra
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"pygls", "lsprotocol"}:
            raise
        remedy = "运行 pip install 'compliance[editor]'"
        raise ComplianceError("没有安装编辑器支持（pygls）", remedy=remedy) from error
    if sys.stdin is None or sys.stdin.isatty():
        raise ComplianceError("这个命令由编辑器启动，在终端里没有用", remedy="用法见 docs/editor.md")
    model = model_in_use()
    # What is written to standard output by mistake must not get between the messages.
    incoming, outgoing = os.dup(0), os.dup(1)
    os.dup2(2, 1)
    with os.fdopen(incoming, "rb") as stdin, os.fdopen(outgoing, "wb") as stdout:
        chosen = load.Folders(folders.policies, folders.lexicons)
        said_good_bye = features.serve(chosen, language, Reader(model.load), stdin, stdout)
        return 0 if said_good_bye else COULD_NOT_REVIEW
