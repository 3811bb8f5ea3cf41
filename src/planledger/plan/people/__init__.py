"""Names and numbers of people: recognised, refused, masked."""
