"""Where a field stands in JSON text: parsers that check fields no longer know the line."""

import json
import re

_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],:]|[^\s{}\[\],:"]+')
Path = tuple[int | str, ...]


def line_of(text: str, path: Path) -> int:
    """The 1-based line of the value at `path`, or of its nearest ancestor that exists; `text` is valid JSON."""
    frames: list[int | str | None] = []  # the key or index now open in each container
    matched, position, expects_key = -1, 0, False
    for token in _TOKEN.finditer(text):
        sign = token[0]
        if sign == ":":
            expects_key = False
        elif sign == ",":
            top = frames[-1]
            frames[-1] = top + 1 if isinstance(top, int) else None
            expects_key = not isinstance(top, int)
        elif sign in "}]":
            frames.pop()
            expects_key = False
        elif expects_key:
            frames[-1] = json.loads(sign)
        else:
            depth = len(frames)
            if depth > matched and tuple(frames) == path[:depth]:
                matched, position = depth, token.start()
                if depth == len(path):
                    break
            if sign in "{[":
                frames.append(0 if sign == "[" else None)
                expects_key = sign == "{"
    return text.count("\n", 0, position) + 1
