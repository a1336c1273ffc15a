/**
 * The identifier while it is typed: digits in groups, and at once what to ask for again.
 *
 * Nothing is sent before it is well-formed. A PESEL is taken out of the field at once.
 * The sentences come from the server (wording.py), which says the same without this file.
 */

import { compact, diagnose, format, isValid, looksLikePesel } from "../web/js/identifier.js";

const LENGTH = 12;

/** What to say about a text: { kind, text, why }; kind is "good", "bad", "pesel" or "". */
export function judge(text, words) {
  const digits = compact(text);
  if (looksLikePesel(text)) {
    return { kind: "pesel", text: words.pesel };
  }
  if (digits === "") {
    return { kind: "", text: "" };
  }
  if (!/^[0-9]+$/.test(digits)) {
    return { kind: "bad", text: words.letters };
  }
  if (isValid(digits)) {
    return { kind: "good", text: words.good };
  }
  if (digits.length < LENGTH) {
    return { kind: "", text: words.progress.replace("%(count)s", digits.length) };
  }
  return explain(digits, words);
}

/** Why a whole number is wrong, and which group to ask for again. */
export function explain(digits, words) {
  const slips = diagnose(digits);
  if (slips.length === 0) {
    return { kind: "bad", text: digits.length === LENGTH ? words.unclear : words.length };
  }
  if (slips.length === 1 && slips[0].slip === "swapped_groups") {
    return { kind: "bad", text: words.order, why: words.swapped[slips[0].groups.join()] };
  }
  const groups = [...new Set(slips.flatMap((slip) => slip.groups))].sort((one, two) => one - two);
  if (groups.length > 2) {
    return { kind: "bad", text: words.unclear };
  }
  const kinds = new Set(slips.map((slip) => slip.slip));
  return { kind: "bad", text: words.ask[groups.join()], why: kinds.size === 1 ? words.why[slips[0].slip] : "" };
}

/** Group the digits and keep the caret behind the digit where it was. */
function regroup(field) {
  const before = compact(field.value.slice(0, field.selectionStart)).length;
  const grouped = format(field.value);
  if (grouped === field.value) {
    return;
  }
  field.value = grouped;
  let caret = 0;
  for (let seen = 0; seen < before && caret < grouped.length; caret += 1) {
    seen += grouped[caret] === " " ? 0 : 1;
  }
  field.setSelectionRange(caret, caret);
}

/** Watch the form of the sheet. */
export function start(form) {
  const words = JSON.parse(document.getElementById("words").textContent);
  const field = form.elements.number;
  const answer = document.getElementById("answer");
  const misheard = form.elements.misheard;
  let counted = "";

  const show = ({ kind, text, why = "" }) => {
    answer.className = `answer ${kind}`;
    const strong = document.createElement("strong");
    strong.textContent = text;
    const line = document.createElement("p");
    line.append(strong, why ? ` ${why}` : "");
    answer.replaceChildren(...(text ? [line] : []));
    field.toggleAttribute("aria-invalid", false);
    if (kind === "bad" || kind === "pesel") {
      field.setAttribute("aria-invalid", "true");
    }
  };

  const count = (digits) => {
    if (digits !== counted) {
      counted = digits;
      misheard.value = Number(misheard.value) + 1;
    }
    giveUp(Number(misheard.value) >= words.tries);
  };

  /** Show the way out after too many tries; a number heard right at last takes its place. */
  const giveUp = (now) => {
    document.getElementById("give-up").hidden = !now;
  };

  const look = ({ isWhole }) => {
    const verdict = judge(field.value, words);
    if (verdict.kind === "pesel" && !isWhole) {
      Object.assign(verdict, { kind: "", text: words.progress.replace("%(count)s", LENGTH - 1) });
    }
    if (verdict.kind === "pesel") {
      field.value = "";
    } else {
      regroup(field);
    }
    const digits = compact(field.value);
    if (verdict.kind === "bad" && digits.length >= LENGTH) {
      count(digits);
    } else if (verdict.kind === "good") {
      giveUp(false);
    }
    show(verdict);
    return verdict;
  };

  const insist = () => {
    const digits = compact(field.value);
    if (digits.length === LENGTH - 1) {
      count(digits);
      show(explain(digits, words));
    }
    field.focus();
  };

  const answered = (outcome) => {
    if (["identified", "no_call", "no_session"].includes(outcome)) {
      location.assign(form.dataset.sheet); // the server shows what comes next, or the login
    } else {
      show({ kind: "bad", text: words.outcomes[outcome] ?? words.offline });
      if (outcome === "limited") {
        giveUp(true);
      }
      field.select();
    }
  };

  const send = async () => {
    show({ kind: "busy", text: words.sending });
    try {
      const response = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      answered(response.type === "opaqueredirect" ? "no_session" : (await response.json()).outcome);
    } catch {
      show({ kind: "bad", text: words.offline });
    } finally {
      delete form.dataset.sent;
    }
  };

  // In the middle a group is typed again: eleven digits there are no number yet.
  const isAtEnd = () => field.selectionStart === field.value.length;
  field.addEventListener("input", () => look({ isWhole: isAtEnd() }));
  if (document.activeElement === field && field.value) {
    look({ isWhole: true }); // typed before this file was there
  }
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (look({ isWhole: true }).kind === "good") {
      send();
    } else {
      delete form.dataset.sent;
      insist();
    }
  });
}
