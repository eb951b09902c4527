"""The library of pictures: found, taken in several at once, and never lost from under a page that shows them."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from editorial.models import Picture
from tests.editorial.photos import photo
from tests.factories import make_article, make_event, make_partner, make_project
from tests.forms import change, filled_in, mistakes, send

pytestmark = pytest.mark.django_db

LIST = "/admin/editorial/picture/"
SEVERAL = reverse("admin:editorial_picture_add_several")
NO_PICTURE = SimpleUploadedFile("holiday.jpg", b"MZ this is a program")


def make_picture(**fields):
    return Picture.objects.create(file=photo(), **{"alt_en": "Blue"} | fields)


def read(answer):
    return BeautifulSoup(answer.content, "html.parser")


def add(office, *files, **fields):
    page = read(office.post(SEVERAL, {"file": files, "credit": "", "licence": ""} | fields))
    return [item.get_text(" ", strip=True) for item in page.select(".answer")], page


def listed(office, query=""):
    return {int(box["value"]) for box in read(office.get(f"{LIST}?{query}")).select("input.action-select")}


def delete(office, picture):
    return office.post(reverse("admin:editorial_picture_delete", args=[picture.pk]), {"post": "yes"})


def test_each_of_several_files_is_answered_by_itself(office):
    answers, _page = add(
        office, photo(name="hall.jpg"), NO_PICTURE, photo("PNG", name="logo.png"), credit="Photo: RRA", licence="CC BY"
    )
    assert answers[0].startswith("hall.jpg Taken. Describe it")
    assert answers[1].startswith("holiday.jpg Refused. This file is no picture")
    assert answers[2].startswith("logo.png Taken.")
    assert set(Picture.objects.values_list("credit", "licence")) == {("Photo: RRA", "CC BY")}
    assert Picture.objects.count() == 2


def test_what_was_typed_beside_refused_files_is_still_there(office):
    _answers, page = add(office, NO_PICTURE, credit="Photo: RRA Posavje")
    assert page.select_one("[name=credit]")["value"] == "Photo: RRA Posavje"
    long = "x" * 300
    answers, page = add(office, photo(), credit=long)
    assert answers == []
    assert page.select_one("[name=credit]")["value"] == long
    assert page.select_one(".errorlist")


def test_to_send_nothing_is_no_answer(office):
    _answers, page = add(office)
    assert "Choose at least one picture." in page.get_text()


def test_the_pages_script_is_sent_the_answers_alone(office):
    answers, page = add(office, photo(name="hall.jpg"), answers_only="yes")
    assert len(answers) == 1
    assert page.html is None


def test_who_may_not_add_pictures_is_not_let_in(client, django_user_model):
    person = django_user_model.objects.create_user("reader", is_staff=True, interface_language="en")
    person.user_permissions.set(Permission.objects.filter(codename="view_picture"))
    client.force_login(person)
    assert client.get(SEVERAL).status_code == client.post(SEVERAL, {"file": photo()}).status_code == 403
    assert SEVERAL not in client.get(LIST).content.decode()
    assert not Picture.objects.exists()


def test_a_picture_that_nobody_described_yet_is_found_by_its_file_and_by_what_it_lacks(office):
    add(office, photo(name="Factory hall.jpg"))
    new, described = Picture.objects.get(), make_picture()
    make_picture(alt_en="", is_decorative=True)
    assert listed(office, "q=factory-hall") == {new.pk}
    assert listed(office, "described=no") == {new.pk}
    assert described.pk in listed(office)
    assert "no description yet" in read(office.get(LIST)).get_text()


def test_it_is_found_by_its_words_in_any_language_and_by_its_credit(office):
    picture = make_picture(alt_sl="Obiskovalci v tovarni", credit="Photo: Ana Novak")
    make_picture()
    assert listed(office, "q=tovarni") == listed(office, "q=novak") == {picture.pk}


@pytest.fixture
def used():
    """A picture that is shown in every way there is, with the records that show it."""
    picture = make_picture()
    event = make_event(title_en="Final event")
    event.pictures.add(picture)
    return picture, [
        make_article(title_en="We have begun", picture=picture),
        event,
        make_partner(name="University", logo=picture),
        make_project(acronym="RIVER", picture=picture),
    ]


def test_the_form_says_where_a_picture_is_used(office, used):
    picture, records = used
    links = {link["href"] for link in read(office.get(change(picture))).select(".uses a")}
    assert links == {change(record) for record in records}


def test_the_list_says_in_how_many_places(office, used):
    make_picture()
    cells = [cell.get_text() for cell in read(office.get(LIST)).select(".field-uses")]
    assert cells == ["nowhere yet", "in 4 places"]
    assert listed(office, "used=yes") == {used[0].pk}
    assert used[0].pk not in listed(office, "used=no")


def test_who_may_not_see_a_record_is_told_only_that_there_is_one(client, django_user_model, used):
    person = django_user_model.objects.create_user("someone", is_staff=True, interface_language="en")
    person.user_permissions.set(Permission.objects.filter(codename__in=["change_picture", "view_article"]))
    client.force_login(person)
    uses = read(client.get(change(used[0]))).select_one(".uses").get_text(" ", strip=True)
    assert "We have begun" in uses
    assert "3 records that you may not see" in uses
    assert "RIVER" not in uses


def test_a_picture_in_use_is_not_deleted_and_the_answer_names_where_it_is(office, used):
    picture, records = used
    answer = read(delete(office, picture))
    assert "still used" in answer.get_text()
    assert {change(record) for record in records} <= {link["href"] for link in answer.select("#content a[href]")}
    assert Picture.objects.filter(pk=picture.pk).exists()
    assert default_storage.exists(picture.file.name)


def test_a_picture_of_an_events_gallery_alone_is_kept_too(office):
    picture, event = make_picture(), make_event(title_en="Final event")
    event.pictures.add(picture)
    assert "Final event" in read(delete(office, picture)).get_text()
    assert event.pictures.get() == picture


def test_several_are_deleted_together_only_if_none_is_used(office, used, django_capture_on_commit_callbacks):
    free = make_picture()
    action = {"action": "delete_selected", "post": "yes"}
    answer = office.post(LIST, action | {"_selected_action": [used[0].pk, free.pk]})
    assert "We have begun" in answer.content.decode()
    assert Picture.objects.count() == 2
    with django_capture_on_commit_callbacks(execute=True):
        assert office.post(LIST, action | {"_selected_action": [free.pk]}).status_code == 302
    assert Picture.objects.get() == used[0]
    assert not any(map(default_storage.exists, free.file_names))


def test_the_focal_point_is_set_by_numbers_and_empty_is_the_middle(office):
    picture = make_picture()
    assert send(office, change(picture), {"focus_x": "15", "focus_y": ""}).status_code == 302
    picture.refresh_from_db()
    assert (picture.focus_x, picture.focus_y) == (15, 50)
    answer = send(office, change(picture), {"focus_x": "101", "credit": "Photo: RRA"})
    assert "100" in mistakes(answer)["focus_x"]
    assert read(answer).select_one("[name=credit]")["value"] == "Photo: RRA"


def test_the_form_lists_the_picture_in_another_file(office, django_capture_on_commit_callbacks):
    picture = make_picture()
    former = picture.file_names
    with django_capture_on_commit_callbacks(execute=True):
        data = filled_in(office, change(picture)) | {"file": photo("PNG", size=(500, 20))}
        assert office.post(change(picture), data).status_code == 302
    picture.refresh_from_db()
    assert (picture.width, len(picture.renditions)) == (500, 6)
    assert not any(map(default_storage.exists, former))


def test_a_huge_upload_is_refused_in_words_beside_what_was_typed(office, settings):
    settings.PICTURE_BYTES = settings.DOCUMENT_BYTES = settings.IMPORT_BYTES = 1024 * 1024
    huge = SimpleUploadedFile("huge.jpg", photo().read() + b"\0" * (20 * 1024 * 1024))
    answer = office.post(f"{LIST}add/", {"file": huge, "alt_en": "A description of some length", "credit": "Me"})
    assert "more than 1.0" in mistakes(answer)["file"]
    assert read(answer).select_one("[name=alt_en]")["value"] == "A description of some length"


def test_of_a_huge_upload_little_is_kept_on_disk_and_what_came_with_it_is_read(rf, settings):
    settings.PICTURE_BYTES = settings.DOCUMENT_BYTES = settings.IMPORT_BYTES = 1024 * 1024
    huge = SimpleUploadedFile("huge.jpg", b"\0" * (20 * 1024 * 1024))
    request = rf.post("/", {"file": huge, "credit": "Photo: RRA"})
    kept = request.FILES["file"]
    assert kept.size == 20 * 1024 * 1024
    assert len(kept.read()) < 2 * 1024 * 1024
    assert request.POST["credit"] == "Photo: RRA"


def test_the_field_tells_the_browser_how_large_a_file_may_be(office, settings):
    for address in (f"{LIST}add/", SEVERAL):
        field = read(office.get(address)).select_one("input[type=file]")
        assert int(field["data-limit"]) == settings.PICTURE_BYTES
        assert "10.0" in field["data-too-large"]
