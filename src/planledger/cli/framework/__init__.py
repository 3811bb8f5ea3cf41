"""How commands are built, found, completed and explained, whatever they do."""
