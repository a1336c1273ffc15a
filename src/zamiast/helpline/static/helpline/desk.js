/**
 * The desk by keyboard: F keys anywhere on a call sheet, Ctrl+Enter in a note, number
 * keys while the list of matters has the focus. Everything works without this file too.
 */

import { findPlain } from "../web/js/pesel.js";
import { start as watchIdentifier } from "./identify.js";

const OFF = "desk-keys-off";
const F_KEYS = { F2: "without", F4: "urgent", F8: "hang-up-button" };

const byId = (id) => document.getElementById(id);

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
  const target = byId(F_KEYS[event.key] ?? "");
  if (!target || localStorage.getItem(OFF) || event.ctrlKey || event.altKey || event.metaKey) {
    return;
  }
  event.preventDefault();
  if (target.id === "urgent") {
    turnToUrgent(target);
  } else {
    target.click();
  }
}

/** Some people's tools use F keys: they can be turned off. */
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

/** Digits choose a matter: 7, or 1 and at once 2 for 12. Enter goes on to the note. */
function listenForNumbers(list) {
  let typed = "";
  let last = 0;
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }
    if (event.key === "Enter") {
      event.preventDefault();
      byId("note").focus();
    } else if (/^[0-9]$/.test(event.key)) {
      event.preventDefault();
      typed = event.timeStamp - last < 1200 ? typed + event.key : event.key;
      last = event.timeStamp;
      typed = choose(typed) ?? choose(event.key) ?? "";
    }
  });
}

function choose(number) {
  const radio = byId(`matter-${number}`);
  if (!radio) {
    return null;
  }
  radio.checked = true;
  radio.focus();
  return number;
}

/** A form is sent once, however often it is clicked. */
function sendOnce(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
    }
    form.dataset.sent = "1";
  });
}

function submitByCtrlEnter(field) {
  field.form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.form.requestSubmit(field.form.querySelector("[data-submit]"));
    }
  });
}

/** A small warning while a PESEL stands in the note; the server cuts it out whatever this says. */
function watchNote(field) {
  const line = byId("note_watch");
  field.addEventListener("input", () => {
    const warning = findPlain(field.value).length > 0 ? line.dataset.warning : "";
    if (line.textContent !== warning) {
      line.textContent = warning; // said once, not at every key
    }
  });
}

document.addEventListener("keydown", pressed);
document.querySelectorAll("#keys-switch").forEach(offerSwitch);
document.querySelectorAll("#matters").forEach(listenForNumbers);
document.querySelectorAll("#note").forEach((field) => field.form && submitByCtrlEnter(field));
document.querySelectorAll("#note").forEach(watchNote);
document.querySelectorAll("main form[method=post]").forEach(sendOnce);
document.querySelectorAll("#identify").forEach(watchIdentifier);
window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent);
});
