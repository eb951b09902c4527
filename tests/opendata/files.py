"""Files of open data, as a program gets and reads them."""

import csv
import json
from io import BytesIO, StringIO

from openpyxl import load_workbook


def fetched(client, address, **headers) -> bytes:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200, address
    return b"".join(answer) if answer.streaming else answer.content


def rows_of_csv(client, name="operations") -> list[dict]:
    text = fetched(client, f"/data/{name}.csv").decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def rows_of_json(client, name="operations", key="records") -> list[dict]:
    return json.loads(fetched(client, f"/data/{name}.json"))[key]


def book(client, name="operations"):
    return load_workbook(BytesIO(fetched(client, f"/data/{name}.xlsx")))


def rows_of_xlsx(client, name="operations") -> list[dict]:
    header, *rows = book(client, name).worksheets[0].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]
