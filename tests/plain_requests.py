"""Requests to a real server without a browser: what is sent, and what comes back."""

from http.client import HTTPConnection
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HORSE = "correct horse"
"""The password of everybody in the tests of signing in."""


def ask(served, method, path, form=None, **headers):
    """The answer to one request, and its body."""
    connection = HTTPConnection("127.0.0.1", served.port, timeout=20)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if form is not None:
        named["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request(method, path, body=None if form is None else urlencode(form), headers=named)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def sign_in(served, name, password=HORSE, after="/", **headers):
    """The answer to a filled sign-in page, and the cookie that it brings."""
    answer, body = ask(served, "POST", f"/login?next={after}", {"name": name, "password": password}, **headers)
    cookie = SimpleCookie(answer.headers.get("Set-Cookie", ""))
    return answer, body.decode(), "; ".join(f"{key}={morsel.value}" for key, morsel in cookie.items())
