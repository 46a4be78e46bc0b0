"""Which columns of a sheet hold the words, the time, the speaker and the product."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from openpyxl.utils import column_index_from_string

# A row: its 1-based number, and its values that are not empty by 1-based column.
Row = tuple[int, Mapping[int, object]]

_WORDS = ("话术", "台词", "口播", "文案", "脚本", "逐字稿", "对白", "旁白", "讲解词", "解说词", "念白")
_WORDS_EN = ("words", "script", "line", "lines", "copy", "transcript", "speech")
_CONTENT = ("内容", "正文", "文本", "文字", "字幕", "讲解", "text", "content")
_NOT_WORDS = re.compile(
    "备注|类型|分类|类别|编号|序号|名称|标题|来源|字数|时长|时间|要求|风格|目的|作者|链接|状态|审核|画面|镜头|景别|道具|动作"
)
_ROLES = {
    "start": ("时间", "时段", "时间段", "时间点", "时间轴", "开始", "开始时间", "起始", "起始时间", "time", "start"),
    "end": ("结束", "结束时间", "截止", "end"),
    "speaker": ("主播", "说话人", "角色", "发言人", "讲解人", "出镜人", "speaker", "role", "host"),
    "product": ("商品", "产品", "品名", "商品名", "产品名", "商品名称", "产品名称", "单品", "款式", "product", "item"),
}
_HEAD_ROWS = 20
_LONGEST_HEADER = 16
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")


class Columns(NamedTuple):
    """1-based columns; the words begin below row `header` (0: there is none)."""

    words: tuple[int, ...]
    header: int = 0
    start: int | None = None
    end: int | None = None
    speaker: int | None = None
    product: int | None = None


def headers(rows: Sequence[Row]) -> list[str]:
    """The cells of the likeliest header row, for messages."""
    number = _header_row(rows) or (rows[0][0] if rows else 0)
    return [str(value).strip() for row, cells in rows if row == number for value in cells.values()]


def find_columns(rows: Sequence[Row], wanted: str | None = None) -> Columns | None:
    """The columns of a sheet; `wanted` names the one with the words by header or letter.

    Without `wanted`, every column headed as words is taken, else one headed as content, else the one with the most
    Chinese. None: the sheet has no such column, or no text at all.
    """
    if wanted is not None:
        return _named(rows, wanted.strip())
    header = _header_row(rows)
    cells = next((cells for number, cells in rows if number == header), {})
    roles = _role_columns(cells)
    words = _words_columns(cells) or _richest_column(rows, header, set(roles.values()))
    return Columns(words=words, header=header, **roles) if words else None


def _named(rows: Sequence[Row], wanted: str) -> Columns | None:
    for number, cells in rows[:_HEAD_ROWS]:
        found = [column for column, value in cells.items() if str(value).strip().lower() == wanted.lower()]
        if found:
            return Columns(words=(found[0],), header=number, **_without(_role_columns(cells), found[0]))
    if not re.fullmatch(r"[A-Za-z]{1,3}", wanted):
        return None
    try:
        column = column_index_from_string(wanted)
    except ValueError:
        return None
    if not any(column in cells for _, cells in rows):
        return None
    header = _header_row(rows)
    cells = next((cells for number, cells in rows if number == header), {})
    return Columns(words=(column,), header=header, **_without(_role_columns(cells), column))


def _without(roles: dict[str, int], column: int) -> dict[str, int]:
    return {role: other for role, other in roles.items() if other != column}


def _header_row(rows: Sequence[Row]) -> int:
    """The number of the row that reads most like a header, the first of equals; 0 when none does."""
    best, best_score = 0, 0
    for number, cells in rows[:_HEAD_ROWS]:
        # A title alone in its row (“双11直播话术”) is no header unless it is the very word.
        least = 1 if len(cells) > 1 else 3
        ranks = [_words_rank(value) for value in cells.values()]
        score = max(ranks, default=0) * 10 + len(_role_columns(cells))
        if score > best_score and (max(ranks, default=0) >= least or (len(cells) > 1 and _role_columns(cells))):
            best, best_score = number, score
    return best


def _words_columns(cells: Mapping[int, object]) -> tuple[int, ...]:
    ranks = {column: _words_rank(value) for column, value in cells.items()}
    best = max(ranks.values(), default=0)
    if best == 0:
        return ()
    # “主播话术” and “助播话术” are both spoken; of headers that only say “内容” the first is.
    least = 2 if best in (2, 4) else best
    found = tuple(sorted(column for column, rank in ranks.items() if rank >= least and rank != 3))
    return found or (min(column for column, rank in ranks.items() if rank == best),)


def _words_rank(value: object) -> int:
    """4: the very word for spoken text; 3: the very word for content; 2, 1: a header that contains one; 0: no."""
    if not isinstance(value, str) or len(value.strip()) > _LONGEST_HEADER:
        return 0
    names = _names(value)
    if any(name in _WORDS or name in _WORDS_EN for name in names):
        return 4
    if any(name in _CONTENT for name in names):
        return 3
    if _NOT_WORDS.search(value) or any(_role_of(name) for name in names):
        return 0
    if any(word in value for word in _WORDS):
        return 2
    return 1 if any(word in value for word in _CONTENT if not word.isascii()) else 0


def _role_columns(cells: Mapping[int, object]) -> dict[str, int]:
    roles: dict[str, int] = {}
    for column, value in sorted(cells.items()):
        for name in _names(value) if isinstance(value, str) and len(value) <= _LONGEST_HEADER else ():
            role = _role_of(name)
            if role and role not in roles:
                roles[role] = column
                break
    return roles


def _role_of(name: str) -> str | None:
    return next((role for role, words in _ROLES.items() if name in words), None)


def _names(header: str) -> list[str]:
    """“时间/时段（分:秒）” → 时间, 时段."""
    plain = re.sub(r"[（(【\[].*", "", header.strip().lower(), flags=re.DOTALL)
    return [part for part in re.split(r"[\s/、|]+", plain) if part] or [plain]


def _richest_column(rows: Sequence[Row], header: int, taken: set[int]) -> tuple[int, ...]:
    """The column with the most Chinese; without any Chinese, the one with the most text."""
    weights: dict[int, tuple[int, int]] = {}
    for number, cells in rows:
        for column, value in cells.items():
            if number > header and isinstance(value, str) and column not in taken:
                han, length = weights.get(column, (0, 0))
                weights[column] = (han + len(_HAN.findall(value)), length + len(value.strip()))
    if not weights:
        return ()
    best = max(weights, key=lambda column: (*weights[column], -column))
    return (best,) if weights[best][1] else ()
