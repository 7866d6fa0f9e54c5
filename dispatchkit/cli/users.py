"""Commands on who may sign in. A password is typed unseen or comes from the environment, never as an argument."""

import os
import sys
from typing import Annotated

import typer

from dispatchkit.cli import show
from dispatchkit.cli.options import Home, Json
from dispatchkit.day.open_day import refuse_if
from dispatchkit.errors import WorkbenchError
from dispatchkit.home import home as home_folder
from dispatchkit.roles import Role
from dispatchkit.users import Users

PASSWORD_VARIABLE = "DISPATCHKIT_PASSWORD"  # noqa: S105 -- the name of the variable, not what it holds

app = typer.Typer(
    help="Name who may sign in: dispatchers, leads, trainers, and those who only look. "
    "As soon as one is named, the token opens no page any more.",
    no_args_is_help=True,
)

Name = Annotated[str, typer.Argument(help="The user's name, as every fact of his will carry it.", show_default=False)]
HeldRole = Annotated[
    Role, typer.Option("--role", help="What he may do. Trainers decide on training runs only; read-only on nothing.")
]


@app.command("list")
def list_(home: Home = None, as_json: Json = False) -> None:
    """List who may sign in, and as what."""
    everybody = _users(home).listed()
    if as_json:
        show.as_json([{"name": user.name, "role": str(user.role)} for user in everybody])
    elif everybody:
        show.table(("name", "role"), [(user.name, user.role) for user in everybody])
    else:
        show.sentence("Nobody is named: the token opens the pages. Name somebody with `dispatchkit users add NAME`.")


@app.command()
def add(name: Name, role: HeldRole = Role.DISPATCHER, home: Home = None) -> None:
    """Name somebody who may sign in."""
    users = _users(home)
    refuse_if(users.name_blockers(name))  # before anybody is asked for a password
    user = users.add(name, role, _password(users))
    show.sentence(f"{user.name} may sign in as {user.role}. The token opens no page any more.")


@app.command()
def remove(name: Name, home: Home = None) -> None:
    """Strike somebody off; his open pages are closed to him."""
    users = _users(home)
    gone = users.remove(name)
    left = "" if users.listed() else " Nobody is named any more: the token opens the pages again."
    show.sentence(f"{gone.name} may not sign in any more.{left}")


@app.command()
def password(name: Name, home: Home = None) -> None:
    """Give somebody another password; he has to sign in again."""
    users = _users(home)
    user = users.require(name)
    users.set_password(user.name, _password(users))
    show.sentence(f"{user.name} has a new password, and has to sign in again.")


@app.command()
def role(
    name: Name,
    new: Annotated[Role, typer.Argument(metavar="ROLE", help="dispatcher, lead, trainer or read-only.")],
    home: Home = None,
) -> None:
    """Give somebody another role; he has to sign in again."""
    user = _users(home).set_role(name, new)
    show.sentence(f"{user.name} is {new} now, no longer {user.role}, and has to sign in again.")


def _users(home: Home) -> Users:
    return Users(home_folder(home))


def _password(users: Users) -> str:
    """Return the password of the environment, else what is typed twice, unseen."""
    given = os.environ.get(PASSWORD_VARIABLE)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise WorkbenchError(f"There is no terminal to type a password at. Set {PASSWORD_VARIABLE} instead.")
    least = users.rules.least_password_count
    return str(typer.prompt(f"Password ({least} characters or more)", hide_input=True, confirmation_prompt=True))
