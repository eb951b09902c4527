"""The files as they stand now: by what a program knows that one has changed, and what a reader is told of it."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from opendata.dataset import Dataset
from opendata.datasets import AS_TABLES, OFFERED
from opendata.kept import size_of_kept
from opendata.licence import licence, publisher
from opendata.stamp import Stamp, stamp
from opendata.writing import DataFormat


@dataclass(frozen=True)
class File:
    """`size` is in bytes; None while nobody has asked for the file since the data changed."""

    format: DataFormat
    address: str
    size: int | None


@dataclass(frozen=True)
class Offer:
    dataset: Dataset
    number: int
    files: list[File]

    @property
    def explained_for_programs(self) -> str:
        """The address of the description that programs read."""
        name = self.dataset.name
        return reverse("data_columns", args=[name]) if name in AS_TABLES else reverse("keep_schema")


@dataclass(frozen=True)
class Edition:
    """What all files depend on beside their dataset. `portal` is the portal's address, with its scheme and host."""

    state: Stamp
    portal: str
    publisher: str

    @classmethod
    def of_now(cls, portal: str) -> "Edition":
        return cls(stamp(), portal, publisher())

    def digest(self, dataset: Dataset, format: DataFormat) -> str:
        """It changes with the data, with whatever else stands in the file, and with the portal that writes it."""
        columns = [column.name for column in dataset.columns]
        rest = columns, licence(), self.publisher, self.portal, settings.PORTAL_VERSION
        return self.state.digest(dataset.name, format.extension, *rest)

    def file(self, dataset: Dataset, format: DataFormat) -> File:
        address = reverse("data_file", args=[dataset.name, format.extension])
        return File(format, address, size_of_kept(format.file_name(dataset), self.digest(dataset, format)))

    def offers(self) -> list[Offer]:
        """All datasets, by a query each."""
        return [
            Offer(dataset, dataset.records().count(), [self.file(dataset, each) for each in formats])
            for dataset, formats in OFFERED.items()
        ]
