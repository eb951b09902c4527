"""Texts are cut between sentences, and nowhere else."""

import pytest

from visibility.sentences import paragraphs, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("One thing. Another one! A third?", ["One thing.", "Another one!", "A third?"]),
        ("Am 1. August begann es. Dann endete es.", ["Am 1. August begann es.", "Dann endete es."]),
        ("Viele Städte, z. B. Wien, helfen. Andere nicht.", ["Viele Städte, z. B. Wien, helfen.", "Andere nicht."]),
        ("Sākums bija 2019. gada 1. augustā. Tas beidzās.", ["Sākums bija 2019. gada 1. augustā.", "Tas beidzās."]),
        ("Градовете учат. Реката тече.", ["Градовете учат.", "Реката тече."]),
        ("Οι πόλεις μαθαίνουν. Ο ποταμός ρέει.", ["Οι πόλεις μαθαίνουν.", "Ο ποταμός ρέει."]),
        ("He said “Never again.” Everybody left.", ["He said “Never again.”", "Everybody left."]),
        ("no full stop", ["no full stop"]),
        ("", []),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_reader_sees_it_end(text, expected):
    assert sentences(text) == expected


def test_nothing_of_a_text_is_lost():
    text = "First. Second part… Third (3.5 km). 4 more."
    assert " ".join(sentences(text)) == text


def test_a_line_is_a_paragraph_and_an_empty_one_is_none():
    assert paragraphs("One. Two here. And three.\n\n \nLast") == [["One.", "Two here.", "And three."], ["Last"]]
