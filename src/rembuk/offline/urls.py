"""Addresses of the field app, of its API and of the pages where an office looks after what came in."""

from django.urls import path

from rembuk.offline.views import api, app, deciding, office

app_name = "offline"
urlpatterns = [
    path("lapangan/", app.shell, name="app"),
    path("lapangan/sw.js", app.worker, name="worker"),
    path("lapangan/app.webmanifest", app.manifest, name="manifest"),
    path("lapangan/sesi.json", app.session, name="session"),
    path("lapangan/kata/<slug:language>.json", app.words, name="words"),
    path("lapangan/v/<slug:version>/<slug:name>.<slug:kind>", app.module, name="module"),
    path("lapangan/kantor/", office.index, name="office"),
    path("lapangan/kantor/kiriman.xlsx", office.export, name="export"),
    path("lapangan/kantor/kiriman/<uuid:envelope_id>/", deciding.envelope, name="envelope"),
    path("lapangan/kantor/kiriman/<uuid:envelope_id>/putuskan/", deciding.decide, name="decide"),
    path("lapangan/kantor/paket/", office.packages, name="packages"),
    path("lapangan/kantor/perangkat/", office.devices, name="devices"),
    path("lapangan/kantor/perangkat/<uuid:device_id>/cabut/", office.revoke, name="revoke"),
    path("lapangan/kantor/kunci/", office.rotate, name="rotate"),
    path("lapangan/kantor/berkas/", office.bring, name="bring"),
    path("api/lapangan/1/desa", api.villages, name="api-villages"),
    path("api/lapangan/1/perangkat", api.device, name="api-device"),
    path("api/lapangan/1/paket", api.package, name="api-package"),
    path("api/lapangan/1/amplop", api.envelopes, name="api-envelopes"),
    path("api/lapangan/1/keadaan", api.status, name="api-status"),
    path("api/lapangan/1/potongan/ada", api.parts_here, name="api-parts"),
    path("api/lapangan/1/potongan/<slug:sha256>", api.part, name="api-part"),
]
