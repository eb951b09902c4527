"""The reports on the demo: what an officer of INNO INDUSTRY would hand in, in each of its languages."""

from datetime import date
from decimal import Decimal
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.test import TestCase, override_settings
from django.utils import translation

from accounts.models import User
from reports.kind import all_kinds
from tests.interreg_portal.test_demo import IN_MEMORY
from tests.reports.kinds.reading import column, facts, made, problems, rows, table, texts, total

LANGUAGES = ["en", "sl", "lv", "bg"]


class TestDemo(TestCase):
    @classmethod
    def setUpTestData(cls):
        with override_settings(STORAGES=settings.STORAGES | IN_MEMORY):
            call_command("load_demo", stdout=StringIO())
        cls.user = User.objects.create_superuser("editor", "editor@example.org", "a-long-password")

    def made(self, name, period=None, **selected):
        return made(name, self.user, period, **selected)

    def test_inno_industry_is_closed_with_its_facts(self):
        document = self.made("closing", slug="inno-industry")
        told = facts(document)
        assert told["Lead partner"] == "Regionalna razvojna agencija Posavje"
        assert (told["End as first approved"], told["End as it stands now"]) == (date(2022, 7, 31), date(2023, 1, 31))
        assert told["Duration in months"] == 42
        assert told["Number of partners"] == len(rows(document, "partners"))
        assert rows(document, "budget")[0]["As it stands now (EUR)"] == Decimal("1637941.00")
        assert rows(document, "budget")[0]["Difference (EUR)"] == Decimal("170000.00")
        assert column(document, "amendments", "Kind of decision") == ["Budget change", "Extension"]

    def test_what_inno_industry_never_published_stays_unknown(self):
        document = self.made("closing", slug="inno-industry")
        assert set(column(document, "partners", "Total budget (EUR)")) == {None}
        assert total(document, "partners")["Union funding (EUR)"] == Decimal("83500.00")
        assert "1 amount is rounded" in table(document, "partners").note
        ledger = {row["Indicator"].split()[0]: row for row in rows(document, "ledger")}
        assert ledger["INNO-SWOT"]["Actual"] is None
        assert ledger["INNO-SWOT"]["How it stands"] == "Not yet reported"
        assert (ledger["INNO-PRACTICES"]["Actual"], ledger["INNO-PRACTICES"]["Share reached"]) == (30, 1)
        assert [row.split()[0] for row in column(document, "open", "Indicator")] == ["INNO-SWOT", "INNO-BLUEPRINT"]

    def test_figures_that_differ_from_the_records_keep_it_a_draft(self):
        found = problems("closing", self.user, slug="inno-industry")
        assert len(found) == len(rows(self.made("closing", slug="inno-industry"), "differences"))
        assert all("reported" in sentence for sentence in found)
        assert problems("closing", self.user, slug="example-orchard") == []

    def test_every_kind_is_made_in_every_language(self):
        for name, kind in all_kinds().items():
            for language in LANGUAGES:
                with translation.override(language):
                    document = self.made(name, 1 if kind.asks_period else None)
                    assert document.language == language
                    assert document.tables
                    assert made(name, self.user, 1 if kind.asks_period else None).content_hash == document.content_hash

    def test_a_closing_report_is_in_the_words_and_names_of_its_language(self):
        said = {"sl": ("Akcijski načrti", "Slovenija"), "bg": ("Планове за действие", "Словения")}
        for language, (phase, country) in said.items():
            with translation.override(language):
                document = self.made("closing", slug="inno-industry")
            assert document.subtitle.startswith("INNO INDUSTRY – ")
            assert table(document, "phases").rows[0][0] == phase
            assert country in str(document.sections[0])
            assert str(document.content).count("INNO INDUSTRY set out") == 0

    def test_the_second_period_of_example_river_is_reported_on(self):
        document = self.made("progress", 2, slug="example-river")
        states = column(document, "ledger", "State of reporting")
        assert states == ["Approved", "Not yet approved", "Nothing new reported", "Not yet reported", "Approved"]
        assert column(document, "by-partner", "Value") == [38, 46]
        assert column(document, "newsletters", "Newsletter") == ["Example: the river in winter"]
        assert len(problems("progress", self.user, 2, slug="example-river")) == 2

    def test_the_portfolio_of_the_demo_adds_up(self):
        document = self.made("portfolio")
        budgets = column(document, "budgets", "Total budget (EUR)")
        assert facts(document)["Total budget (EUR)"] == sum(budgets) == Decimal("3966541.00")
        for name in ("stages", "programmes", "budgets"):
            assert total(document, name)["Total budget (EUR)"] == sum(budgets)
        assert problems("portfolio", self.user) == []

    def test_the_agencys_contribution_is_that_of_three_projects(self):
        document = self.made("contribution", slug="rra-posavje")
        assert len(rows(document, "projects")) == 3
        assert total(document, "shares")["Union funding (EUR)"] == Decimal("423800.00")
        assert column(document, "figures", "Its share") == [46]

    def test_the_coverage_of_the_demo_finds_the_one_article_that_waits_for_a_translation(self):
        missing = [row for row in rows(self.made("coverage"), "records") if row["Missing"]]
        assert {(row["Project"], row["Kind"]) for row in missing} == {("INNO INDUSTRY", "Articles")}

    def test_no_sentence_is_left_without_its_words(self):
        for name, kind in all_kinds().items():
            document = self.made(name, 1 if kind.asks_period else None)
            told = [*texts(document), *(each.note for each in document.tables)]
            assert not any("%(" in text or "[[" in text for text in told)
