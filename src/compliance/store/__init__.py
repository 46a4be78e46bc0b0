"""What was reviewed and what was found, kept in SQLite or PostgreSQL; the words are encrypted at rest.

The doors: `engine.open_database`, `migrate.upgrade`, `encryption.load_key`, `reviews.ReviewStore`.
"""
