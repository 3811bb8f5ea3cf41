"""The rows of a plan, the words of the office, and what each kind of entry means."""
