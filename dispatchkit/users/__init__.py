"""Who may sign in: named people, their roles and their passwords, in one file of the home folder.

`book` keeps the file, `names` says what a name may be, `passwords` hashes and checks, `tries` slows guessing down.
As long as nobody is named, the server's token opens the pages to whoever holds it.
"""

from dispatchkit.users.book import User, Users
from dispatchkit.users.names import machine_user
from dispatchkit.users.tries import WrongTries

__all__ = ["User", "Users", "WrongTries", "machine_user"]
