// Ideas of residents, their photos and pins; and the open proposals that the package brought.
import { area, button, chip, decimal, empty, field, finding, h, icon, input, link, number, select, sheet, sizeText, t, whole } from "./ui.js";
import { form, need, Wrong } from "./capture.js";
import { copiesOf, save, savePhoto } from "./store.js";
import { hamletOptions, IN_THE_FIELD, meetingOpen, packOf, rtOptions, state, tableOf } from "./state.js";
import { back } from "./recording.js";
import { shrink } from "./photo.js";

const LONGEST_WAIT = 20_000;

export async function write({ id, draw }) {
  const open = await meetingOpen(id);
  return [back(open), h("h1", t("writeIdea")), open.closed ? finding("note", t("closedWhat")) : await ideaForm(open.pack, { meeting: id, after: open.after, hamlet: open.meeting.hamlet, draw }), done(open.pack, open.of("proposal"))];
}

export async function list({ id, draw }) {
  const pack = packOf(id) ?? state.packs[0];
  const rows = pack.proposals ?? [];
  const found = h("ul.queue");
  const show = (wanted) => found.replaceChildren(...rows.filter((row) => `${row.number} ${row.title}`.toLowerCase().includes(wanted.toLowerCase())).slice(0, 100).map((row) => h("li", h("span.q-next", icon("list")), h("b", row.title), h("a", { href: `#usulan/${row.id}` }, t("read"), h("span.hush", `: ${row.title}`)), h("span.line2", [row.number, pack.hamlets.find((each) => each.id === row.hamlet)?.name, row.place].filter(Boolean).join(" · ")))));
  show("");
  const search = input("cari", { type: "search" });
  search.addEventListener("input", () => show(search.value));
  return [h("h1", t("ideas")), state.packs.length > 1 ? h("p.row", state.packs.map((each) => link(each.village.name, `#usulan//${each.village.key}`, { kind: ".btn-s" }))) : null,
    h("details", h("summary", t("ideaOutside")), await ideaForm(pack, { meeting: null, after: [], draw })), done(pack, await copiesOf(`${IN_THE_FIELD}:${pack.village.key}`, "proposal")),
    rows.length ? sheet(t("ideasOpen"), number(rows.length), field(t("search"), search), found) : empty(t("ideasNone"), t("ideasNoneWhat"))];
}

export async function one({ id, draw }) {
  const pack = state.packs.find((each) => (each.proposals ?? []).some((row) => row.id === id));
  const row = pack?.proposals.find((each) => each.id === id);
  if (!row) return list({ id: "", draw });
  const scope = `${IN_THE_FIELD}:${pack.village.key}`;
  const act = async (typed) => {
    const count = whole(typed.count);
    if (!count) throw new Wrong(t("needWhole", { read: typed.count }), "count");
    await save(pack, { kind: "support", body: { meeting: null, proposal: id, count }, scope });
  };
  return [h("p.crumb", h("a", { href: "#usulan" }, t("ideas"))), h("h1", row.title), h("p.small.dim", [row.number, row.place].filter(Boolean).join(" · ")), h("p", row.problem || "–"),
    sheet(t("support"), "", h("p.small", t("supportWhat")), await form(`dukung:${id}`, [field(t("supportCount"), input("count", { inputmode: "numeric", maxlength: 6 }))], act)),
    sheet(t("takePhoto"), "", await photoForm(pack, { of: id, ofKind: "proposal", scope, after: [], draw }))];
}

const done = (pack, rows) => rows.length ? sheet(t("doneProposals", { count: number(rows.length) }), "", h("ol.queue", rows.toReversed().map((copy) => h("li", h("span.q-ok", icon("check")), h("b", copy.body.title), copy.body.latitude ? chip("ok", t("pinned"), "pin") : null, h("span.line2", [pack.hamlets.find((row) => row.id === copy.body.hamlet)?.name, copy.body.location_text].filter(Boolean).join(" · ")))))) : null;

async function ideaForm(pack, { meeting, after, hamlet = "", draw }) {
  const scope = meeting ?? `${IN_THE_FIELD}:${pack.village.key}`;
  const pin = h("span.small.dim", { role: "status" });
  let place = null;
  const photos = photoInput("foto");
  const rt = select("rt", rtsOf(pack, hamlet), {});
  const homes = select("hamlet", [["", t("wholeVillage")], ...hamletOptions(pack)], { value: hamlet ?? "" });
  homes.addEventListener("change", () => rt.replaceChildren(...rtsOf(pack, homes.value).map(([code, words]) => h("option", { value: code }, words))));
  const act = async (typed) => {
    need(typed.title, t("needTitle"), "title");
    const body = ideaBody(typed, meeting, place);
    const files = [...photos.files];
    const pictures = await Promise.all(files.map(small));
    const id = await save(pack, { kind: "proposal", body, scope, after });
    for (const [at, bytes] of pictures.entries()) {
      await savePhoto(pack, { of: id, ofKind: "proposal", name: files[at].name.slice(0, 200), caption: typed.title.slice(0, 200), bytes, scope, after: [...after, id] });
    }
    place = null;
    pin.textContent = "";
    return { said: t("ideaSaved", { title: typed.title }), next: () => draw({ focus: false }) };
  };
  const locate = button(t("pinHere"), async () => { pin.textContent = t("pinLooking"); place = await where(pin); }, { kind: ".btn-quiet.btn-s", icon: "pin" });
  return form(`usulan:${scope}`, [
    field(t("ideaTitle"), input("title", { maxlength: 300 }), t("ideaTitleHint")), field(t("problem"), area("problem", { maxlength: 10000 })),
    field(t("hamlet"), homes), field(t("rt"), rt), field(t("place"), input("location_text", { maxlength: 300 })), h("p.row", locate, pin),
    field(t("photos"), photos, t("photosHint")),
    h("details", h("summary", t("moreIdea")), h("div.stack-s", field(t("volume"), input("volume", { inputmode: "decimal", maxlength: 12 })), field(t("unit"), input("unit", { maxlength: 40 })),
      field(t("benefitMen"), input("beneficiaries_male", { inputmode: "numeric", maxlength: 7 })), field(t("benefitWomen"), input("beneficiaries_female", { inputmode: "numeric", maxlength: 7 })),
      field(t("proposerKind"), select("proposer_kind", pack.codes.proposer_kinds ?? [["hamlet", t("hamlet")]], { value: "hamlet" })), field(t("proposerGroup"), input("proposer_group", { maxlength: 120 })))),
  ], act, { words: t("ideaSave"), keep: ["hamlet"] });
}

const rtsOf = (pack, hamlet) => [["", "–"], ...rtOptions(pack, hamlet)];

function ideaBody(typed, meeting, place) {
  const count = (name) => { if (!typed[name]) return null; const value = whole(typed[name]); if (value === null) throw new Wrong(t("needWhole", { read: typed[name] }), name); return value; };
  const volume = typed.volume ? decimal(typed.volume) : null;
  if (typed.volume && volume === null) throw new Wrong(t("needWhole", { read: typed.volume }), "volume");
  return {
    meeting, title: typed.title, problem: typed.problem, hamlet: typed.hamlet || null, rt: typed.rt || null, location_text: typed.location_text,
    latitude: place?.latitude ?? null, longitude: place?.longitude ?? null, volume, unit: typed.unit,
    beneficiaries_male: count("beneficiaries_male"), beneficiaries_female: count("beneficiaries_female"), groups: [],
    proposer_kind: typed.proposer_kind, proposer_group: typed.proposer_group,
  };
}

async function small(file) {
  try {
    return await shrink(file);
  } catch {
    throw new Wrong(t("notPhoto", { name: file.name }), "foto");
  }
}

function where(told) {
  return new Promise((resolve) => {
    const lost = () => { told.textContent = t("pinNot"); resolve(null); };
    if (!navigator.geolocation) { lost(); return; }
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      const place = { latitude: Number(coords.latitude.toFixed(6)), longitude: Number(coords.longitude.toFixed(6)) };
      told.textContent = t("pinGot", { place: `${place.latitude}, ${place.longitude}`, metres: number(Math.round(coords.accuracy)) });
      resolve(place);
    }, lost, { enableHighAccuracy: true, timeout: LONGEST_WAIT, maximumAge: 60_000 });
  });
}

const photoInput = (name) => h("input.input", { type: "file", name, accept: "image/*", multiple: true });

export async function photo({ id, draw }) {
  const open = await meetingOpen(id);
  const ofIdea = tableOf(open).map((row) => [row.id, row.title]);
  const done = open.of("photo");
  return [back(open), h("h1", t("takePhoto")), await photoForm(open.pack, { of: id, ofKind: "meeting", scope: id, after: open.after, ofIdea, draw }),
    done.length ? sheet(t("donePhotos", { count: number(done.length) }), "", h("ul.queue", done.toReversed().map((copy) => h("li", h("span.q-ok", icon("photo")), h("b", copy.body.caption || copy.body.name), h("span.small.dim", sizeText(copy.body.size)))))) : null];
}

async function photoForm(pack, { of, ofKind, scope, after, ofIdea = [], draw }) {
  const files = photoInput("foto");
  const act = async (typed) => {
    need(files.files.length, t("needPhoto"), "foto");
    const chosen = [...files.files];
    const pictures = await Promise.all(chosen.map(small));
    const target = typed.target && typed.target !== of ? { of: typed.target, ofKind: "proposal" } : { of, ofKind };
    const parents = target.of === of ? after : [...after, ...(ownIdea(pack, target.of) ? [target.of] : [])];
    for (const [at, bytes] of pictures.entries()) {
      await savePhoto(pack, { ...target, name: chosen[at].name.slice(0, 200), caption: typed.caption, bytes, scope, after: parents });
    }
    return { said: t("photosSaved", { count: number(pictures.length) }), next: () => draw({ focus: false }) };
  };
  return form(`foto:${of}`, [field(t("photos"), files, t("photosHint")), field(t("caption"), input("caption", { maxlength: 200 })), ofIdea.length ? field(t("photoOf"), select("target", [[of, t("photoOfMeeting")], ...ofIdea], { value: of })) : null], act, { words: t("photoSave"), icon: icon("photo") });
}

const ownIdea = (pack, id) => !(pack.proposals ?? []).some((row) => row.id === id);
