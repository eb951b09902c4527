"""Headers as the managing authorities of the Union write them."""

import pytest

from imports.headers import recognise

LISTS = {
    "pl": [
        "Tytuł projektu",
        "Nazwa beneficjenta",
        "Skrócony opis projektu",
        "Data rozpoczęcia",
        "Data zakończenia",
        "Wydatki kwalifikowalne",
        "Wartość unijnego dofinansowania",
        "Poziom unijnego dofinansowania w %",
    ],
    "cs": [
        "Název projektu",
        "Název příjemce",
        "Anotace projektu",
        "Datum zahájení",
        "Datum ukončení",
        "Celkové způsobilé výdaje (CZK)",
        "Příspěvek Unie",
        "Míra spolufinancování EU (%)",
    ],
    "pt": [
        "Designação da operação",
        "Nome do Beneficiário",
        "Resumo da operação",
        "Data de início",
        "Data de conclusão",
        "Despesa total elegível",
        "Fundo aprovado",
        "Taxa de cofinanciamento da União",
    ],
    "el": [
        "Τίτλος Πράξης",
        "Δικαιούχος",
        "Συνοπτική περιγραφή",
        "Ημερομηνία έναρξης",
        "Ημερομηνία λήξης",
        "Συνολική επιλέξιμη δαπάνη",
        "Συνεισφορά της Ένωσης",
        "Ποσοστό συγχρηματοδότησης",
    ],
    "fr": [
        "Intitulé de l'opération",
        "Nom du bénéficiaire",
        "Résumé de l'opération",
        "Date de début",
        "Date de fin",
        "Total des dépenses éligibles",
        "Montant UE programmé",
        "Taux de cofinancement par l'Union",
    ],
    "it": [
        "Denominazione operazione",
        "Denominazione beneficiario",
        "Sintesi dell'operazione",
        "Data inizio",
        "Data fine",
        "Spesa totale ammissibile",
        "Contributo UE",
        "Tasso di cofinanziamento UE",
    ],
    "sl": [
        "Naziv operacije",
        "Upravičenec",
        "Povzetek operacije",
        "Datum začetka",
        "Datum zaključka",
        "Skupni znesek upravičenih izdatkov",
        "Sredstva EU",
        "Stopnja sofinanciranja EU",
    ],
    "hu": [
        "A művelet megnevezése",
        "A kedvezményezett neve",
        "A művelet összefoglalója",
        "A művelet kezdete",
        "A művelet befejezése",
        "Összes elszámolható költség",
        "Megítélt támogatás összege",
        "Uniós társfinanszírozás aránya",
    ],
    "bg": [
        "Наименование на операцията",
        "Наименование на бенефициента",
        "Резюме на операцията",
        "Начална дата",
        "Крайна дата",
        "Общ размер на допустимите разходи",
        "БФП",
        "Процент на съфинансиране от ЕС",
    ],
    "sv": [
        "Projektnamn",
        "Stödmottagare",
        "Sammanfattning",
        "Startdatum",
        "Slutdatum",
        "Totala stödberättigande utgifter",
        "EU-stöd",
        "Unionens medfinansieringssats",
    ],
    "lv": [
        "Projekta nosaukums",
        "Finansējuma saņēmējs",
        "Projekta kopsavilkums",
        "Projekta sākuma datums",
        "Projekta beigu datums",
        "Kopējie attiecināmie izdevumi",
        "ERAF finansējums",
        "Savienības līdzfinansējuma likme",
    ],
    "de": [
        "Bezeich-nung des\nVorhabens",
        "Name des Begünstigten",
        "Zusammenfassung",
        "Beginn",
        "Ende",
        "Gesambetrag der förderfähigen Ausgaben*",
        "EU-Zuschuss",
        "Unions-Kofinan-zierungs-satz",
    ],
}
FIELDS = ["title", "partner_name", "summary", "start", "end", "total_budget", "union_funding", "rate"]


@pytest.mark.parametrize("language", LISTS)
def test_the_columns_of_a_list_are_known_in_its_language(language):
    found = recognise(LISTS[language])

    assert found.fields == FIELDS
    assert found.languages[language] == max(found.languages.values())


def test_the_order_of_columns_does_not_count():
    assert recognise(LISTS["sl"][::-1]).fields == FIELDS[::-1]
