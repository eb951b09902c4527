"""All datasets and the kinds of file that each comes in, by their addresses, which stay."""

from opendata.dataset import Dataset
from opendata.indicators import INDICATORS
from opendata.keep import KEEP, KEEP_JSON
from opendata.operations import OPERATIONS
from opendata.participations import PARTICIPATIONS
from opendata.practices import PRACTICES
from opendata.writing import TABLES, DataFormat

OFFERED: dict[Dataset, list[DataFormat]] = {
    OPERATIONS: TABLES,
    PARTICIPATIONS: TABLES,
    INDICATORS: TABLES,
    PRACTICES: TABLES,
    KEEP: [KEEP_JSON],
}
FILES = {
    (dataset.name, format.extension): (dataset, format) for dataset, formats in OFFERED.items() for format in formats
}
AS_TABLES = {dataset.name: dataset for dataset, formats in OFFERED.items() if formats is TABLES}
