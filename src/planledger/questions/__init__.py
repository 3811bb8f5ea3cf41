"""What one asks of the ledger: the SELECTs, what they give, the judgement, the answers.

SQL joins and adds up; "done", "owed", "overdue" are judged in :mod:`.standing` and nowhere else, what a unit
has to hand in in :mod:`.filings`.
"""
