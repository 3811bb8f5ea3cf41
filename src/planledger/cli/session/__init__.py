"""What every command needs to know before it calls anything, and how its answer leaves."""
