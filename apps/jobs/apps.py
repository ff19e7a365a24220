from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "apps.jobs"
    label = "jobs"
    verbose_name = "Jobs"

    def ready(self) -> None:
        from apps.audit.kinds import register_kinds
        from apps.audit.operation import on_settled
        from apps.jobs.rows import settled
        from apps.jobs.shell import register

        register_kinds(
            {
                "job.created": "started the job",
                "job.paused": "paused the job",
                "job.resumed": "resumed the job",
                "job.cancelled": "cancelled the job",
                "job.planned_again": "had planned anew",
                "job.confirmed": "confirmed",
                "job.carried_out": "carried out",
                "job.retried": "tried the failed rows again of",
            }
        )
        on_settled(settled)
        register()
