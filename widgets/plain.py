"""Words of files and people as markup: nothing in them is read as an element, and none turns the others round."""

from html import escape

from dispatchkit.printable import printable


def markup(text: str) -> str:
    """Return `text` as HTML that shows it as it is; direction marks and control characters are spelt out."""
    return escape(printable(text))
