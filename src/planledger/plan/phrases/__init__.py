"""How people write: days, deadlines, numbers, units; read by rule or refused with a reason."""
