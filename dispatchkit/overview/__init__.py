"""What every page shows around its own work: where the day stands, what needs a person, who did what, where things are.

Pure views over all rooms: nothing is decided here, and no rule is made here; what blocks a step the rooms say.
"""
