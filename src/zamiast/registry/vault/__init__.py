"""The vault: the only place of national numbers, with a process, a role and keys of its own.

Whoever needs it asks the process through ``client``; how to answer what it says
about arriving people is in ``linking``. Everything else here belongs to the vault's
own process and command line, and import-linter keeps it so.
"""
