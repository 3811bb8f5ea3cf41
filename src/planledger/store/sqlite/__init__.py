"""A ledger in a file of SQLite: what every office has."""
