"""Rule files → (path as shown to people, text)."""

from collections.abc import Sequence
from pathlib import Path

from compliance.lang.catalogue import CATALOGUE
from compliance.model.errors import LawError


def read_rule_files(folders: Sequence[Path]) -> list[tuple[str, str]]:
    """All `*.rule` files below the folders, or the file itself where a path is one; later replaces earlier.

    A team's file with the same path below its folder replaces the shipped one.

    Raises:
        LawError: a path is missing, a folder holds nothing that belongs to a release, or a file is not UTF-8.
    """
    found: dict[str, tuple[str, str]] = {}
    seen: set[Path] = set()
    for folder in folders:
        if folder.is_file():
            if folder.resolve() not in seen:
                seen.add(folder.resolve())
                found[str(folder)] = (str(folder), read_rule_file(folder))
            continue
        if not folder.is_dir():
            raise LawError(
                "规则文件夹不存在", place=str(folder), remedy="检查 --policies 或 COMPLIANCE_POLICIES 指向的路径"
            )
        files = sorted(folder.rglob("*.rule"))
        if not files and not (folder / "laws").is_dir() and not (folder / "facts.yaml").is_file():
            raise LawError("里面没有规则文件", place=str(folder), remedy="放入 .rule 文件，或者 laws/、facts.yaml")
        for file in files:
            if file.resolve() in seen:
                continue  # a folder below one that was read already
            seen.add(file.resolve())
            found[str(file.relative_to(folder))] = (str(file), read_rule_file(file))
    return list(found.values())


def read_rule_file(file: Path) -> str:
    """The text of one file, line ends made plain. Raises LawError when it cannot be read or is not UTF-8."""
    try:
        return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    except OSError as error:
        raise LawError(f"文件打不开（{error.strerror}）", place=str(file), remedy="检查路径与权限") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        values = {"guess_zh": "，像是 GB18030" if _is_gb18030(error.object) else ""}
        told = CATALOGUE["E038"]
        problem = f"[E038] {told.zh.format_map(values)}"
        raise LawError(problem, place=f"{file}:{line}", remedy=told.fix_zh) from error


def _is_gb18030(data: bytes) -> bool:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return True
