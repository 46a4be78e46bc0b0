"""The tables. Words of a document stand in `review.payload` alone, and that column is encrypted."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import Double

from compliance.store.columns import ClearText, UtcDateTime
from compliance.store.encryption import EncryptedJson


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        }
    )


class ReviewRow(Base):
    """One review: what can be searched without the key, and the document and report that need it.

    The vocabularies (verdict, kind, …) are not constrained here: they grow with the law, and SQLite cannot
    change a constraint without rebuilding the table. The model has checked them before.
    """

    __tablename__ = "review"
    __table_args__ = (
        CheckConstraint("characters >= 0", name="characters_not_negative"),
        CheckConstraint("score >= 0 AND score <= 100", name="score_in_range"),
        Index(None, "created_at"),
        Index(None, "verdict"),
        Index(None, "document_id", "text_sha256"),
    )

    id: Mapped[str] = mapped_column(ClearText("审查编号", 36), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    document_id: Mapped[str] = mapped_column(ClearText("文档编号", 255))
    title: Mapped[str | None] = mapped_column(ClearText("标题"))
    source: Mapped[str] = mapped_column(ClearText("来源", 64))
    category: Mapped[str | None] = mapped_column(ClearText("品类", 64))
    platform: Mapped[str | None] = mapped_column(ClearText("平台", 255))
    text_sha256: Mapped[str] = mapped_column(ClearText("文本摘要", 64))
    characters: Mapped[int]
    release: Mapped[str] = mapped_column(ClearText("规则版本", 255))
    as_of: Mapped[date]
    verdict: Mapped[str] = mapped_column(ClearText("结论", 64))
    score: Mapped[float] = mapped_column(Double)
    exposure_min: Mapped[int | None] = mapped_column(BigInteger)
    exposure_max: Mapped[int | None] = mapped_column(BigInteger)
    outcome: Mapped[str | None] = mapped_column(ClearText("处理结果", 64))
    payload: Mapped[dict[str, Any]] = mapped_column(EncryptedJson)


class FindingRow(Base):
    """One finding of a review, without the words it was raised for: `start` and `end` point into the payload."""

    __tablename__ = "finding"
    __table_args__ = (
        UniqueConstraint("review_id", "position"),
        CheckConstraint("position >= 0", name="position_not_negative"),
        Index(None, "rule"),
    )

    id: Mapped[str] = mapped_column(ClearText("发现编号", 36), primary_key=True)
    review_id: Mapped[str] = mapped_column(ClearText("审查编号", 36), ForeignKey("review.id", ondelete="CASCADE"))
    position: Mapped[int]
    rule: Mapped[str] = mapped_column(ClearText("规则编号", 255))
    kind: Mapped[str] = mapped_column(ClearText("类型", 64))
    severity: Mapped[str] = mapped_column(ClearText("等级", 64))
    action: Mapped[str] = mapped_column(ClearText("处置", 64))
    outcome: Mapped[str] = mapped_column(ClearText("判定", 64))
    start: Mapped[int]
    end: Mapped[int]
    place: Mapped[str | None] = mapped_column(ClearText("位置"))
    law: Mapped[str] = mapped_column(ClearText("法律依据"))
    exposure_min: Mapped[int | None] = mapped_column(BigInteger)
    exposure_max: Mapped[int | None] = mapped_column(BigInteger)
    contribution: Mapped[float] = mapped_column(Double)
