// The frame of the app: who is here, which screen, whether there is a signal, and the version on this phone.
import { button, finding, h, icon, loadWords, t, announce } from "./ui.js";
import { all, setting } from "./db.js";
import { whoIsOpen } from "./keys.js";
import { loadPacks, state } from "./state.js";
import { whenSaved, wipeArrived } from "./store.js";
import { sendAll } from "./sync.js";
import * as start from "./start.js";
import * as meetings from "./meetings.js";
import * as recording from "./recording.js";
import * as counting from "./counting.js";
import * as minutes from "./minutes.js";
import * as ideas from "./ideas.js";
import * as packs from "./packs.js";
import * as queue from "./queue.js";
import * as guidance from "./guidance.js";

const SCREENS = {
  rapat: meetings.list, "rapat/": meetings.one, "rapat//baru": meetings.fresh, "rapat//hadir": recording.attendance,
  "rapat//usulan": ideas.write, "rapat//foto": ideas.photo, "rapat//bicara": recording.notes, "rapat//putusan": recording.decisions,
  "rapat//skor": counting.scores, "rapat//suara": counting.ballots, "rapat//berita": minutes.write, "rapat//cetak": minutes.paper,
  usulan: ideas.list, "usulan/": ideas.one, paket: packs.here, antrean: queue.list, tugas: guidance.list,
  "kunjungan/": guidance.visit, "forum/": guidance.forum,
};
const MENU = [["rapat", "people", "menuMeetings"], ["usulan", "list", "menuIdeas"], ["paket", "boat", "menuPackage"], ["antrean", "sync", "menuQueue"]];
let drawing = 0;
let waitingWorker = null;

export async function draw({ focus = true } = {}) {
  const mine = (drawing += 1);
  const place = document.getElementById("isi");
  const [room = "rapat", id = "", part = ""] = location.hash.replace(/^#/, "").split("/").filter((piece, at) => piece || at);
  let nodes;
  try {
    nodes = await screen(room || "rapat", decodeURIComponent(id), part);
  } catch (error) {
    console.error(error);
    nodes = [h("h1", t("title")), finding("block", t("failed", { detail: error?.name ?? "" }))];
  }
  // Somebody went on while this screen was being made.
  if (mine !== drawing) return;
  const scroll = focus ? 0 : scrollY;
  place.replaceChildren(...[nodes].flat(2).filter(Boolean));
  await frame(room);
  scrollTo(0, scroll);
  const title = place.querySelector("h1");
  document.title = `${title?.textContent ?? t("title")} · Rembuk`;
  if (focus && title) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
}

async function screen(room, id, part) {
  if (!whoIsOpen()) return room === "antrean" ? queue.list({ draw, send }) : start.door({ draw });
  if (!state.packs.length && room !== "antrean") {
    await loadPacks();
    if (!state.packs.length) return packs.here({ draw, first: true });
  }
  const make = SCREENS[room + (id || part ? "/" : "") + (part ? `/${part}` : "")] ?? SCREENS[room];
  return (make ?? meetings.list)({ id, draw, send });
}

async function frame(room) {
  const head = document.getElementById("kepala");
  const person = whoIsOpen();
  const rows = (await all("outbox")).length;
  const pack = state.packs[0];
  const under = person ? [pack?.assignment.label, person.name].filter(Boolean).join(" · ") : t("locked");
  const offline = !navigator.onLine || (await setting("failed", 0)) > 0;
  head.replaceChildren(...[
    h("div", icon("rembuk", "mark"), h("div.letterhead-name", h("b", pack && person ? pack.village.name : t("title")), h("span.small.dim", under))),
    offline ? h("div.offline", { role: "status" }, h("div", icon("offline"), h("span", t("noSignal", { count: rows })))) : null,
    waitingWorker ? h("div.offline", { role: "status" }, h("div", icon("down"), h("span", t("newVersion")), button(t("install"), install, { kind: ".btn-s" }))) : null,
  ].filter(Boolean));
  const menu = document.getElementById("menu");
  menu.hidden = false;
  menu.setAttribute("aria-label", t("menu"));
  menu.replaceChildren(h("ul", MENU.map(([name, sign, words]) => h("li", h("a", { href: `#${name}`, "aria-current": name === room ? "page" : null }, icon(sign), h("span", name === "antrean" && rows ? `${t(words)} ${rows}` : t(words)))))));
}

function install() {
  navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
  waitingWorker.postMessage("install-now");
}

async function watchVersion() {
  if (!navigator.serviceWorker) return;
  const background = "SyncManager" in globalThis;
  const address = background ? "/lapangan/sw.js" : "/lapangan/sw.js?tanpa=kirim";
  const registration = await navigator.serviceWorker.register(address, { scope: "/lapangan/", type: background ? "module" : "classic", updateViaCache: "none" });
  const ready = () => { if (registration.waiting && navigator.serviceWorker.controller) { waitingWorker = registration.waiting; frame(roomNow()); announce(t("newVersion")); } };
  ready();
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => coming.state === "installed" && ready());
  });
  navigator.serviceWorker.addEventListener("message", () => frame(roomNow()));
}

const roomNow = () => location.hash.replace(/^#/, "").split("/")[0] || "rapat";

let again = null;
export async function send({ force = false } = {}) {
  clearTimeout(again);
  const outcome = await sendAll({ force });
  if (outcome.sent) await wipeArrived(location.hash.split("/")[1]);
  await frame(roomNow());
  if (roomNow() === "antrean") draw({ focus: false });
  const wait = (await setting("retryAt", 0)) - Date.now();
  if (outcome.left && outcome.error) again = setTimeout(send, Math.min(900_000, Math.max(2_000, wait)));
  return outcome;
}

async function askBackground() {
  const registration = await navigator.serviceWorker?.getRegistration("/lapangan/");
  await registration?.sync?.register("rembuk-kirim").catch(() => null);
}

let soon = null;
whenSaved(() => {
  clearTimeout(soon);
  soon = setTimeout(() => { send().catch(console.error); askBackground(); }, 1500);
});
addEventListener("online", () => send({ force: true }).catch(console.error));
addEventListener("offline", () => frame(roomNow()));
addEventListener("hashchange", async () => { await wipeArrived(location.hash.split("/")[1]); draw(); });

async function begin() {
  await loadWords();
  if (!globalThis.crypto?.subtle || !globalThis.indexedDB || !navigator.locks) {
    document.getElementById("isi").replaceChildren(...start.plain());
    return;
  }
  await draw({ focus: false });
  watchVersion().catch(console.error);
  send().catch(console.error);
}

begin();
