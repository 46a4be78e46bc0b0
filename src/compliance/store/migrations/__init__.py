"""The history of the tables, applied by `compliance.store.migrate`.

Revisions never use Alembic's batch mode: it rebuilds a table on SQLite and silently drops its triggers.
"""
