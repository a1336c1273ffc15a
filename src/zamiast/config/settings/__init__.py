"""Settings: ``base`` for all, then one module for each process.

``portal`` and ``desk`` are the two sites, ``worker`` runs the jobs, ``manage`` is
the operator's command line (migrations, invitations), ``importer`` reads data in.
"""
