"""Text of files and people as it may stand on a screen, a terminal or a page: nothing in it acts."""


def printable(text: str) -> str:
    """Spell out every character that does not print, so that a direction mark in an id cannot turn a sentence round."""
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text)
