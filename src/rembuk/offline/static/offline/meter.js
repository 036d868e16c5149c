// Who came, counted as the office counts: by the signed list and the anonymous counts together.
const GUESTS = new Set(["PD", "CAMAT", "DPMD", "OPD", "DPRD", "TNI_POLRI", "UNDANGAN"]);
const EXPECTED = ["PEREMPUAN", "MISKIN"];
const SHELTERED = new Set(["MISKIN", "DIFABEL"]);

// People present by name: those of the package and those of this phone, corrections applied.
export function people(open) {
  const rows = new Map((open.meeting.attendance ?? []).map((row) => [row.id, { ...row, office: true }]));
  for (const copy of open.copies) {
    if (copy.kind === "attendance") rows.set(copy.id, { id: copy.id, ...copy.body });
    if (copy.kind !== "attendance-fix") continue;
    const old = rows.get(copy.body.replaces);
    if (!old) continue;
    rows.delete(copy.body.replaces);
    if (!copy.body.remove) rows.set(copy.id, { ...old, ...copy.body, id: copy.id });
  }
  return [...rows.values()];
}

// Anonymous counts: the last of each element, the phone's over the package's.
export function tallies(open) {
  const rows = new Map((open.meeting.tallies ?? []).map((row) => [slotOf(row), row]));
  for (const copy of open.copies) if (copy.kind === "tally") rows.set(slotOf(copy.body), copy.body);
  return [...rows.values()];
}

export const slotOf = ({ element, invited }) => `${element}:${invited !== false}`;

export function meterOf(open) {
  const found = { men: 0, women: 0, invitedPresent: 0, voters: 0, elements: new Map() };
  const add = (element, invited, men, women, votes) => {
    found.men += men;
    found.women += women;
    if (invited) found.invitedPresent += men + women;
    found.voters += votes;
    if (element) found.elements.set(element, (found.elements.get(element) ?? 0) + men + women);
  };
  for (const row of people(open)) {
    if (row.signed === false) continue;
    const votes = row.votes !== false && !GUESTS.has(row.element) ? 1 : 0;
    add(row.element, row.invited !== false, row.sex === "L" ? 1 : 0, row.sex === "P" ? 1 : 0, votes);
  }
  for (const row of tallies(open)) {
    add(row.element, row.invited !== false, row.male, row.female, GUESTS.has(row.element) ? 0 : row.male + row.female);
  }
  return { ...found, present: found.men + found.women, ...quorum(open, found) };
}

function quorum({ meeting }, found) {
  const rules = meeting.quorum ?? {};
  const invited = Math.max(rules.invited ?? 0, (meeting.invitees ?? []).length);
  const [part, whole] = rules.share ?? [0, 1];
  // Rounded up, as the office does; a meeting of a hamlet has no quorum.
  const needed = meeting.formal ? Math.floor((part * invited + whole - 1) / whole) : 0;
  const missing = (rules.elements ?? EXPECTED).filter((code) => !found.elements.get(code));
  return { invited, needed, missing, reached: invited > 0 && found.invitedPresent >= needed };
}

// Beside a name a sheltered element is never spelled out.
export const besideName = (element) => (SHELTERED.has(element) ? "" : element);
