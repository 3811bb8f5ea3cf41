"""Files next to the ledger: drafts, the vault of evidence, what replaces a ledger; and files from outside."""
