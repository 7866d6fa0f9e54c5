"""Why something may not be done, as sentences beside the button that is off for them."""

from collections.abc import Iterable, Iterator

import ipywidgets

from widgets.plain import markup


class Sentences(ipywidgets.HTML):
    """A list of blockers; false when there are none, so that a panel can say ``button.disabled = bool(blockers)``.

    It takes no room on the page while there is nothing to say.
    """

    def __init__(self) -> None:
        super().__init__()
        self.add_class("sentences")
        self.show(())

    def show(self, sentences: Iterable[str]) -> None:
        """Show these sentences, as they are and never as markup."""
        self._sentences = tuple(sentences)
        items = "".join(f"<li>{markup(sentence)}</li>" for sentence in self._sentences)
        self.value = f"<ul>{items}</ul>" if items else ""
        self.layout.display = None if items else "none"

    def __bool__(self) -> bool:
        return bool(self._sentences)

    def __iter__(self) -> Iterator[str]:
        return iter(self._sentences)
