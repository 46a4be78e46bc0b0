"""Reviews and their findings."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_review()
    _create_finding()


def downgrade() -> None:
    op.drop_table("finding")
    op.drop_table("review")


def _create_review() -> None:
    op.create_table(
        "review",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("document_id", sa.String(255), nullable=False),
        sa.Column("title", sa.String(), nullable=True),
        sa.Column("source", sa.String(64), nullable=False),
        sa.Column("category", sa.String(64), nullable=True),
        sa.Column("platform", sa.String(255), nullable=True),
        sa.Column("text_sha256", sa.String(64), nullable=False),
        sa.Column("characters", sa.Integer(), nullable=False),
        sa.Column("release", sa.String(255), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("verdict", sa.String(64), nullable=False),
        sa.Column("score", sa.Double(), nullable=False),
        sa.Column("exposure_min", sa.BigInteger(), nullable=True),
        sa.Column("exposure_max", sa.BigInteger(), nullable=True),
        sa.Column("outcome", sa.String(64), nullable=True),
        sa.Column("payload", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("characters >= 0", name=op.f("ck_review_characters_not_negative")),
        sa.CheckConstraint("score >= 0 AND score <= 100", name=op.f("ck_review_score_in_range")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
    )
    op.create_index(op.f("ix_review_created_at"), "review", ["created_at"])
    op.create_index(op.f("ix_review_verdict"), "review", ["verdict"])
    op.create_index(op.f("ix_review_document_id_text_sha256"), "review", ["document_id", "text_sha256"])


def _create_finding() -> None:
    op.create_table(
        "finding",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("review_id", sa.String(36), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(255), nullable=False),
        sa.Column("kind", sa.String(64), nullable=False),
        sa.Column("severity", sa.String(64), nullable=False),
        sa.Column("action", sa.String(64), nullable=False),
        sa.Column("outcome", sa.String(64), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=True),
        sa.Column("law", sa.String(), nullable=False),
        sa.Column("exposure_min", sa.BigInteger(), nullable=True),
        sa.Column("exposure_max", sa.BigInteger(), nullable=True),
        sa.Column("contribution", sa.Double(), nullable=False),
        sa.CheckConstraint("position >= 0", name=op.f("ck_finding_position_not_negative")),
        sa.ForeignKeyConstraint(
            ["review_id"], ["review.id"], name=op.f("fk_finding_review_id_review"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint("review_id", "position", name=op.f("uq_finding_review_id_position")),
    )
    op.create_index(op.f("ix_finding_rule"), "finding", ["rule"])
