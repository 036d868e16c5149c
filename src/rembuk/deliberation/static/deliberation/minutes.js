// Each section of the minutes saves itself some seconds after the last key. Without this the button of the section saves.
const WAIT = 4000;
for (const form of document.querySelectorAll("form[data-autosave]")) keep(form);

function keep(form) {
  const told = form.querySelector("[data-told]");
  let timer = 0;
  let busy = false;
  let again = false;

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  form.addEventListener("submit", () => clearTimeout(timer));

  async function save() {
    if (busy) { again = true; return; }
    busy = true;
    const sent = form.elements.teks.value;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { accept: "application/json" },
        body: new FormData(form),
      });
      const said = await answer.json();
      told.textContent = said.sentence;
      if (answer.ok) {
        form.elements.versi.value = said.version;
        if (form.elements.teks.value === sent) form.removeAttribute("data-changed");
      }
    } catch {
      // No signal: the text stays in the page and the next key tries again.
    } finally {
      busy = false;
      if (again) { again = false; save(); }
    }
  }
}
