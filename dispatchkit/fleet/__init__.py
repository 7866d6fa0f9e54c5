"""Vans: what may be driven, what is wrong with it, and what has been inspected. Pure."""
