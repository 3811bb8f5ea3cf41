"""The questions: each asks once and prints the answer in the form that was wanted."""
