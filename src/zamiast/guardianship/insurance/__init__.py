"""Registrations for insurance, as an operator gets them from ZUS or KRUS: a CSV file.

The columns and the errors are told in ``docs/reference/insurance-csv.md``.
"""
