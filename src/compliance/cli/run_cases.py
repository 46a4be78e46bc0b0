"""What `compliance cases` does."""

from pathlib import Path

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError
from rich.console import Console

from compliance.meaning.nearest import Nearest
from compliance.model.errors import ReadError
from compliance.words.masking import mask


class Case(BaseModel):
    """A past case as far as it is compared; other fields are allowed and ignored."""

    model_config = ConfigDict(extra="ignore")

    id: str = ""
    kind: str = ""
    text: str = Field(min_length=1)


def similar(text: str, file: Path, most: int) -> None:
    """Prints the nearest cases, masked. Raises ReadError naming file and line."""
    cases = read(file)
    console = Console(highlight=False)
    found = Nearest([case.text for case in cases]).like(text, most)
    for alike in found:
        case = cases[alike.number]
        named = "  ".join(part for part in (case.id, case.kind) if part)
        console.print(mask(f"{alike.likeness:.2f}  {named}  {case.text}"), markup=False, soft_wrap=True)
    if not found:
        console.print("没有相近的案例。")


def read(file: Path) -> list[Case]:
    try:
        lines = file.read_bytes().split(b"\n")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "路径不合法"
        raise ReadError(f"文件打不开（{reason}）", place=str(file), remedy="检查路径与权限") from error
    cases = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            cases.append(Case.model_validate(orjson.loads(line)))
        except (ValidationError, ValueError) as error:
            problem = "不是一个带 text 的 JSON 对象"
            raise ReadError(problem, place=f"{file} 第{number}行", remedy="每行写一个案例") from error
    if not cases:
        raise ReadError("文件里没有案例", place=str(file), remedy="每行写一个案例")
    return cases
