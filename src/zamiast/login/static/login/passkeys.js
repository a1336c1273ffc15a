// Asks the browser for a passkey and puts its answer into the form.
//
// A form with data-passkey="create", "get" or "login" holds a hidden field "credential"
// (or one marked data-passkey-answer) and a button with data-passkey-start. What the server asks for stands in the JSON of
// the element "passkey_data"; a login fetches it, so that the page itself needs no session.
"use strict";
(() => {
  const codec = window.webauthnJSON;

  function options(form) {
    const data = JSON.parse(document.getElementById("passkey_data").textContent);
    return data.creation_options || data.request_options;
  }

  async function loginOptions(form) {
    const answer = await fetch(form.action, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error("no options");
    return (await answer.json()).request_options;
  }

  const ways = {
    create: async (form) => codec.create(options(form)),
    get: async (form) => codec.get(options(form)),
    login: async (form) => codec.get(await loginOptions(form)),
  };

  async function start(form, button) {
    const problem = form.querySelector("[data-passkey-problem]");
    problem.hidden = true;
    button.disabled = true;
    try {
      const credential = await ways[form.dataset.passkey](form);
      const answer = form.querySelector("[data-passkey-answer]") || form.elements.credential;
      answer.value = JSON.stringify(credential);
      HTMLFormElement.prototype.submit.call(form); // a field of the form may be named submit
    } catch (error) {
      problem.hidden = false;
      button.disabled = false;
      button.focus();
    }
  }

  document.querySelectorAll("form[data-passkey]").forEach((form) => {
    if (!window.PublicKeyCredential) return;
    const button = form.querySelector("[data-passkey-start]");
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      start(form, button);
    });
  });
})();
