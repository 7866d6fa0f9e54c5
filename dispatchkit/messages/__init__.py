"""What drivers tell the desk: calls and messages, and the breaks they took. Pure."""
