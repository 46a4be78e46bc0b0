"""Links that are safe to follow from an export."""

from urllib.parse import quote, urlsplit

_LONGEST = 2_000  # spreadsheets refuse longer ones


def web_link(url: str | None) -> str | None:
    """`url` if it is a plain http(s) address, percent-encoded to ASCII; None for anything else."""
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        return None
    tail = quote(parts.path, safe="/%:@!$&'()*+,;=-._~")
    tail += f"?{quote(parts.query, safe='/%:@!$&()*+,;=-._~?')}" if parts.query else ""
    tail += f"#{quote(parts.fragment, safe='/%:@!$&()*+,;=-._~?')}" if parts.fragment else ""
    link = f"{parts.scheme}://{host}{port}{tail}"
    return link if len(link) <= _LONGEST else None
