"""Pure libraries: no Django, no clock, no disk, no network. Same input, same answer."""
