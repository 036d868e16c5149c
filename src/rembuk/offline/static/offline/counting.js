// Points of a group of scorers, and the ballots of a hamlet: dots counted together, or paper after paper.
import { button, empty, field, finding, h, icon, input, link, number, select, sheet, t, whole, announce } from "./ui.js";
import { tap, Wrong } from "./capture.js";
import { draft, dropDraft, keepDraft, saveVersion } from "./store.js";
import { hamletOptions, meetingOpen, tableOf } from "./state.js";
import { back } from "./recording.js";
import { remember, setting } from "./db.js";

const CRITERIA = ["c1", "c2", "c3", "c4", "c5"];
const USUAL = { dots: 5, papers: 0, points: 10 };

const nothing = (open, words) => [back(open), h("h1", t(words)), empty(t("tableNone"), t("tableNoneWhat"), link(t("writeIdea"), `#rapat/${open.meeting.id}/usulan`, {}))];
const parentsOf = (open, id) => [...open.after, ...(open.of("proposal").some((copy) => copy.id === id) ? [id] : [])];

export async function scores({ id, draw }) {
  const open = await meetingOpen(id);
  const rows = tableOf(open);
  if (!rows.length) return nothing(open, "scores");
  const group = await setting(`penilai:${id}`, "");
  const name = input("scorer_group", { maxlength: 80, value: group, required: true });
  const choose = h("form.stack-s", { onsubmit: async (event) => { event.preventDefault(); if (!name.value.trim()) { name.focus(); return; } await remember(`penilai:${id}`, name.value.trim()); draw({ focus: false }); } }, field(t("scorerGroup"), name, t("scorerHint")), h("button.btn", t("openGroup")));
  return [back(open), h("h1", group ? t("scoresOf", { group }) : t("scores")), open.closed ? finding("note", t("closedWhat")) : null, h("p.small", t("scoreScale")), choose, group ? rows.map((row) => scoreCard(open, row, group)) : null];
}

function scoreCard(open, row, group) {
  const copy = open.of("score").find((each) => each.body.proposal === row.id && each.body.scorer_group === group);
  const office = (open.meeting.scores ?? []).find((each) => each.proposal === row.id && each.scorer_group === group);
  const points = copy ? CRITERIA.map((code) => copy.body[code]) : (office?.points ?? []);
  const told = h("span.small.dim", { role: "status" }, copy ? t("savedHere") : "");
  const picks = CRITERIA.map((code, at) => select(code, [["", "–"], ...[1, 2, 3, 4, 5].map((point) => [String(point), String(point)])], { value: points[at] ? String(points[at]) : "", "aria-label": `${criterion(open, at)}: ${row.title}`, disabled: open.closed }));
  const changed = () => {
    const given = picks.map((pick) => Number(pick.value));
    if (given.some((point) => !point)) { told.textContent = t("scoreLeft", { count: given.filter((point) => !point).length }); return; }
    const body = { meeting: open.meeting.id, proposal: row.id, scorer_group: group, ...Object.fromEntries(CRITERIA.map((code, at) => [code, given[at]])) };
    const list = (from) => CRITERIA.map((code) => from[code]);
    tap(() => saveVersion(open.pack, { kind: "score", slot: `${group}:${row.id}`, scope: open.meeting.id, after: parentsOf(open, row.id), body, firstBase: office?.points ?? null, baseAfter: list })).then((good) => { told.textContent = good ? t("savedHere") : t("notSaved"); });
  };
  for (const pick of picks) pick.addEventListener("change", changed);
  return h("section.sheet.stack-s", h("h2.scored", row.title), h("div.five-picks", picks.map((pick, at) => h("div", h("span.small.dim", { "aria-hidden": "true" }, CRITERIA[at].toUpperCase()), pick))), h("p", told));
}

const criterion = (open, at) => (open.pack.codes.score_criteria ?? [])[at]?.[1] ?? CRITERIA[at].toUpperCase();

export async function ballots({ id, draw }) {
  const open = await meetingOpen(id);
  const rows = tableOf(open);
  if (!rows.length) return nothing(open, "ballots");
  const chosen = await setting(`suara:${id}`, { hamlet: open.meeting.hamlet ?? "", group: "", method: "dots" });
  const set = (key) => async (event) => { await remember(`suara:${id}`, { ...chosen, [key]: event.target.value }); draw({ focus: false }); };
  const homes = [["", t("noHamlet")], ...hamletOptions(open.pack)];
  return [back(open), h("h1", t("ballots")), open.closed ? finding("note", t("closedWhat")) : null,
    sheet(t("whoseBallots"), "", field(t("hamlet"), select("hamlet", homes, { value: chosen.hamlet, onchange: set("hamlet") })),
      field(t("group"), select("group", open.pack.codes.ballot_groups ?? [["", t("everybody")]], { value: chosen.group, onchange: set("group") })),
      field(t("method"), select("method", open.pack.codes.ballot_methods, { value: chosen.method, onchange: set("method") }))),
    await counting(open, rows, chosen, draw), sums(open)];
}

const slotOf = (chosen) => `${chosen.hamlet}:${chosen.group}`;

async function counting(open, rows, chosen, draw) {
  const name = `suara:${open.meeting.id}:${slotOf(chosen)}:${chosen.method}`;
  const saved = open.of("ballot").find((copy) => copy.slot === slotOf(chosen) && copy.body.method === chosen.method)?.body;
  const count = (await draft(name)) ?? { voters: saved?.voters ?? "", limit: saved?.per_voter ?? USUAL[chosen.method], marks: saved?.marks ?? [], paper: {} };
  const keep = () => keepDraft(name, count);
  const voters = input("voters", { inputmode: "numeric", maxlength: 6, value: count.voters });
  const limit = input("limit", { inputmode: "numeric", maxlength: 6, value: count.limit });
  voters.addEventListener("input", () => { count.voters = voters.value; keep(); });
  limit.addEventListener("input", () => { count.limit = limit.value; keep(); });
  const told = h("p.refused", { role: "alert", hidden: true });
  const board = chosen.method === "dots" ? dots(rows, count, keep) : papers(rows, count, keep, chosen.method);
  const act = async (event) => {
    event.preventDefault();
    told.hidden = true;
    const good = await tap(async () => {
      try {
        await saveBallots(open, chosen, bodyOf(open, chosen, count));
        await dropDraft(name);
      } catch (error) {
        if (!(error instanceof Wrong)) throw error;
        told.textContent = error.message;
        told.hidden = false;
        throw error;
      }
    }, t("savedHere"));
    if (good) draw({ focus: false });
  };
  return h("form.sheet.stack-s", { onsubmit: act }, h("div.cols", field(t("voters"), voters), field(t(chosen.method === "dots" ? "limitDots" : chosen.method === "papers" ? "limitTicks" : "limitPoints"), limit, t("limitHint"))), board, told, open.closed ? null : h("button.btn.btn-main.btn-wide", { type: "submit" }, icon("check"), h("span", t("saveBallots"))));
}

function dots(rows, count, keep) {
  const given = new Map((count.marks[0]?.[1] ?? []).map(([key, points]) => [key, points]));
  const sum = h("p.strong", { role: "status" });
  const show = () => { const all = [...given.values()].reduce((one, two) => one + two, 0); sum.textContent = t("dotsGiven", { given: number(all) }); };
  const store = () => { count.marks = given.size ? [[1, [...given].filter(([, points]) => points > 0)]] : []; keep(); show(); };
  show();
  return h("div.stack-s", h("ol.dotlist", rows.map((row) => {
    const box = input(`t-${row.table}`, { inputmode: "numeric", maxlength: 6, value: given.get(row.id) ?? "", placeholder: "0" });
    box.id = `t-${row.table}`;
    const change = (value) => { given.set(row.id, Math.max(0, value)); box.value = given.get(row.id); store(); };
    box.addEventListener("input", () => { given.set(row.id, whole(box.value) ?? 0); store(); });
    return h("li", h("span.table-no", row.table), h("label", { for: box.id }, row.title), h("span.stepper",
      button("", () => change((given.get(row.id) ?? 0) - 1), { kind: ".btn-quiet", icon: "minus", "aria-label": t("lessDot", { number: row.table }) }), box,
      button("", () => change((given.get(row.id) ?? 0) + 1), { kind: ".btn-quiet", icon: "plus", "aria-label": t("moreDot", { number: row.table }) })));
  })), sum);
}

// Paper after paper: tap the numbers on one, then "Kertas berikut". Equal papers are kept as one line with their count.
function papers(rows, count, keep, method) {
  const told = h("p", { role: "status" });
  const keys = new Map();
  const done = () => count.marks.reduce((sum, [copies]) => sum + copies, 0);
  const show = () => {
    told.textContent = t("paperNow", { now: number(done() + 1) });
    for (const [key, tile] of keys) {
      const points = count.paper[key] ?? 0;
      tile.setAttribute("aria-pressed", String(points > 0));
      tile.querySelector(".numkey-given").textContent = method === "points" && points ? points : "";
    }
  };
  const press = (key) => { const points = count.paper[key] ?? 0; count.paper[key] = method === "points" ? points + 1 : points ? 0 : 1; keep(); show(); };
  const next = () => {
    const given = Object.entries(count.paper).filter(([, points]) => points > 0).sort();
    const most = whole(count.limit) ?? 0;
    const used = given.reduce((sum, [, points]) => sum + points, 0);
    if (most && used > most) { told.textContent = t("paperOver", { given: number(used), most: number(most) }); return; }
    const same = count.marks.find(([, marks]) => JSON.stringify(marks) === JSON.stringify(given));
    if (same) same[0] += 1;
    else count.marks.push([1, given]);
    count.last = given;
    count.paper = {};
    keep();
    show();
    announce(told.textContent);
  };
  const undo = () => {
    if (!count.last) return;
    const at = count.marks.findIndex(([, marks]) => JSON.stringify(marks) === JSON.stringify(count.last));
    if (at < 0) return;
    count.marks[at][0] -= 1;
    if (!count.marks[at][0]) count.marks.splice(at, 1);
    count.paper = Object.fromEntries(count.last);
    count.last = null;
    keep();
    show();
  };
  const list = h("ol.numpad", rows.map((row) => {
    const tile = h("button.numkey", { type: "button", "aria-pressed": "false", title: row.title, onclick: () => press(row.id) }, h("b", row.table), h("span.numkey-name", row.title.slice(0, 34)), h("span.numkey-given"));
    keys.set(row.id, tile);
    return h("li", tile);
  }));
  show();
  return h("div.stack-s", told, list, h("div.row", button(t("paperBack"), undo, { kind: ".btn-quiet" }), button(t("paperNext"), next, {})));
}

function bodyOf(open, chosen, count) {
  const voters = whole(count.voters);
  const limit = whole(count.limit || "0");
  if (!voters) throw new Wrong(t("needVoters", { read: count.voters }), "voters");
  if (limit === null) throw new Wrong(t("needWhole", { read: count.limit }), "limit");
  const marks = count.marks.filter(([, given]) => given.length || chosen.method !== "dots");
  const given = marks.reduce((sum, [copies, points]) => sum + copies * points.reduce((one, [, value]) => one + value, 0), 0);
  if (chosen.method === "dots" && limit && given > voters * limit) throw new Wrong(t("dotsOver", { given: number(given), most: number(voters * limit) }), "voters");
  const sheets = marks.reduce((sum, [copies]) => sum + copies, 0);
  if (chosen.method !== "dots" && sheets > voters) throw new Wrong(t("papersOver", { papers: number(sheets), voters: number(voters) }), "voters");
  return { meeting: open.meeting.id, hamlet: chosen.hamlet || null, group: chosen.group, method: chosen.method, voters, per_voter: limit, marks };
}

function saveBallots(open, chosen, body) {
  const keys = body.marks.flatMap(([, given]) => given.map(([key]) => key));
  const own = new Set(open.of("proposal").map((copy) => copy.id));
  const office = (open.meeting.ballots ?? []).find((row) => (row.hamlet ?? "") === chosen.hamlet && (row.group ?? "") === chosen.group);
  const after = [...open.after, ...[...new Set(keys)].filter((key) => own.has(key))];
  return saveVersion(open.pack, { kind: "ballot", slot: slotOf(chosen), scope: open.meeting.id, after, body, firstBase: office?.version ?? 0, baseAfter: (last) => (last.base ?? 0) + 1 });
}

function sums(open) {
  const rows = open.of("ballot");
  if (!rows.length) return null;
  const homes = new Map(open.pack.hamlets.map((row) => [row.id, row.name]));
  return sheet(t("doneBallots", { count: number(rows.length) }), "", h("ul.queue", rows.map((copy) => h("li", h("span.q-ok", icon("check")), h("b", homes.get(copy.body.hamlet) ?? t("noHamlet")), h("span.small.dim", t("votersShown", { count: number(copy.body.voters) }))))));
}
