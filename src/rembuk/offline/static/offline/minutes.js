// The minutes: sections as text, and a paper to be signed on which the number stays blank until it is given on arrival.
import { area, dayText, field, finding, h, icon, button, number, t, timeText } from "./ui.js";
import { keepDraft, draft, dropDraft, saveVersion } from "./store.js";
import { sentenceOf } from "./capture.js";
import { label, meetingOpen, titleOf } from "./state.js";
import { besideName, meterOf, people, tallies } from "./meter.js";
import { back } from "./recording.js";

export async function write({ id }) {
  const open = await meetingOpen(id);
  const sections = open.pack.codes.minutes_sections ?? [];
  return [back(open), h("h1", t("minutes")), h("p.small", t("minutesWhat")), ...(await Promise.all(sections.map(([code, name]) => section(open, code, name))))];
}

function standing(open, code) {
  const own = open.of("minutes").find((copy) => copy.body.section === code);
  const office = open.meeting.minutes?.[code] ?? { text: "", version: 0 };
  return { text: own?.body.text ?? office.text, version: office.version, own: Boolean(own) };
}

async function section(open, code, name) {
  const key = `berita:${open.meeting.id}:${code}`;
  const now = standing(open, code);
  const text = area("text", { rows: 5, maxlength: 20000, value: (await draft(key)) ?? now.text });
  const told = h("span.small.dim", { role: "status" }, now.own ? t("savedHere") : "");
  let stored = now.text;
  let timer = null;
  const keep = () => { clearTimeout(timer); timer = setTimeout(() => keepDraft(key, text.value), 300); };
  const save = async () => {
    clearTimeout(timer);
    const typed = text.value.trim();
    if (typed === stored) { await dropDraft(key); return; }
    try {
      await saveVersion(open.pack, { kind: "minutes", slot: code, scope: open.meeting.id, after: open.after, body: { meeting: open.meeting.id, section: code, text: typed }, firstBase: now.version, baseAfter: (last) => (last.base ?? 0) + 1 });
      stored = typed;
      await dropDraft(key);
      told.textContent = t("savedHere");
    } catch (error) {
      told.textContent = sentenceOf(error);
    }
  };
  text.addEventListener("input", keep);
  text.addEventListener("change", save);
  const form = h("form.sheet.stack-s", { onsubmit: (event) => { event.preventDefault(); save(); } }, field(name, text), h("p.row", h("button.btn.btn-s", icon("check"), h("span", t("saveSection", { name }))), told));
  return form;
}

const dots = (length = 40) => "…".repeat(length / 2);

export async function paper({ id }) {
  const open = await meetingOpen(id);
  const { pack, meeting } = open;
  const zone = pack.village.timezone;
  const counted = meterOf(open);
  const here = people(open);
  const began = open.start?.body.at ?? meeting.started_at ?? meeting.scheduled_at;
  const ended = open.close?.body.at ?? meeting.ended_at;
  const lines = (code) => standing(open, code).text.split("\n").map((line) => line.trim()).filter(Boolean);
  const heading = (words, ...rest) => (rest.flat().filter(Boolean).length ? [h("h2", words), ...rest] : []);
  const decisions = open.of("decision");
  const ideas = open.of("proposal");
  const place = pack.hamlets.find((row) => row.id === meeting.hamlet)?.name;
  return [
    h("p.crumb.no-print", h("a", { href: `#rapat/${id}` }, titleOf(pack, meeting))), h("h1.no-print", t("printMinutes")),
    h("div.no-print", finding("note", t("printWhat"))), h("p.no-print", button(t("print"), () => print(), { kind: ".btn-main.btn-wide", icon: "print" })),
    h("article.sheet.minutes-paper.stack-s",
      h("p.mid.strong", t("paperVillage", { village: pack.village.name, district: pack.village.district })), h("p.mid.strong", t("paperTitle")), h("p.mid.strong", titleOf(pack, meeting)),
      h("p.mid", `${t("paperNumber")} ${dots()}`),
      h("p", t("paperOpening", { day: dayText(began, zone), time: timeText(began, zone), ended: ended ? timeText(ended, zone) : dots(12), place: [meeting.location, place].filter(Boolean).join(", ") || dots() })),
      lines("basis").map((line) => h("p", line)),
      heading(t("agenda"), h("ol.numbered", (meeting.agenda ?? []).map((point) => h("li", point)))),
      heading(t("attendance"), h("p", t("paperPresent", { all: number(counted.present), men: number(counted.men), women: number(counted.women), invited: counted.invited ? number(counted.invited) : dots(6) })), elements(open, counted)),
      heading(t("paperMaterial"), [...lines("material"), ...lines("discussion")].map((line) => h("p", line))),
      heading(t("ideas"), ideas.length ? h("ol.numbered", ideas.map((copy) => h("li", copy.body.title, copy.body.location_text ? `, ${copy.body.location_text}` : ""))) : null),
      heading(t("decisions"), decisions.length ? h("ol.numbered", decisions.map((copy) => h("li", copy.body.text, copy.body.votes ? ` (${t("votesShown", { yes: number(copy.body.votes[0]), no: number(copy.body.votes[1]), none: number(copy.body.votes[2]) })})` : ""))) : null),
      heading(t("paperClosing"), lines("closing").map((line) => h("p", line))),
      h("p", t("paperEnd")), signatures()),
    h("article.sheet.minutes-paper.attendance-paper.stack-s", h("p.mid.strong", t("paperAttendance")), h("div.scroll", { tabindex: "0", role: "region", "aria-label": t("paperAttendance") }, h("table.form-table", h("thead", h("tr", ["paperNo", "name", "sexShort", "element", "address", "signature"].map((words) => h("th", { scope: "col" }, t(words))))),
      h("tbody", attendanceRows(open, here))))),
  ];
}

function elements(open, counted) {
  const names = [...counted.elements].filter(([, count]) => count).map(([code]) => label(open.pack, "elements", code));
  return names.length ? h("p", t("paperElements", { names: names.join(", ") })) : null;
}

function attendanceRows(open, here) {
  const named = here.map((row, at) => h("tr", h("td", number(at + 1)), h("td", row.name), h("td", row.sex), h("td", label(open.pack, "elements", besideName(row.element))), h("td", row.address ?? ""), h("td", "")));
  const counts = tallies(open).reduce((sum, row) => sum + row.male + row.female, 0);
  const blank = Array.from({ length: Math.max(3, Math.min(counts, 60)) }, (_none, at) => h("tr", h("td", number(here.length + at + 1)), h("td", "\u00a0"), h("td", ""), h("td", ""), h("td", ""), h("td", "")));
  return [...named, ...blank];
}

const signatures = () => h("div.signatures", ["signChair", "signNotes", "signCommunity"].map((words) => h("div", h("p", t(words)), h("p.signature-line", `( ${dots(24)} )`))));
