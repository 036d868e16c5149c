// Sending. One tab at a time, in the order of saving; a row leaves the queue only when the office names its receipt.
// Runs in the page and in the service worker: nothing here touches the document.
import { all, change, done, get, put, remember, setting } from "./db.js";
import { b64, now, receiptOf, utf8 } from "./codec.js";

const BASE = "/api/lapangan/1/";
const MOST = 50;
const MOST_BYTES = 900_000;
const KEEP_DAYS = 30;
const STEPS = [5, 15, 60, 300, 900];
const LATER = new Set([401, 403, 408, 425, 429]);
export const OPEN_STATES = new Set(["received", "waiting", "review", "quarantine"]);

export class LaterError extends Error {
  constructor(reason, status = 0) {
    super(reason);
    this.status = status;
  }
}

// Sends what waits. Answers {sent, left, error}: error is "busy", "offline", "later" or null.
export async function sendAll({ patience = 60_000, force = false } = {}) {
  const run = async (lock) => {
    if (lock === null) return { sent: 0, left: await waiting(), error: "busy" };
    const retryAt = await setting("retryAt", 0);
    // A clock put back by hours must not stop sending for hours.
    if (!force && retryAt > Date.now() && retryAt - Date.now() <= STEPS.at(-1) * 1000) {
      return { sent: 0, left: await waiting(), error: "later" };
    }
    return sendNow(patience);
  };
  return navigator.locks.request("rembuk-kirim", { ifAvailable: true }, run);
}

export const waiting = async () => (await all("outbox")).length + (await unsentParts()).length;

async function sendNow(patience) {
  let sent = 0;
  try {
    await ask();
    sent += await sendEnvelopes(patience);
    await sendParts(patience);
    await remember("retryAt", 0);
    await remember("failed", 0);
    await remember("lastSent", now());
    await ask({ late: true });
    await forget();
    return { sent, left: await waiting(), error: null };
  } catch (error) {
    if (!(error instanceof LaterError)) throw error;
    const failed = (await setting("failed", 0)) + 1;
    await remember("failed", failed);
    const wait = STEPS[Math.min(failed, STEPS.length) - 1] * 1000;
    await remember("retryAt", Date.now() + Math.round(wait * (0.75 + Math.random() / 2)));
    return { sent, left: await waiting(), error: error.status ? "later" : "offline", status: error.status };
  }
}

async function call(path, { method = "POST", body, type = "application/json", patience }) {
  let answer;
  try {
    answer = await fetch(BASE + path, {
      method, body, credentials: "omit", cache: "no-store", redirect: "error",
      headers: { "Content-Type": type }, signal: AbortSignal.timeout(patience),
    });
  } catch (error) {
    throw new LaterError(String(error));
  }
  if (LATER.has(answer.status) || answer.status >= 500) throw new LaterError(answer.statusText, answer.status);
  return answer;
}

async function sendEnvelopes(patience) {
  let sent = 0;
  let most = MOST;
  for (;;) {
    const batch = await nextBatch(most);
    if (!batch.length) return sent;
    await marked(batch);
    const body = `{"sent_at":"${now()}","envelopes":[${batch.map((row) => row.envelope).join(",")}]}`;
    const answer = await call("amplop", { body, patience });
    if (answer.status === 413 && batch.length > 1) { most = Math.max(1, Math.floor(batch.length / 2)); continue; }
    if (!answer.ok) throw new LaterError(answer.statusText, answer.status);
    const { results, now: there } = await parsed(answer);
    const arrived = await keepResults(batch, results);
    await remember("clock", there ? Date.parse(there) - Date.now() : null);
    // An answer that names none of what was sent is no receipt: stop rather than send the same for ever.
    if (!arrived) throw new LaterError("no receipt", answer.status);
    sent += arrived;
  }
}

async function parsed(answer) {
  try {
    const data = await answer.json();
    if (Array.isArray(data.results)) return data;
  } catch { /* a cut answer, or a page of somebody else's */ }
  throw new LaterError("unreadable", answer.status);
}

async function nextBatch(most) {
  const rows = [];
  let bytes = 0;
  for (const row of await all("outbox")) {
    if (rows.length === most || (rows.length && bytes + row.size > MOST_BYTES)) break;
    rows.push(row);
    bytes += row.size + 1;
  }
  return rows;
}

// From here on these envelopes may be at the office: a newer version no longer replaces them.
async function marked(batch) {
  await change(["outbox"], async ({ outbox }) => {
    for (const { seq } of batch) {
      const row = await done(outbox.get(seq));
      if (row) outbox.put({ ...row, tries: row.tries + 1, tried: now() });
    }
  });
}

async function keepResults(batch, results) {
  const by = new Map(results.map((result) => [result.id, result]));
  let count = 0;
  await change(["outbox", "sent"], ({ outbox, sent }) => {
    for (const row of batch) {
      const result = by.get(row.id);
      if (!result?.state || result.receipt !== receiptOf(row.digest)) continue;
      sent.put(sentRow(row, result));
      outbox.delete(row.seq);
      count += 1;
    }
  });
  return count;
}

function sentRow({ seq: _seq, tries: _tries, tried: _tried, ...row }, result) {
  const until = new Date(Date.now() + KEEP_DAYS * 86_400_000).toISOString();
  return { ...row, ...shown(result), arrived: now(), asked: now(), until };
}

const shown = ({ state, receipt, code, message, object }) => ({ state, receipt, code: code ?? "", message: message ?? "", object: object ?? null });

async function unsentParts() {
  return (await all("parts")).filter((part) => !part.sent);
}

async function sendParts(patience) {
  const unsent = await unsentParts();
  const inQueue = new Set((await all("outbox")).map((row) => row.id));
  const ready = unsent.filter((part) => !inQueue.has(part.envelope));
  for (let at = 0; at < ready.length; at += 500) {
    const some = ready.slice(at, at + 500);
    const body = JSON.stringify({ parts: some.map((part) => part.sha) });
    const answer = await call("potongan/ada", { body, patience });
    if (!answer.ok) throw new LaterError(answer.statusText, answer.status);
    const missing = new Set((await answer.json()).missing);
    for (const part of some) {
      if (missing.has(part.sha)) await sendPart(part, patience);
      else await put("parts", { ...part, sent: 1 });
    }
  }
}

async function sendPart(part, patience) {
  const answer = await call(`potongan/${part.sha}`, { method: "PUT", body: part.bytes, type: "application/octet-stream", patience });
  if (answer.status !== 204) throw new LaterError(answer.statusText, answer.status);
  await put("parts", { ...part, sent: 1 });
}

// Asks how records that were sent earlier fared; what the office no longer has goes back into the queue.
async function ask({ late = false } = {}) {
  const rows = (await all("sent")).filter((row) => OPEN_STATES.has(row.state) && (late || Date.now() - Date.parse(row.asked) > 60_000));
  const by = Map.groupBy ? Map.groupBy(rows, (row) => row.person) : grouped(rows);
  for (const [id, own] of by) {
    const person = await get("persons", id);
    for (let at = 0; at < own.length; at += 200) await askSome(person, own.slice(at, at + 200));
  }
}

function grouped(rows) {
  const by = new Map();
  for (const row of rows) by.set(row.person, [...(by.get(row.person) ?? []), row]);
  return by;
}

async function askSome(person, rows) {
  const ids = rows.map((row) => row.id);
  const at = now();
  const text = ["rembuk-status-1", person.device, at, ids.join(",")].join("\n");
  const how = { name: "ECDSA", hash: "SHA-256" };
  const signature = b64(await crypto.subtle.sign(how, person.keys.privateKey, utf8(text)));
  let answer;
  try {
    answer = await call("keadaan", { body: JSON.stringify({ device: person.device, at, ids, signature }), patience: 30_000 });
  } catch (error) {
    // A device that the office does not know any more may still send: what it sends is looked at by a person there.
    if (error.status === 403) return;
    throw error;
  }
  if (!answer.ok) return;
  const { results } = await parsed(answer);
  await change(["outbox", "sent", "parts"], (stores) => taken(stores, rows, results));
}

async function taken({ outbox, sent, parts }, rows, results) {
  const by = new Map(results.map((result) => [result.id, result]));
  for (const row of rows) {
    const result = by.get(row.id);
    if (!result) continue;
    if (result.state !== "unknown") { sent.put({ ...row, ...shown({ ...result, receipt: row.receipt }), asked: now() }); continue; }
    const { receipt: _r, arrived: _a, asked: _k, until: _u, ...again } = row;
    outbox.add({ ...again, state: "saved", tries: 1, message: "" });
    sent.delete(row.id);
    for (const part of await done(parts.index("envelope").getAll(row.id))) parts.put({ ...part, sent: 0 });
  }
}

// Thirty days after its receipt a sealed record leaves the phone, unless a person still has to decide about it.
async function forget() {
  const old = (await all("sent")).filter((row) => row.until < now() && row.state === "applied");
  if (!old.length) return;
  await change(["sent", "parts"], async ({ sent, parts }) => {
    for (const row of old) {
      sent.delete(row.id);
      for (const key of await done(parts.index("envelope").getAllKeys(row.id))) parts.delete(key);
    }
  });
}
