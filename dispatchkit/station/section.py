"""What every section of the station profile is."""

from dispatchkit.records import Record


class Section(Record, frozen=True):
    """A table of the profile. A field's suffix is its unit: the file's value is converted to it when read."""
