"""Judge spans against a labelled corpus, by the rules of guard.md."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

FOREIGN_AT_MOST = 12
Spans = list[tuple[int, int, str]]


@dataclass
class Score:
    """Counts by group, and the texts that went wrong."""

    numbers: Counter[str] = field(default_factory=Counter)
    caught: Counter[str] = field(default_factory=Counter)
    right_kind: int = 0
    texts: Counter[str] = field(default_factory=Counter)
    false_texts: Counter[str] = field(default_factory=Counter)
    false_spans: int = 0
    wrong: list[tuple[dict[str, Any], Spans]] = field(default_factory=list)

    def add(self, row: dict[str, Any], spans: Spans) -> None:
        group, text = row["group"], row["text"]
        self.texts[group] += 1
        used: set[int] = set()
        missed = False
        for number in row["numbers"]:
            self.numbers[group] += 1
            usable = [i for i, s in enumerate(spans) if _usable(text, s, number["span"])]
            if all(_covered(p, [spans[i] for i in usable]) for p in number["pieces"]):
                self.caught[group] += 1
                self.right_kind += all(spans[i][2] == number["kind"] for i in usable)
            else:
                missed = True
            used.update(usable)
        false = [i for i in range(len(spans)) if i not in used]
        self.false_spans += len(false)
        if false and not row["numbers"]:
            self.false_texts[group] += 1
        if missed or false:
            self.wrong.append((row, spans))

    def recall(self, group: str) -> float:
        return self.caught[group] / self.numbers[group]

    def total(self, groups: Iterable[str]) -> float:
        chosen = list(groups)
        return sum(self.caught[g] for g in chosen) / max(1, sum(self.numbers[g] for g in chosen))


def _usable(text: str, span: tuple[int, int, str], gold: list[int]) -> bool:
    start, end = span[0], span[1]
    if end <= gold[0] or start >= gold[1]:
        return False
    outside = text[start : max(start, gold[0])] + text[min(end, gold[1]) : end]
    return sum(map(str.isalnum, outside)) <= FOREIGN_AT_MOST


def _covered(piece: list[int], spans: Spans) -> bool:
    return any(s[0] <= piece[0] and piece[1] <= s[1] for s in spans)


def report(score: Score) -> str:
    lines = []
    writings = [g for g in score.numbers if not g.startswith("suspect")]
    suspects = [g for g in score.numbers if g.startswith("suspect")]
    for group in [*writings, *suspects]:
        lines.append(f"{group:18} {score.recall(group):.4f}  of {score.numbers[group]}")
    lines.append(f"recall             {score.total(writings):.4f}")
    if suspects:
        lines.append(f"suspects           {score.total(suspects):.4f}")
    lines.append(f"kind accuracy      {score.right_kind / max(1, score.caught.total()):.4f}")
    looks = [g for g in score.texts if g.startswith("~")]
    count = sum(score.texts[g] for g in looks)
    alarms = sum(score.false_texts[g] for g in looks)
    lines.append(f"false alarms       {1000 * alarms / max(1, count):.2f} per 1,000 of {count}")
    lines += [
        f"  {g:16} {score.false_texts[g]} of {score.texts[g]}"
        for g in looks
        if score.false_texts[g]
    ]
    lines.append(f"false spans        {score.false_spans}")
    return "\n".join(lines)
