// Saving and reading records. A tap is one transaction: the sealed envelope and the copy for reading, both or neither.
import { all, change, done, get, put, remember, remove, setting } from "./db.js";
import { openCopy, sealCopy, whoIsOpen } from "./keys.js";
import { seal, sealPicture } from "./envelope.js";
import { now } from "./codec.js";

export class FullError extends Error {}
const NEARLY = 0.8;
const changed = new EventTarget();
export const whenSaved = (act) => changed.addEventListener("saved", act);

// How long a tap took stands where the browser's own tools, and our tests, look for it.
function told(began) {
  performance.measure("rembuk-tap", { start: began, end: performance.now() });
  changed.dispatchEvent(new Event("saved"));
}

const isFull = (error) => error?.name === "QuotaExceededError" || error?.inner?.name === "QuotaExceededError";

async function orFull(act) {
  try {
    return await act();
  } catch (error) {
    throw isFull(error) ? new FullError() : error;
  }
}

// Saves one record. scope: the meeting (or visit) it is read with. Returns its id.
export async function save(pack, { kind, body, scope, after = [], id = crypto.randomUUID(), picture = null }) {
  const began = performance.now();
  const person = whoIsOpen();
  const at = now();
  const parts = picture?.parts ?? [];
  const sealed = await seal({ id, kind, body, after, at, parts: parts.map((part) => part.sha) }, person, pack);
  const copy = await sealCopy({ id, kind, body, scope, at, village: pack.village.key });
  const row = outboxRow(sealed, { person, pack, scope, at, kind, id });
  await orFull(() => change(["outbox", "copies", "parts"], (stores) => {
    stores.copies.put({ id, person: person.id, scope, kind, at, ...copy });
    for (const [place, part] of parts.entries()) {
      stores.parts.put({ key: `${id}:${place}`, envelope: id, sha: part.sha, bytes: part.bytes, sent: 0 });
    }
    return done(stores.outbox.add(row));
  }));
  told(began);
  return id;
}

function outboxRow(sealed, { person, pack, scope, at, kind, id }) {
  const envelope = JSON.stringify(sealed.envelope);
  const village = pack.village.key;
  return { id, kind, scope, village, person: person.id, at, envelope, digest: sealed.digest, size: envelope.length, tries: 0, state: "saved" };
}

// Two quick taps on one thing are saved one after the other, each from the version before it.
let line = Promise.resolve();
export function saveVersion(pack, what) {
  const mine = line.then(() => versioned(pack, what));
  line = mine.catch(() => null);
  return mine;
}

// Saves a new version of one thing (a count, a section, a bundle). As long as the last version has not set out, the new
// one takes its place and begins where that began; after that it begins from what was sent. base: given the last body.
async function versioned(pack, { kind, slot, body, scope, after = [], firstBase, baseAfter }) {
  const began = performance.now();
  for (;;) {
    const person = whoIsOpen();
    const last = (await copiesOf(scope, kind)).filter((copy) => copy.slot === slot).at(-1);
    const waiting = last && (await rowOf(last.id));
    const replaces = waiting && waiting.tries === 0 ? waiting : null;
    const base = !last ? firstBase : replaces ? last.body.base : baseAfter(last.body);
    const id = crypto.randomUUID();
    const at = now();
    const whole = { ...body, base };
    const sealed = await seal({ id, kind, body: whole, after, at }, person, pack);
    const copy = await sealCopy({ id, kind, body: whole, scope, at, slot, village: pack.village.key });
    const row = outboxRow(sealed, { person, pack, scope, at, kind, id });
    const stored = await orFull(() => change(["outbox", "copies"], async (stores) => {
      if (replaces) {
        const there = await done(stores.outbox.get(replaces.seq));
        if (!there || there.tries > 0 || there.id !== last.id) return false;
        stores.outbox.delete(replaces.seq);
      }
      if (last) stores.copies.delete(last.id);
      stores.copies.put({ id, person: person.id, scope, kind, at, ...copy });
      await done(stores.outbox.add(row));
      return true;
    }));
    // The last version set out between reading and writing: begin again from it.
    if (!stored) continue;
    told(began);
    return id;
  }
}

async function rowOf(id) {
  return (await all("outbox", "id", id))[0] ?? null;
}

export async function savePhoto(pack, { of, ofKind, name, caption, bytes, scope, after }) {
  const picture = await sealPicture(bytes);
  const body = {
    of, of_kind: ofKind, name, caption, size: bytes.byteLength, key: picture.key, iv: picture.iv, taken_at: now(),
  };
  return save(pack, { kind: "photo", body, scope, after, picture });
}

// What was recorded in one meeting on this phone by the open person, in the order of saving.
export async function copiesOf(scope, kind = null) {
  const person = whoIsOpen();
  const rows = (await all("copies", "scope", scope)).filter((row) => row.person === person.id && (!kind || row.kind === kind));
  rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return Promise.all(rows.map(openCopy));
}

export async function scopesOf() {
  const person = whoIsOpen();
  return [...new Set((await all("copies", "person", person.id)).map((row) => row.scope))];
}

// Copies with people in them go once the office has them and the meeting is closed on this phone.
export async function wipeArrived(except = null) {
  const person = whoIsOpen();
  if (!person) return 0;
  const waiting = new Set((await all("outbox")).map((row) => row.id));
  const applied = new Set((await all("sent", "person", person.id)).filter((row) => row.state === "applied").map((row) => row.id));
  let count = 0;
  for (const scope of await scopesOf()) {
    const rows = (await all("copies", "scope", scope)).filter((row) => row.person === person.id);
    const closed = rows.some((row) => row.kind === "meeting-close" || row.kind === "visit");
    if (scope === except || !closed || rows.some((row) => waiting.has(row.id) || !applied.has(row.id))) continue;
    await change(["copies"], (stores) => { for (const row of rows) stores.copies.delete(row.id); });
    await remember(`wiped:${person.id}:${scope}`, { at: now(), count: rows.length });
    count += rows.length;
  }
  return count;
}

export async function keepPackage(data) {
  const person = whoIsOpen();
  const key = `${person.id}:${data.village.key}`;
  const sealed = await sealCopy(data);
  await orFull(() => put("packages", { key, person: person.id, village: data.village.key, expires: data.expires_at, ...sealed }));
}

export async function packages() {
  const person = whoIsOpen();
  const rows = (await all("packages")).filter((row) => row.person === person.id);
  return Promise.all(rows.map(openCopy));
}

export const dropPackage = (village) => remove("packages", `${whoIsOpen().id}:${village}`);

// What is being typed, so that a closed tab or a full store loses no sentence.
export async function keepDraft(name, value) {
  const person = whoIsOpen();
  if (!person) return;
  try {
    await put("drafts", { key: `${person.id}:${name}`, person: person.id, ...(await sealCopy(value)) });
  } catch { /* A full store: the screen itself still holds it, and saving says so aloud. */ }
}

export async function draft(name) {
  const row = await get("drafts", `${whoIsOpen().id}:${name}`);
  return row ? openCopy(row) : null;
}

export const dropDraft = (name) => remove("drafts", `${whoIsOpen().id}:${name}`);

// {used, quota, near, lasting}: whether the browser promised to keep it, and whether room is getting short.
export async function room() {
  const { usage = 0, quota = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  const lasting = (await navigator.storage?.persisted?.()) ?? false;
  return { used: usage, quota, near: quota > 0 && usage / quota > NEARLY, lasting };
}

export async function askToKeep() {
  const granted = (await navigator.storage?.persist?.()) ?? false;
  await remember("persist", granted);
  return granted;
}

export const lastSeen = (key) => setting(key);
