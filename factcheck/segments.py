"""A text in pieces, so that what was found in it can be marked."""

from typing import NamedTuple

from factcheck.findings import Finding


class Piece(NamedTuple):
    text: str
    finding: Finding | None = None
    number: int = 0  # of the finding, from 1


def segments(text: str, found: list[Finding]) -> list[Piece]:
    """The text from its beginning to its end; a finding that begins within another isn't marked a second time."""
    pieces, place = [], 0
    for number, finding in enumerate(found, 1):
        if finding.start >= place:
            pieces += [Piece(text[place : finding.start]), Piece(text[finding.start : finding.end], finding, number)]
            place = finding.end
    return [piece for piece in [*pieces, Piece(text[place:])] if piece.text]
