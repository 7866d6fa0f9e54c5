"""A page is a list of panels at one desk; each module has one, and a notebook shows it."""
