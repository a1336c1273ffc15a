"""A written number in pieces: ``(text, bears)``, where ``bears`` tells that digits are in it."""

from __future__ import annotations

Piece = tuple[str, bool]


def join(groups: list[str], gap: object) -> list[Piece]:
    pieces: list[Piece] = []
    for i, group in enumerate(groups):
        if i:
            pieces.append((gap() if callable(gap) else str(gap), False))
        pieces.append((group, True))
    return pieces
