// Checks the text of a certificate's QR with the public keys and the dated list that the page holds; asks no network.
const known = JSON.parse(document.getElementById("dikenal").textContent);
const words = JSON.parse(document.getElementById("kata").textContent);
const form = document.getElementById("periksa-luring");
const field = document.getElementById("teks");
const answer = document.getElementById("jawaban");
const MARK = "REMBUK-SERTIFIKAT-1";
const NAMES = ["", "number", "name", "title", "jp", "issued", "until", "code", "key"];

const bytesOf = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (sign) => sign.charCodeAt(0));

async function judged(typed) {
  const lines = typed.replaceAll("\r\n", "\n").trim().split("\n");
  const signature = lines.pop();
  if (lines.length !== 9 || lines[0] !== MARK) return { state: "unreadable" };
  const facts = Object.fromEntries(lines.map((line, place) => [NAMES[place], line]));
  const spki = Object.hasOwn(known.keys, facts.key) ? known.keys[facts.key] : null;
  if (!spki) return { state: "unknown", facts };
  const curve = { name: "ECDSA", namedCurve: "P-256" };
  const key = await crypto.subtle.importKey("spki", bytesOf(spki), curve, false, ["verify"]);
  let raw;
  try { raw = bytesOf(signature); } catch { return { state: "unreadable" }; }
  const how = { name: "ECDSA", hash: "SHA-256" };
  const genuine = await crypto.subtle.verify(how, key, raw, new TextEncoder().encode(lines.join("\n")));
  if (!genuine) return { state: "false" };
  if (known.revoked.includes(facts.code)) return { state: "revoked", facts };
  const now = new Date();
  const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  return { state: facts.until !== "-" && facts.until < today ? "expired" : "genuine", facts };
}

function shown({ state, facts }) {
  answer.replaceChildren();
  answer.className = `reason gap-top ${state === "genuine" ? "ok" : state === "expired" ? "due" : "late"}`;
  const head = document.createElement("p");
  const bold = document.createElement("b");
  bold.textContent = words[state];
  head.append(bold);
  answer.append(head);
  if (facts && state !== "unknown") {
    for (const name of ["name", "title", "number", "jp", "issued", "until"]) {
      const line = document.createElement("p");
      line.textContent = `${words[name]}: ${facts[name]}`;
      answer.append(line);
    }
  }
  const dated = document.createElement("p");
  dated.className = "small";
  dated.textContent = `${words.dated} ${known.as_of}. ${words.later}`;
  answer.append(dated);
  answer.hidden = false;
  answer.focus();
}

form.addEventListener("submit", async (event) => {
  if (!globalThis.crypto?.subtle) return;
  event.preventDefault();
  shown(await judged(field.value));
});

const picture = document.getElementById("foto-qr");
if (picture && "BarcodeDetector" in globalThis) {
  picture.closest("[hidden]")?.removeAttribute("hidden");
  picture.addEventListener("change", async () => {
    if (!picture.files.length) return;
    const found = await new BarcodeDetector({ formats: ["qr_code"] }).detect(await createImageBitmap(picture.files[0]));
    if (found.length) {
      field.value = found[0].rawValue;
      shown(await judged(field.value));
    }
  });
}
