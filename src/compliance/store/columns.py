"""Column types that behave the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, String
from sqlalchemy.types import TypeDecorator

from compliance.model.errors import StoreError


class UtcDateTime(TypeDecorator[datetime]):
    """An instant: aware datetimes in, UTC datetimes out. A naive one is a StoreError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise StoreError("时间没有时区", place=value.isoformat(), remedy="请补上时区，例如 +08:00")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class ClearText(TypeDecorator[str]):
    """Text that may be read and searched without the key. `label` names it in errors; `length` counts code points.

    PostgreSQL cannot hold U+0000, so it stands as U+FFFD here (the encrypted payload keeps the original),
    and SQLite does not heed lengths, so they are checked here.
    """

    impl = String
    cache_ok = True

    def __init__(self, label: str, length: int | None = None) -> None:
        self.label = label
        self.length = length
        super().__init__(length)

    def process_bind_param(self, value: str | None, _dialect: Dialect) -> str | None:
        if value is None:
            return None
        if self.length is not None and len(value) > self.length:
            raise StoreError(
                f"{len(value)} 个字，超过上限 {self.length} 个", place=self.label, remedy=f"请缩短{self.label}后重试"
            )
        return value.replace("\x00", "\ufffd")
