"""Addresses of people and sign-in."""

from django.urls import path

from rembuk.accounts.views import own, people, sheet, signing

app_name = "accounts"
urlpatterns = [
    path("masuk/", signing.sign_in, name="sign_in"),
    path("masuk/kode-kedua/", signing.second_factor, name="second_factor"),
    path("masuk/kode/", signing.use_code, name="use_code"),
    path("masuk/contoh/", signing.demo_sign_ins, name="demo_sign_ins"),
    path("keluar/", signing.sign_out, name="sign_out"),
    path("akun/", own.me, name="me"),
    path("akun/sandi/", own.change_password, name="change_password"),
    path("akun/kode-kedua/", own.second_factor_setup, name="second_factor_setup"),
    path("akun/kode-cadangan/", own.recovery_codes, name="recovery_codes"),
    path("peran/", own.hats, name="hats"),
    path("orang/", people.people, name="people"),
    path("orang/unduh/", people.export, name="export"),
    path("orang/undang/", people.invite, name="invite"),
    path("orang/setujui/", people.approve_many, name="approve_many"),
    path("orang/kode/", people.code_many, name="code_many"),
    path("orang/berkas/", sheet.upload, name="sheet"),
    path("orang/berkas/templat/", sheet.template, name="sheet_template"),
    path("orang/<uuid:assignment_id>/", people.assignment, name="assignment"),
    path("orang/<uuid:assignment_id>/tambah/", people.add, name="add"),
    path("orang/<uuid:assignment_id>/setujui/", people.approve, name="approve"),
    path("orang/<uuid:assignment_id>/akhiri/", people.end, name="end"),
    path("orang/<uuid:assignment_id>/kode/", people.code, name="code"),
    path("orang/<uuid:assignment_id>/bekukan/", people.suspend, name="suspend"),
    path("orang/<uuid:assignment_id>/lepas-kode-kedua/", people.drop_second_factor, name="drop_second_factor"),
]
