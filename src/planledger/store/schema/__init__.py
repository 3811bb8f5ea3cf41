"""The shape of a ledger: tables, their creation, and the steps from one layout to the next."""
