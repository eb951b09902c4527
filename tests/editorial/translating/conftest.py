import pytest

from tests import factories as make
from tests.accounts.people import logged_in, make_person


@pytest.fixture
def article(db):
    """Written in English, translated into Slovenian but for its text."""
    return make.make_article(
        title_en="Nine partners meet",
        title_sl="Devet partnerjev se sreča",
        lead_en="They met in Dobova.",
        lead_sl="Srečali so se v Dobovi.",
        body_en='<p>The <strong>first</strong> day.</p><p>See <a href="https://example.org/">more</a>.</p>',
    )


@pytest.fixture
def translator(db):
    return make_person("translator", languages=["sl"])


@pytest.fixture
def desk(translator):
    """A browser in which the translator into Slovenian is logged in."""
    return logged_in(translator)
