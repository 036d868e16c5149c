// What needs a signed-in person: who it is, registering the device, taking a package.
import { LaterError } from "./sync.js";

export class RefusedError extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function asked(path, options = {}) {
  let answer;
  try {
    answer = await fetch(path, { cache: "no-store", credentials: "same-origin", signal: AbortSignal.timeout(60_000), ...options });
  } catch (error) {
    throw new LaterError(String(error));
  }
  if (answer.ok) return answer.json();
  const said = await answer.json().catch(() => ({}));
  throw new RefusedError(answer.status, said.message ?? answer.statusText);
}

const SESSION = "/lapangan/sesi.json";
export const session = () => asked(SESSION);
export const villages = () => asked("/api/lapangan/1/desa");

async function posted(path, data) {
  const { csrf } = await session();
  const headers = { "Content-Type": "application/json", "X-CSRFToken": csrf };
  return asked(`/api/lapangan/1/${path}`, { method: "POST", headers, body: JSON.stringify(data) });
}

export const register = (device) => posted("perangkat", device);
export const take = (wanted) => posted("paket", wanted);
