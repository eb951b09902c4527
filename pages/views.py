from editorial.views import RecordPage
from pages.models import Page


class PageView(RecordPage):
    model = Page

    def get_queryset(self):
        return super().get_queryset().exclude(slug=Page.HOME).lean()
