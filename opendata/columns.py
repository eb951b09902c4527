"""What the columns of a CSV file are, for programs: W3C's “CSV on the Web” (https://www.w3.org/TR/tabular-metadata/)."""

from django.utils.translation import override

from editorial.translations import active_languages
from opendata.dataset import PLAIN, Dataset
from opendata.fields import Column
from opendata.licence import licence, publisher
from opendata.writing import LIST_SEPARATOR

DATATYPES = {
    "address": "anyURI",
    "day": "date",
    "flag": "boolean",
    "identifier": "integer",
    "number": "decimal",
    "amount": "decimal",
    "percent": "decimal",
}


def in_all_languages(text) -> dict[str, str]:
    """A text of the interface in each language in use that it is translated into, and in English."""
    said = {}
    for language in dict.fromkeys([PLAIN, *active_languages()]):
        with override(language):
            said[language] = str(text)
    return {language: words for language, words in said.items() if language == PLAIN or words != said[PLAIN]}


def literals(text) -> list[dict]:
    return [{"@value": words, "@language": language} for language, words in in_all_languages(text).items()]


def table_metadata(dataset: Dataset) -> dict:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": PLAIN}],
        "url": f"{dataset.name}.csv",
        "dc:title": literals(dataset.title),
        "dc:description": literals(dataset.description),
        "dc:license": {"@id": licence()["address"]},
        "dc:publisher": publisher(),
        "dialect": {"encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {"columns": [column_metadata(column) for column in dataset.columns]},
    }


def column_metadata(column: Column) -> dict:
    told = {
        "name": column.name,
        "titles": column.name,  # the header in the file, which the standard asks for
        "dc:title": literals(column.field.title),
        "dc:description": literals(column.field.explanation),
        "datatype": DATATYPES.get(column.format, "string"),
        "required": False,
    }
    if column.format == "list":
        told["separator"] = LIST_SEPARATOR
    return told | ({"lang": column.language} if column.language else {})
