/**
 * The desk by keyboard: one key for each answer, F keys, a help overlay under "?".
 *
 * Steps of a script are swapped in place by htmx; everything works without this file too,
 * each step a POST. Keys are listened for on the page, so a swap changes nothing.
 */

import { findPlain } from "../web/js/pesel.js";
import { start as watchIdentifier } from "./identify.js";

const OFF = "desk-keys-off";
const F_KEYS = { F2: "without", F3: "professional", F4: "urgent", F7: "other-matter", F8: "hang-up-button" };

const byId = (id) => document.getElementById(id);
const isField = (element) => element.matches("input, textarea, select, [contenteditable]");

/** Where the focus was before the urgent exits were opened. */
let left = null;

/** Open the urgent exits; closed again, the consultant goes on where they were. */
function turnToUrgent(exits) {
  exits.open = !exits.open;
  if (exits.open) {
    left = document.activeElement;
    exits.querySelector("summary").focus();
  } else if (left?.isConnected && left !== document.body) {
    left.focus();
  }
}

function pressed(event) {
  if (!event.defaultPrevented && !event.altKey && !event.metaKey && !document.querySelector("dialog[open]")) {
    act(event);
  }
}

function act(event) {
  if (event.key === "Enter" && event.ctrlKey) {
    submitNote(event);
  } else if (!event.ctrlKey && !localStorage.getItem(OFF)) {
    (F_KEYS[event.key] ? byFKey : isField(event.target) ? inField : byLetter)(event);
  }
}

/** On another page than the call sheet F4 leads to the exits of the call under way. */
function leadToUrgent(event) {
  const call = document.querySelector(".navigation a.live");
  if (event.key === "F4" && call) {
    event.preventDefault();
    location.assign(`${call.href.split("?")[0]}#urgent`);
  }
}

function byFKey(event) {
  const target = byId(F_KEYS[event.key]);
  if (!target) {
    leadToUrgent(event);
    return;
  }
  event.preventDefault();
  if (target.id === "urgent") {
    turnToUrgent(target);
  } else if (target.matches("details")) {
    target.open = !target.open;
    const first = target.open ? target.querySelector("input:not([type=hidden])") : null;
    (first ?? target.querySelector("summary")).focus();
  } else {
    target.click();
  }
}

/** Ctrl+Enter in the form of the note: what the script proposes. */
function submitNote(event) {
  const form = event.target.closest("form") ?? byId("case-form");
  const button = form?.querySelector("[data-submit]");
  if (button) {
    event.preventDefault();
    form.requestSubmit(button);
  }
}

/** A digit chooses whose number it is, and leads to the number. */
function chooseKind(event) {
  const chosen = event.target.form.querySelector(`[type=radio][data-key="${event.key}"]`);
  if (chosen) {
    event.preventDefault();
    chosen.checked = true;
    byId("named").focus();
  }
}

/** Esc in the note leads back to the question. */
function inField(event) {
  if (event.target.type === "radio" && /^[1-9]$/.test(event.key)) {
    chooseKind(event);
  }
  if (event.key === "Escape" && event.target.id === "note") {
    const next = document.querySelector("#at-hand button, #at-hand input:not([type=hidden]), #case-form [data-submit]");
    next?.focus();
  }
}

function byLetter(event) {
  if (event.key === "?") {
    event.preventDefault();
    byId("keys-help")?.showModal();
  } else if (event.key === "n" && byId("note")) {
    event.preventDefault();
    byId("note").focus();
  } else if (event.key === "r" && byId("look")) {
    event.preventDefault();
    byId("look").click();
  } else if (event.key === "Backspace" && byId("back")) {
    event.preventDefault();
    byId("back").click();
  } else if (/^[0-9]$/.test(event.key)) {
    byDigit(event);
  } else if (event.key === "Enter" && !event.target.matches("a, button, summary")) {
    byId("take-call")?.click();
  }
}

/** A key that waited for this file; Enter belongs to what the key before it has chosen. */
function catchUp(event) {
  if (event.key === "Enter" && event.target.matches("a, button, summary")) {
    document.activeElement.click();
  } else {
    act(event);
  }
}

let typed = "";
let last = 0;

/** A digit answers; where more matters begin with it, a second digit or Enter decides. */
function byDigit(event) {
  typed = event.timeStamp - last < 1200 ? typed + event.key : event.key;
  last = event.timeStamp;
  const all = [...document.querySelectorAll("#answers [data-key], #matters [data-key]")];
  const found = all.find((one) => one.dataset.key === typed) ?? all.find((one) => one.dataset.key === event.key);
  if (!found) {
    return;
  }
  event.preventDefault();
  typed = found.dataset.key;
  found.focus();
  if (!all.some((one) => one !== found && one.dataset.key.startsWith(typed))) {
    typed = "";
    found.click();
  }
}

/** Some people's tools use these keys: they can be turned off. */
function offerSwitch(button) {
  const show = () => {
    button.textContent = localStorage.getItem(OFF) ? button.dataset.on : button.dataset.off;
  };
  button.hidden = false;
  show();
  button.addEventListener("click", () => {
    if (localStorage.getItem(OFF)) {
      localStorage.removeItem(OFF);
    } else {
      localStorage.setItem(OFF, "1");
    }
    show();
  });
}

/** A form is sent once, however often it is clicked. */
function sendOnce(event) {
  const form = event.target;
  if (!form.matches("main form[method=post]") || event.defaultPrevented) {
    return;
  }
  if (form.dataset.sent) {
    event.preventDefault();
  }
  form.dataset.sent = "1";
}

/** A small warning while a PESEL stands in the note; the server cuts it out whatever this says. */
function watchNote(event) {
  const line = byId("note_watch");
  if (event.target.id !== "note" || !line) {
    return;
  }
  const warning = findPlain(event.target.value).length > 0 ? line.dataset.warning : "";
  if (line.textContent !== warning) {
    line.textContent = warning; // said once, not at every key
  }
}

/** Minutes and seconds in the call; read aloud by nobody. */
function countTime(element) {
  const began = Date.now() - Number(element.dataset.seconds) * 1000;
  const show = () => {
    const seconds = Math.max(0, Math.round((Date.now() - began) / 1000));
    element.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  };
  show();
  setInterval(show, 1000);
}

/** No answer, or the server is in trouble: say so; the page and what was typed stay. */
function noAnswer() {
  const line = byId("no-answer");
  if (line) {
    line.hidden = false;
    line.textContent = line.dataset.text; // said again at the next try
    line.scrollIntoView({ block: "nearest" });
  }
}

function answered() {
  const line = byId("no-answer");
  if (line) {
    line.hidden = true;
    line.textContent = "";
  }
}

/** A sheet with a sentence (400) is shown like any other; what is no sheet is a whole page. */
function swapOnlySteps(event) {
  const { xhr } = event.detail;
  if (xhr.status >= 500) {
    event.detail.shouldSwap = false;
    noAnswer();
    return;
  }
  answered();
  event.detail.shouldSwap = xhr.responseText.includes('id="work"');
  event.detail.isError = false;
  if (!event.detail.shouldSwap) {
    location.reload();
  }
}

document.addEventListener("keydown", pressed);
document.addEventListener("input", watchNote);
document.addEventListener("submit", sendOnce);
document.addEventListener("htmx:beforeSwap", swapOnlySteps);
document.addEventListener("htmx:sendError", noAnswer);
document.addEventListener("htmx:timeout", noAnswer);
document.querySelectorAll("#keys-switch").forEach(offerSwitch);
document.querySelectorAll("#in-call").forEach(countTime);
document.querySelectorAll("#identify").forEach(watchIdentifier);
if (location.hash === "#urgent" && byId("urgent")) {
  history.replaceState(null, "", location.pathname + location.search);
  turnToUrgent(byId("urgent"));
}
window.takeEarlyKeys?.().forEach(catchUp);
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
