// One record sealed for the office: nobody on the way can read it, and the signature says who wrote it.
import { b64, fromB64, random, sha256, utf8 } from "./codec.js";
import { sign } from "./keys.js";

export const SCHEMA = 1;
export const PART = 256 * 1024;
const officeKeys = new Map();

async function officeKey({ id, spki }) {
  if (!officeKeys.has(id)) {
    const how = { name: "RSA-OAEP", hash: "SHA-256" };
    officeKeys.set(id, await crypto.subtle.importKey("spki", fromB64(spki), how, false, ["encrypt"]));
  }
  return officeKeys.get(id);
}

export function headOf(envelope) {
  const { id, kind, schema, device, person, assignment, captured_at: at, after, parts, key } = envelope;
  const lines = ["rembuk-envelope-1", id, kind, schema, device, person, assignment, envelope.package, at];
  return [...lines, after.join(","), parts.join(","), key].join("\n");
}

// Returns {envelope, digest}. pack: the package it was made with; digest: what the receipt is worked out from.
export async function seal({ id, kind, body, after = [], parts = [], at }, person, pack) {
  const envelope = {
    id, kind, schema: SCHEMA, device: person.device, person: person.id, assignment: pack.assignment.id,
    package: pack.id, captured_at: at, after, parts, key: pack.server_key.id,
  };
  const head = headOf(envelope);
  const content = random(32);
  const iv = random(12);
  const aes = await crypto.subtle.importKey("raw", content, "AES-GCM", false, ["encrypt"]);
  const how = { name: "AES-GCM", iv, additionalData: utf8(head) };
  const [wrappedKey, sealed] = await Promise.all([
    officeKey(pack.server_key).then((key) => crypto.subtle.encrypt({ name: "RSA-OAEP" }, key, content)),
    crypto.subtle.encrypt(how, aes, utf8(JSON.stringify(body))),
  ]);
  Object.assign(envelope, { wrapped: b64(wrappedKey), iv: b64(iv), body: b64(sealed) });
  const signed = [head, envelope.wrapped, envelope.iv, envelope.body].join("\n");
  envelope.signature = await sign(person, signed);
  return { envelope, digest: await sha256(utf8(`${signed}\n${envelope.signature}`)) };
}

// Seals a picture and cuts it: {key, iv} for the envelope's body, parts as [{sha, bytes}] in order.
export async function sealPicture(bytes) {
  const content = random(32);
  const iv = random(12);
  const aes = await crypto.subtle.importKey("raw", content, "AES-GCM", false, ["encrypt"]);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, aes, bytes);
  const parts = [];
  for (let at = 0; at < sealed.byteLength; at += PART) {
    const piece = sealed.slice(at, at + PART);
    parts.push({ sha: await sha256(piece), bytes: piece });
  }
  return { key: b64(content), iv: b64(iv), parts };
}
