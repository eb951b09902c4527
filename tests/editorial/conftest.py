import pytest
from django.test import Client


@pytest.fixture
def jana(django_user_model):
    return django_user_model.objects.create_superuser(
        "jana", password="a-long-password", first_name="Jana", last_name="Kos", interface_language="en"
    )


@pytest.fixture
def other(jana):
    """A browser in which Jana is logged in, beside the editor's."""
    browser = Client()
    browser.force_login(jana)
    return browser
