"""The look: named tokens and the page's grid, from one place, for the template and for every page."""

from functools import cache
from pathlib import Path

import anywidget

STATIC = Path(__file__).parent / "static"


@cache
def css() -> str:
    """Return the tokens and the page's rules as one style sheet."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in ("tokens.css", "page.css", "panels.css"))


def tokens() -> str:
    """Return the named colours, spaces and sizes alone, for pages that are no notebook."""
    return (STATIC / "tokens.css").read_text(encoding="utf-8")


class Sheet(anywidget.AnyWidget):
    """Shows nothing; brings the style sheet into a page that the workbench's own template did not make."""

    _esm = "export default { render({ el }) { el.style.display = 'none'; document.body.classList.add('workbench'); } };"
    _css = css()


def sheet() -> Sheet:
    """Return the style sheet as a widget, for JupyterLab; under the template `dispatch` it is in the page already."""
    return Sheet()
