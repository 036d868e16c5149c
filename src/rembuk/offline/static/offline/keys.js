// Who may read on this phone: a key that signs and never leaves the browser, and a key for copies that the PIN unwraps.
import { all, get, put, change, done } from "./db.js";
import { b64, random, utf8, fromUtf8 } from "./codec.js";

export const ROUNDS = 600_000;
export const SHORTEST = 6;
const DELAYS = [0, 0, 0, 15, 60, 300, 900, 3600];
let open = null;

export const whoIsOpen = () => open?.person ?? null;
export const lock = () => { open = null; };
export const persons = () => all("persons");
export const rightPin = (pin) => new RegExp(`^[0-9]{${SHORTEST},}$`).test(pin);

// Makes what a person needs on this phone: a device key and a data key under the PIN. Nothing is registered yet.
export async function welcome({ id, name }, pin) {
  const pair = await crypto.subtle.generateKey({ name: "ECDSA", namedCurve: "P-256" }, false, ["sign", "verify"]);
  const person = { id, name, device: crypto.randomUUID(), keys: pair, registered: false, ...(await wrapped(pin)) };
  await put("persons", person);
  return person;
}

async function wrapped(pin) {
  const salt = random(16);
  const iv = random(12);
  const data = random(32);
  const lid = await lidOf(pin, salt);
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, lid, data);
  return { salt, iv, box, failures: 0, retryAt: 0 };
}

async function lidOf(pin, salt) {
  const material = await crypto.subtle.importKey("raw", utf8(pin), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: ROUNDS };
  return crypto.subtle.deriveKey(how, material, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
}

// Opens a person's copies. Answers {ok} or {wait: seconds} or {failures}. A guess is counted before it is tried.
export async function unlock(id, pin) {
  const person = await get("persons", id);
  const wait = Math.ceil((person.retryAt - Date.now()) / 1000);
  // A clock that was put back must not lock anybody out for longer than the longest delay.
  if (wait > 0 && wait <= DELAYS.at(-1)) return { ok: false, wait };
  person.failures += 1;
  person.retryAt = Date.now() + DELAYS[Math.min(person.failures, DELAYS.length - 1)] * 1000;
  await put("persons", person);
  try {
    const lid = await lidOf(pin, person.salt);
    const raw = await crypto.subtle.decrypt({ name: "AES-GCM", iv: person.iv }, lid, person.box);
    const data = await crypto.subtle.importKey("raw", raw, "AES-GCM", false, ["encrypt", "decrypt"]);
    open = { person: { ...person, failures: 0, retryAt: 0 }, data };
    await put("persons", open.person);
    return { ok: true };
  } catch {
    return { ok: false, failures: person.failures, wait: Math.max(0, Math.ceil((person.retryAt - Date.now()) / 1000)) };
  }
}

// A forgotten PIN: the copies of that person go, the queue stays, a new PIN begins a new data key.
export async function renew(id, pin) {
  const fresh = await wrapped(pin);
  await change(["persons", "copies", "drafts", "packages"], async (stores) => {
    const person = await done(stores.persons.get(id));
    for (const name of ["copies", "drafts"]) {
      for (const key of await done(stores[name].index("person").getAllKeys(id))) stores[name].delete(key);
    }
    for (const row of await done(stores.packages.getAll())) if (row.person === id) stores.packages.delete(row.key);
    stores.persons.put({ ...person, ...fresh });
  });
  return unlock(id, pin);
}

export async function registered() {
  open.person.registered = true;
  await put("persons", open.person);
}

export async function publicKey() {
  return b64(await crypto.subtle.exportKey("spki", open.person.keys.publicKey));
}

export async function sign(person, text) {
  return b64(await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, person.keys.privateKey, utf8(text)));
}

export async function sealCopy(value) {
  const iv = random(12);
  return { iv, body: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, open.data, utf8(JSON.stringify(value))) };
}

export async function openCopy({ iv, body }) {
  return JSON.parse(fromUtf8(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, open.data, body)));
}
