// The store of this phone. Every change is one transaction: a record and its envelope are both there or neither is.
const NAME = "rembuk-lapangan";
const EDITION = 1;
const STORES = {
  persons: { keyPath: "id" },
  packages: { keyPath: "key" },
  copies: { keyPath: "id", indexes: ["person", "scope"] },
  drafts: { keyPath: "key", indexes: ["person"] },
  outbox: { keyPath: "seq", autoIncrement: true, unique: ["id"] },
  sent: { keyPath: "id", indexes: ["person", "until"] },
  parts: { keyPath: "key", indexes: ["envelope"] },
  settings: { keyPath: "key" },
};

let opened = null;

export function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, EDITION);
    request.onupgradeneeded = () => {
      const db = request.result;
      for (const [name, { indexes = [], unique = [], ...how }] of Object.entries(STORES)) {
        const store = db.createObjectStore(name, how);
        for (const index of indexes) store.createIndex(index, index);
        for (const index of unique) store.createIndex(index, index, { unique: true });
      }
    };
    request.onsuccess = () => {
      // A newer program in another tab may want to change the store: give way instead of blocking it.
      request.result.onversionchange = () => { request.result.close(); opened = null; };
      resolve(request.result);
    };
    request.onerror = () => { opened = null; reject(request.error); };
  });
  return opened;
}

export const done = (request) => new Promise((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

// Runs `act` with the stores of one transaction. What `act` awaits must be requests of that transaction.
export async function change(names, act) {
  const db = await open();
  const work = db.transaction(names, "readwrite", { durability: "strict" });
  const ended = new Promise((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new DOMException("aborted", "AbortError"));
  });
  const stores = Object.fromEntries(names.map((name) => [name, work.objectStore(name)]));
  let answer;
  try {
    answer = await act(stores);
  } catch (error) {
    try { work.abort(); } catch { /* it has ended by itself */ }
    await ended.catch(() => null);
    throw work.error ?? error;
  }
  await ended;
  return answer;
}

export async function read(name, act) {
  const db = await open();
  return done(act(db.transaction(name).objectStore(name)));
}

export const get = (name, key) => read(name, (store) => store.get(key));
export const all = (name, index, value) => read(name, (store) => (index ? store.index(index).getAll(value) : store.getAll()));
export const put = (name, value) => change([name], (stores) => done(stores[name].put(value)));
export const remove = (name, key) => change([name], (stores) => done(stores[name].delete(key)));

export async function setting(key, otherwise = null) {
  return (await get("settings", key))?.value ?? otherwise;
}
export const remember = (key, value) => put("settings", { key, value });
