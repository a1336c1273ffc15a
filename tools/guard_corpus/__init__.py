"""Labelled texts for measuring the PESEL guard, made by seed.

Independent of the guard on purpose: its own arithmetic, its own number words, so
that one mistake cannot hide another. See ``python -m tools.guard_corpus --help``.
"""
