"""Addresses of the RPJM Desa in work, below those of its cycle."""

from django.urls import path

from rembuk.plans.views import rpjm_grid, rpjm_items, rpjm_policy, rpjm_public, rpjm_review, rpjm_steps, rpjm_text

OF_CYCLE = "rencana/siklus/<uuid:cycle_id>/rpjm/"
OF_ITEM = "rencana/kegiatan-rpjm/<uuid:rpjm_item_id>/"
urlpatterns = [
    path(OF_CYCLE, rpjm_grid.draft, name="rpjm_draft"),
    path(OF_CYCLE + "buka/", rpjm_grid.begin, name="rpjm_open"),
    path(OF_CYCLE + "sel/", rpjm_grid.cells, name="rpjm_cells"),
    path(OF_CYCLE + "rpjm.xlsx", rpjm_grid.export_xlsx, name="rpjm_xlsx"),
    path(OF_CYCLE + "rpjm.csv", rpjm_grid.export_csv, name="rpjm_csv"),
    path(OF_CYCLE + "kegiatan-baru/", rpjm_items.new, name="rpjm_new_item"),
    path(OF_CYCLE + "usulan/", rpjm_items.origins, name="rpjm_origins"),
    path(OF_CYCLE + "usulan/ambil/", rpjm_items.take, name="rpjm_take"),
    path(OF_CYCLE + "program/", rpjm_policy.policy, name="rpjm_policy"),
    path(OF_CYCLE + "program/simpan/", rpjm_policy.save, name="rpjm_save_policy"),
    path(OF_CYCLE + "naskah/", rpjm_text.text, name="rpjm_text"),
    path(OF_CYCLE + "naskah/simpan/", rpjm_text.save_text, name="rpjm_save_text"),
    path(OF_CYCLE + "pendapatan/", rpjm_text.income, name="rpjm_income"),
    path(OF_CYCLE + "pendapatan/simpan/", rpjm_text.save_income, name="rpjm_save_income"),
    path(OF_CYCLE + "naskah-perdes/", rpjm_text.perdes_text, name="rpjm_perdes_text"),
    path(OF_CYCLE + "naskah-perdes/simpan/", rpjm_text.save_perdes_text, name="rpjm_save_perdes_text"),
    path("rencana/rpjm/<str:village_id>/tinjau/", rpjm_review.open_review, name="rpjm_open_review"),
    path(OF_CYCLE + "tinjau/", rpjm_review.review, name="rpjm_review"),
    path(OF_CYCLE + "tinjau/simpan/", rpjm_review.decide, name="rpjm_decide"),
    path(OF_CYCLE + "tinjau/kembalikan/", rpjm_review.restore, name="rpjm_restore"),
    path(OF_CYCLE + "langkah/", rpjm_steps.steps, name="rpjm_steps"),
    path(OF_CYCLE + "setujui/", rpjm_steps.approve, name="rpjm_approve"),
    path(OF_CYCLE + "kembalikan/", rpjm_steps.give_back, name="rpjm_return"),
    path(OF_CYCLE + "perbaiki/", rpjm_steps.revise, name="rpjm_revise"),
    path(OF_CYCLE + "musrenbang/", rpjm_steps.hold, name="rpjm_hold"),
    path(OF_CYCLE + "kesepakatan/", rpjm_steps.add_change, name="rpjm_add_change"),
    path(OF_CYCLE + "rancangan-akhir/", rpjm_steps.finalise, name="rpjm_finalise"),
    path(OF_CYCLE + "kesepakatan-bpd/", rpjm_steps.agree, name="rpjm_agree"),
    path(OF_CYCLE + "tetapkan/", rpjm_steps.enact, name="rpjm_enact"),
    path(OF_CYCLE + "perdes/", rpjm_steps.perdes, name="rpjm_perdes"),
    path(OF_CYCLE + "umumkan/", rpjm_steps.publish, name="rpjm_publish"),
    path("rencana/kesepakatan-rpjm/<uuid:rpjm_change_id>/", rpjm_steps.answer_change, name="rpjm_answer_change"),
    path("rpjm-desa/<uuid:rpjmdes_id>/", rpjm_public.public, name="rpjm_public"),
    path(OF_ITEM, rpjm_items.item, name="rpjm_item"),
    path(OF_ITEM + "simpan/", rpjm_items.save, name="rpjm_save_item"),
    path(OF_ITEM + "keluarkan/", rpjm_items.remove, name="rpjm_remove_item"),
]
