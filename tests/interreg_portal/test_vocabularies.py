import csv

import pytest
from django.core.management import call_command
from django.utils import translation

from editorial.translations import column
from interreg_portal.languages import OFFICIAL_LANGUAGES
from interreg_portal.management.commands.load_vocabularies import FOLDER, VOCABULARIES
from partners.models import OrganisationType
from projects.models import Fund, Programme, ProgrammingPeriod, SpecificObjective, Topic
from results.models import Indicator

MODELS = [model for model, key, files in VOCABULARIES]


@pytest.fixture
def load(db, capsys):
    """Loads the vocabularies and returns what the command said, a line for each."""

    def load():
        call_command("load_vocabularies")
        return capsys.readouterr().out.splitlines()

    return load


def everything():
    return [list(model.objects.order_by("pk").values()) for model in MODELS]


def texts(record, field):
    return {language: getattr(record, column(field, language)) for language in OFFICIAL_LANGUAGES}


def test_it_says_what_it_loaded(load):
    assert load() == [
        "Programming periods: 2 created, 0 updated, 0 unchanged",
        "Funds: 4 created, 0 updated, 0 unchanged",
        "Programmes: 104 created, 0 updated, 0 unchanged",
        "Topics: 12 created, 0 updated, 0 unchanged",
        "Specific objectives: 42 created, 0 updated, 0 unchanged",
        "Indicators: 161 created, 0 updated, 0 unchanged",
        "Types of organisation: 11 created, 0 updated, 0 unchanged",
    ]


def test_a_second_run_changes_nothing_and_says_so(load):
    load()
    before = everything()
    assert all(": 0 created, 0 updated, " in line for line in load())
    assert everything() == before


def test_every_record_could_have_been_saved_by_hand(load):
    load()
    for model in MODELS:
        for record in model.objects.all():
            record.full_clean()


def test_it_loads_the_same_whatever_language_the_portal_speaks(load):
    with translation.override("sl"):
        load()
        programme = Programme.objects.get(cci="2014TC16RFCB036")
        assert (programme.name_en, programme.name_sl) == ("Interreg V-A - Italy-Slovenia", None)
    assert all(": 0 created, 0 updated, " in line for line in load())


def test_a_programme_has_its_period_strand_and_fund(load):
    load()
    for cci, *expected in [
        ("2014TC16RFIR001", "Interreg Europe", "2014-2020", "C", "ERDF"),
        ("2014TC16RFPC001", "PEACE (IE-UK)", "2014-2020", "A", "ERDF"),
        ("2014TC16M6TN001", "Interreg V-B - Danube", "2014-2020", "B", "ESIF"),
        ("2021TC16IPCB005", "IPA Bulgaria-Türkiye", "2021-2027", "A", "IPA"),
        ("2021TC16FFOR005", "Amazonie", "2021-2027", "D", "INTERREG"),
    ]:
        programme = Programme.objects.get(cci=cci)
        assert [programme.name_en, programme.period.code, programme.strand, programme.fund.code] == expected


def test_only_interreg_programmes_are_loaded(load):
    load()
    assert all(cci[4:6] == "TC" for cci in Programme.objects.values_list("cci", flat=True))


@pytest.mark.parametrize(
    ("period", "names_fund", "english", "slovenian"),
    [
        ("2014-2020", True, "European Union", "Evropska unija"),
        ("2021-2027", False, "Co-funded by the European Union", "Sofinancira Evropska unija"),
    ],
)
def test_a_period_has_its_statement_in_every_official_language(load, period, names_fund, english, slovenian):
    load()
    period = ProgrammingPeriod.objects.get(code=period)
    statements = texts(period, "funding_statement")
    assert period.names_fund is names_fund
    assert all(statements.values())
    assert (statements["en"], statements["sl"]) == (english, slovenian)
    assert len(set(statements.values())) == 24


def test_the_regional_fund_has_its_name_in_every_official_language(load):
    load()
    names = texts(Fund.objects.get(code="ERDF"), "name")
    assert all(names.values())
    assert names["bg"] == "Европейски фонд за регионално развитие"


@pytest.mark.parametrize(
    ("model", "field"),
    [
        (Fund, "name"),
        (Topic, "name"),
        (OrganisationType, "name"),
        (SpecificObjective, "name"),
        (Indicator, "name"),
        (Indicator, "unit"),
    ],
)
def test_what_visitors_read_is_there_in_the_portals_four_languages(load, model, field):
    load()
    for record in model.objects.all():
        for language in ["en", "sl", "lv", "bg"]:
            assert getattr(record, column(field, language)), (record, language)


def test_indicators_are_common_and_know_how_they_add_up(load):
    load()
    assert not Indicator.objects.filter(is_common=False).exists()
    assert not Indicator.objects.filter(code__startswith="RCO").exclude(level="output").exists()
    assert not Indicator.objects.filter(code__startswith="RCR").exclude(level="result").exists()
    for code, *expected in [
        ("RCO87", "number", "sum", "organisations"),
        ("RCR02", "amount", "sum", "euro"),
        ("RCR77", "number", "last", "visitors/year"),
    ]:
        indicator = Indicator.objects.get(code=code)
        assert [indicator.measure, indicator.calculation, indicator.unit_en] == expected


def test_no_two_indicators_have_the_same_name(load):
    load()
    for language in ["en", "sl", "lv", "bg"]:
        names = list(Indicator.objects.values_list(column("name", language), flat=True))
        assert len(set(names)) == len(names), language


def test_the_types_of_organisation_stand_in_keep_eus_order(load):
    load()
    names = list(OrganisationType.objects.values_list("name_en", flat=True))
    assert (names[0], names[7], names[-1]) == ("Local public authority", "SME", "N.a.")


def test_what_staff_added_is_left_alone(load):
    load()
    added = {
        "website": "https://www.ita-slo.eu/",
        "own_statement_sl": "Projekt sofinancira Evropska unija",
        "name_sl": "Italija-Slovenija",
    }
    Programme.objects.filter(cci="2014TC16RFCB036").update(**added)
    Topic.objects.create(slug="mountains", name_en="Mountain areas")
    load()
    assert Programme.objects.filter(cci="2014TC16RFCB036", **added).exists()
    assert Topic.objects.filter(slug="mountains").exists()


def test_an_official_text_is_put_right_again(load):
    load()
    Programme.objects.filter(cci="2014TC16RFIR001").update(name_en="Interreg Evrope", fund=Fund.objects.get(code="IPA"))
    assert "Programmes: 0 created, 1 updated, 103 unchanged" in load()
    programme = Programme.objects.get(cci="2014TC16RFIR001")
    assert (programme.name_en, programme.fund.code) == ("Interreg Europe", "ERDF")


def test_a_record_that_staff_made_with_the_same_code_is_taken_over_not_doubled(load):
    Fund.objects.create(code="ERDF", name_en="Regional fund")
    assert "Funds: 3 created, 1 updated, 0 unchanged" in load()
    assert Fund.objects.get(code="ERDF").name_en == "European Regional Development Fund"


def test_when_one_file_is_wrong_nothing_is_loaded(load, monkeypatch, tmp_path):
    for file in FOLDER.glob("*.csv"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "organisation_types.csv").write_text("code,colour\nsme,red\n", encoding="utf-8")
    monkeypatch.setattr("interreg_portal.management.commands.load_vocabularies.FOLDER", tmp_path)
    with pytest.raises(Exception, match="colour"):
        load()
    assert not Programme.objects.exists()


def test_every_file_is_loaded_and_every_statement_says_where_it_comes_from():
    assert {name for *_, files in VOCABULARIES for name in files} == {file.name for file in FOLDER.glob("*.csv")}
    with open(FOLDER / "funding_statements.csv", encoding="utf-8", newline="") as file:
        assert all(row["basis"] for row in csv.DictReader(file))
