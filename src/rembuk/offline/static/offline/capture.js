// A form that loses nothing: what is typed is kept as a draft, saving is one transaction, a full phone says so.
import { announce, fill, h, t, values } from "./ui.js";
import { dropDraft, draft, FullError, keepDraft } from "./store.js";

let unsaved = null;

// Kept also when the tab is closed in the middle of a word.
addEventListener("pagehide", () => unsaved?.());
document.addEventListener("visibilitychange", () => { if (document.hidden) unsaved?.(); });

// act(values, form) saves, or throws Wrong with a sentence. It may answer {said, next}: what to say, what to do next (never `then`: that would make a promise of it).
export class Wrong extends Error {
  constructor(sentence, name = "") {
    super(sentence);
    this.field = name;
  }
}

export async function form(name, children, act, { words = t("save"), icon = null, keep = [], extra = null } = {}) {
  const told = h("p.refused", { role: "alert", hidden: true });
  const send = h("button.btn.btn-main.btn-wide", { type: "submit" }, icon, h("span", words));
  const element = h("form.stack-s", { novalidate: true, "data-draft": name }, children, told, send, extra);
  const typed = await draft(name);
  if (typed) fill(element, typed);
  let timer = null;
  const write = () => { clearTimeout(timer); timer = null; unsaved = null; keepDraft(name, values(element)); };
  element.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(write, 300); unsaved = write; });
  element.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.disabled) return;
    send.disabled = true;
    told.hidden = true;
    clearTimeout(timer);
    unsaved = null;
    try {
      const { said, next } = (await act(values(element), element)) ?? {};
      const kept = Object.fromEntries(Object.entries(values(element)).filter(([key]) => keep.includes(key)));
      element.reset();
      fill(element, kept);
      for (const control of element.elements) control.removeAttribute("aria-invalid");
      // Before the screen is drawn anew: the new form must not find what has just been saved.
      await dropDraft(name);
      if (keep.length) await keepDraft(name, kept);
      announce(said ?? t("saved"));
      await next?.();
    } catch (error) {
      refuse(element, told, error);
      await keepDraft(name, values(element));
    } finally {
      send.disabled = false;
    }
  });
  return element;
}

function refuse(element, told, error) {
  told.textContent = sentenceOf(error);
  told.hidden = false;
  for (const control of element.elements) control.toggleAttribute("aria-invalid", false);
  const control = error.field ? element.elements[error.field] : null;
  if (control?.focus) { control.setAttribute("aria-invalid", "true"); control.focus(); }
}

export function sentenceOf(error) {
  if (error instanceof Wrong) return error.message;
  if (error instanceof FullError) return t("full");
  console.error(error);
  return t("failed", { detail: error?.name ?? "" });
}

// One tap outside a form: says aloud what happened, and never swallows a failure.
export async function tap(act, said = null) {
  try {
    await act();
    if (said) announce(said);
    return true;
  } catch (error) {
    const place = document.getElementById("isi");
    place.querySelector(".tap-refused")?.remove();
    place.prepend(h("div.finding.block.tap-refused", { role: "alert" }, h("p", sentenceOf(error))));
    return false;
  }
}

export const need = (value, sentence, name) => { if (!value) throw new Wrong(sentence, name); return value; };
