// Meetings of the village: planned ones, one made on the spot, and the screen of one that is running.
import { area, bar, button, chip, empty, field, finding, h, icon, input, link, moment, number, select, sheet, t, timeText } from "./ui.js";
import { form, need, tap } from "./capture.js";
import { save, saveVersion, lastSeen } from "./store.js";
import { hamletOptions, kindLabel, label, meetingOpen, meetingsHere, state, titleOf } from "./state.js";
import { meterOf, slotOf, tallies } from "./meter.js";
import { whoIsOpen } from "./keys.js";
import { now } from "./codec.js";
import { all, remember, setting } from "./db.js";

const CHIPS = { running: "due", adjourned: "paused", closed: "ok", signed: "ok", cancelled: "paused" };

export async function list() {
  const rows = await meetingsHere();
  const waiting = await all("outbox");
  const cards = await Promise.all(rows.map((row) => card(row, waiting)));
  return [
    h("h1", t("meetings")),
    rows.length ? h("ul.queue.sheet", cards) : empty(t("meetingsNone"), t("meetingsNoneWhat")),
    h("div.quick", link(t("meetingNew"), "#rapat//baru", { kind: ".btn-main", icon: "plus" }), link(t("tasks"), "#tugas", { icon: "list" })),
  ];
}

async function card({ meeting, pack }, waiting) {
  const count = waiting.filter((row) => row.scope === meeting.id).length;
  const { started, closed } = await meetingOpen(meeting.id);
  const now = closed ? t("stateClosed") : started ? t("stateRunning") : t("statePlanned");
  const zone = pack.village.timezone;
  const under = [moment(meeting.scheduled_at, zone), meeting.location, state.packs.length > 1 ? pack.village.name : ""].filter(Boolean).join(" · ");
  return h("li", h(closed ? "span.q-ok" : "span.q-next", icon(closed ? "check" : "people")), h("a.strong", { href: `#rapat/${meeting.id}` }, titleOf(pack, meeting)), chip(CHIPS[closed ? "closed" : started ? "running" : "x"] ?? "next", now), h("span.line2", under, count ? ` · ${t("waitingHere", { count: number(count) })}` : ""));
}

export async function fresh() {
  const pack = state.packs[0];
  const village = select("village", state.packs.map((each) => [each.village.key, each.village.name]), { value: pack.village.key });
  const hamlet = select("hamlet", hamletsOf(pack), {});
  village.addEventListener("change", () => hamlet.replaceChildren(...hamletsOf(packBy(village.value)).map(([code, words]) => h("option", { value: code }, words))));
  return [h("h1", t("meetingNew")), h("p.small", t("meetingNewWhat")), await form("rapat-baru", [
    state.packs.length > 1 ? field(t("village"), village) : h("input", { type: "hidden", name: "village", value: pack.village.key }),
    field(t("meetingKind"), select("kind", pack.codes.meeting_kinds, { value: "MUSDUS" })),
    field(t("hamlet"), hamlet, t("hamletHint")),
    field(t("groupName"), input("group", { maxlength: 120 }), t("groupHint")),
    field(t("when"), input("at", { type: "datetime-local", value: localNow() })),
    field(t("where"), input("location", { maxlength: 200 })),
    field(t("agenda"), area("agenda", { rows: 4, maxlength: 8000 }), t("agendaHint")),
  ], made, { words: t("meetingMake") })];
}

const packBy = (key) => state.packs.find((pack) => pack.village.key === key);
const hamletsOf = (pack) => [["", t("wholeVillage")], ...hamletOptions(pack)];
function localNow() {
  const date = new Date();
  return new Date(date - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

async function made(typed) {
  const pack = packBy(typed.village);
  need(typed.location, t("needWhere"), "location");
  const agenda = typed.agenda.split("\n").map((line) => line.trim()).filter(Boolean).slice(0, 40);
  need(agenda.length, t("needAgenda"), "agenda");
  if (typed.kind === "MUSDUS") need(typed.hamlet, t("needHamlet"), "hamlet");
  if (typed.kind === "MUSKEL") need(typed.group, t("needGroup"), "group");
  const when = new Date(typed.at || Date.now());
  need(!Number.isNaN(when.getTime()), t("needWhen"), "at");
  const hamlet = pack.hamlets.find((row) => row.id === typed.hamlet)?.name;
  const title = [label(pack, "meeting_kinds", typed.kind), hamlet ?? typed.group].filter(Boolean).join(" ").slice(0, 200);
  const body = { kind: typed.kind, title, hamlet: typed.hamlet || null, group: typed.group, scheduled_at: when.toISOString(), location: typed.location, agenda };
  const id = crypto.randomUUID();
  await save(pack, { kind: "meeting", body, scope: id, id });
  location.hash = `#rapat/${id}`;
}

export async function one({ id, draw }) {
  const open = await meetingOpen(id);
  if (!open) return [h("h1", t("meetings")), empty(t("meetingGone"), t("meetingGoneWhat"))];
  const { pack, meeting, started, closed } = open;
  const wiped = await lastSeen(`wiped:${whoIsOpen().id}:${id}`);
  return [
    h("h1", titleOf(pack, meeting)),
    h("p.small.dim", [kindLabel(pack, meeting), moment(meeting.scheduled_at, pack.village.timezone), meeting.location].filter(Boolean).join(" · ")),
    wiped ? finding("note", t("wiped", { count: number(wiped.count) })) : null,
    started ? null : sheet(t("startTitle"), "", h("p", t("startWhat")), button(t("start"), () => begin(open, draw), { kind: ".btn-main.btn-wide", icon: "check" })),
    closed ? finding("note", t("closedWhat")) : null,
    started ? await counter(open) : null,
    started && !closed ? quick(id) : null,
    await recorded(open),
    started ? more(open, draw) : null,
  ];
}

async function begin(open, draw) {
  const good = await tap(() => save(open.pack, { kind: "meeting-start", body: { meeting: open.meeting.id, at: now() }, scope: open.meeting.id, after: open.after }), t("startedNow"));
  if (good) draw();
}

const quick = (id) => h("div.quick",
  link(t("writeIdea"), `#rapat/${id}/usulan`, { kind: ".btn-main", icon: "plus" }), link(t("takePhoto"), `#rapat/${id}/foto`, { icon: "photo" }),
  link(t("writeNote"), `#rapat/${id}/bicara`, { icon: "voice" }), link(t("byName"), `#rapat/${id}/hadir`, { icon: "people" }));

function more(open, draw) {
  const id = open.meeting.id;
  const rows = open.closed ? [] : [["skor", "scores"], ["suara", "ballots"], ["putusan", "decisions"]];
  return sheet(t("moreTitle"), "", h("div.quick", rows.map(([part, words]) => link(t(words), `#rapat/${id}/${part}`)), link(t("minutes"), `#rapat/${id}/berita`, { icon: "doc" }), link(t("printMinutes"), `#rapat/${id}/cetak`, { icon: "print" })),
    open.closed ? null : h("details", h("summary", t("closeMeeting")), h("p.small", t("closeWhat")), button(t("closeNow"), () => close(open, draw), { kind: ".btn-wide", icon: "lock" })));
}

async function close(open, draw) {
  const good = await tap(() => save(open.pack, { kind: "meeting-close", body: { meeting: open.meeting.id, at: now() }, scope: open.meeting.id, after: open.after }), t("closedNow"));
  if (good) draw();
}

// The counter counts people without names, by element; names are on their own screen.
async function counter(open) {
  const id = open.meeting.id;
  const chosen = (await setting(`unsur:${id}`)) ?? { element: open.meeting.kind === "MUSDUS" ? "WILAYAH" : "TOMAS", invited: true };
  const title = h("h2");
  const meter = h("div.gap-s");
  const numbers = { male: h("b"), female: h("b") };
  const mine = () => tallies(open).find((row) => slotOf(row) === slotOf(chosen)) ?? { male: 0, female: 0 };
  const show = () => {
    const counted = meterOf(open);
    title.textContent = t("presentCount", { count: number(counted.present) });
    numbers.male.textContent = number(counted.men);
    numbers.female.textContent = number(counted.women);
    meter.replaceChildren(...meterShown(open, counted));
  };
  const step = (sex, by) => tap(async () => {
    const { male, female } = mine();
    const next = { meeting: id, element: chosen.element, invited: chosen.invited, male, female };
    next[sex] = Math.max(0, next[sex] + by);
    if (next[sex] === mine()[sex]) return;
    // Shown at once from memory; the next tap counts on from here even while this one is being written.
    const copy = { id: crypto.randomUUID(), kind: "tally", body: next };
    open.copies = [...open.copies.filter((each) => !(each.kind === "tally" && slotOf(each.body) === slotOf(next))), copy];
    show();
    await saveTally(open, next);
  }, null);
  const buttons = (sex, less, moreWords) => h("div.btns", button("", () => step(sex, -1), { kind: ".btn-quiet", icon: "minus", "aria-label": t(less), disabled: open.closed }), button("", () => step(sex, 1), { kind: ".btn-main", icon: "plus", "aria-label": t(moreWords), disabled: open.closed }));
  const element = select("unsur", open.pack.codes.elements, { value: chosen.element });
  element.addEventListener("change", () => { chosen.element = element.value; remember(`unsur:${id}`, { ...chosen }); });
  show();
  return h("section.sheet", h("header", title, h("span.form-no", "F04")),
    h("div.counter", { role: "group", "aria-label": t("countPeople") }, h("div", t("men"), numbers.male, buttons("male", "lessMen", "moreMen")), h("div", t("women"), numbers.female, buttons("female", "lessWomen", "moreWomen"))),
    open.closed ? null : field(t("countAs"), element), meter);
}

export function saveTally(open, next) {
  const office = (open.meeting.tallies ?? []).find((row) => slotOf(row) === slotOf(next));
  return saveVersion(open.pack, {
    kind: "tally", slot: slotOf(next), scope: open.meeting.id, after: open.after, body: next,
    firstBase: office ? [office.male, office.female] : [0, 0], baseAfter: (last) => [last.male, last.female],
  });
}

export function meterShown(open, counted) {
  const rows = [];
  if (counted.invited) {
    const words = t("meterBar", { here: number(counted.invitedPresent), invited: number(counted.invited) });
    rows.push(bar(counted.invitedPresent, counted.invited, words, counted.needed || null));
    rows.push(h("p.small.gap-s", counted.needed ? [icon(counted.reached ? "check" : "late"), " ", t(counted.reached ? "quorumYes" : "quorumNo", { needed: number(counted.needed), invited: number(counted.invited), here: number(counted.invitedPresent) })] : words));
  }
  if (counted.missing.length) rows.push(h("p.small", t("elementsMissing"), " ", h("b", counted.missing.map((code) => label(open.pack, "elements", code)).join(", "))));
  return rows;
}

async function recorded(open) {
  const kinds = [["attendance", "doneAttendance"], ["proposal", "doneProposals"], ["photo", "donePhotos"], ["note", "doneNotes"], ["decision", "doneDecisions"], ["score", "doneScores"], ["ballot", "doneBallots"]];
  const rows = kinds.map(([kind, words]) => [words, open.of(kind)]).filter(([, found]) => found.length);
  if (!rows.length) return null;
  return sheet(t("recorded"), "", h("ul.queue", rows.map(([words, found]) => h("li", h("span.q-ok", icon("check")), h("b", t(words, { count: number(found.length) })), h("span.small.dim", timeText(found.at(-1).at, open.pack.village.timezone))))));
}
