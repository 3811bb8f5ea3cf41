"""What leaves the office: the screen, plain replies, JSON and CSV. Makers do not know each other."""
