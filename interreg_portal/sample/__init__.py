"""A big portal that is invented throughout, the same each time: what `load_sample` writes."""

from datetime import date

PREFIX = "sample-"  # of the address of each record that has one
DAY = date(2026, 6, 30)  # the sample's today: what happened lies before it, whatever day it is loaded on
