"""A ledger on a server of PostgreSQL's kind, for offices that share one."""
