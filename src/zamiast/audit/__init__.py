"""The log of who did and who saw what, and the one doorway for typed text."""
