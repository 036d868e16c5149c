// Attendance by name, who spoke, and what was decided.
import { area, button, choice, field, finding, h, icon, input, number, select, sheet, t, tick, timeText, whole } from "./ui.js";
import { form, need, tap, Wrong } from "./capture.js";
import { save } from "./store.js";
import { label, meetingOpen, titleOf } from "./state.js";
import { besideName, meterOf, people } from "./meter.js";
import { meterShown } from "./meetings.js";

export const back = (open) => h("p.crumb", h("a", { href: `#rapat/${open.meeting.id}` }, titleOf(open.pack, open.meeting)));
const SEXES = () => [["L", t("male")], ["P", t("female")]];

export async function attendance({ id, draw }) {
  const open = await meetingOpen(id);
  const here = people(open);
  const counted = meterOf(open);
  const names = new Set(here.map((row) => row.name.toLowerCase()));
  const expected = (open.meeting.invitees ?? []).filter((row) => !names.has(row.name.toLowerCase()));
  return [
    back(open), h("h1", t("attendance")),
    h("section.sheet", h("header", h("h2", t("presentCount", { count: number(counted.present) })), h("span.form-no", `L ${number(counted.men)} · P ${number(counted.women)}`)), meterShown(open, counted)),
    open.closed ? finding("note", t("closedWhat")) : await byForm(open, draw),
    expected.length && !open.closed ? invited(open, expected, draw) : null,
    here.length ? sheet(t("presentList"), number(here.length), h("ol.queue", here.map((row) => presentRow(open, row, draw)))) : null,
  ];
}

function invited(open, expected, draw) {
  const list = h("ul.queue");
  const come = (row, sex) => tap(async () => {
    const body = person({ name: row.name, sex, element: row.element, position: row.position ?? "", invited: true, votes: true, signed: true });
    await save(open.pack, { kind: "attendance", body: { meeting: open.meeting.id, ...body }, scope: open.meeting.id, after: open.after });
    await draw({ focus: false });
  }, t("isHere", { name: row.name }));
  const show = (wanted) => list.replaceChildren(...expected.filter((row) => row.name.toLowerCase().includes(wanted.toLowerCase())).slice(0, 60).map((row) => h("li", h("span.q-next", icon("people")), h("b", row.name),
    h("span.row", (row.sex ? [row.sex] : ["L", "P"]).map((sex) => button(sex, () => come(row, sex), { kind: ".btn-s", "aria-label": t("markHere", { name: row.name, sex: t(sex === "L" ? "male" : "female") }) }))),
    h("span.line2", [label(open.pack, "elements", besideName(row.element)), row.position].filter(Boolean).join(" · ")))));
  show("");
  const search = input("cari", { type: "search" });
  search.addEventListener("input", () => show(search.value));
  return sheet(t("invitees"), number(expected.length), field(t("searchName"), search), list);
}

// The same columns as the printed attendance list.
function person({ name, sex, element, address = "", position = "", phone = "", invited: asked, votes, signed }) {
  return { name, sex, element, address, position, phone, invited: asked, votes, signed };
}

async function byForm(open, draw) {
  const act = async (typed) => {
    const body = checked(typed);
    await save(open.pack, { kind: "attendance", body: { meeting: open.meeting.id, ...body }, scope: open.meeting.id, after: open.after });
    const next = async () => { await draw({ focus: false }); document.querySelector("[name=name]")?.focus(); };
    return { said: t("isHere", { name: body.name }), next };
  };
  return sheet(t("addPerson"), "F04", await form(`hadir:${open.meeting.id}`, personFields(open), act, { words: t("addHere"), keep: ["element", "address"] }));
}

function checked(typed) {
  need(typed.name, t("needName"), "name");
  need(typed.sex, t("needSex", { name: typed.name }), "sex");
  need(typed.element, t("needElement", { name: typed.name }), "element");
  return person({ ...typed, votes: !typed.noVote, signed: !typed.unsigned });
}

function personFields(open, row = {}) {
  return [
    field(t("name"), input("name", { maxlength: 150, value: row.name ?? "" })),
    choice("sex", t("sex"), SEXES(), row.sex ?? ""),
    field(t("element"), select("element", [["", t("chooseElement")], ...open.pack.codes.elements], { value: row.element ?? "" })),
    h("details", h("summary", t("moreColumns")), h("div.stack-s",
      field(t("address"), input("address", { maxlength: 150, value: row.address ?? "" })), field(t("position"), input("position", { maxlength: 120, value: row.position ?? "" })),
      field(t("phone"), input("phone", { type: "tel", maxlength: 30, value: row.phone ?? "" })),
      tick("noVote", t("noVote"), row.votes === false), tick("unsigned", t("unsigned"), row.signed === false))),
    tick("invited", t("wasInvited"), row.invited !== false),
  ];
}

function presentRow(open, row, draw) {
  const parts = [row.sex, label(open.pack, "elements", besideName(row.element)), row.address, row.position].filter(Boolean);
  return h("li", h("span.q-ok", icon("check")), h("b", row.name), open.closed ? null : h("a", { href: "#", onclick: (event) => { event.preventDefault(); mend(open, row, draw, event.currentTarget.closest("li")); } }, t("mend"), h("span.hush", `: ${row.name}`)), h("span.line2", parts.join(" · "), row.signed === false ? ` · ${t("notSigned")}` : ""));
}

async function mend(open, row, draw, item) {
  const fix = (body) => save(open.pack, { kind: "attendance-fix", body: { replaces: row.id, ...body }, scope: open.meeting.id, after: [...open.after, ...(row.office ? [] : [row.id])] });
  const act = async (typed) => { await fix(checked(typed)); return { said: t("mended"), next: () => draw({ focus: false }) }; };
  const away = button(t("notHere"), async () => { if (await tap(() => fix({ remove: true }), t("mended"))) draw({ focus: false }); }, { kind: ".btn-quiet.btn-wide" });
  const made = await form(`ubah:${row.id}`, personFields(open, row), act, { words: t("mendSave"), extra: away });
  item.replaceChildren(h("div.line2", made));
  made.elements.name.focus();
}

export async function notes({ id, draw }) {
  const open = await meetingOpen(id);
  const act = async (typed) => {
    need(typed.point, t("needPoint"), "point");
    const { speaker, sex, element, agenda_point: agenda, point, response, conclusion } = typed;
    await save(open.pack, { kind: "note", body: { meeting: id, agenda_point: agenda, speaker, sex, element, point, response, conclusion }, scope: id, after: open.after });
    return { next: () => draw({ focus: false }) };
  };
  const fields = [
    field(t("speaker"), input("speaker", { maxlength: 150, list: "hadir-nama" })), h("datalist", { id: "hadir-nama" }, people(open).map((row) => h("option", { value: row.name }))),
    choice("sex", t("sex"), SEXES()), field(t("element"), select("element", [["", ""], ...open.pack.codes.elements])),
    field(t("agendaPoint"), select("agenda_point", [["", ""], ...(open.meeting.agenda ?? []).map((point) => [point, point])])),
    field(t("point"), area("point", { maxlength: 4000 })), field(t("response"), area("response", { rows: 2, maxlength: 4000 })), field(t("conclusion"), area("conclusion", { rows: 2, maxlength: 4000 })),
  ];
  const done = open.of("note");
  return [back(open), h("h1", t("writeNote")), open.closed ? finding("note", t("closedWhat")) : sheet(t("newNote"), "F05", await form(`bicara:${id}`, fields, act, { keep: ["agenda_point"] })),
    done.length ? sheet(t("doneNotes", { count: number(done.length) }), "", h("ol.queue", done.toReversed().map((copy) => h("li", h("span.q-ok", icon("voice")), h("b", copy.body.speaker || t("someone")), h("span.small.dim", timeText(copy.at, open.pack.village.timezone)), h("span.line2", copy.body.point))))) : null];
}

export async function decisions({ id, draw }) {
  const open = await meetingOpen(id);
  const voters = meterOf(open).voters;
  const act = async (typed) => {
    need(typed.text, t("needDecision"), "text");
    let votes = null;
    if (typed.method === "vote") {
      votes = ["votesFor", "votesAgainst", "votesAbstain"].map((name) => { const count = whole(typed[name] || "0"); if (count === null) throw new Wrong(t("needWhole", { read: typed[name] }), name); return count; });
      const sum = votes[0] + votes[1] + votes[2];
      if (voters && sum > voters) throw new Wrong(t("votesTooMany", { votes: number(sum), voters: number(voters) }), "votesFor");
    }
    await save(open.pack, { kind: "decision", body: { meeting: id, text: typed.text, votes }, scope: id, after: open.after });
    return { next: () => draw({ focus: false }) };
  };
  const count = (name, words) => field(t(words), input(name, { inputmode: "numeric", maxlength: 6 }));
  const votesPart = h("details", h("summary", t("voteCounts")), h("div.stack-s", count("votesFor", "votesFor"), count("votesAgainst", "votesAgainst"), count("votesAbstain", "votesAbstain")));
  const fields = [field(t("decisionText"), area("text", { rows: 4, maxlength: 4000 })), choice("method", t("decisionHow"), [["consensus", t("consensus")], ["vote", t("vote")]], "consensus"), votesPart];
  const done = open.of("decision");
  return [back(open), h("h1", t("decisions")), open.closed ? finding("note", t("closedWhat")) : sheet(t("newDecision"), "", await form(`putusan:${id}`, fields, act)),
    done.length ? sheet(t("doneDecisions", { count: number(done.length) }), "", h("ol.numbered", done.map((copy) => h("li", copy.body.text, copy.body.votes ? h("span.line2", t("votesShown", { yes: number(copy.body.votes[0]), no: number(copy.body.votes[1]), none: number(copy.body.votes[2]) })) : null)))) : null];
}
