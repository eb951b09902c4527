"""A server that answers the few requests which the portal sends to OpenSearch, as its documentation says them."""

import json
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread


class SearchServer(BaseHTTPRequestHandler):
    def do_HEAD(self):
        self.answer(200 if self.path.strip("/") in self.server.indices else 404)

    def do_PUT(self):
        self.server.indices[self.path.strip("/")] = {}
        self.server.mappings = self.body()["mappings"]
        self.answer(200, {"acknowledged": True})

    def do_POST(self):
        path = self.path.partition("?")[0].strip("/").split("/")
        if path[-1] == "_bulk":
            self.answer(200, {"errors": False, "items": list(self.bulk())})
        elif path[-1] == "_search" and path[0] in self.server.indices:
            self.server.logins.append(self.headers.get("Authorization"))
            self.answer(200, self.search(self.server.indices[path[0]], self.body()))
        else:
            self.answer(404, {"error": {"type": "index_not_found_exception"}, "status": 404})

    def bulk(self):
        lines = iter(json.loads(line) for line in self.read().splitlines() if line.strip())
        for line in lines:
            ((action, meta),) = line.items()
            documents = self.server.indices.setdefault(meta["_index"], {})
            if action == "index":
                documents[str(meta["_id"])] = next(lines)
                yield {action: {"_id": meta["_id"], "status": 201}}
            else:
                status = 200 if documents.pop(str(meta["_id"]), None) else 404
                yield {action: {"_id": meta["_id"], "status": status}}

    def search(self, documents, body):
        scored = [(score(body["query"], source), pk) for pk, source in documents.items()]
        found = sorted((-points, pk) for points, pk in scored if points)[: body["size"]]
        return {"hits": {"hits": [{"_id": pk, "_score": -points} for points, pk in found]}}

    def read(self):
        return self.rfile.read(int(self.headers["Content-Length"]))

    def body(self):
        return json.loads(self.read())

    def answer(self, status, content=None):
        text = json.dumps(content or {}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(b"" if self.command == "HEAD" else text)

    def log_message(self, *args):
        pass


def score(query, source) -> float:
    """The score of a document by a query; 0 where it doesn't match."""
    ((kind, content),) = query.items()
    if kind == "constant_score":
        return content["boost"] if score(content["filter"], source) else 0
    if kind == "dis_max":
        return max(score(each, source) for each in content["queries"])
    if kind == "bool":
        return score_of_bool(content, source)
    ((field, value),) = content.items()
    held = source[field] if isinstance(source[field], list) else [source[field]]
    if kind == "prefix":
        return float(any(term.startswith(value) for term in held))
    return float(bool(set(held) & set([value] if kind == "term" else value)))


def score_of_bool(content, source):
    required = [score(each, source) for each in content.get("must", [])]
    filters = [score(each, source) for each in content.get("filter", [])]
    optional = [score(each, source) for each in content.get("should", [])]
    if not all(required) or not all(filters) or sum(map(bool, optional)) < content.get("minimum_should_match", 0):
        return 0
    return sum(required) + sum(optional) or float(bool(filters))


@contextmanager
def search_server():
    """A running one; `indices` is what it holds."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), SearchServer)
    server.indices, server.logins, server.mappings = {}, [], None
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()
