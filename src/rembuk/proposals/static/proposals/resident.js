// Courtesies of the resident's pages: what was typed stays on this phone until it is sent, and a scanned receipt fills
// in its code. Name, phone and e-mail are not kept: a phone is often shared. Every page works without this file.
const KEPT = ["masalah", "dusun", "rt", "lokasi", "rumah"];

for (const form of document.querySelectorAll("form[data-keep-here]")) keepHere(form);
if (document.querySelector("[data-sent]")) forgetAll();
for (const input of document.querySelectorAll("[data-code-from-hash]")) {
  const code = decodeURIComponent(location.hash.slice(1));
  if (code && !input.value) input.value = code;
}

function keepHere(form) {
  const name = `usulan:${form.dataset.keepHere}`;
  if (!form.elements.masalah.value) restore(form, read(name));
  form.addEventListener("input", () => write(name, Object.fromEntries(KEPT.map((key) => [key, form.elements[key]?.value ?? ""]))));
}

function restore(form, kept) {
  for (const key of KEPT) {
    const field = form.elements[key];
    if (field && kept[key]) field.value = kept[key];
  }
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(name)) ?? {};
  } catch {
    return {};
  }
}

function write(name, values) {
  try {
    localStorage.setItem(name, JSON.stringify(values));
  } catch {
    // A full or closed store: the text still stands in the form.
  }
}

function forgetAll() {
  try {
    for (const name of Object.keys(localStorage)) if (name.startsWith("usulan:")) localStorage.removeItem(name);
  } catch {
    // Nothing was kept either.
  }
}
