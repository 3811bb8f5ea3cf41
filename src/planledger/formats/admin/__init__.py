"""What the care of a ledger answers: checks, soundness, plan files."""
