from datetime import date

import pytest

from tests import factories as make


@pytest.fixture
def project():
    return make.make_project(acronym="RIVER")


@pytest.fixture
def period(project):
    return make.make_period(project, number=1, start=date(2023, 1, 1), end=date(2023, 6, 30))
