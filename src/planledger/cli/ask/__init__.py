"""The commands that ask: each asks once and prints the answer in the form that was wanted."""
