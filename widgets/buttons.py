"""A button that is off says why: the same sentence for all who ask, with a mouse or with a screen reader."""

import ipywidgets

from dispatchkit.printable import printable


def allow(button: ipywidgets.Button | ipywidgets.ToggleButton, why_not: str, *, about: str = "") -> None:
    """Turn a button on, or off where there is a reason.

    Parameters
    ----------
    why_not
        Why it may not be pressed, as sentences; empty where it may.
    about
        What it does in more words than stand on it, for those who do not see what it stands beside.
    """
    button.disabled = bool(why_not)
    button.tooltip = printable(why_not or about) or None
