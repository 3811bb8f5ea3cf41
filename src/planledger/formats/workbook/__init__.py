"""Workbooks that are only read by people: the annex, the units, the ledger."""
