// The queue: where every record stands, in words; sending now; and the same envelopes as a file for a cable.
import { announce, button, empty, facts, finding, h, icon, moment, number, sheet, sizeText, t, timeText } from "./ui.js";
import { tap } from "./capture.js";
import { all, setting } from "./db.js";
import { openCopy, whoIsOpen } from "./keys.js";
import { meetingsHere, titleOf } from "./state.js";
import { utf8, now } from "./codec.js";
import { zip } from "./zip.js";

const SIGNS = { saved: ["next", "due", "stateSaved"], received: ["due", "sync", "stateSent"], waiting: ["due", "sync", "stateSent"], applied: ["ok", "check", "stateApplied"], review: ["late", "late", "stateReview"], quarantine: ["late", "stop", "stateRefused"], set_aside: ["late", "stop", "stateSetAside"] };
const BUNDLE = 20_000_000;
const ORDER = ["quarantine", "review", "saved", "received", "waiting", "set_aside", "applied"];

export async function list({ draw, send }) {
  const [outbox, sent, parts] = await Promise.all([all("outbox"), all("sent"), all("parts")]);
  const unsent = parts.filter((part) => !part.sent);
  const bytes = outbox.reduce((sum, row) => sum + row.size, 0) + unsent.reduce((sum, part) => sum + part.bytes.byteLength, 0);
  const rows = [...outbox, ...sent.map((row) => ({ ...row, left: unsent.filter((part) => part.envelope === row.id).length, parts: parts.filter((part) => part.envelope === row.id).length }))];
  const names = await namesOf();
  const clock = await setting("clock");
  return [
    h("h1", t("queueTitle")),
    clock !== null && Math.abs(clock) > 600_000 ? finding("warn", t("clockOff", { minutes: number(Math.round(Math.abs(clock) / 60_000)) })) : null,
    h("p", button(t("sendNow"), () => sendNow(draw, send), { kind: ".btn-main.btn-wide", icon: "sync" })),
    rows.length ? sheet(t("queueHead", { count: number(outbox.length) }), bytes ? sizeText(bytes) : "", h("p.small", t("queueWhat")), await groups(rows, names)) : empty(t("queueNone"), t("queueNoneWhat")),
    await told(),
    outbox.length || unsent.length ? sheet(t("fileTitle"), "", h("p.small", t("fileWhat")), button(t("fileSave"), () => toFile(outbox, sent, unsent), { kind: ".btn-wide", icon: "down" })) : null,
  ];
}

async function told() {
  const last = await setting("lastSent");
  const failed = await setting("failed", 0);
  const rows = [[t("lastSent"), last ? moment(last) : t("never")]];
  if (failed) rows.push([t("failedTimes"), number(failed)]);
  return facts(rows);
}

async function namesOf() {
  if (!whoIsOpen()) return new Map();
  return new Map((await meetingsHere()).map(({ pack, meeting }) => [meeting.id, titleOf(pack, meeting)]));
}

// One line for each meeting, kind and state; opened, the single records with what the office said.
async function groups(rows, names) {
  const by = new Map();
  for (const row of rows) {
    const key = `${row.scope}\n${row.kind}\n${row.state}\n${row.message ?? ""}`;
    by.set(key, [...(by.get(key) ?? []), row]);
  }
  const found = [...by.values()].sort((a, b) => ORDER.indexOf(a[0].state) - ORDER.indexOf(b[0].state) || (a[0].at < b[0].at ? 1 : -1));
  return h("ul.queue", await Promise.all(found.map((group) => line(group, names))));
}

async function line(group, names) {
  const [first] = group;
  const [, sign, words] = SIGNS[first.state] ?? SIGNS.received;
  const left = group.reduce((sum, row) => sum + (row.left ?? 0), 0);
  const all = group.reduce((sum, row) => sum + (row.parts ?? 0), 0);
  const kind = t(`kind-${first.kind}`);
  const title = group.length > 1 ? t("kindCount", { kind, count: number(group.length) }) : kind;
  const state = first.state === "saved" && first.tries ? t("stateUnsure") : t(words);
  const facts = [names.get(first.scope), left ? t("partsLeft", { sent: number(all - left), all: number(all) }) : "", first.message, group.length === 1 && first.receipt ? t("receipt", { receipt: first.receipt }) : "", arrivedAt(group)].filter(Boolean);
  return h("li", { "data-state": first.state, "data-kind": first.kind, "data-count": group.length }, h(`span.q-${SIGNS[first.state]?.[0] ?? "next"}`, icon(sign)), h("b", title), h("span.small.dim", state), h("span.line2", facts.join(" · ")), group.length > 1 || first.state !== "saved" ? await opened(group) : null);
}

const arrivedAt = (group) => { const times = group.map((row) => row.arrived).filter(Boolean).sort(); return times.length ? t("arrivedAt", { time: timeText(times.at(-1)) }) : ""; };

async function opened(group) {
  const list = h("ol.plainlist.small");
  const details = h("details.line2", h("summary", t("showRecords", { count: number(group.length) })), list);
  details.addEventListener("toggle", async () => {
    if (!details.open || list.childElementCount) return;
    for (const row of group.slice(0, 200)) list.append(h("li", `${timeText(row.at)} ${await nameOf(row)} ${row.receipt ?? ""}`));
  });
  return details;
}

async function nameOf(row) {
  const person = whoIsOpen();
  if (!person || person.id !== row.person) return "";
  const copy = (await all("copies", "scope", row.scope)).find((each) => each.id === row.id);
  if (!copy) return t("copyGone");
  const { body } = await openCopy(copy);
  return body.name ?? body.title ?? body.point ?? body.text ?? body.caption ?? body.speaker ?? "";
}

async function sendNow(draw, send) {
  announce(t("sending"));
  await tap(async () => {
    const { left, error } = await send({ force: true });
    announce(error === "busy" ? t("otherTab") : error ? t("sendLater", { left: number(left) }) : t("allSent"));
  });
  draw({ focus: false });
}

// The same envelopes and parts, for a cable; nothing leaves the queue by this: only the office's receipt does that.
async function toFile(outbox, sent, parts) {
  await tap(async () => {
    const wanted = new Set(parts.map((part) => part.envelope));
    const rows = [...outbox, ...sent.filter((row) => wanted.has(row.id))];
    const stamp = now().slice(0, 16).replace(/[-:T]/g, "");
    const bundles = bundled(rows, parts);
    for (const [at, files] of bundles.entries()) {
      download(zip(files), `rembuk-${stamp}${bundles.length > 1 ? `-${at + 1}` : ""}.zip`);
      // A browser lets several downloads through only one after the other.
      if (at + 1 < bundles.length) await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }, t("fileSaved"));
}

// Every bundle stays under what the office takes at once; the parts of a photo may lie in another one than its envelope,
// which therefore stands in all of them.
function bundled(rows, parts) {
  const letter = { name: "amplop.json", bytes: utf8(`{"format":"rembuk-envelopes/1","sent_at":"${now()}","envelopes":[${rows.map((row) => row.envelope).join(",")}]}`) };
  const bundles = [[letter]];
  let size = letter.bytes.length;
  for (const part of parts) {
    if (size + part.bytes.byteLength > BUNDLE) { bundles.push([letter]); size = letter.bytes.length; }
    bundles.at(-1).push({ name: `potongan/${part.sha}`, bytes: new Uint8Array(part.bytes) });
    size += part.bytes.byteLength;
  }
  return bundles;
}

function download(blob, name) {
  const address = URL.createObjectURL(blob);
  const anchor = h("a", { href: address, download: name });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

