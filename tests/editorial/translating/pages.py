"""The addresses of the pages for translators."""

from django.urls import reverse

BOARD = "/admin/translations/"


def work(record, language="sl", query="") -> str:
    return reverse("translation_work", args=[record._meta.label_lower, record.pk, language]) + query


def queue(language="sl", query="") -> str:
    return reverse("translation_queue", args=[language]) + query
