"""The call, and what the desk may learn in it."""
