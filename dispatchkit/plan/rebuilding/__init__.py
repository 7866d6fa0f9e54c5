"""Stops that have lost their van, or are new: given to the routes around with the least change of all others."""
