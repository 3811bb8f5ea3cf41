"""What was agreed: words, agencies, deadlines, indicators, and the plan file with its faults.

Standard library only; no clock, no database, no output. PyYAML is known to :mod:`.file` alone.
"""
