"""Health information, and how it comes in."""
