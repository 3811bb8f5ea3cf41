"""How commands are built, completed and explained, whatever they do."""
