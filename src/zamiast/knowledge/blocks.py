"""From Markdown to blocks: the one reading from which page, paper and index are made.

A small Markdown: headings of the second level, paragraphs, lists, numbered steps, a notice
(a quotation), bold, links. HTML in it stays text.

>>> read("Zadzwoń **teraz**: [lista](/help/).")[0].runs[1]
Run(text='teraz', strong=True, href='')
>>> read("<b>x</b>")[0].runs
(Run(text='<b>x</b>', strong=False, href=''),)
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

KINDS = {"heading": "heading", "paragraph": "paragraph", "bullet_list": "list",
         "ordered_list": "steps", "blockquote": "notice", "list_item": "item"}  # fmt: skip


@dataclass(frozen=True)
class Run:
    """A piece of a line: plain or bold, with or without a link."""

    text: str
    strong: bool = False
    href: str = ""

    @property
    def is_outside(self) -> bool:
        """Whether the link leads away from this site."""
        return self.href.startswith("https://")


@dataclass(frozen=True)
class Block:
    """A heading or paragraph with its line, or a list, steps or a notice with blocks in it."""

    kind: str
    runs: tuple[Run, ...] = ()
    parts: tuple[Block, ...] = ()

    @property
    def text(self) -> str:
        """The words alone."""
        return "".join(run.text for run in self.runs) or " ".join(p.text for p in self.parts)


def read(markdown: str) -> tuple[Block, ...]:
    """The blocks of a text. Raises ValueError for Markdown beyond the small one."""
    return _blocks(SyntaxTreeNode(_parser().parse(markdown)))


def links(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Every address that the blocks name."""
    for block in blocks:
        yield from (run.href for run in block.runs if run.href)
        yield from links(block.parts)


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Every block that has words of its own, in order."""
    for block in blocks:
        if block.runs:
            yield block
        yield from flat(block.parts)


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(["html_block", "html_inline"])


def _blocks(node: SyntaxTreeNode) -> tuple[Block, ...]:
    return tuple(_block(child) for child in node.children)


def _block(node: SyntaxTreeNode) -> Block:
    if node.type not in KINDS or (node.type == "heading" and node.tag != "h2"):
        raise ValueError(f"not a part of the small Markdown: {node.type} {node.tag}")
    if node.type in ("heading", "paragraph"):
        return Block(KINDS[node.type], runs=tuple(_runs(node.children[0].children)))
    return Block(KINDS[node.type], parts=_blocks(node))


def _runs(nodes: list[SyntaxTreeNode], strong: bool = False, href: str = "") -> Iterator[Run]:
    for node in nodes:
        if node.type in ("text", "softbreak"):
            yield Run(node.content if node.type == "text" else " ", strong, href)
        elif node.type == "strong":
            yield from _runs(node.children, True, href)
        elif node.type == "link":
            yield from _runs(node.children, strong, str(node.attrs["href"]))
        else:
            raise ValueError(f"not a part of the small Markdown: {node.type}")
