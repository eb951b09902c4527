"""
The search by an OpenSearch server, for portals so large that their database should not do it.

It is sent what the database would index itself: words and lemmas, told apart by the portal, so that both find the same.
The documents themselves, what of them is public and how they are counted stay the database's affair. Of what matches,
the MOST best documents are taken. A server that doesn't answer leaves the search to the database.
"""

import logging
from urllib.parse import unquote, urlsplit

from django.db.models import Case, IntegerField, QuerySet, Value, When
from opensearchpy import OpenSearch as Client
from opensearchpy.exceptions import OpenSearchException
from opensearchpy.helpers import bulk

from search.engines.database import LEVELS, WEIGHTS, Database
from search.queries import Form, Query

MOST = 1000  # documents
SECONDS = 5
OWN_LANGUAGE = 100  # above any level, so that documents in the reader's language are among the MOST
KEYWORD = {"type": "keyword"}
MAPPING = {"dynamic": "strict", "properties": dict.fromkeys(["language", *WEIGHTS], KEYWORD)}


class OpenSearch:
    """The engine for `opensearch://user:password@host:9200/index`, or `opensearchs://` by https."""

    def __init__(self, url: str):
        parts = urlsplit(url)
        is_https = parts.scheme == "opensearchs"
        login = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
        self.index = parts.path.strip("/")
        self.client = Client(
            hosts=[{"host": parts.hostname, "port": parts.port or 9200}],
            http_auth=login,
            use_ssl=is_https,
            verify_certs=is_https,
            timeout=SECONDS,
            max_retries=1,
        )

    def prepare(self):
        """Make the index where there is none yet."""
        if not self.client.indices.exists(index=self.index):
            self.client.indices.create(index=self.index, body={"mappings": MAPPING})

    def write(self, documents: list):
        self.send(
            {"_op_type": "index", "_id": each.pk, "_source": {"language": each.language} | words_of(each)}
            for each in documents
        )

    def forget(self, pks: list[int]):
        self.send({"_op_type": "delete", "_id": pk} for pk in pks)

    def send(self, actions):
        """Write in bulk, so that it can be searched at once. What is already gone needs no deleting."""
        bulk(self.client, ({"_index": self.index} | each for each in actions), refresh=True, ignore_status=(404,))

    def matching(self, documents: QuerySet, query: Query) -> QuerySet:
        """As the database's, but for the MOST."""
        try:
            found = self.client.search(index=self.index, body=request(query))["hits"]["hits"]
        except OpenSearchException:
            logging.getLogger(__name__).exception("The search server did not answer; the database searches instead.")
            return Database().matching(documents, query)
        levels = {}
        for hit in found:
            levels.setdefault(len(LEVELS) - int(hit["_score"]) % OWN_LANGUAGE, []).append(int(hit["_id"]))
        whens = [When(pk__in=pks, then=Value(level)) for level, pks in levels.items()]
        closeness = Case(*whens, default=Value(len(LEVELS)), output_field=IntegerField())
        return documents.filter(pk__in=[pk for pks in levels.values() for pk in pks]).annotate(closeness=closeness)


def request(query: Query) -> dict:
    """The best level that a document meets is its score; the loosest, which all meet, counts 1."""
    levels = [
        {"constant_score": {"filter": all_of(clauses(query), columns), "boost": len(LEVELS) - level}}
        for level, (clauses, columns) in enumerate(LEVELS)
    ]
    own = {"constant_score": {"filter": {"term": {"language": query.languages[0]}}, "boost": OWN_LANGUAGE}}
    return {
        "size": MOST,
        "_source": False,
        "query": {"bool": {"must": [{"dis_max": {"queries": levels}}], "should": [own]}},
    }


def all_of(clauses: list[frozenset[Form]], columns: list[str]) -> dict:
    return {"bool": {"filter": [one_of(sorted(forms), columns) for forms in clauses]}}


def one_of(forms: list[Form], columns: list[str]) -> dict:
    wholes = [{"terms": {column: [form.term for form in forms if not form.begins]}} for column in columns]
    beginnings = [{"prefix": {column: form.term}} for form in forms if form.begins for column in columns]
    return {"bool": {"should": [*wholes, *beginnings], "minimum_should_match": 1}}


def words_of(document) -> dict:
    return {column: getattr(document, column).split() for column in WEIGHTS}
