"""An HTML file as a browser's parser sees it: elements, attributes, words."""

from html.parser import HTMLParser

ASKS = {"src", "href", "action", "data", "poster", "srcset", "background"}
"""Attributes that name another file."""


class Seen(HTMLParser):
    """All that was read.

    Attributes
    ----------
    tags
        Name of every element, in order.
    attributes
        (element, attribute, value) of all of them.
    words
        Every piece of text outside scripts and styles.
    scripts
        What stands in scripts.
    """

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.words, self.scripts = [], [], [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data):
        inside = self.tags[-1] if self.cdata_elem else ""
        if inside == "script":
            self.scripts.append(data)
        elif inside != "style" and data.strip():
            self.words.append(data.strip())

    @property
    def text(self):
        return " ".join(self.words)

    @property
    def asked(self):
        """What the elements themselves ask for from elsewhere."""
        return [(tag, value) for tag, name, value in self.attributes if name in ASKS]

    def value(self, tag, name):
        """The value of an attribute that is there once."""
        (found,) = [value for at, called, value in self.attributes if (at, called) == (tag, name)]
        return found
