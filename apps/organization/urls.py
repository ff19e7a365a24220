"""Custom domain and mail."""

from django.urls import path

from apps.organization.views import domain, mail

app_name = "organization"
urlpatterns = [
    path("domain/", domain.DomainView.as_view(), name="domain"),
    path("domain/facts/", domain.DomainFactsView.as_view(), name="domain_facts"),
    path("domain/dns/", domain.DomainDnsView.as_view(), name="domain_dns"),
    path("domain/add/", domain.AddDomainView.as_view(), name="domain_add"),
    path("domain/verify/", domain.VerifyDomainView.as_view(), name="domain_verify"),
    path("domain/deactivate/", domain.DeactivateDomainView.as_view(), name="domain_deactivate"),
    path("domain/delete/", domain.DeleteDomainView.as_view(), name="domain_delete"),
    path("mail/", mail.MailView.as_view(), name="mail"),
    path("mail/facts/", mail.MailFactsView.as_view(), name="mail_facts"),
    path("mail/dns/", mail.MailDnsView.as_view(), name="mail_dns"),
    path("mail/edit/", mail.EditMailView.as_view(), name="mail_edit"),
    path("mail/verify/", mail.VerifyMailView.as_view(), name="mail_verify"),
]
