// Without a network: shows what was kept on this phone, after unlocking where it is locked.
import { look, unlock } from "./kept.js";

const part = (name) => document.getElementById(name);

function fill(name, value) {
  for (const one of document.querySelectorAll(`[data-fill="${name}"]`)) one.textContent = value;
}

/** A drawing from our own server, kept as SVG; nothing in it runs (CSP, and no handlers). */
function drawing(svg) {
  const root = new DOMParser().parseFromString(svg, "text/html").querySelector("svg");
  return root || document.createTextNode("");
}

function showIdentifier(identifier) {
  if (!identifier) return;
  part("identifier").hidden = false;
  const groups = identifier.groups.map((group) => {
    const one = document.createElement("span");
    one.textContent = `${group} `;
    return one;
  });
  part("digits").replaceChildren(...groups);
  fill("spoken", identifier.spoken);
  part("qr").replaceChildren(drawing(identifier.qr));
  part("suspended").hidden = identifier.active;
}

function showLines(name, rows) {
  const list = part(name);
  list.closest("section").hidden = !rows?.length;
  const template = part(`${name}-row`);
  for (const row of rows || []) {
    const one = template.content.cloneNode(true);
    for (const place of one.querySelectorAll("[data-row]")) {
      const value = row[place.dataset.row];
      if (place.dataset.drawing !== undefined) place.replaceChildren(drawing(value));
      else place.textContent = value || "";
    }
    list.append(one);
  }
}

function show(data) {
  part("locked").hidden = true;
  part("kept").hidden = false;
  fill("as-of", data.as_of);
  showIdentifier(data.identifier);
  showLines("insurance", data.insurance);
  showLines("prescriptions", data.prescriptions);
}

async function begin() {
  const kept = await look();
  if (kept.data) return show(kept.data);
  if (!kept.locked) {
    part("nothing").hidden = false;
    return undefined;
  }
  part("locked").hidden = false;
  part("unlock").addEventListener("click", async () => {
    try {
      show(await unlock());
    } catch {
      part("unlock-failed").hidden = false;
    }
  });
  return part("unlock").focus();
}

begin().catch(() => { part("nothing").hidden = false; });
