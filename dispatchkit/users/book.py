"""The users' file: read whenever it is asked for, replaced as a whole, readable by its owner only."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
from filelock import FileLock, Timeout

from dispatchkit.day.open_day import refuse_if
from dispatchkit.errors import Damaged, NotFound, Refused, WorkbenchError
from dispatchkit.records import Record
from dispatchkit.roles import Role
from dispatchkit.station import load
from dispatchkit.station.profile import SignIn
from dispatchkit.users import names, passwords

FILE = "users.json"
OWNER_ONLY = 0o600


class User(Record, frozen=True):
    """A named person who may sign in.

    Attributes
    ----------
    password
        The hash of the password, argon2id, with its salt and settings.
    """

    name: str
    role: Role
    password: str

    @property
    def session_key(self) -> str:
        """What a signed-in browser must still know. It changes with the password and with the role."""
        return passwords.session_key(self.password, self.role)


Everybody = tuple[User, ...]


class Users:
    """The named people of one home folder.

    Nothing is remembered between two questions: what is changed in the file counts at once, also for a server that
    runs already.

    Parameters
    ----------
    home
        The folder where the program keeps its things.
    rules
        What names and passwords must be; by default the station profile's.
    wait_s
        How long a change waits for another one to end, in seconds.

    Attributes
    ----------
    path
        The file.
    """

    def __init__(self, home: Path, rules: SignIn | None = None, *, wait_s: float = 10) -> None:
        self.path = home / FILE
        self.wait_s = wait_s
        self.rules = rules or load().sign_in

    def listed(self) -> Everybody:
        """Return everybody, in the order of their names.

        Raises
        ------
        Damaged
            The file cannot be read, or is no list of users. Then nobody can be let in.
        """
        try:
            return msgspec.json.decode(self.path.read_bytes(), type=Everybody)
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.DecodeError) as error:
            raise Damaged(
                f"The list of users in {self.path} cannot be read: {error}. Nobody can sign in until it can. "
                "Restore it from a backup, or remove it and name everybody again."
            ) from error

    def find(self, name: str) -> User | None:
        """Return the user of this name, capitals not counted; None where there is none."""
        return _of_name(name, self.listed())

    def require(self, name: str) -> User:
        """Return the user of this name, capitals not counted; NotFound where there is none."""
        return _required(name, self.listed())

    def check(self, name: str, password: str) -> User | None:
        """Return the user whose name and password these are, else None; a name nobody has takes as long."""
        user = self.find(name)
        return user if passwords.fits(password, user.password if user else None) else None

    def add(self, name: str, role: Role, password: str) -> User:
        """Name somebody; Refused with sentences where name or password will not do."""
        name = names.tidy(name)
        refuse_if([*self.name_blockers(name), *passwords.password_blockers(password, self.rules.least_password_count)])
        user = User(name=name, role=role, password=passwords.hashed(password))

        def with_user(everybody: Everybody) -> Everybody:
            refuse_if(_taken(name, everybody))  # while the password was hashed somebody else may have taken it
            return (*everybody, user)

        self._rewrite(with_user)
        return user

    def name_blockers(self, name: str) -> Iterator[str]:
        """Why nobody new can have this name; nothing when he can."""
        yield from names.name_blockers(names.tidy(name), self.rules.longest_name_count)
        yield from _taken(name, self.listed())

    def remove(self, name: str) -> User:
        """Strike somebody off; his open pages are closed to him within seconds."""
        return self._change(name, lambda _: None)

    def set_password(self, name: str, password: str) -> User:
        """Give somebody another password; he has to sign in again."""
        refuse_if(passwords.password_blockers(password, self.rules.least_password_count))
        kept = passwords.hashed(password)
        return self._change(name, lambda user: msgspec.structs.replace(user, password=kept))

    def set_role(self, name: str, role: Role) -> User:
        """Give somebody another role; he has to sign in again."""
        return self._change(name, lambda user: msgspec.structs.replace(user, role=role))

    def _change(self, name: str, change: Callable[[User], User | None]) -> User:
        """Put what `change` returns in the place of the user of this name; return the user as he was."""
        found: list[User] = []

        def changed(everybody: Everybody) -> Everybody:
            old = _required(name, everybody)
            found.append(old)
            new = change(old)
            return (*(user for user in everybody if user is not old), *([new] if new else []))

        self._rewrite(changed)
        return found[0]

    def _rewrite(self, change: Callable[[Everybody], Everybody]) -> None:
        """Replace the file by what `change` makes of it, while nobody else can.

        The lock is the operating system's: it goes with whoever held it. Who is killed half-way leaves the old list.
        """
        new = self.path.with_suffix(".new")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with FileLock(self.path.with_suffix(".lock"), timeout=self.wait_s, mode=OWNER_ONLY):
                everybody = sorted(change(self.listed()), key=lambda user: user.name.casefold())
                new.unlink(missing_ok=True)
                with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY), "wb") as file:
                    file.write(msgspec.json.format(msgspec.json.encode(everybody)) + b"\n")
                    file.flush()
                    os.fsync(file.fileno())
                new.replace(self.path)
        except Timeout:
            raise Refused(
                [f"Somebody else has been changing the users for {self.wait_s:g} s. Nothing was changed. Try again."]
            ) from None
        except OSError as error:
            raise self._not_kept(error) from error

    def _not_kept(self, error: OSError) -> WorkbenchError:
        return WorkbenchError(
            f"The users cannot be kept in {self.path.parent}: {error.strerror}. Nothing was changed. "
            "Make the folder writable, or name another with --home."
        )


def _of_name(name: str, everybody: Everybody) -> User | None:
    return next((user for user in everybody if names.same(user.name, name)), None)


def _required(name: str, everybody: Everybody) -> User:
    user = _of_name(name, everybody)
    if user is None:
        known = ", ".join(user.name for user in everybody) or "nobody yet"
        raise NotFound(f"There is no user {name}. Named are: {known}.")
    return user


def _taken(name: str, everybody: Everybody) -> Iterator[str]:
    if user := _of_name(name, everybody):
        yield f"There is a user {user.name} already. Choose another name; capitals do not tell two people apart."
