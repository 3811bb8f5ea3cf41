"""Calendars for telephones and desks (iCalendar, RFC 5545)."""
