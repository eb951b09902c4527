from django.contrib import admin

from reports.columns import all_reports
from reports.downloads import offer
from reports.kind import all_kinds
from reports.offering import offer_kinds
from reports.snapshot_admin import ReportSnapshotAdmin

for report in all_reports():
    offer(report, admin.site.get_model_admin(report.offered_by))

for model in dict.fromkeys(kind.model for kind in all_kinds().values()):
    offer_kinds(admin.site.get_model_admin(model))

__all__ = ["ReportSnapshotAdmin"]
