// What is open on this screen: the person's packages, and a meeting with everything recorded of it.
import { copiesOf, packages } from "./store.js";
import { openCopy, whoIsOpen } from "./keys.js";
import { all } from "./db.js";

export const state = { packs: [] };
export const IN_THE_FIELD = "lapangan";

export async function loadPacks() {
  state.packs = (await packages()).sort((a, b) => a.village.name.localeCompare(b.village.name));
  return state.packs;
}

// Meetings that were made on this phone, as the package writes meetings.
export async function madeHere() {
  const person = whoIsOpen();
  const rows = (await all("copies", "person", person.id)).filter((row) => row.kind === "meeting");
  return (await Promise.all(rows.map(openCopy))).map((copy) => ({
    id: copy.id, ...copy.body, kind_label: copy.body.kind, village: copy.village, made: true, state: "planned",
    quorum: {}, invitees: [], attendance: [], tallies: [], minutes: {}, tabled: [],
  }));
}

export async function meetingsHere() {
  const made = await madeHere();
  const planned = state.packs.flatMap((pack) => (pack.meetings ?? []).map((meeting) => ({ pack, meeting })));
  const own = made.map((meeting) => ({ meeting, pack: packOf(meeting.village) })).filter((row) => row.pack);
  return [...planned, ...own].sort((a, b) => (a.meeting.scheduled_at ?? "").localeCompare(b.meeting.scheduled_at ?? ""));
}

export const packOf = (village) => state.packs.find((pack) => pack.village.key === village) ?? null;

// {pack, meeting, copies, started, closed, after} or null.
export async function meetingOpen(id) {
  const row = (await meetingsHere()).find((each) => each.meeting.id === id);
  if (!row) return null;
  const copies = await copiesOf(id);
  const first = (kind) => copies.find((copy) => copy.kind === kind) ?? null;
  const start = first("meeting-start");
  const close = first("meeting-close");
  const started = Boolean(start) || ["running", "closed", "signed"].includes(row.meeting.state);
  const closed = Boolean(close) || ["closed", "signed", "cancelled"].includes(row.meeting.state);
  const after = [row.meeting.made ? row.meeting.id : null, start?.id].filter(Boolean);
  return { ...row, copies, start, close, started, closed, after, of: (kind) => copies.filter((copy) => copy.kind === kind) };
}

// Hamlets as a list offers them. The package may hold neighbourhoods that belong to none.
export const hamletOptions = (pack) => pack.hamlets.filter((row) => row.id).map((row) => [row.id, row.name]);
export const rtOptions = (pack, hamlet) => pack.hamlets.filter((row) => (row.id ?? "") === (hamlet ?? "")).flatMap((row) => row.rts.map((rt) => [rt.id, rt.name]));

export const label = (pack, table, code) => {
  const found = (pack.codes?.[table] ?? []).find((row) => row[0] === code);
  return found ? found[1] : code;
};

export function kindLabel(pack, meeting) {
  return meeting.made ? label(pack, "meeting_kinds", meeting.kind) : meeting.kind_label;
}

export function titleOf(pack, meeting) {
  if (meeting.title) return meeting.title;
  const hamlet = (pack.hamlets ?? []).find((row) => row.id === meeting.hamlet)?.name;
  return [kindLabel(pack, meeting), hamlet ?? meeting.group ?? ""].filter(Boolean).join(" ");
}

// Proposals that this meeting may speak of: on its table, or written down in it.
export function tableOf(open) {
  const known = new Map((open.pack.proposals ?? []).map((row) => [row.id, row]));
  const tabled = (open.meeting.tabled ?? []).filter((row) => known.has(row.id)).map((row) => ({ ...known.get(row.id), table: row.number }));
  const own = open.of("proposal").map((copy) => ({ id: copy.id, number: "", title: copy.body.title, hamlet: copy.body.hamlet, made: true }));
  // Numbers of the table stay as they are printed; what was written down here goes on after the last of them.
  let last = Math.max(0, ...tabled.map((row) => row.table ?? 0));
  return [...tabled, ...own].map((row) => ({ ...row, table: row.table ?? (last += 1) }));
}
