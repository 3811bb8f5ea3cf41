"""Plans: how one is adopted, and a ledger created with it."""
