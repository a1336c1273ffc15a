/** The start waits for the telephone: as soon as a call is there, its sheet opens. */

const waiting = document.getElementById("waiting");

async function look() {
  try {
    const answer = await fetch(waiting.dataset.poll, { headers: { Accept: "application/json" } });
    if (answer.redirected) {
      location.reload(); // the session ended: nobody waits for calls before the way in
      return;
    }
    const { call } = await answer.json();
    if (call) {
      location.assign(call);
    }
  } catch {
    // No connection, or the session ended: the button says so when it is used.
  }
}

if (waiting) {
  setInterval(look, 2000);
}
