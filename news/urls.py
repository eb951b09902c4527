from django.urls import path

from news import views
from news.feeds import ArticleFeed

urlpatterns = [
    path("projects/<slug:slug>/news/", views.ProjectNews.as_view(), name="project_news"),
    path("projects/<slug:slug>/events/", views.ProjectEvents.as_view(), name="project_events"),
    path("projects/<slug:slug>/media/", views.ProjectMedia.as_view(), name="project_media"),
    path("projects/<slug:slug>/feed/", views.ProjectFeed.as_view(), name="project_feed"),
    path("news/", views.ArticleList.as_view(), name="articles"),
    path("news/feed/", ArticleFeed(), name="article_feed"),
    path("news/<slug:slug>/", views.ArticlePage.as_view(), name="article"),
    path("events/", views.EventList.as_view(), name="events"),
    path("events/calendar.ics", views.Calendar.as_view(), name="calendar"),
    path("events/<slug:slug>/event.ics", views.EventCalendar.as_view(), name="event_calendar"),
    path("events/<slug:slug>/", views.EventPage.as_view(), name="event"),
]
