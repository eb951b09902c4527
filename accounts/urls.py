"""Setting and resetting a password, under the names that Django's views and its admin look for."""

from django.urls import path

from accounts import passwords

urlpatterns = [
    path("password_reset/", passwords.Forgotten.as_view(), name="admin_password_reset"),
    path("password_reset/done/", passwords.ForgottenDone.as_view(), name="password_reset_done"),
    path("password/<uidb64>/<token>/", passwords.SetPassword.as_view(), name="password_reset_confirm"),
    path("password/done/", passwords.PasswordSet.as_view(), name="password_reset_complete"),
]
