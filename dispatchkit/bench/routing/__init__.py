"""Routes against published best ones, other engines, and what a station was given: `dispatchkit bench routing`."""
