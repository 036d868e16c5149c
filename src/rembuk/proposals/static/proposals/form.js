// Courtesies of the proposal form: typed text is kept, photos are shrunk on the device, the point comes from the phone.
// Every form works without this file.
const LONG_EDGE = 1280;
const LARGEST = 200_000;
const PAUSE = 2500;

for (const form of document.querySelectorAll("form[data-autosave]")) keepTyped(form);
for (const input of document.querySelectorAll("input[data-shrink]")) input.addEventListener("change", () => shrinkAll(input));
for (const button of document.querySelectorAll("[data-take-point]")) offerPoint(button);
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

function keepTyped(form) {
  const told = form.querySelector("[data-autosave-told]");
  let timer = 0;
  let last = "";
  let leaving = false;
  form.addEventListener("submit", () => { leaving = true; clearTimeout(timer); });
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  async function save() {
    const body = new FormData(form);
    body.delete("foto");
    const text = JSON.stringify([...body]);
    if (leaving || text === last || !String(body.get("usulan") ?? "").trim()) return;
    try {
      const answer = await fetch(form.dataset.autosave, { method: "POST", body, headers: { Accept: "application/json" } });
      const said = await answer.json();
      if (told) told.textContent = said.sentence;
      if (said.saved) last = text;
    } catch {
      // No signal: the text still stands in the form, and the next keystroke tries again.
      timer = setTimeout(save, 10_000);
    }
  }
}

async function shrinkAll(input) {
  if (!("DataTransfer" in window) || !("createImageBitmap" in window)) return;
  const kept = new DataTransfer();
  for (const file of input.files) kept.items.add(await shrunk(file));
  input.files = kept.files;
}

async function shrunk(file) {
  if (file.size <= LARGEST) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    let scale = Math.min(1, LONG_EDGE / Math.max(picture.width, picture.height));
    for (let turn = 0; turn < 6; turn += 1) {
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(picture.width * scale);
      canvas.height = Math.round(picture.height * scale);
      canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.75 - turn * 0.08));
      if (blob && blob.size <= LARGEST) {
        return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
      }
      if (turn > 2) scale *= 0.8;
    }
  } catch {
    // A picture that this device cannot draw goes as it is; the server shrinks it.
  }
  return file;
}

function offerPoint(button) {
  if (!navigator.geolocation) return;
  const form = button.closest("form");
  const told = form.querySelector("[data-point-told]");
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.lintang.value = coords.latitude.toFixed(6).replace(".", ",");
        form.elements.bujur.value = coords.longitude.toFixed(6).replace(".", ",");
        told.textContent = `± ${Math.round(coords.accuracy)} m`;
        form.elements.lintang.dispatchEvent(new Event("input", { bubbles: true }));
      },
      (problem) => { told.textContent = problem.message; },
      { enableHighAccuracy: true, timeout: 20_000 },
    );
  });
}
