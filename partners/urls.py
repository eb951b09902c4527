from django.urls import path

from partners import views

urlpatterns = [
    path("partners/", views.PartnerList.as_view(), name="partners"),
    path("partners/<slug:slug>/", views.PartnerPage.as_view(), name="partner"),
]
