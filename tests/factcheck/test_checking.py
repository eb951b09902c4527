from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from factcheck.checking import check
from factcheck.findings import CheckedFact, Verdict
from factcheck.reading.vocabulary import vocabulary
from factcheck.record import record_of, records_of
from projects.models import Amendment, Project
from tests.factcheck.scoring import inno_industry
from tests.factories import make_participation, make_partner, make_project


@pytest.fixture(scope="module")
def record():
    return inno_industry()


def verdicts(text, record, language="en", **options):
    return {str(each.fact): str(each.verdict) for each in check(text, language, record, **options)}


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        ("EUR 1,637,941.00", "agrees"),
        ("EUR 1 637 941.00", "agrees"),
        ("€1.64 million", "agrees"),
        ("1.638m EUR", "agrees"),
        ("1,638 k€", "agrees"),
        ("more than 1.6 million euros", "agrees"),
        ("almost EUR 1.7 million", "agrees"),
        ("about 1.6 million euros", "agrees"),
        ("EUR 1.47 million", "outdated"),
        ("EUR 1,467,941", "outdated"),
        ("EUR 1.65 million", "contradicts"),
        ("EUR 1,637,914", "contradicts"),
        ("EUR 2 million", "contradicts"),
    ],
)
def test_a_rounded_amount_agrees_with_the_exact_one(stated, verdict, record):
    assert verdicts(f"The total budget of the project is {stated}.", record) == {"total_budget": verdict}


@pytest.mark.parametrize(
    ("language", "stated"),
    [
        ("en", "31 January 2023"),
        ("en", "January 31st, 2023"),
        ("en", "31/01/2023"),
        ("en", "2023-01-31"),
        ("en", "January 2023"),
        ("sl", "31. 1. 2023"),
        ("sl", "31. januarja 2023"),
        ("lv", "2023. gada 31. janvārim"),
        ("bg", "31 януари 2023 г."),
        ("de", "31.\u00a0Januar\u00a02023"),
        ("es", "31 de enero de 2023"),
        ("pt", "31 de janeiro de 2023"),
        ("sv", "den 31 januari 2023"),
        ("sk", "31. januára 2023"),
        ("hu", "2023. január 31-ig"),
        ("ro", "31 ianuarie 2023"),
        ("it", "31 gennaio 2023"),
    ],
)
def test_dates_are_read_in_the_notation_of_the_language(language, stated, record):
    until = {"en": "until", "sl": "do", "lv": "līdz", "bg": "до", "de": "bis", "es": "hasta el", "pt": "até"}
    until |= {"sv": "till", "sk": "do", "hu": "", "ro": "până la", "it": "fino al"}
    runs = {"en": "runs", "sl": "traja", "lv": "ilgst", "bg": "продължава", "de": "läuft", "es": "dura", "pt": "dura"}
    runs |= {"sv": "pågår", "sk": "trvá", "hu": "tart", "ro": "durează", "it": "dura"}
    found = check(f"INNO INDUSTRY {runs[language]} {until[language]} {stated}.", language, record)
    assert [(each.fact, each.verdict) for each in found] == [(CheckedFact.END, Verdict.AGREES)]


def test_a_passage_is_found_where_it_stands_in_html(record):
    text = "<h2>Projekt</h2><p>Skupna&nbsp;vrednost je <b>1.467.941,00</b>&nbsp;evrov &amp; več.</p>"
    (found,) = check(text, "sl", record)
    assert text[found.start : found.end] == found.passage == "1.467.941,00</b>&nbsp;evrov"
    assert (found.verdict, found.token, found.amendment) == (Verdict.OUTDATED, "[[total_budget]]", 1)


def test_a_table_of_labels_is_read_without_the_word_project(record):
    text = "<table><tr><th>Start</th><td>1.8.2019</td></tr><tr><th>Ende</th><td>31.7.2022</td></tr></table>"
    assert verdicts(text, record, "de") == {"start_date": "agrees", "end_date": "outdated"}


def test_facts_named_by_tokens_markup_and_scripts_say_nothing(record):
    text = "The project ends on [[end_date]].<script>project ends on 31 July 2022</script><!-- 9 project partners -->"
    assert verdicts(text, record) == {}


def test_letters_made_of_two_characters_are_read_as_one(record):
    text = "Projekts ilga li\u0304dz 2022. gada 31. ju\u0304lijam."
    (found,) = check(text, "lv", record)
    assert (found.verdict, text[found.start : found.end]) == (Verdict.OUTDATED, "2022. gada 31. ju\u0304lijam")


def test_an_article_says_what_was_true_on_its_day(record):
    running = "The project is running until 31 July 2022 with a total budget of EUR 1,467,941."
    assert verdicts(running, record, as_of=date(2020, 5, 1)) == {"end_date": "agrees", "total_budget": "agrees"}
    assert verdicts(running, record, as_of=date(2023, 5, 1)) == {"end_date": "outdated", "total_budget": "outdated"}
    assert verdicts("The project is running.", record, as_of=date(2020, 5, 1)) == {"stage": "agrees"}
    assert verdicts("The project has ended.", record, as_of=date(2020, 5, 1)) == {"stage": "contradicts"}


def test_where_nobody_knows_a_fact_nothing_is_said_of_it(record):
    unknown = replace(record, facts={fact: replace(known, value=None) for fact, known in record.facts.items()})
    assert verdicts("The project has nine partners and ended on 31 July 2022.", unknown) == {}


def test_a_language_that_has_no_vocabulary_is_not_read(record):
    assert check("Projekti päättyi 31.7.2022.", "fi", record) == []


@pytest.mark.parametrize(
    "text",
    [
        "until 31.2.2022",
        "until 2019. 4.0.",
        "until 0.0.2022",
        "99999999999999999999 EUR",
        "\x00\ud7ff²½ ٣١ EUR",
        "[[",
        "0 %",
    ],
)
def test_what_is_no_date_or_amount_is_passed_over(text, record):
    assert verdicts(f"The project runs {text} with a total budget of", record) == {}


def test_an_empty_text_says_nothing(record):
    assert check("", "en", record) == []


@pytest.mark.django_db
def test_a_count_from_before_an_amendment_is_outdated_even_where_no_participation_tells_of_it():
    project = make_project()
    make_participation(project, "lead")
    amendment = Amendment.objects.create(
        project=project, kind="partnership", previous_partner_count=9, new_partner_count=1
    )
    [found] = check("The project has nine partners.", "en", record_of(project))
    assert (found.verdict, found.amendment) == (Verdict.OUTDATED, amendment.pk)


@pytest.mark.django_db
def test_a_record_knows_what_was_before_each_amendment_and_change_of_partners():
    project = make_project(
        start=date(2019, 8, 1), end=date(2023, 1, 31), total_budget=Decimal(200), union_funding=Decimal(150)
    )
    first = Amendment.objects.create(
        project=project, kind="budget", decided_on=date(2020, 1, 1), previous_total_budget=100, new_total_budget=200
    )
    second = Amendment.objects.create(
        project=project, kind="extension", previous_end=date(2022, 7, 31), new_end=date(2023, 1, 31)
    )
    for country, left in (("SI", None), ("AT", None), ("PL", date(2021, 5, 1))):
        make_participation(project, partner=make_partner(country=country), left=left)
    facts = record_of(project).facts
    budget, end, partners = (facts[name] for name in ("total_budget", "end_date", "partner_count"))
    assert [(each.value, each.amendment, each.until) for each in budget.former] == [(100, first.pk, date(2020, 1, 1))]
    assert (end.former[0].value, end.former[0].amendment) == (date(2022, 7, 31), second.pk)
    assert facts[CheckedFact.DURATION].value == 42
    assert {each.value for each in facts[CheckedFact.DURATION].former} == {36}
    assert (partners.value, [(each.value, each.until) for each in partners.former]) == (2, [(3, date(2021, 5, 1))])


@pytest.mark.django_db
def test_many_records_cost_as_many_queries_as_one(django_assert_num_queries):
    for _number in range(3):
        make_participation(make_project())
    projects = list(Project.objects.only("pk"))
    with django_assert_num_queries(4):
        assert len(records_of(projects)) == 3


def test_news_of_an_end_may_come_some_weeks_before_it(record):
    assert verdicts("The project has ended.", record, as_of=date(2023, 1, 10)) == {"stage": "agrees"}
    assert verdicts("The project has ended.", record, as_of=date(2022, 10, 10)) == {"stage": "contradicts"}


def test_a_sentence_that_begins_with_a_meeting_gives_its_date(record):
    text = "A kick-off meeting in Dobova, Slovenia, on 3 September 2019 started the project."
    assert verdicts(text, record) == {}


def test_a_life_stage_is_found_with_all_its_words(record):
    (found,) = check("By now the project has ended.", "en", record)
    assert found.passage == "has ended"


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("sl", "januarja februarja marca aprila maja junija julija avgusta septembra oktobra novembra decembra"),
        ("sk", "januári februári marci apríli máji júni júli auguste septembri októbri novembri decembri"),
        ("lv", "janvārī februārī martā aprīlī maijā jūnijā jūlijā augustā septembrī oktobrī novembrī decembrī"),
        (
            "hu",
            "január februárban márciusig áprilistól májusi június júliusáig augusztus szeptember október november dec",
        ),
    ],
)
def test_months_are_known_in_every_case(language, forms):
    months = vocabulary(language)
    assert [months.month(form) for form in forms.split()] == list(range(1, 13))


@pytest.mark.parametrize(
    ("language", "right", "outdated"),
    [
        ("en", "The project ended at the beginning of 2023.", "At the start of 2022 the project came to an end."),
        ("de", "Anfang 2023 wurde das Projekt abgeschlossen.", "Das Projekt lief bis Anfang 2022."),
        ("sl", "V začetku leta 2023 se je projekt zaključil.", "Projekt se je končal v začetku leta 2022."),
        ("lv", "Projekts 2023. gada sākumā noslēdzās.", "Projekts noslēdzās 2022. gada sākumā."),
        ("bg", "Проектът приключи в началото на 2023 г.", "В началото на 2022 г. проектът приключи."),
        ("es", "El proyecto terminó al inicio de 2023.", "El proyecto terminó al inicio de 2022."),
        (
            "it",
            "Il progetto si è concluso all'inizio dell'anno 2023.",
            "Il progetto si è concluso all'inizio del 2022.",
        ),
        ("pt", "O projeto terminou no início de 2023.", "O projeto terminou no início de 2022."),
        ("ro", "Proiectul s-a încheiat la începutul anului 2023.", "Proiectul s-a încheiat la începutul anului 2022."),
        ("sk", "Projekt sa skončil začiatkom roka 2023.", "Projekt sa skončil začiatkom roka 2022."),
        ("sv", "Projektet avslutades i början av 2023.", "Projektet avslutades i början av 2022."),
        ("en", "The project has been closed since January 2023.", "Since July 2022 the project has been closed."),
        ("de", "Seit Januar 2023 ist das Projekt abgeschlossen.", "Seit Juli 2022 ist das Projekt abgeschlossen."),
    ],
)
def test_the_beginning_of_a_year_is_no_beginning_of_the_project(language, right, outdated, record):
    assert verdicts(right, record, language) == {"end_date": "agrees"}
    assert verdicts(outdated, record, language) == {"end_date": "outdated"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "By the end of 2021, the project had reached eight policy changes."),
        ("de", "Bis Ende 2021 hatte das Projekt acht Verbesserungen erreicht."),
        ("sl", "Do konca leta 2021 je projekt dosegel osem izboljšav."),
        ("bg", "До края на 2021 г. проектът постигна осем подобрения."),
    ],
)
def test_the_end_of_a_year_is_no_end_of_the_project(language, text, record):
    assert verdicts(text, record, language) == {}


@pytest.mark.parametrize("text", ["The project started at the end of 2019.", "It is running since the end of 2019."])
def test_a_start_late_in_a_year_is_a_start(text, record):
    assert verdicts(f"INNO INDUSTRY is a project. {text}", record) == {"start_date": "agrees"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Of the project's total budget of EUR 1.64 million, EUR 164,000 goes to our organisation."),
        ("de", "Vom Gesamtbudget des Projekts von 1,64 Mio. Euro entfallen 164.000 Euro auf uns."),
        ("sl", "Od skupnega proračuna projekta v višini 1,64 milijona evrov naši organizaciji pripada 164.000 evrov."),
        ("bg", "От общия бюджет на проекта от 1,64 млн. евро за нас са 164 000 евро."),
    ],
)
def test_the_word_for_a_budget_belongs_to_the_first_amount_behind_it(language, text, record):
    assert verdicts(text, record, language) == {"total_budget": "agrees"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Budget of the project: ERDF EUR 1,330,000, total EUR {}"),
        ("sl", "Proračun projekta: ESRR 1.330.000 EUR, skupaj {} EUR"),
        ("bg", "Бюджет на проекта: ЕФРР 1 330 000 евро, общо {} евро"),
    ],
)
def test_a_sum_called_total_is_the_whole_budget(language, text, record):
    found = verdicts(text.format("1 637 941"), record, language)
    assert found == {"union_funding": "agrees", "total_budget": "agrees"}
    assert verdicts(text.format("1 467 941"), record, language)["total_budget"] == "outdated"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("sl", "Projekt INNO INDUSTRY je 26. maja 2022 v Postojni pripravil zaključni dogodek."),
        ("sk", "Projekt INNO INDUSTRY usporiadal 26. mája 2022 záverečné podujatie."),
        ("hu", "Az INNO INDUSTRY projekt 2022. május 26-án tartotta záró rendezvényét."),
        ("ro", "Proiectul INNO INDUSTRY a organizat la 26 mai 2022 evenimentul de închidere."),
        ("lv", "Projekts INNO INDUSTRY 2022. gada 26. maijā rīkoja noslēguma pasākumu."),
        ("pt", "O projeto INNO INDUSTRY realizou a 26 de maio de 2022 o evento de encerramento."),
    ],
)
def test_the_day_of_a_closing_event_is_not_the_end(language, text, record):
    assert verdicts(text, record, language) == {}
