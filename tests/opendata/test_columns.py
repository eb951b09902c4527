"""What programs read about the columns of a CSV file, by W3C's CSV on the Web."""

import csv
import json
from io import StringIO

import pytest

from opendata.datasets import AS_TABLES
from tests.factories import make_participation, make_project
from tests.opendata.files import fetched

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", AS_TABLES)
def test_every_column_is_described_in_its_order(client, name):
    told = json.loads(fetched(client, f"/data/{name}.csv-metadata.json"))
    columns = told["tableSchema"]["columns"]
    header = next(csv.reader(StringIO(fetched(client, f"/data/{name}.csv").decode())))
    assert [column["titles"] for column in columns] == header
    assert told["url"] == f"{name}.csv"
    assert all(column["dc:title"][0]["@language"] == "en" for column in columns)
    assert f'</data/{name}.csv-metadata.json>; rel="describedby"' in client.get(f"/data/{name}.csv")["Link"]


def test_datatypes_languages_and_lists_are_told(client):
    told = json.loads(fetched(client, "/data/operations.csv-metadata.json"))
    columns = {column["name"]: column for column in told["tableSchema"]["columns"]}
    assert columns["total_eligible_cost"]["datatype"] == "decimal"
    assert columns["start_date"]["datatype"] == "date"
    assert columns["operation_name_sl"]["lang"] == "sl"
    make_participation(make_project(), "lead")
    [row] = csv.DictReader(StringIO(fetched(client, "/data/operations.csv").decode()))
    assert row["partner_countries"].split(columns["partner_countries"]["separator"]) == ["SI"]
