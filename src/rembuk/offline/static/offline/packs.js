// Packages on this phone: taking one, what is in it, how much room it uses, locking, giving back.
import { announce, button, chip, dayText, facts, finding, field, h, icon, moment, number, sheet, sizeText, t, input } from "./ui.js";
import { lock, publicKey, registered, whoIsOpen } from "./keys.js";
import { askToKeep, dropPackage, keepPackage, room } from "./store.js";
import { loadPacks, state } from "./state.js";
import { RefusedError, register, session, take, villages } from "./session.js";
import { tap, Wrong } from "./capture.js";
import { LaterError } from "./sync.js";
import { now } from "./codec.js";
import { all } from "./db.js";

export async function here({ draw, first = false }) {
  await loadPacks();
  const space = await room();
  return [
    h("h1", first ? t("packFirst") : t("packTitle")),
    space.near ? finding("warn", h("b", t("nearFull", { used: sizeText(space.used), quota: sizeText(space.quota) }))) : null,
    state.packs.map((pack) => one(pack, draw)),
    await offered(draw),
    await keeping(space, draw),
    await people(draw),
  ];
}

function one(pack, draw) {
  const old = pack.expires_at < now();
  const stale = pack.rights_until < now();
  const content = t("packContent", { proposals: number((pack.proposals ?? []).length), meetings: number((pack.meetings ?? []).length), rts: number((pack.hamlets ?? []).reduce((sum, row) => sum + row.rts.length, 0)) });
  const zone = pack.village.timezone;
  return h("section.sheet.stack-s", h("header", h("h2", pack.village.name), old ? chip("late", t("packOld")) : stale ? chip("due", t("rightsStale")) : chip("ok", t("packWhole"))),
    facts([[t("packWhat"), content], [t("packTaken"), moment(pack.issued_at, zone)], [t("packUntil"), dayText(pack.expires_at, zone)], [t("packAs"), pack.assignment.label]]),
    stale ? h("p.small", t("rightsStaleWhat")) : null,
    h("p.small.dim", t("packSafe")),
    h("p.row", button(t("packRenew"), () => fetched(pack.village.key, pack.assignment.id, draw), { kind: ".btn-s", icon: "down" }), button(t("packDrop"), () => dropped(pack, draw), { kind: ".btn-quiet.btn-s" })));
}

async function dropped(pack, draw) {
  if (await tap(() => dropPackage(pack.village.key), t("packDropped"))) { await loadPacks(); draw(); }
}

async function offered(draw) {
  let found;
  try {
    const { person } = await session();
    if (!person) return sheet(t("packTake"), "", h("p", t("signInFirst")), h("a.btn.btn-main.btn-wide", { href: "/masuk/?next=/lapangan/" }, t("signIn")));
    if (person.id !== whoIsOpen().id) return finding("warn", t("otherSession", { signed: person.name, open: whoIsOpen().name }));
    found = (await villages()).villages;
  } catch (error) {
    return sheet(t("packTake"), "", h("p", error instanceof LaterError ? t("needsSignal") : error.message));
  }
  if (!found.length) return sheet(t("packTake"), "", h("p", t("packNone")));
  const taken = new Set(state.packs.map((pack) => `${pack.village.key}:${pack.assignment.id}`));
  const rows = found.filter((row) => !taken.has(`${row.key}:${row.assignment.id}`));
  return rows.length ? sheet(t("packTake"), "", finder(rows, draw)) : null;
}

function finder(rows, draw) {
  const list = h("ul.queue");
  const show = (wanted) => {
    const fitting = rows.filter((row) => row.name.toLowerCase().includes(wanted.toLowerCase()));
    list.replaceChildren(...fitting.slice(0, 30).map((row) => h("li", h("span.q-next", icon("boat")), h("b", row.name),
      button(t("packGet"), () => fetched(row.key, row.assignment.id, draw), { kind: ".btn-s", "aria-label": `${t("packGet")}: ${row.name}` }),
      h("span.line2", [row.district, row.assignment.label, t("meetingsAhead", { count: number(row.meetings ?? 0) }), row.size ? sizeText(row.size) : ""].filter(Boolean).join(" · ")))));
  };
  show("");
  if (rows.length < 9) return list;
  const search = input("cari", { type: "search" });
  search.addEventListener("input", () => show(search.value));
  return [field(t("search"), search), list];
}

async function fetched(village, assignment, draw) {
  announce(t("packGetting"));
  const good = await tap(async () => {
    const person = whoIsOpen();
    try {
      if (!person.registered) {
        await register({ id: person.device, name: deviceName(), public_key: await publicKey() });
        await registered();
      }
      await keepPackage(await take({ device: person.device, village, assignment }));
    } catch (error) {
      throw wordsFor(error);
    }
  }, t("packGot"));
  if (good) { await loadPacks(); location.hash = "#rapat"; draw(); }
}

// Said in the office's own words where the office answered.
function wordsFor(error) {
  if (error instanceof RefusedError) return new Wrong(error.message);
  if (error instanceof LaterError) return new Wrong(t("needsSignal"));
  return error;
}

function deviceName() {
  const system = navigator.userAgentData?.platform || navigator.platform || "";
  return `${system} ${navigator.userAgentData?.mobile ? "HP" : ""}`.trim().slice(0, 60) || "HP";
}

async function keeping(space, draw) {
  const parts = (await all("parts")).length;
  return sheet(t("roomTitle"), "", facts([[t("roomUsed"), space.quota ? t("roomOf", { used: sizeText(space.used), quota: sizeText(space.quota) }) : "–"], [t("roomKept"), space.lasting ? t("roomLasting") : t("roomNot")]]),
    space.lasting ? null : h("p.small", t("roomNotWhat")),
    space.lasting ? null : button(t("roomAsk"), async () => { announce((await askToKeep()) ? t("roomLasting") : t("roomRefused")); draw({ focus: false }); }, { kind: ".btn-quiet.btn-s" }),
    parts ? h("p.small.dim", t("roomParts", { count: number(parts) })) : null);
}

async function people(draw) {
  return sheet(t("personTitle"), "", h("p", t("personOpen", { name: whoIsOpen().name })),
    h("p.small.dim", t("personWhat")),
    button(t("lock"), () => { lock(); state.packs = []; location.hash = "#rapat"; draw(); }, { kind: ".btn-wide", icon: "lock" }));
}
