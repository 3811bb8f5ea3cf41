"""What one asks of the ledger: the SELECTs, what they give, the judgement, the answers."""
