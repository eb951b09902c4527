"""Files for outside translators: what goes out, what is taken of what comes back, and what is refused and why."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from bs4 import BeautifulSoup
from defusedxml.ElementTree import fromstring
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from editorial.models import Identity, ReturnedFile, Snapshot
from news.models import Article, Event
from tests import factories as make
from tests.accounts.people import logged_in, make_person
from tests.editorial.translating.pages import BOARD
from tests.editorial.translating.test_progress import row, states
from tests.forms import change, mistakes, send

EXPORT, RETURNED = f"{BOARD}export/", f"{BOARD}returned/"
NS = {"x": "urn:oasis:names:tc:xliff:document:2.0"}


def exported(browser, *records, language="sl", **options) -> str:
    keys = [f"{record._meta.label_lower}:{record.pk}" for record in records]
    answer = browser.post(EXPORT, {"language": language, "record": keys, **options})
    assert answer.status_code == 200, answer
    assert answer["Content-Disposition"].startswith('attachment; filename="translation-')
    return answer.content.decode()


def translated(xml, **texts) -> str:
    """The file with targets: `{"body": ["<pc …>…</pc>", …]}` gives a text's segments, a word all of its only one."""
    for name, targets in texts.items():
        unit = re.search(rf'<unit id="[^"]*\.{name}".*?</unit>', xml, re.DOTALL).group()
        done = re.sub(r"<target.*?</target>|<target */>", "", unit).replace('state="initial"', 'state="translated"')
        *segments, end = done.split("</segment>")
        targets = [targets] if isinstance(targets, str) else targets
        pairs = zip(segments, targets, strict=True)
        done = "".join(f"{segment}<target>{target}</target></segment>" for segment, target in pairs)
        xml = xml.replace(unit, done + end)
    return xml


def upload(browser, content, **options):
    content = content.encode() if isinstance(content, str) else content
    return browser.post(RETURNED, {"file": SimpleUploadedFile("back.xlf", content)}, **options)


def verdicts(file=None) -> dict[str, tuple[str, str]]:
    report = (file or ReturnedFile.objects.first()).report
    return {each["id"].rpartition(".")[2]: (each["what"], each["why"]) for each in report}


def take(browser):
    return browser.post(f"{RETURNED}{ReturnedFile.objects.first().pk}/")


BODY = [
    '<pc id="1"><pc id="2">Prvi</pc> dan.</pc>',
    '<pc id="3">Glejte <pc id="4">več</pc>.</pc>',
]


def test_a_file_holds_what_is_missing_or_outdated_with_its_codes(desk, office, article):
    send(office, change(article), {"title_en": "Ten partners meet"})
    root = fromstring(exported(desk, article))
    assert root.attrib == {"version": "2.0", "srcLang": "en", "trgLang": "sl"}
    assert root.find("x:file", NS).get("original") == Identity.own()
    units = root.findall("x:file/x:group/x:unit", NS)
    assert [unit.get("id") for unit in units] == [f"news.article.{article.pk}.{name}" for name in ("title", "body")]
    title, body = units
    assert title.findtext("x:segment/x:source", namespaces=NS) == "Ten partners meet"
    assert title.findtext("x:segment/x:target", namespaces=NS) == "Devet partnerjev se sreča"
    assert "At most 200 characters." in [note.text for note in title.iter(f"{{{NS['x']}}}note")]
    assert [data.text for data in body.findall("x:originalData/x:data", NS)][:4] == [
        "<p>",
        "</p>",
        "<strong>",
        "</strong>",
    ]
    assert ["".join(source.itertext()) for source in body.findall("x:segment/x:source", NS)] == [
        "The first day.",
        "See more.",
    ]


def test_the_numbers_in_a_unit_are_each_there_once(desk, article):
    unit = fromstring(exported(desk, article)).find(".//x:unit", NS)
    numbers = [part.get("id") for part in unit.iter() if part.tag.rpartition("}")[2] in ("segment", "pc", "ph")]
    assert len(numbers) == len(set(numbers)) > 3


def test_a_file_that_comes_back_untouched_changes_nothing(desk, article):
    Article.objects.update(body_sl="<p>Prvi&nbsp;dan.</p>\n<p>Glejte &amp; berite</p>", lead_sl="Ena\r\ndve")
    Article.objects.update(body_en="<p>The first day.</p><p>See more</p>")
    upload(desk, exported(desk, article, everything="all"))
    assert {what for what, _why in verdicts().values()} == {"unchanged"}


def test_everything_can_be_asked_for(desk, article):
    assert exported(desk, article, everything="all").count("<unit ") == 3


def test_what_comes_back_is_shown_first_and_then_taken_with_a_version(desk, translator, article):
    xml = translated(exported(desk, article), body=BODY)
    answer = upload(desk, xml, follow=True)
    assert "Prvi dan." in answer.content.decode()
    assert not Article.objects.get().body_sl
    assert verdicts() == {"body": ("taken", "")}
    take(desk)
    assert Article.objects.get().body_sl == (
        '<p><strong>Prvi</strong> dan.</p><p>Glejte <a href="https://example.org/">več</a>.</p>'
    )
    snapshot = Snapshot.objects.filter(kind="news.article").first()
    assert (snapshot.user, snapshot.screen) == (translator, "returned")
    assert states(article)["body"] == "complete"
    assert ReturnedFile.objects.get().content == b""


def test_a_file_is_taken_once(desk, article):
    upload(desk, translated(exported(desk, article), body=BODY))
    take(desk)
    Article.objects.update(body_sl="<p>Popravljeno.</p>")
    take(desk)
    assert Article.objects.get().body_sl == "<p>Popravljeno.</p>"


def test_a_source_that_changed_since_is_refused_and_both_are_shown(desk, office, article):
    xml = translated(exported(desk, article), body=BODY)
    send(office, change(article), {"body_en": "<p>Everything is different.</p>"})
    page = upload(desk, xml, follow=True).content.decode()
    assert verdicts()["body"][0] == "refused"
    assert "The first day." in page
    assert "Everything is different." in page
    take(desk)
    assert not Article.objects.get().body_sl


def test_a_source_that_changes_between_the_report_and_the_taking_is_refused_too(desk, article):
    upload(desk, translated(exported(desk, article), body=BODY))
    assert verdicts()["body"][0] == "taken"
    Article.objects.update(body_en="<p>Everything is different.</p>")
    take(desk)
    assert verdicts()["body"][0] == "refused"
    assert not Article.objects.get().body_sl


def test_one_text_refused_keeps_no_other_from_being_taken(desk, article):
    xml = exported(desk, article, everything="all")
    upload(desk, translated(xml, title="x" * 201, lead="Novo uvodno besedilo.", body=[BODY[0], ""]))
    take(desk)
    found = verdicts()
    assert found["title"][0] == "refused"
    assert "200" in found["title"][1]
    assert found["lead"][0] == "taken"
    assert found["body"] == ("refused", "Only a part of it is translated.")
    assert Article.objects.get().lead_sl == "Novo uvodno besedilo."


def test_what_is_empty_or_the_same_is_said(desk, article):
    upload(desk, exported(desk, article, everything="all"))
    assert {name: what for name, (what, _why) in verdicts().items()} == {
        "title": "unchanged", "lead": "unchanged", "body": "empty",
    }  # fmt: skip


def test_an_outdated_text_that_the_translator_confirms_is_right_again(desk, office, article):
    send(office, change(article), {"title_en": "Nine partners met"})
    xml = exported(desk, article)
    upload(desk, xml)
    take(desk)
    assert states(article)["title"] == "stale"  # nobody has said that it was looked at
    upload(desk, translated(xml, title="Devet partnerjev se sreča"))
    take(desk)
    assert states(article)["title"] == "complete"


def test_broken_codes_are_refused_in_a_sentence(desk, article):
    upload(desk, translated(exported(desk, article), body=["Prvi dan.", BODY[1]]))
    assert verdicts()["body"][0] == "refused"
    assert "A code is missing" in verdicts()["body"][1]


def test_markup_comes_from_the_portal_and_never_from_the_file(desk, article):
    xml = translated(exported(desk, article), body=BODY).replace("https://example.org/", "javascript:x()")
    upload(desk, xml.replace("Prvi", "&lt;script&gt;x()&lt;/script&gt;"))
    take(desk)
    text = Article.objects.get().body_sl
    assert "javascript" not in text
    assert "<script" not in text
    assert 'href="https://example.org/"' in text


@pytest.mark.parametrize(
    ("change_of", "to"),
    [
        ("news.article.{pk}", "news.article.999"),
        ("news.article.{pk}", "auth.group.1"),
        ("news.article.{pk}", "accounts.user.1"),
        (".body", ".slug"),
        (".body", ".body_en"),
        ("news.article.{pk}.body", "nonsense"),
    ],
)
def test_what_is_no_text_of_ours_is_refused(desk, article, change_of, to):
    xml = translated(exported(desk, article), body=BODY).replace(change_of.format(pk=article.pk), to)
    before = Article.objects.values().get()
    assert upload(desk, xml).status_code == 302
    take(desk)
    assert {each["what"] for each in ReturnedFile.objects.get().report} == {"refused"}
    assert Article.objects.values().get() == before


def test_a_file_of_another_portal_is_refused(desk, article):
    xml = exported(desk, article).replace(Identity.own(), "urn:uuid:00000000-0000-4000-8000-000000000000")
    answer = upload(desk, xml)
    assert mistakes(answer)["file"].startswith("This file doesn't come from this portal")
    assert not ReturnedFile.objects.exists()


BILLION_LAUGHS = (
    b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>"""
)
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>"""
TWELVE = b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file/></xliff>'


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<xliff>\n  <file>\n</xliff>", "broken at line 3, column"),
        (b"no XML at all", "broken at line 1, column 1"),
        (b"", "empty"),
        (b"\x00\xff\xfe", "broken at line 1"),
        (b"<?xml version='1.0' encoding='nonsense'?><x/>", "can't be read as XML"),
        (BILLION_LAUGHS, "document type or entities"),
        (EXTERNAL, "document type or entities"),
        (b"<html/>", "no XLIFF file"),
        (TWELVE, "XLIFF 1.2"),
        (b"<x>" * 20_000 + b"</x>" * 20_000, "deeper"),
    ],
    ids=["broken", "text", "empty", "binary", "encoding", "laughs", "external", "html", "1.2", "deep"],
)
def test_a_file_that_is_none_is_refused_in_a_sentence(desk, content, message):
    answer = upload(desk, content)
    assert answer.status_code == 200
    assert message in mistakes(answer)["file"]
    assert not ReturnedFile.objects.exists()


def test_a_file_that_is_too_large_is_refused(desk, settings):
    settings.XLIFF_BYTES = 1000
    assert "more than 1000" in mistakes(upload(desk, b"<x>" + b" " * 2000 + b"</x>"))["file"]


@pytest.mark.parametrize(("language", "message"), [("bg", "you may not write"), ("hr", "none of the portal")])
def test_a_file_in_a_language_that_is_not_ones_own_is_refused(desk, office, article, language, message):
    xml = translated(exported(office, article, language="bg"), title="Заглавие")
    xml = xml.replace('trgLang="bg"', f'trgLang="{language}"')
    assert message in mistakes(upload(desk, xml))["file"]


def test_a_partner_editor_takes_nothing_beyond_their_reach(office, article):
    editor = logged_in(make_person("partner_editor", partner=make.make_partner(), languages=["sl"]))
    upload(editor, translated(exported(office, article), body=BODY))
    take(editor)
    assert verdicts()["body"] == ("refused", "There is no such record, or you may not see it.")
    assert not Article.objects.get().body_sl


def test_a_right_that_was_withdrawn_before_the_taking_counts(desk, translator, article):
    upload(desk, translated(exported(desk, article), body=BODY))
    translator.languages = ["lv"]
    translator.save()
    take(desk)
    assert verdicts()["body"] == ("refused", "You may not write this text in this language.")


def test_someone_elses_report_is_theirs(desk, article):
    upload(desk, translated(exported(desk, article), body=BODY))
    address = f"{RETURNED}{ReturnedFile.objects.get().pk}/"
    assert logged_in(make_person("translator", languages=["sl"])).get(address).status_code == 404
    assert logged_in(make_person("editor")).get(address).status_code == 200
    assert logged_in(make_person("editor")).post(address).status_code == 404
    assert not Article.objects.get().body_sl


def test_records_written_in_other_languages_come_in_a_file_of_their_own(office, article):
    other = make.make_event(title_en="", title_lv="Pasākums")
    keys = [f"news.article:{article.pk}", f"news.event:{other.pk}"]
    answer = office.post(EXPORT, {"language": "sl", "record": keys})
    archive = ZipFile(BytesIO(answer.content))
    assert [name[-7:] for name in archive.namelist()] == ["-en.xlf", "-lv.xlf"]


def test_all_that_the_filters_show_is_exported(desk, article):
    make.make_event()
    call_command("refresh_translations")
    answer = desk.post(f"{EXPORT}?kind=news.event", {"language": "sl", "all": ""})
    assert answer.content.decode().count("<group ") == 1
    assert f"news.event.{Event.objects.get().pk}.title" in answer.content.decode()


def test_records_beyond_reach_are_left_out_of_a_file(office, article):
    editor = logged_in(make_person("partner_editor", partner=make.make_partner(), languages=["sl"]))
    keys = [f"news.article:{article.pk}", "news.article:x", "auth.user:1", "nonsense"]
    answer = editor.post(EXPORT, {"language": "sl", "record": keys})
    assert answer.status_code == 302


def test_records_are_sent_from_any_list(office, article):
    address = "/admin/news/article/"
    data = {"action": "send_to_translator", "_selected_action": article.pk}
    form = BeautifulSoup(office.post(address, data).content, "html.parser").select_one("form[action$='export/']")
    assert form.select_one("[name=record]")["value"] == f"news.article:{article.pk}"


def test_more_records_take_no_more_queries_to_export(office, django_assert_max_num_queries):
    articles = [make.make_article() for _ in range(8)]
    office.get(BOARD)
    with django_assert_max_num_queries(12):
        exported(office, *articles)


def test_approved_texts_say_so(office, editor, article):
    call_command("refresh_translations")
    send(office, f"{BOARD}news.article/{article.pk}/sl/", {"_approve": ""})
    assert row(article).approved == 2
    assert 'state="final"' in exported(office, article, everything="all")
