"""Files beside the ledger: drafts, the vault of proof, backups."""
