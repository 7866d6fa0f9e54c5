"""The whole job of a dispatcher without a screen: app, command line, analysts and tests make the same calls."""

__version__ = "0.1.0"
