/**
 * The page of a case: says every few seconds that it is open, keeps what was typed as a draft,
 * and shows who else is there. Without this file the page works; drafts are then not kept.
 */

const EVERY = 6000;
const line = document.getElementById("present");
const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value;
const known = new Map();
let lastTyped = 0;

const fields = [...document.querySelectorAll("form[data-draft]")].map((form) => ({
  kind: form.dataset.draft,
  area: form.querySelector("textarea"),
}));
for (const { kind, area } of fields) {
  known.set(kind, area.value);
  area.addEventListener("input", () => (lastTyped = Date.now()));
}

function message(values) {
  const data = new FormData();
  data.set("csrfmiddlewaretoken", token);
  Object.entries(values).forEach(([name, value]) => data.set(name, value));
  return data;
}

function show({ version, others }) {
  const lines = others.map((text) => {
    const one = document.createElement("p");
    one.className = "notice warning";
    one.textContent = text;
    return one;
  });
  if (version > Number(line.dataset.version)) {
    const news = document.createElement("p");
    news.className = "notice";
    const link = document.createElement("a");
    link.href = location.pathname;
    link.textContent = line.dataset.show;
    news.append(`${line.dataset.news} `, link);
    lines.push(news);
  }
  const text = lines.map((one) => one.textContent).join("\n");
  if (line.dataset.text !== text) {
    line.dataset.text = text; // said once, not every few seconds
    line.replaceChildren(...lines);
  }
}

async function tell() {
  if (document.hidden) {
    return;
  }
  const changed = fields.find(({ kind, area }) => area.value !== known.get(kind));
  const values = { writing: Date.now() - lastTyped < 2 * EVERY ? "1" : "0" };
  if (changed) {
    values.kind = changed.kind;
    values.text = changed.area.value.slice(0, 4000);
  }
  try {
    const answer = await fetch(line.dataset.here, { method: "POST", body: message(values) });
    if (answer.ok) {
      if (changed) {
        known.set(changed.kind, changed.area.value);
      }
      show(await answer.json());
    }
  } catch {
    // no connection: the next try comes in a few seconds, the text is in its field
  }
}

if (line && token) {
  setInterval(tell, EVERY);
  tell();
  window.addEventListener("pagehide", () => {
    navigator.sendBeacon(line.dataset.here, message({ leave: "1" }));
  });
}
