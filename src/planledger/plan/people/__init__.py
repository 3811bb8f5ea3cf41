"""Names and numbers of people: found, refused, masked."""
