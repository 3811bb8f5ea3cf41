"""The files of a ledger as a whole: held against it, put back, backed up, restored."""
