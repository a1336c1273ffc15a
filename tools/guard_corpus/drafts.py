"""A labelled text: what is written, which numbers stand in it, which pieces bear digits."""

from __future__ import annotations

from dataclasses import dataclass, field

from .pieces import Piece


@dataclass
class Number:
    """One number in a text: its kind and the places that bear its digits."""

    kind: str
    pieces: list[tuple[int, int]]

    @property
    def span(self) -> tuple[int, int]:
        return self.pieces[0][0], self.pieces[-1][1]


@dataclass
class Draft:
    """A text under construction."""

    group: str
    text: str = ""
    numbers: list[Number] = field(default_factory=list)

    def say(self, text: str) -> None:
        self.text += text

    def write(self, kind: str, pieces: list[Piece]) -> None:
        places = []
        for text, bears in pieces:
            if bears:
                places.append((len(self.text), len(self.text) + len(text)))
            self.text += text
        self.numbers.append(Number(kind, places))

    def row(self, identity: str) -> dict[str, object]:
        return {
            "id": identity,
            "group": self.group,
            "text": self.text,
            "numbers": [
                {"kind": n.kind, "span": list(n.span), "pieces": [list(p) for p in n.pieces]}
                for n in self.numbers
            ],
        }
