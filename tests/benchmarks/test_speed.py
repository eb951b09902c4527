"""What `make bench` works out of what it measured."""

import os
import socket
import threading
import time

import pytest
from defusedxml.ElementTree import fromstring as parse_svg

from benchmarks.speed import pages, publishing
from benchmarks.speed.chart import Line, Panel, Scale, chart
from benchmarks.speed.figures import Figure, grown, worst
from benchmarks.speed.rounds import Spread, percentile, ratios
from benchmarks.speed.servers import cpu_of, family, memory_of
from benchmarks.speed.tables import Table, verdict
from benchmarks.speed.visitors import is_complete, question, visit


def test_what_is_compared_is_compared_within_its_round():
    busy = [2.0, 20.0, 2.2]  # the machine had other work in the second round, which met both alike
    assert ratios(busy, [1.0, 10.0, 1.0]) == Spread(2.0, 2.0, 2.2)


def test_rounds_that_are_missing_are_not_made_up_for():
    with pytest.raises(ValueError, match="zip"):
        ratios([1.0, 2.0], [1.0])


@pytest.mark.parametrize(("share", "value"), [(0.5, 51), (0.99, 100), (1, 100)])
def test_a_percentile_is_one_of_the_values(share, value):
    assert percentile(list(range(100, 0, -1)), share) == value


def test_growth_is_told_from_the_second_size_on():
    costs = {"100": 0.5, "1000": 1.0, "10000": 1.5}
    page = {size: {"cpu": {"median": cost}} for size, cost in costs.items()}
    assert grown({"list": page}) == {"list": 1.5}
    assert grown({"list": page}, first=0) == {"list": 3.0}


def test_the_worst_page_stands_for_all():
    assert worst("time", {"first": 1.1, "deep": 4.0}, 1.3).where == "deep"
    assert worst("rate", {"home": 0.9, "list": 0.7}, 0.85, is_least=True).where == "list"


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        (Figure("cost", 0.8, 0.8), "0.8, reached"),
        (Figure("cost", 0.81, 0.8), "0.81, not reached"),
        (Figure("rate", 0.86, 0.85, is_least=True, where="home"), "0.86 (home), reached"),
        (Figure("rate", 0.84, 0.85, is_least=True), "0.84, not reached"),
        (Figure("304", None, 1), "nothing to measure"),
    ],
)
def test_it_is_said_whether_a_figure_is_reached(figure, said):
    assert verdict(figure) == said


def test_a_table_is_read_in_a_terminal_and_in_the_documentation():
    table = Table("Cost", ["page", "ms"], [["home", "12.0"], ["project page", "8.5"]])
    assert table.plain().splitlines() == ["Cost", "page            ms", "home          12.0", "project page   8.5"]
    assert table.markdown().splitlines()[2] == "| --- | --: |"


def test_a_chart_has_a_line_for_each_page_and_a_mark_for_each_value():
    panels = [Panel("SQLite", [Line("home", [2, 3, 40]), Line("list <facets>", [5, 5, 5])])]
    picture = parse_svg(chart("Growth", ["100", "1,000", "10,000"], panels))
    texts = [text.text for text in picture.iter("{http://www.w3.org/2000/svg}text")]
    assert {"home", "list <facets>", "SQLite"} <= set(texts)
    assert len(list(picture.iter("{http://www.w3.org/2000/svg}circle"))) == 3 + 2 * 3


def test_a_scale_holds_all_values_between_round_marks():
    scale = Scale(low=3, high=40)
    assert scale.marks == [2, 5, 10, 20, 50]
    assert scale.x(2) == 0
    assert scale.x(3) < scale.x(40) < scale.x(50)


def test_only_what_stands_between_the_marks_is_written_anew():
    page = f"by hand\n{publishing.BEGIN}\nold\n{publishing.END}\nby hand, too\n"
    assert publishing.between(page, "new") == page.replace("old", "new")
    with pytest.raises(ValueError, match="has no"):
        publishing.between("by hand", "new")


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab", False),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc", True),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", False),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", True),
        (b"HTTP/1.1 304 Not Modified\r\nETag: 1\r\n\r\n", True),
        (b"HTTP/1.1 200 OK\r\nContent-Le", False),
        (b"HTTP/1.1 200 OK\r\n\r\nuntil the connection ends", False),
    ],
)
def test_an_answer_is_read_to_its_end(answer, whole):
    assert is_complete(answer) is whole


@pytest.fixture
def server():
    """Answers one question a connection, and notes them."""
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve():
            while True:
                try:
                    connection, _address = listening.accept()
                except OSError:
                    return
                with connection:
                    asked.append(connection.recv(1000).split()[1])
                    connection.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok")

        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1], asked
        listening.shutdown(socket.SHUT_RDWR)


def test_visitors_ask_as_often_as_they_should(server):
    port, asked = server
    found = visit(port, [question("/one/", {}), question("/two/", {})], answers=20, visitors=4)
    assert len(found.times) == len(asked) == 20
    assert asked.count(b"/one/") == 10


def test_an_answer_that_is_not_the_one_expected_ends_the_measurement(server):
    port, _asked = server
    with pytest.raises(ValueError, match="200 OK"):
        visit(port, [question("/", {})], answers=2, visitors=1, status=304)


def test_processor_and_memory_of_a_process_are_read():
    before, begun = cpu_of(os.getpid()), time.process_time()
    while time.process_time() - begun < 0.2:
        pass
    assert cpu_of(os.getpid()) - before >= 0.15
    memory = memory_of(os.getpid())
    assert memory["held"] >= memory["share"] > 1024 * 1024
    assert family(os.getpid())[0] == os.getpid()


LIST = """
<form class="filters">
  <select name="topic"><option value="">All</option><option value="a">Art (7)</option>
  <option value="w">Water (1,020)</option></select>
  <select name="sort"><option value="">Newest</option><option value="title">Title</option></select>
</form>
<h2 class="card__title"><a href="/first/">First</a></h2>
<nav class="pagination"><span>Page 1 of 5,000</span></nav>
"""


def test_pages_are_found_as_a_visitor_finds_them():
    found = pages.pages(lambda address: LIST)
    assert found["project"] == "/first/"
    assert found["projects, of one topic"] == "/en/projects/?topic=w"
    assert found["projects, by title"] == "/en/projects/?sort=title"
    assert found["projects, deep"] == "/en/projects/?page=4500"
