"""Run by Alembic: apply revisions on the connection, and in the transaction, that the caller opened."""

from alembic import context

from compliance.store.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=False,
)

with context.begin_transaction():
    context.run_migrations()
