"""Stops and vans as arrays, and the search for routes among them: knows seconds and room, and nothing of the day."""
