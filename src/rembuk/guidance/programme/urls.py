"""Addresses of the annual plan and of the commitments."""

from django.urls import path

from rembuk.guidance.programme.views import (
    activities,
    commitments,
    coverage,
    importing,
    money,
    plans,
    steps,
    targets,
    versions,
)

app_name = "programme"
PLAN = "rencana-pembinaan/<uuid:plan_id>/"
ACTIVITY = "rencana-pembinaan/kegiatan/<uuid:activity_id>/"
PROMISE = "komitmen/<uuid:commitment_id>/"
urlpatterns = [
    path("rencana-pembinaan/", plans.index, name="list"),
    path("rencana-pembinaan/daftar/", plans.export, name="export"),
    path("rencana-pembinaan/baru/", plans.new, name="new"),
    path(PLAN, plans.plan, name="plan"),
    path(f"{PLAN}ubah/", plans.edit, name="edit"),
    path(f"{PLAN}ajukan/", steps.submit, name="submit"),
    path(f"{PLAN}putuskan/", steps.decide, name="decide"),
    path(f"{PLAN}jalankan/", steps.run, name="run"),
    path(f"{PLAN}kegiatan/", plans.activities_export, name="activities"),
    path(f"{PLAN}kegiatan/baru/", activities.new, name="new_activity"),
    path(f"{PLAN}impor/", importing.upload, name="import"),
    path(f"{PLAN}impor/templat/", importing.template, name="import_template"),
    path(f"{PLAN}cakupan/", coverage.coverage_page, name="coverage"),
    path(f"{PLAN}cakupan/isi/", coverage.settle, name="settle"),
    path(f"{PLAN}uang/", money.money, name="money"),
    path(f"{PLAN}uang/unduh/", money.export, name="money_export"),
    path(f"{PLAN}versi/", versions.index, name="versions"),
    path(f"{PLAN}versi/<int:number>/", versions.version, name="version"),
    path(f"{PLAN}beda/", versions.difference, name="difference"),
    path(ACTIVITY, activities.activity, name="activity"),
    path(f"{ACTIVITY}ubah/", activities.edit, name="edit_activity"),
    path(f"{ACTIVITY}hapus/", activities.remove, name="remove_activity"),
    path(f"{ACTIVITY}langkah/", activities.step, name="step_activity"),
    path(f"{ACTIVITY}sasaran/", targets.targets, name="targets"),
    path(f"{ACTIVITY}realisasi/", money.pay, name="pay"),
    path(f"{ACTIVITY}kaitan/", money.link, name="link"),
    path(f"{ACTIVITY}kaitan/lepas/", money.unlink, name="unlink"),
    path("rencana-pembinaan/realisasi/<uuid:payment_id>/batal/", money.withdraw, name="withdraw_payment"),
    path("komitmen/", commitments.index, name="promises"),
    path("komitmen/daftar/", commitments.export, name="promises_export"),
    path("komitmen/baru/", commitments.new, name="new_promise"),
    path("komitmen/umum/", commitments.public, name="public_promises"),
    path(PROMISE, commitments.promise, name="promise"),
    path(f"{PROMISE}ubah/", commitments.edit, name="edit_promise"),
    path(f"{PROMISE}bukti/", commitments.prove, name="prove"),
    path(f"{PROMISE}nilai/", commitments.judge, name="judge"),
    path(f"{PROMISE}terbitkan/", commitments.publish, name="publish"),
]
