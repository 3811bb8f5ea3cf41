"""What leaves the office: the screen, plain replies, JSON, CSV and forms to fill in. Makers do not know each other."""
