"""The addresses of the desk's pages."""

from django.urls import URLPattern, path

from zamiast.helpline.desk.views import (
    calls,
    cases,
    oversight,
    scripts,
    specialist,
    start,
    supervisor,
)

urlpatterns: list[URLPattern] = [
    path("", start.home, name="home"),
    path("call/", calls.take, name="take_call"),
    path("call/<uuid:call>/", calls.sheet, name="call"),
    path("call/<uuid:call>/identify/", calls.identify, name="identify"),
    path("call/<uuid:call>/case/", calls.open_case, name="open_case"),
    path("call/<uuid:call>/hang-up/", calls.hang_up, name="hang_up"),
    path("call/<uuid:call>/case/<int:number>/", calls.join_case, name="join_case"),
    path("call/<uuid:call>/script/", scripts.step, name="script_step"),
    path("cases/", cases.listing, name="cases"),
    path("case/", cases.find, name="find_case"),
    path("case/<int:number>/", cases.case, name="case"),
    path("case/<int:number>/explain/", scripts.in_case, name="explain_in_case"),
    path("case/<int:number>/note/", cases.note, name="write_note"),
    path("case/<int:number>/close/", cases.close, name="close_case"),
    path("case/<int:number>/reopen/", cases.reopen, name="reopen_case"),
    path("scripts/", scripts.listing, name="scripts"),
    path("scripts/<slug:code>/", scripts.preview, name="script"),
    path("supervisor/", supervisor.today, name="supervisor"),
    path("specialist/", specialist.queue, name="specialist"),
    path("specialist/<int:number>/", specialist.file, name="file"),
    path("specialist/<int:number>/account/", specialist.name_account, name="name_account"),
    path("specialist/<int:number>/tied/", specialist.take_in_tied, name="take_in_tied"),
    path("specialist/<int:number>/names/", specialist.names, name="names"),
    path("specialist/<int:number>/document/", specialist.add_document, name="add_document"),
    path("specialist/<int:number>/document/<uuid:document>/", specialist.document, name="document"),
    path("specialist/<int:number>/note/", specialist.note, name="file_note"),
    path("specialist/<int:number>/close/", specialist.close, name="close_file"),
    path("specialist/<int:number>/freeze/", specialist.freeze, name="freeze"),
    path("specialist/<int:number>/freeze/<int:freeze>/", specialist.review, name="review_freeze"),
    path("specialist/<int:number>/change/<slug:kind>/", specialist.change, name="change"),
    path("specialist/<int:number>/decide/<int:change>/", specialist.decide, name="decide_change"),
    path(
        "specialist/<int:number>/reverse/<int:change>/", specialist.reverse, name="reverse_change"
    ),
    path("oversight/", oversight.page, name="oversight"),
]
