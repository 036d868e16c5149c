// The door: who uses this phone, and the PIN that opens that person's copies.
import { choice, field, finding, h, icon, input, link, sheet, switchLanguage, t } from "./ui.js";
import { persons, renew, rightPin, unlock, welcome } from "./keys.js";
import { askToKeep } from "./store.js";
import { session } from "./session.js";
import { loadPacks } from "./state.js";

const PIN = { type: "password", inputmode: "numeric", autocomplete: "off", maxlength: 20, required: true };

// Plain http: nothing can be sealed here, so nothing personal may be taken along.
export function plain() {
  return [
    h("h1", t("plainTitle")),
    finding("warn", h("b", t("plainWhat"))),
    sheet(t("plainWorksTitle"), "", h("p", t("plainWorks")), link(t("toRembuk"), "/beranda/", { kind: ".btn-main.btn-wide" })),
    sheet(t("plainHowTitle"), "", h("ol.numbered", h("li", t("plainHow1")), h("li", t("plainHow2")), h("li", t("plainHow3"))), h("p.small.dim", t("plainHowWhy"))),
  ];
}

export async function door({ draw }) {
  const known = await persons();
  const told = h("p.refused", { role: "alert", hidden: true });
  return [
    h("h1", t("title")),
    known.length ? opening(known, told, draw) : h("p", t("firstTime")),
    await beginning(known, draw),
    h("p", link(t("language"), "#", { kind: ".btn-quiet.btn-s", onclick: change(draw) })),
  ];
}

const change = (draw) => async (event) => {
  event.preventDefault();
  await switchLanguage();
  draw();
};

function opening(known, told, draw) {
  const pin = input("pin", PIN);
  const who = known.length > 1 ? choice("orang", t("who"), known.map((person) => [person.id, person.name]), known[0].id) : h("p", h("b", known[0].name));
  const chosen = (form) => (known.length > 1 ? form.elements.orang.value : known[0].id);
  const form = h("form.stack-s", {
    onsubmit: async (event) => {
      event.preventDefault();
      const send = form.querySelector("button");
      send.disabled = true;
      told.hidden = false;
      told.textContent = t("opening");
      const answer = await unlock(chosen(form), pin.value);
      send.disabled = false;
      if (answer.ok) { await loadPacks(); draw(); return; }
      pin.value = "";
      told.textContent = answer.wait ? t("pinWait", { seconds: answer.wait }) : t("pinWrong");
      pin.focus();
    },
  }, who, field(t("pin"), pin), told, h("button.btn.btn-main.btn-wide", icon("lock"), h("span", t("open"))));
  return sheet(t("openTitle"), "", form, forgotten(known, chosen, form, draw));
}

function forgotten(known, chosen, form, draw) {
  const pin = input("pin", PIN);
  const again = input("pin2", PIN);
  const told = h("p.refused", { role: "alert", hidden: true });
  const act = async (event) => {
    event.preventDefault();
    const wrong = pinWrong(pin.value, again.value);
    told.textContent = wrong;
    told.hidden = !wrong;
    if (wrong) return;
    await renew(chosen(form), pin.value);
    await loadPacks();
    draw();
  };
  return h("details", h("summary", t("forgot")), h("form.stack-s", { onsubmit: act }, h("p.small", t("forgotWhat")), field(t("pinNew"), pin, t("pinHint")), field(t("pinAgain"), again), told, h("button.btn.btn-quiet", t("forgotDo"))));
}

const pinWrong = (pin, again) => (!rightPin(pin) ? t("pinShort") : pin !== again ? t("pinDiffers") : "");

// A person who is signed in and not yet on this phone chooses a PIN.
async function beginning(known, draw) {
  let who;
  try {
    who = (await session()).person;
  } catch {
    return known.length ? null : finding("note", t("needsSignal"));
  }
  if (!who) return known.length ? h("details", h("summary", t("otherPerson")), signIn()) : signIn();
  if (known.some((person) => person.id === who.id)) return null;
  return sheet(t("newHere", { name: who.name }), "", newcomer(who, draw));
}

const signIn = () => h("div.stack-s", h("p", t("signInFirst")), link(t("signIn"), "/masuk/?next=/lapangan/", { kind: ".btn-main.btn-wide" }));

function newcomer(who, draw) {
  const pin = input("pin", PIN);
  const again = input("pin2", PIN);
  const told = h("p.refused", { role: "alert", hidden: true });
  const act = async (event) => {
    event.preventDefault();
    const wrong = pinWrong(pin.value, again.value);
    told.textContent = wrong || t("opening");
    told.hidden = false;
    if (wrong) return;
    await askToKeep();
    await welcome(who, pin.value);
    await unlock(who.id, pin.value);
    await loadPacks();
    draw();
  };
  return h("form.stack-s", { onsubmit: act }, field(t("pinNew"), pin, t("pinHint")), field(t("pinAgain"), again), told, h("button.btn.btn-main.btn-wide", { type: "submit" }, icon("shield"), h("span", t("pinSet"))));
}
