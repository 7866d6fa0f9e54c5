"""`python -m dispatchkit` is the command line."""

from dispatchkit.cli import main

if __name__ == "__main__":
    main()
