"""What the ledger says, read once and held against what its kinds can say; no judgement."""
