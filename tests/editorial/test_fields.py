"""Fields that keep their promise from wherever a value comes."""

import pytest
from django.core.exceptions import ValidationError

from editorial.states import State
from news.models import Article
from partners.models import Partner
from tests.factories import make_article, make_partner, make_project

pytestmark = pytest.mark.django_db

HOSTILE = [
    "<script>alert(1)</script><p>kept</p>",
    '<p onclick="alert(1)">kept</p>',
    '<p>kept <a href="javascript:alert(1)">link</a></p>',
    '<p>kept</p><img src="x" onerror="alert(1)">',
    '<p style="position:fixed">kept</p><iframe src="https://example.org"></iframe>',
    "<p>kept</p><svg><script>alert(1)</script></svg>",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("field", ["body_en", "body_sl", "body_fr"])
def test_rich_text_is_made_harmless_whichever_way_it_comes(text, field):
    saved = make_article(**{field: text})
    bulk = Article.objects.bulk_create([Article(slug="bulk", title_en="Bulk", **{field: text})])[0]
    for article in (saved, bulk):
        stored = Article.objects.values_list(field, flat=True).get(pk=article.pk)
        assert "kept" in stored
        for evil in ("script", "onclick", "onerror", "javascript:", "iframe", "style=", "<svg"):
            assert evil not in stored


def test_what_an_article_needs_is_kept():
    text = (
        '<h2>Head</h2><p><strong>bold</strong> <em>slanted</em> <a href="https://example.org/">link</a></p>'
        "<ul><li><p>one</p></li></ul><blockquote><p>said</p></blockquote>"
    )
    article = make_article(body_en=text)
    article.refresh_from_db()
    for tag in ("<h2>", "<strong>", "<em>", 'href="https://example.org/"', "<ul>", "<li>", "<blockquote>"):
        assert tag in article.body_en


@pytest.mark.parametrize(("european", "iso"), [("EL", "GR"), ("UK", "GB"), ("SI", "SI")])
def test_the_country_codes_of_eu_data_are_understood(european, iso):
    partner = make_partner(country=european)
    partner.refresh_from_db()
    assert partner.country == iso
    Partner(slug="form", name="From a form", country=european).full_clean()


@pytest.mark.parametrize("amount", ["12345678901234", "123456789012.34", "-1", "1.005"])
def test_an_impossible_amount_is_refused_on_its_field(amount):
    project = make_project()
    project.total_budget = amount
    with pytest.raises(ValidationError) as refusal:
        project.full_clean()
    assert set(refusal.value.message_dict) == {"total_budget"}


def test_the_moment_of_publishing_is_noted_once():
    article = make_article(state=State.DRAFT)
    assert article.published_at is None
    article.state = State.PUBLISHED
    article.save()
    moment = article.published_at
    article.save()
    assert moment is not None
    assert article.published_at == moment
