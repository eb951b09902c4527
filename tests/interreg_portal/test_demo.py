"""What the demo tells. The facts of INNO INDUSTRY are written out by hand from its public pages."""

from datetime import date
from decimal import Decimal
from io import StringIO

from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.models import Sum
from django.test import TestCase, override_settings

from editorial.models import Publishable
from editorial.readiness import required
from editorial.translations import translated_fields
from factcheck.models import Discrepancy
from news.models import Article, Event, MediaMention
from pages.models import Page
from partners.models import Contact, Partner
from projects.lifecycle import Stage
from projects.models import Amendment, Document, Project, StakeholderGroup
from results.models import Measurement, ReportingPeriod, Target

LANGUAGES = ["en", "sl", "lv", "bg"]
LEAD_PARTNERS_PAGE = "https://www.rra-posavje.si/inno-industry.html"
IN_MEMORY = {"default": {"BACKEND": "django.core.files.storage.InMemoryStorage"}}


class DemoTestCase(TestCase):
    """The demo, loaded once for tests that only read it."""

    @classmethod
    def setUpTestData(cls):
        with override_settings(STORAGES=settings.STORAGES | IN_MEMORY):
            call_command("load_demo", stdout=StringIO())
        cls.inno = Project.objects.get(slug="inno-industry")


class TestInnoIndustry(DemoTestCase):
    def test_the_project_is_told_as_it_is_published(self):
        assert self.inno.acronym == "INNO INDUSTRY"
        assert self.inno.title_en == "Improving innovation delivery of policies within 4.0 industry in Europe"
        assert (self.inno.start, self.inno.end) == (date(2019, 8, 1), date(2023, 1, 31))
        assert self.inno.total_budget == Decimal("1637941.00")
        assert (self.inno.union_funding, self.inno.union_funding_is_rounded) == (Decimal("1330000.00"), True)
        assert self.inno.national_cofinancing is None
        assert self.inno.durability_years == 5
        assert self.inno.call == "4"
        assert [topic.name_en for topic in self.inno.topics.all()] == ["Research and innovation"]
        assert [website.address for website in self.inno.websites.all()] == [
            "https://projects2014-2020.interregeurope.eu/innoindustry/",
            "https://www.rra-posavje.si/inno-industry.html",
        ]

    def test_the_programme_is_told_as_it_is_published(self):
        programme = self.inno.programme
        assert (programme.cci, programme.name_en, programme.strand) == ("2014TC16RFIR001", "Interreg Europe", "C")
        assert (programme.period.code, programme.fund.code) == ("2014-2020", "ERDF")
        assert programme.website == "https://www.interregeurope.eu/"

    def test_the_background_facts_stand_in_every_language(self):
        figures = ["15", "20", "2020", "European Innovation Scoreboard", "2017", "18", "2010"]
        figures += ["European Cluster Panorama 2016", "3"]
        for language in LANGUAGES:
            goals = getattr(self.inno, f"goals_{language}")
            assert [figure for figure in figures if figure not in goals] == []

    def test_the_objective_is_the_published_one(self):
        assert (
            "to raise the share of clusters that develop activities in support of the move to Industry 4.0, "
            "by improving regional and national policies" in self.inno.goals_en
        )

    def test_the_two_decisions_are_amendments_without_a_date(self):
        budget, extension = self.inno.amendments.order_by("kind")
        assert (budget.kind, extension.kind) == (Amendment.Kind.BUDGET, Amendment.Kind.EXTENSION)
        assert (budget.previous_total_budget, budget.new_total_budget) == (Decimal("1467941.00"), Decimal("1637941.00"))
        assert budget.budget_difference == Decimal("170000.00")
        assert (extension.previous_end, extension.new_end) == (date(2022, 7, 31), date(2023, 1, 31))
        assert extension.months == 6
        assert budget.decided_on is extension.decided_on is None

    def test_the_reasons_say_what_is_known_and_what_is_not(self):
        budget, extension = self.inno.amendments.order_by("kind")
        assert "published by the lead partner, a year apart" in budget.reason_en
        assert "COVID-19" in extension.reason_en
        for language in ("en", "sl", "lv", "bg"):
            assert "36" in getattr(extension, f"reason_{language}")
            assert "42" in getattr(extension, f"reason_{language}")
        for amendment in (budget, extension):
            assert "The date of the decision is not published." in amendment.reason_en

    def test_a_draft_with_the_figures_of_before_is_found_by_the_fact_check_in_every_language(self):
        draft = Article.objects.get(slug="inno-industry-in-short")
        found = Discrepancy.objects.of(draft).order_by("language", "fact").values_list("language", "fact", "verdict")
        facts = [("end_date", "outdated"), ("total_budget", "outdated")]
        assert list(found) == [(language, *fact) for language in sorted(LANGUAGES) for fact in facts]

    def test_the_two_phases_have_their_goals(self):
        first, second = self.inno.phases.all()
        assert (first.start, first.end) == (date(2019, 8, 1), date(2022, 1, 31))
        assert (second.start, second.end) == (date(2022, 2, 1), date(2023, 1, 31))
        assert first.goal_en == "Ten action plans, one in each region."
        assert second.goal_en == "To put the action plans into practice and bring about changes of policy."

    def test_the_ten_partners_stand_in_their_order(self):
        fields = ["order", "partner__name", "partner__country", "partner__city"]
        assert list(self.inno.participations.values_list(*fields)) == [
            (1, "Regionalna razvojna agencija Posavje", "SI", "Krško"),
            (2, "ecoplus. The Business Agency of Lower Austria", "AT", "St. Pölten"),
            (3, "Latvijas Republikas Ekonomikas ministrija", "LV", "Rīga"),
            (4, "AMUEBLA", "ES", "Yecla"),
            (5, "CIEBI", "PT", "Covilhã"),
            (6, "RISE Research Institutes of Sweden AB", "SE", "Göteborg"),
            (7, "Slovak Business Agency", "SK", "Bratislava"),
            (8, "West-Pannon Regional and Economic Development Public Nonprofit Ltd.", "HU", "Szombathely"),
            (9, "CLUSTERO", "RO", "București"),
            (10, "Buckinghamshire Business First", "GB", "High Wycombe"),
        ]
        assert len(self.inno.countries) == 10
        assert self.inno.lead.partner == Partner.objects.agency()

    def test_partners_are_of_the_published_kinds(self):
        kinds = self.inno.participations.values_list("partner__kind__code", flat=True)
        assert list(kinds) == [
            "sectoral-agency",  # keep.eu counts regional development agencies among these
            "business-support-organisation",
            "national-public-authority",
            "business-support-organisation",
            "business-support-organisation",
            "higher-education-and-research",
            "business-support-organisation",
            "sectoral-agency",
            "business-support-organisation",
            "business-support-organisation",
        ]

    def test_english_names_are_those_published(self):
        names = dict(Partner.objects.exclude(english_name="").values_list("slug", "english_name"))
        assert names == {
            "rra-posavje": "Regional Development Agency Posavje",
            "latvijas-ekonomikas-ministrija": "Ministry of Economics of the Republic of Latvia",
        }

    def test_only_the_latvian_share_is_known_and_it_is_rounded(self):
        shares = self.inno.participations.exclude(union_funding=None, total_budget=None, other_contribution=None)
        share = shares.get()
        assert share.partner.country == "LV"
        assert (share.union_funding, share.union_funding_is_rounded) == (Decimal("83500.00"), True)
        assert share.total_budget is None
        assert self.inno.lead.funding_note_en == "The Republic of Slovenia co-finances the lead partner’s share."

    def test_what_was_promised_comes_first(self):
        promised = self.inno.targets.exclude(value=None)
        assert list(promised.values_list("order", "indicator__name_en", "value")) == [
            (1, "SWOT analyses", 10),
            (2, "Good practices identified", 30),
            (3, "European Blueprint towards clusters 4.0", 1),
            (4, "Action plans", 10),
        ]

    def test_what_was_reached_is_the_closing_figure_of_each_indicator(self):
        reached = {target.indicator.code: target.actual for target in self.inno.targets.with_actual()}
        assert reached == {
            "INNO-SWOT": None,
            "INNO-BLUEPRINT": None,
            "INNO-KICK-OFFS": 1,
            "INNO-STUDY-VISITS": 10,
            "INNO-PARTNER-MEETINGS": 19,
            "INNO-FINAL-EVENTS": 1,
            "INNO-PROGRESS-REPORTS": 6,
            "INNO-EVALUATIONS": 1,
            "INNO-PRACTICES": 30,
            "INNO-ACTION-PLANS": 10,
            "INNO-POLICY-CHANGES": 7,
            "INNO-MEDIA": 116,
            "INNO-NEWSLETTERS": 6,
            "INNO-WEBSITES": 1,
        }

    def test_every_closing_figure_has_its_source(self):
        measurements = Measurement.objects.filter(target__project=self.inno)
        assert measurements.count() == 12
        assert set(measurements.values_list("evidence_address", flat=True)) == {LEAD_PARTNERS_PAGE}
        assert not measurements.filter(narrative_en="").exists()
        period = ReportingPeriod.objects.get(project=self.inno)
        assert (period.start, period.end) == (self.inno.start, self.inno.end)

    def test_what_has_no_closing_figure_says_so(self):
        for code in ("INNO-SWOT", "INNO-BLUEPRINT"):
            assert "No closing figure is published." in self.inno.targets.get(indicator__code=code).note_en

    def test_the_six_events_are_told_as_they_are_published(self):
        fields = ["kind", "start_date", "end_date", "only_month_known", "city", "country", "phase__number"]
        assert list(self.inno.events.order_by("start_date").values_list(*fields)) == [
            ("kick_off", date(2019, 9, 3), date(2019, 9, 4), False, "Dobova", "SI", 1),
            ("study_visit", date(2020, 3, 3), date(2020, 3, 5), False, "Krems", "AT", 1),
            ("workshop", date(2020, 12, 18), date(2020, 12, 18), False, "Murcia", "ES", 1),
            ("review", date(2021, 10, 1), date(2021, 10, 31), True, "", "", 1),
            ("study_visit", date(2021, 11, 1), date(2021, 11, 30), True, "Fundão", "PT", 1),
            ("final", date(2022, 5, 26), date(2022, 5, 26), False, "Postojna", "SI", 2),
        ]

    def test_who_came_and_how_is_told_only_where_it_is_published(self):
        assert self.inno.events.exclude(participants=None).get().participants == 50
        assert self.inno.events.get(attendance=Event.Attendance.HYBRID).city == "Krems"
        assert self.inno.events.get(attendance=Event.Attendance.ONLINE).city == "Murcia"
        assert not self.inno.events.exclude(host=None).exists()

    def test_what_is_noted_of_an_event_can_be_read(self):
        def texts(kind, city=""):
            event = self.inno.events.get(kind=kind, city=city)
            return f"{event.title_en} {event.description_en} {event.outcome_en}"

        assert "Study visit and partner meeting" in texts("study_visit", "Krems")
        assert "8 good practices from 7 countries" in texts("study_visit", "Krems")
        assert "online" in texts("workshop", "Murcia")
        assert "praised for the work done during the pandemic" in texts("review")
        assert "The day is not published." in texts("review")
        assert "was planned for this month; the day is not published" in texts("study_visit", "Fundão")

    def test_the_ten_good_practices_are_named_as_published(self):
        assert list(self.inno.practices.values_list("title_en", "country", "partner__slug", "owner")) == [
            ("House of Digitalisation", "AT", None, ""),
            ("Industry 4.0 Showcase Factory", "HU", None, ""),
            ("Ecosystem approach", "LV", None, ""),
            ("“Bits” IT school", "LV", None, ""),
            ("In4Wood e-learning", "ES", "amuebla", ""),
            ("Kickstart Digitalisation", "SE", None, ""),
            ("Open data for local administrations", "GB", None, ""),
            ("Digitalisation vouchers", "SI", None, "Slovene Enterprise Fund"),
            ("Active role of business support organisations in clusters", "SK", None, ""),
            ("Business and Shared Services Centre of Fundão", "PT", None, ""),
        ]

    def test_the_latvian_stakeholders_are_those_published(self):
        group = StakeholderGroup.objects.get(project=self.inno)
        assert group.country == "LV"
        assert [member.name for member in group.members.all()] == [
            "Ministry of Education and Science",
            "Ministry of Environmental Protection and Regional Development",
            "Investment and Development Agency of Latvia",
            "Employers' Confederation of Latvia",
            "Latvian IT Cluster",
        ]


class TestWholeDemo(DemoTestCase):
    def test_contacts_are_functions_that_may_be_shown(self):
        contacts = Contact.objects.all()
        assert contacts.count() == Contact.objects.public_on().count() == 3
        for contact in contacts:
            assert contact.email.endswith("@example.org")
            assert contact.person == contact.phone == ""

    def test_invented_projects_say_that_they_are_examples(self):
        for project in Project.objects.exclude(slug="inno-industry"):
            assert project.acronym.startswith("EXAMPLE ")
            assert project.title_en.startswith("Example: ")
            assert "invented example" in project.summary_en.partition(".")[0]

    def test_partners_of_invented_projects_are_invented_too(self):
        invented = Partner.objects.exclude(participations__project__slug="inno-industry")
        assert invented.count() == 7
        for partner in invented:
            assert partner.name.startswith("Example ")
            assert ".example.org/" in partner.website

    def test_budgets_of_the_examples_add_up_to_the_cent(self):
        for slug, rate in (("example-orchard", Decimal("0.85")), ("example-river", Decimal("0.80"))):
            project = Project.objects.get(slug=slug)
            parts = ("total_budget", "union_funding", "other_contribution")
            sums = project.participations.aggregate(*map(Sum, parts))
            wholes = [project.total_budget, project.union_funding, project.national_cofinancing]
            assert [sums[f"{part}__sum"] for part in parts] == wholes
            assert project.union_funding + project.national_cofinancing == project.total_budget
            assert project.union_funding == project.total_budget * rate
            for share in project.participations.filter(total_budget__gt=0):
                assert share.union_funding + share.other_contribution == share.total_budget
                assert share.eu_rate == rate

    def test_the_three_projects_stand_at_different_points_of_their_lives(self):
        day = date(2026, 11, 22)
        assert Project.objects.in_stage(Stage.IN_DURABILITY, day).get().slug == "inno-industry"
        assert Project.objects.in_stage(Stage.ARCHIVED, day).get().slug == "example-orchard"
        assert Project.objects.in_stage(Stage.RUNNING, day).get().slug == "example-river"

    def test_values_not_yet_approved_are_not_reported(self):
        targets = Target.objects.with_actual().filter(project__slug="example-river")
        actual = {target.indicator.code: target.actual for target in targets}
        assert actual == {"RCO84": 2, "RCO116": None, "RCO87": 5, "RCR104": None, "EXAMPLE-PUPILS": 84}

    def test_a_share_is_reported_by_its_last_value(self):
        target = Target.objects.with_actual().get(indicator__code="EXAMPLE-SHARE")
        assert (target.baseline, target.value, target.actual) == (12, 20, Decimal("22.5"))

    def test_the_demo_shows_one_of_each_kind(self):
        assert Event.objects.filter(status="cancelled").count() == Event.objects.filter(status="postponed").count() == 1
        assert Event.objects.upcoming(date(2026, 11, 22)).get().start_date.year == 2027
        assert MediaMention.objects.filter(outlet="Example Daily").count() == 2
        assert ReportingPeriod.objects.filter(project__slug="example-river").exclude(locked_on=None).count() == 1
        document = Document.objects.get()
        assert (document.pages, document.filename) == (1, "example-river-first-report.pdf")

    def test_the_policy_chain_leads_from_instrument_to_change(self):
        instrument = Project.objects.get(slug="example-river").instruments.get()
        assert instrument.action_plans.get().partner == instrument.partner
        assert instrument.changes.get().amount_influenced == Decimal("240000.00")

    def test_the_pages_that_staff_write_are_there(self):
        pages = Page.objects.published().order_by("slug").values_list("slug", flat=True)
        assert list(pages) == ["about", "accessibility", "contact", "home", "open-data", "privacy"]

    def test_everything_is_published_but_for_an_article_in_review_and_the_draft_for_the_fact_check(self):
        waiting = [
            record for model in Publishable.__subclasses__() for record in model.objects.exclude(state="published")
        ]
        assert {record.slug: record.state for record in waiting} == {
            "example-a-second-gauge": "in_review",
            "inno-industry-in-short": "draft",
        }

    def test_nothing_required_is_missing(self):
        records = [record for model in Publishable.__subclasses__() for record in model.objects.all()]
        gaps = {str(record): [gap.text for gap in required(record.missing_before_publishing())] for record in records}
        assert not any(gaps.values()), gaps

    def test_every_text_stands_in_all_four_languages_or_is_left_out_on_purpose(self):
        article = "praise-at-the-mid-term-review"
        left_out = {(article, text, code) for text in ("title", "lead", "body") for code in ("lv", "bg")}
        left_out.add(("example-orchard", "summary", "bg"))
        assert set(missing_texts()) == left_out


def missing_texts():
    """The texts that one language has and another lacks, as ("example-orchard", "summary", "bg")."""
    for app in ("pages", "partners", "projects", "results", "news"):
        for model in apps.get_app_config(app).get_models():
            for record in filter(of_the_demo, model.objects.all()):
                for text in translated_fields(model):
                    lacking = [code for code in LANGUAGES if not getattr(record, f"{text}_{code}")]
                    if len(lacking) < len(LANGUAGES):
                        yield from ((getattr(record, "slug", str(record)), text, code) for code in lacking)


def of_the_demo(record) -> bool:
    """Vocabularies are not; theirs needn't be in every language."""
    vocabularies = {"programme", "fund", "topic", "specificobjective", "programmingperiod", "organisationtype"}
    return record._meta.model_name not in vocabularies and not getattr(record, "is_common", False)
