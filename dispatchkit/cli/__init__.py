"""The command line `dispatchkit`: the same calls as the app's, without a screen."""

from dispatchkit.cli.main import main

__all__ = ["main"]
