"""The care of a ledger: plan files, checks, backups, servers."""
