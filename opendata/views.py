from dataclasses import replace
from functools import partial
from pathlib import Path

from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from editorial.translations import active_languages
from opendata.answers import OpenData
from opendata.catalogue_facts import SERIALISATIONS, known_facts
from opendata.columns import table_metadata
from opendata.dataset import Dataset
from opendata.datasets import AS_TABLES, FILES
from opendata.edition import Edition
from opendata.keep import KEEP
from opendata.kept import kept_file
from opendata.licence import licence
from opendata.stamp import stamp
from opendata.writing import DataFormat
from projects.models import Programme, Project

published = Project.objects.published

SCHEMA = Path(__file__).with_name("keep.schema.json").read_bytes()
PAGE = "text/html"  # what a browser asks for


class DataFile(OpenData):
    """A dataset in one kind of file; the delivery to keep.eu also of one programme alone, by `?programme=` and CCI."""

    def get(self, request, name, extension):
        if (name, extension) not in FILES:
            raise Http404
        dataset, format = FILES[name, extension]
        programme = request.GET.get("programme")
        if dataset is not KEEP or programme is None:
            return self.file(dataset, format)
        if programme.isalnum() and Programme.objects.filter(cci=programme, projects__in=published()).exists():
            return self.file(of_programme(programme), format)
        return JsonResponse({"error": _("There is no programme with this CCI code.")}, status=404)

    def file(self, dataset, format):
        edition = Edition.of_now(self.portal)
        digest, name = edition.digest(dataset, format), format.file_name(dataset)
        write = partial(format.write, dataset, self.portal)
        return self.unless_known(
            digest, edition.state.changed, lambda: sent(kept_file(name, digest, write), name, format)
        )

    def described_by(self):
        if self.kwargs["name"] in AS_TABLES:
            return reverse("data_columns", args=[self.kwargs["name"]]), "application/csvm+json"
        return reverse("keep_schema"), "application/schema+json"


def of_programme(cci: str) -> Dataset:
    return replace(KEEP, name=f"keep-{cci}", records=lambda: published().filter(programme__cci=cci))


def sent(file, name: str, format: DataFormat) -> FileResponse:
    """Programs get JSON as it is, people the other kinds as a file to keep."""
    answer = FileResponse(
        file, as_attachment=format.extension != "json", filename=name, content_type=format.content_type
    )
    answer.headers["Content-Language"] = ", ".join(active_languages())
    return answer


class DataColumns(OpenData):
    """What the columns of a CSV file are, at the address where programs look for it."""

    def get(self, request, name):
        if name not in AS_TABLES:
            raise Http404
        return JsonResponse(table_metadata(AS_TABLES[name]), content_type="application/csvm+json")


class KeepSchema(OpenData):
    def get(self, request):
        return HttpResponse(SCHEMA, content_type="application/schema+json")


class CatalogueFile(OpenData):
    """The catalogue of the datasets, in one of the ways in which a graph is written."""

    def get(self, request, extension):
        state = stamp()
        facts = known_facts(state.changed)
        digest = state.digest("catalogue", extension, facts, licence(), active_languages(), self.portal)
        return self.unless_known(digest, state.changed, lambda: self.written(facts, extension))

    def written(self, facts, extension):
        written_as, content_type = SERIALISATIONS[extension]
        catalogue = import_string("opendata.catalogue.Catalogue")
        text = catalogue(self.portal, facts).whole().serialize(format=written_as)
        return HttpResponse(text, content_type=f"{content_type}; charset=utf-8")


class DataIndex(CatalogueFile):
    """A browser is led to the page that explains the data, a program gets the catalogue as its `Accept` asks for it."""

    def get(self, request):
        extensions = {content_type: extension for extension, (_written_as, content_type) in SERIALISATIONS.items()}
        extensions["application/json"] = "jsonld"
        wanted = request.get_preferred_type([PAGE, *extensions])
        answer = super().get(request, extensions[wanted]) if wanted in extensions else redirect("open_data")
        patch_vary_headers(answer, ["Accept"])
        return answer
