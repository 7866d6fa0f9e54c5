"""End of shift: returns, the account of every package, incidents, the checklist and the close. Pure."""
