"""The addresses of the desk's pages."""

from django.urls import URLPattern, path

from zamiast.helpline.desk.views import calls, cases, explain, start, supervisor

urlpatterns: list[URLPattern] = [
    path("", start.home, name="home"),
    path("call/", calls.take, name="take_call"),
    path("call/<uuid:call>/", calls.sheet, name="call"),
    path("call/<uuid:call>/identify/", calls.identify, name="identify"),
    path("call/<uuid:call>/case/", calls.open_case, name="open_case"),
    path("call/<uuid:call>/hang-up/", calls.hang_up, name="hang_up"),
    path("call/<uuid:call>/explain/", explain.in_call, name="explain_in_call"),
    path("cases/", cases.listing, name="cases"),
    path("case/", cases.find, name="find_case"),
    path("case/<int:number>/", cases.case, name="case"),
    path("case/<int:number>/explain/", explain.in_case, name="explain_in_case"),
    path("case/<int:number>/note/", cases.note, name="write_note"),
    path("case/<int:number>/close/", cases.close, name="close_case"),
    path("case/<int:number>/reopen/", cases.reopen, name="reopen_case"),
    path("supervisor/", supervisor.today, name="supervisor"),
]
