"""Files become routes as given, with the originals kept; or nothing, with everything that has to be put right."""

from dispatchkit.imports.folder import read_files, read_folder, read_originals
from dispatchkit.imports.given import GivenRoute, Import, OriginalFile, RecordedTimes
from dispatchkit.imports.problems import Problem, Unreadable

__all__ = [
    "GivenRoute",
    "Import",
    "OriginalFile",
    "Problem",
    "RecordedTimes",
    "Unreadable",
    "read_files",
    "read_folder",
    "read_originals",
]
