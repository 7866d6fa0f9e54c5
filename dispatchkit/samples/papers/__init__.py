"""Sample days as the files that a DSP really has of them: whole ones, and every way of being malformed."""

from dispatchkit.samples.papers.folder import DSP, about_papers, papers, write_papers
from dispatchkit.samples.papers.of_sample import about_sample_papers, sample_papers

__all__ = ["DSP", "about_papers", "about_sample_papers", "papers", "sample_papers", "write_papers"]
