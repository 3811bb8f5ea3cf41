"""How the ledger is kept. Nothing here knows what a figure means; nothing above knows what a file lock is."""
