// Sheets of visits and checklists of forums, with what the package froze of them.
import { area, choice, dayText, empty, field, finding, h, icon, input, number, select, sheet, t, tick } from "./ui.js";
import { form, need, tap } from "./capture.js";
import { copiesOf, saveVersion } from "./store.js";
import { state } from "./state.js";

const rowsOf = (name) => state.packs.flatMap((pack) => (pack[name] ?? []).map((row) => ({ pack, row })));
const found = (name, id) => rowsOf(name).find((each) => each.row.id === id);

export async function list() {
  const visits = rowsOf("visits");
  const forums = rowsOf("forums");
  return [h("h1", t("tasks")),
    visits.length ? sheet(t("visits"), number(visits.length), h("ul.queue", visits.map(({ pack, row }) => h("li", h("span.q-next", icon("boat")), h("b", pack.village.name), h("a", { href: `#kunjungan/${row.id}` }, t("fillIn"), h("span.hush", `: ${pack.village.name}`)), h("span.line2", [row.date ? dayText(row.date) : "", row.stage].filter(Boolean).join(" · ")))))) : null,
    forums.length ? sheet(t("forums"), number(forums.length), h("ul.queue", forums.map(({ pack, row }) => h("li", h("span.q-next", icon("people")), h("b", pack.village.name), h("a", { href: `#forum/${row.id}` }, t("fillIn"), h("span.hush", `: ${pack.village.name}`)), h("span.line2", row.day ? dayText(row.day) : ""))))) : null,
    visits.length || forums.length ? null : empty(t("tasksNone"), t("tasksNoneWhat"))];
}

export async function visit({ id, draw }) {
  const here = found("visits", id);
  if (!here) return list();
  const { pack, row } = here;
  const questions = row.checklist?.items ?? [];
  const promises = pack.promises ?? [];
  const last = (await copiesOf(id, "visit")).at(-1)?.body;
  const codes = pack.codes;
  const act = async (typed) => {
    need(typed.visit_date, t("needVisitDate"), "visit_date");
    const findings = findingsOf(typed, row);
    if (!typed.no_findings) need(findings.length, t("needFinding"), "finding-0-text");
    const body = {
      visit: id, visit_date: typed.visit_date, stage: row.stage ?? "", travel_minutes: typed.travel_minutes, work_minutes: typed.work_minutes, access_used: typed.access_used ?? "", signal: typed.signal ?? "",
      contacts: typed.contact ? [{ name: typed.contact, role: typed.contact_role, sex: "" }] : [],
      promises: promises.filter((each) => typed[`promise-${each.id}`]).map((each) => ({ item_id: each.id, seen: typed[`promise-${each.id}`], note: "" })),
      list_version: String(row.checklist?.version ?? ""), answers: questions.filter((each) => typed[`answer-${each.code}`]).map((each) => ({ code: each.code, answer: typed[`answer-${each.code}`], evidence: "" })),
      documents_seen: typed.documents_seen, data_problem: typed.data_problem, participation: typed.participation, help_text: typed.help_text, next_date: typed.next_date, findings, no_findings: typed.no_findings,
    };
    await saveVersion(pack, { kind: "visit", slot: id, scope: id, body, firstBase: row.version ?? null, baseAfter: (before) => (before.base ?? 0) + 1 });
    return { next: () => draw({ focus: false }) };
  };
  const options = (name) => [["", "–"], ...(codes[name] ?? [])];
  return [h("p.crumb", h("a", { href: "#tugas" }, t("tasks"))), h("h1", t("visitTitle", { village: pack.village.name })), last ? finding("note", t("visitSaved")) : null,
    await form(`kunjungan:${id}`, [
      sheet(t("visitWhen"), "", field(t("visitDate"), input("visit_date", { type: "date" })), h("details", h("summary", t("visitTravel")), h("div.stack-s", field(t("travelMinutes"), input("travel_minutes", { inputmode: "numeric", maxlength: 6 })), field(t("workMinutes"), input("work_minutes", { inputmode: "numeric", maxlength: 6 })), codes.access ? field(t("access"), select("access_used", options("access"))) : null, codes.signal ? field(t("signal"), select("signal", options("signal"))) : null, field(t("contact"), input("contact", { maxlength: 150 })), field(t("contactRole"), input("contact_role", { maxlength: 100 }))))),
      sheet(t("visitPromises"), "", promises.length ? promises.map((each) => choice(`promise-${each.id}`, each.text, codes.promise_seen ?? [], "")) : h("p", t("visitNoPromises"))),
      questions.length ? sheet(t("visitQuestions"), number(questions.length), questions.map((each) => choice(`answer-${each.code}`, each.text, codes.visit_answers ?? [], ""))) : null,
      sheet(t("visitSeen"), "", field(t("documentsSeen"), area("documents_seen", { maxlength: 2000 })), field(t("dataProblem"), area("data_problem", { maxlength: 2000 })), field(t("participation"), area("participation", { maxlength: 2000 })), field(t("helpText"), area("help_text", { maxlength: 2000 }))),
      sheet(t("visitFindings"), "", tick("no_findings", t("noFindings")), [0, 1, 2].map((at) => findingFields(at, codes))),
      sheet(t("visitNext"), "", field(t("nextDate"), input("next_date", { type: "date" }))),
    ], act, { words: t("visitSave") })];
}

const findingFields = (at, codes) => h("details", { open: at === 0 }, h("summary", t("findingNo", { number: at + 1 })), h("div.stack-s", field(t("findingText"), area(`finding-${at}-text`, { maxlength: 2000 })), field(t("severity"), select(`finding-${at}-severity`, [["", t("chooseSeverity")], ...(codes.severities ?? [])])), field(t("recommendation"), area(`finding-${at}-recommendation`, { maxlength: 2000 })), field(t("owner"), select(`finding-${at}-owner`, [["", t("chooseOwner")], ...(codes.owners ?? [])]))));

function findingsOf(typed) {
  return [0, 1, 2].filter((at) => typed[`finding-${at}-text`]).map((at) => {
    need(typed[`finding-${at}-severity`], t("needSeverity"), `finding-${at}-severity`);
    return { severity: typed[`finding-${at}-severity`], text: typed[`finding-${at}-text`], recommendation: typed[`finding-${at}-recommendation`], owner_role: typed[`finding-${at}-owner`], due: "", mandatory: true, code: "" };
  });
}

export async function forum({ id }) {
  const here = found("forums", id);
  if (!here) return list();
  const { pack, row } = here;
  const answers = [["yes", t("yes")], ["no", t("no")], ["na", t("notApplicable")]];
  const copies = await copiesOf(id, "checklist");
  const points = row.points ?? [];
  return [h("p.crumb", h("a", { href: "#tugas" }, t("tasks"))), h("h1", t("forumTitle", { village: pack.village.name })), points.length ? null : empty(t("tasksNone"), t("tasksNoneWhat")),
    points.map((point) => pointCard(pack, row, point, answers, copies.find((copy) => copy.slot === point.code)))];
}

function pointCard(pack, row, point, answers, copy) {
  const office = row.answers?.[point.code] ?? null;
  const standing = copy?.body ?? { answer: office?.[0] ?? "", note: office?.[1] ?? "" };
  const note = input("note", { maxlength: 300, value: standing.note, "aria-label": `${t("note")}: ${point.text}`, placeholder: t("noteMaybe") });
  const told = h("span.small.dim", { role: "status" }, copy ? t("savedHere") : "");
  const picks = choice(`butir-${point.code}`, point.text, point.na === false ? answers.filter(([code]) => code !== "na") : answers, standing.answer);
  const save = async () => {
    const answer = picks.querySelector("input:checked")?.value;
    if (!answer) return;
    const good = await tap(() => saveVersion(pack, { kind: "checklist", slot: point.code, scope: row.id, body: { forum: row.id, point: point.code, answer, note: note.value.trim() }, firstBase: office, baseAfter: (last) => [last.answer, last.note] }));
    told.textContent = good ? t("savedHere") : t("notSaved");
  };
  picks.addEventListener("change", save);
  note.addEventListener("change", save);
  return h("section.sheet.stack-s", picks, note, h("p", told));
}

