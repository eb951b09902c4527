"""Two editors at once: nobody overwrites what somebody else saved, and nothing typed is lost."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse

from editorial.states import State
from news.models import Article
from partners.models import Contact
from projects.models import Participation, Project, StakeholderGroup, StakeholderMember, Topic
from tests.editorial.two_editors import again, differences, page, save
from tests.factories import (
    make_article,
    make_participation,
    make_partner,
    make_period,
    make_phase,
    make_project,
    make_target,
)
from tests.forms import change, filled_in, mistakes, with_row


def test_a_form_that_nobody_else_touched_is_saved(office):
    article = make_article()
    assert save(office, article, filled_in(office, change(article)) | {"title_en": "New"}).status_code == 302


def test_the_second_to_save_is_told_and_nothing_is_overwritten(office, other):
    article = make_article(title_en="Before")
    mine, theirs = filled_in(office, change(article)), filled_in(other, change(article))
    assert save(other, article, theirs | {"title_en": "Theirs"}).status_code == 302
    answer = save(office, article, mine | {"title_en": "Mine"})
    assert answer.status_code == 200
    assert differences(answer) == {"Title (English)": ["Before", "Theirs", "Mine"]}
    assert "Jana" in page(answer).select_one(".collision ul").get_text()
    assert again(answer)["title_en"] == "Mine"
    article.refresh_from_db()
    assert article.title_en == "Theirs"


@pytest.mark.parametrize(("whose", "title"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_what_both_changed_is_saved_as_chosen(office, other, whose, title):
    article = make_article(title_en="Before")
    mine, theirs = filled_in(office, change(article)), filled_in(other, change(article))
    save(other, article, theirs | {"title_en": "Theirs"})
    answer = save(office, article, mine | {"title_en": "Mine", "lead_sl": "Uvod"})
    assert save(office, article, again(answer, keep=[whose])).status_code == 302
    article.refresh_from_db()
    assert (article.title_en, article.lead_sl) == (title, "Uvod")


def test_without_a_choice_it_is_asked_again(office, other):
    article = make_article(title_en="Before")
    mine, theirs = filled_in(office, change(article)), filled_in(other, change(article))
    save(other, article, theirs | {"title_en": "Theirs"})
    answer = save(office, article, mine | {"title_en": "Mine"})
    answer = save(office, article, again(answer))
    assert differences(answer) == {"Title (English)": ["Before", "Theirs", "Mine"]}
    assert save(office, article, again(answer, keep=["mine"])).status_code == 302


@pytest.mark.parametrize("title", ["Mine and theirs", "Before"])
def test_mine_may_be_rewritten_while_it_is_decided_on(office, title):
    article = make_article(title_en="Before")
    mine = filled_in(office, change(article))
    Article.objects.filter(pk=article.pk).update(title_en="Theirs")
    answer = save(office, article, mine | {"title_en": "Mine"})
    assert save(office, article, again(answer, keep=["mine"]) | {"title_en": title}).status_code == 302
    article.refresh_from_db()
    assert article.title_en == title


def test_a_choice_does_not_hold_for_what_came_after_it(office, other):
    article = make_article(title_en="Before")
    mine, theirs = filled_in(office, change(article)), filled_in(other, change(article))
    save(other, article, theirs | {"title_en": "Theirs"})
    answer = save(office, article, mine | {"title_en": "Mine"})
    Article.objects.filter(pk=article.pk).update(title_en="Later still")
    answer = save(office, article, again(answer, keep=["mine"]))
    assert differences(answer) == {"Title (English)": ["Before", "Later still", "Mine"]}


def test_what_each_changed_elsewhere_is_merged_with_one_confirmation(office, other):
    article = make_article(title_en="Before")
    mine, theirs = filled_in(office, change(article)), filled_in(other, change(article))
    save(other, article, theirs | {"title_sl": "Naslov", "_step": "withdraw", "review-withdraw-note": "Old"})
    answer = save(office, article, mine | {"title_lv": "Virsraksts"})
    assert list(differences(answer)) == ["Title (slovenščina)", "State"]
    assert save(office, article, again(answer)).status_code == 302
    article.refresh_from_db()
    assert (article.title_sl, article.title_lv, article.state) == ("Naslov", "Virsraksts", State.WITHDRAWN)


def test_the_same_change_by_both_is_no_difference(office, other):
    article = make_article(title_en="Before")
    mine, theirs = filled_in(office, change(article)), filled_in(other, change(article))
    save(other, article, theirs | {"title_en": "Same"})
    assert save(office, article, mine | {"title_en": "Same"}).status_code == 302


def test_a_form_without_its_opened_state_overwrites_nothing(office):
    article = make_article(title_en="Before")
    data = filled_in(office, change(article)) | {"title_en": "Mine"}
    for opened in (None, "", "x" * 40):
        data["_opened"] = opened or ""
        answer = save(office, article, data)
        assert differences(answer) == {"Title (English)": ["–", "Before", "Mine"]}


def test_related_records_and_choices_are_told_by_their_names(office, other):
    topics = [Topic.objects.create(slug=name, name_en=name.title()) for name in ("water", "fire")]
    article = make_article()
    mine, theirs = filled_in(office, change(article)), filled_in(other, change(article))
    save(other, article, theirs | {"topics": [str(topics[0].pk)]})
    answer = save(office, article, mine | {"topics": [str(topics[1].pk)]})
    assert differences(answer) == {"Topics": ["–", "Water", "Fire"]}
    assert save(office, article, again(answer, keep=["theirs"])).status_code == 302
    assert list(article.topics.all()) == [topics[0]]


def test_withdrawn_while_it_is_written_is_told_and_stays_withdrawn(office):
    article = make_article(state=State.PUBLISHED)
    mine = filled_in(office, change(article))
    Article.objects.filter(pk=article.pk).update(state=State.WITHDRAWN)
    answer = save(office, article, mine | {"title_en": "Mine"})
    assert differences(answer)["State"] == ["Published", "Withdrawn"]
    assert again(answer)["title_en"] == "Mine"
    assert save(office, article, again(answer)).status_code == 302
    article.refresh_from_db()
    assert (article.state, article.title_en) == (State.WITHDRAWN, "Mine")


def test_a_mistake_elsewhere_does_not_hide_the_differences(office, other):
    article = make_article(title_en="Before")
    mine, theirs = filled_in(office, change(article)), filled_in(other, change(article))
    save(other, article, theirs | {"title_en": "Theirs"})
    answer = save(office, article, mine | {"title_en": "Mine", "slug": "no slug"})
    assert "Title (English)" in differences(answer)
    assert "slug" in mistakes(answer)
    assert save(office, article, again(answer, keep=["mine"]) | {"slug": "slug"}).status_code == 302


def test_a_participation_in_its_own_form_collides_with_the_project_that_holds_it(office, other):
    share = make_participation(make_project(), total_budget=100)
    mine, theirs = filled_in(office, change(share.project)), filled_in(other, change(share))
    save(other, share, theirs | {"total_budget": "250"})
    answer = save(office, share.project, mine | {"participations-0-total_budget": "300"})
    (difference,) = differences(answer).items()
    assert difference[0].endswith("Total budget")
    assert difference[1] == ["100.00", "250.00", "300"]
    share.refresh_from_db()
    assert share.total_budget == 250
    assert save(office, share.project, again(answer, keep=["mine"])).status_code == 302
    share.refresh_from_db()
    assert share.total_budget == 300


def test_the_project_that_holds_a_participation_collides_with_its_own_form(office, other):
    share = make_participation(make_project(), total_budget=100)
    mine, theirs = filled_in(office, change(share)), filled_in(other, change(share.project))
    save(other, share.project, theirs | {"participations-0-total_budget": "250"})
    answer = save(office, share, mine | {"total_budget": "300"})
    assert differences(answer) == {"Total budget": ["100.00", "250.00", "300"]}
    assert "Jana" in page(answer).select_one(".collision ul").get_text()


def test_two_who_change_different_things_in_one_row_both_keep_their_change(office, other):
    share = make_participation(make_project(), total_budget=100)
    mine, theirs = filled_in(office, change(share.project)), filled_in(other, change(share.project))
    save(other, share.project, theirs | {"participations-0-unit_en": "Department"})
    answer = save(office, share.project, mine | {"participations-0-total_budget": "300"})
    assert save(office, share.project, again(answer)).status_code == 302
    share.refresh_from_db()
    assert (share.unit_en, share.total_budget) == ("Department", 300)


def test_rows_that_both_added_are_both_kept(office, other):
    project, partners = make_project(state=State.DRAFT), [make_partner(), make_partner()]
    mine, theirs = filled_in(office, change(project)), filled_in(other, change(project))
    assert save(other, project, with_row(theirs, "participations", partner=partners[0].pk)).status_code == 302
    answer = save(office, project, with_row(mine, "participations", partner=partners[1].pk))
    assert save(office, project, again(answer)).status_code == 302
    assert {share.partner for share in project.participations.all()} == set(partners)


def test_a_row_that_they_deleted_and_i_left_alone_goes(office, other):
    share = make_participation(make_project(state=State.DRAFT))
    kept = make_participation(share.project)
    mine, theirs = filled_in(office, change(share.project)), filled_in(other, change(share.project))
    assert save(other, share.project, theirs | {"participations-0-DELETE": "on"}).status_code == 302
    answer = save(office, share.project, mine | {"title_en": "Mine"})
    assert list(differences(answer).values()) == [["–", "deleted"]]
    assert save(office, share.project, again(answer)).status_code == 302
    assert list(share.project.participations.all()) == [kept]


@pytest.mark.parametrize(("whose", "budgets"), [("mine", [300]), ("theirs", [])])
def test_a_row_that_they_deleted_and_i_changed_is_decided_on(office, other, whose, budgets):
    share = make_participation(make_project(state=State.DRAFT), total_budget=100)
    mine, theirs = filled_in(office, change(share.project)), filled_in(other, change(share.project))
    save(other, share.project, theirs | {"participations-0-DELETE": "on"})
    answer = save(office, share.project, mine | {"participations-0-total_budget": "300"})
    answer = save(office, share.project, again(answer))
    assert again(answer)["participations-0-total_budget"] == "300"
    assert save(office, share.project, again(answer, keep=[whose])).status_code == 302
    assert [share.total_budget for share in share.project.participations.all()] == budgets


@pytest.mark.parametrize(("whose", "budgets"), [("mine", []), ("theirs", [250])])
def test_a_row_that_i_delete_and_they_changed_is_decided_on(office, other, whose, budgets):
    share = make_participation(make_project(state=State.DRAFT), total_budget=100)
    mine, theirs = filled_in(office, change(share.project)), filled_in(other, change(share.project))
    save(other, share.project, theirs | {"participations-0-total_budget": "250"})
    answer = save(office, share.project, mine | {"participations-0-DELETE": "on"})
    assert Participation.objects.get().total_budget == 250
    assert save(office, share.project, again(answer, keep=[whose])).status_code == 302
    assert [share.total_budget for share in share.project.participations.all()] == budgets


def test_every_inline_of_a_project_is_compared(office):
    project = make_project()
    partner = make_partner()
    phase, target, period = make_phase(project), make_target(project), make_period(project)
    contact = Contact.objects.create(partner=partner, project=project, function_en="Office", phone="1")
    website = project.websites.create(address="https://one.example")
    mine = filled_in(office, change(project))
    for row, field, value in [
        (phase, "name_sl", "Faza"), (target, "value", 77), (period, "due_on", project.end),
        (contact, "phone", "2"), (website, "address", "https://two.example"),
    ]:  # fmt: skip
        type(row).objects.filter(pk=row.pk).update(**{field: value})
    answer = save(office, project, mine | {"title_en": "Mine"})
    assert len(differences(answer)) == 5
    assert save(office, project, again(answer)).status_code == 302
    contact.refresh_from_db()
    phase.refresh_from_db()
    assert (contact.phone, phase.name_sl) == ("2", "Faza")


def test_rows_of_organisations_and_groups_are_compared_too(office):
    project, partner = make_project(), make_partner()
    contact = Contact.objects.create(partner=partner, function_en="Office", phone="1")
    group = StakeholderGroup.objects.create(project=project, country="SI", name_en="Employers")
    member = StakeholderMember.objects.create(group=group, name="Chamber")
    for record, row, place in [(partner, contact, "contacts-0-phone"), (group, member, "members-0-name")]:
        mine = filled_in(office, change(record))
        field = place.rpartition("-")[2]
        type(row).objects.filter(pk=row.pk).update(**{field: "theirs"})
        answer = save(office, record, mine | {place: "mine"})
        (values,) = differences(answer).values()
        assert values[1:] == ["theirs", "mine"]
        assert save(office, record, again(answer, keep=["mine"])).status_code == 302
        row.refresh_from_db()
        assert getattr(row, field) == "mine"


def test_what_was_typed_for_a_deleted_record_makes_a_new_one(office, other):
    share = make_participation(make_project(title_en="Before"))
    mine = filled_in(office, change(share.project))
    other.post(reverse("admin:projects_project_delete", args=[share.project.pk]), {"post": "yes"})
    assert not Project.objects.exists()
    answer = save(office, share.project, mine | {"title_en": "Mine"})
    assert "Jana Kos deleted this record" in mistakes(answer)[""]
    form = page(answer).select_one("#project_form")
    assert office.post(form["action"], again(answer)).status_code == 302
    project = Project.objects.get()
    assert project.title_en == "Mine"
    assert project.participations.get().partner == share.partner


def test_who_may_no_longer_change_a_record_can_copy_what_was_typed(office, editor):
    article = make_article()
    mine = filled_in(office, change(article)) | {"lead_en": "A lead that took an hour"}
    editor.is_superuser = False
    editor.save()
    answer = save(office, article, mine)
    assert answer.status_code == 403
    assert "A lead that took an hour" in answer.content.decode()
    editor.user_permissions.add(Permission.objects.get(codename="change_article"))
    article.delete()
    assert "A lead that took an hour" in save(office, article, mine).content.decode()


def test_what_was_kept_in_the_browser_is_shown_and_not_saved(office):
    article = make_article(title_en="Before")
    mine = filled_in(office, change(article)) | {"title_en": "Kept", "_kept": "1"}
    Article.objects.filter(pk=article.pk).update(lead_sl="Uvod")
    answer = save(office, article, mine)
    assert list(differences(answer)) == ["Lead (slovenščina)"]
    assert again(answer)["title_en"] == "Kept"
    answer = office.post(reverse("admin:news_article_add"), mine)
    assert answer.status_code == 200
    assert again(answer)["title_en"] == "Kept"
    assert Article.objects.get().title_en == "Before"


@pytest.mark.parametrize("number", ["9" * 5000, "999999999999"])
def test_a_hand_made_number_of_rows_is_counted_by_nobody(office, number):
    project = make_project()
    rows = {"phases-TOTAL_FORMS": number, "_opened": "made by hand"}
    assert office.post(change(project), filled_in(office, change(project)) | rows).status_code == 302


@pytest.mark.parametrize("number", ["0", "-1", "", "9"])
def test_stored_rows_that_a_hand_made_request_sends_as_new_ones_stay_what_they_are(office, number):
    taking_part = make_participation(make_project())
    form = change(taking_part.project)
    answer = office.post(form, filled_in(office, form) | {"participations-INITIAL_FORMS": number})
    assert answer.status_code == 302
    assert Participation.objects.get() == taking_part
