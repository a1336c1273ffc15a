/**
 * The confirmation on the call sheet: loads the panel, sends its forms, waits by short polling.
 * Without this file the panel is a page of its own. Values of fields leave the page with it:
 * nothing of them is left for the back button.
 */

const OFF = "desk-keys-off";
const POLL = { waiting: 2000, confirmed: 5000 };

const box = document.getElementById("confirm");
let timers = [];

const part = (name) => document.getElementById(`confirm-${name}`);

function show(html, focus) {
  timers.forEach(clearInterval);
  const title = document.getElementById("confirm-title");
  box.innerHTML = html;
  if (title) {
    box.prepend(title);
  }
  box.querySelectorAll(".no-script").forEach((element) => element.remove());
  if (focus) {
    (box.querySelector("[data-focus]") ?? part("state"))?.focus();
  }
  const state = part("state")?.dataset.state;
  if (POLL[state]) {
    timers = [setInterval(ask, POLL[state]), countDown(Number(part("state").dataset.seconds))];
  }
}

async function load(address, options = {}, focus = false) {
  const wasOpen = box.querySelector("details")?.open;
  try {
    const answer = await fetch(address, { ...options, headers: { "X-Panel": "1" } });
    if (answer.status >= 500) {
      throw new Error("the server is in trouble");
    }
    if (answer.redirected || !answer.ok) {
      location.reload(); // the call ended, or the session: the page knows what to say
      return;
    }
    show(await answer.text(), focus);
    box.querySelectorAll("details").forEach((details) => { details.open ||= wasOpen; });
  } catch {
    lost(true);
    box.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
  }
}

async function ask() {
  const here = part("state");
  try {
    const answer = await fetch(here.dataset.poll, { headers: { Accept: "application/json" } });
    const now = await answer.json();
    lost(false);
    here.dataset.seconds = now.seconds;
    const act = part("act")?.dataset.act ?? now.act;
    if ((now.state !== here.dataset.state || now.act !== act) && here === part("state")) {
      load(box.dataset.panel, {}, now.state === "confirmed");
    }
  } catch {
    lost(true);
  }
}

/** Minutes and seconds that are left; the polls correct it. */
function countDown(seconds) {
  const began = performance.now();
  let base = seconds;
  let known = String(seconds);
  let since = began;
  return setInterval(() => {
    const said = part("state").dataset.seconds;
    if (said !== known) {
      [known, base, since] = [said, Number(said), performance.now()];
    }
    const left = Math.max(0, Math.round(base - (performance.now() - since) / 1000));
    part("left").textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
  }, 1000);
}

function lost(isLost) {
  const line = part("lost");
  if (line && line.hidden === isLost) {
    line.hidden = !isLost;
  }
}

function sent(event) {
  event.preventDefault();
  const form = event.target;
  const data = new URLSearchParams(new FormData(form, event.submitter));
  if (form.method === "get") {
    load(`${form.action}?${data}`);
  } else if (!form.dataset.sent) {
    form.dataset.sent = "1";
    load(form.action, { method: "POST", body: data }, true);
  }
}

/** F9 asks; while there is nothing to ask, it leads to the panel. */
function pressed(event) {
  if (event.key === "F9" && !localStorage.getItem(OFF)) {
    event.preventDefault();
    box.querySelectorAll("details").forEach((details) => { details.open = true; });
    const button = part("ask") ?? box.querySelector("[data-focus]") ?? part("state") ?? box.querySelector("a");
    button?.scrollIntoView({ block: "nearest" });
    button?.focus();
  }
}

/** The matter of the script is the matter that is asked for, also when it changes. */
function follow() {
  const select = part("matter");
  const chosen = matterOfSheet();
  if (select && chosen && select.value !== chosen) {
    select.value = chosen;
    if (select.value === chosen) {
      select.form.requestSubmit();
    }
  }
}

function matterOfSheet() {
  return document.querySelector("#case-form input[name=matter]")?.value;
}

function forget() {
  box.querySelectorAll("[data-value]").forEach((value) => value.remove());
  box.querySelectorAll("#confirm-digits").forEach((digits) => digits.remove());
}

if (box) {
  box.addEventListener("submit", sent);
  box.addEventListener("change", (event) => {
    if (event.target.id === "confirm-matter") {
      event.target.form.requestSubmit();
    }
  });
  document.addEventListener("keydown", pressed);
  document.addEventListener("htmx:afterSettle", follow);
  window.addEventListener("pagehide", forget);
  window.addEventListener("pageshow", (event) => event.persisted && location.reload());
  if (part("state")) {
    show(box.innerHTML, false);
  } else {
    const matter = matterOfSheet();
    load(box.dataset.panel + (matter ? `&matter=${matter}` : ""));
  }
}
