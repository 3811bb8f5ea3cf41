"""How the ledger is kept: tables and schema (SQLModel), and the way to the database.

Nothing here knows what a figure means; nothing above here knows what a file lock is.
"""
