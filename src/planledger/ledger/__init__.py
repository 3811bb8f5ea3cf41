"""What is done: each action is one transaction that asks, judges, seals and appends. Nothing is changed or deleted."""
