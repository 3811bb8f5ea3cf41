"""What was agreed: words, units, deadlines, and the plan file with its faults. Pure; YAML in `file/` alone."""
