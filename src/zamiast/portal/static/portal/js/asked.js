// Shows the banner as soon as the helpline asks something, and says when there is no connection.

const POLL = 8000;
const banner = document.getElementById("asked");
const lost = document.getElementById("call-lost");
const known = document.getElementById("call-state");

/** One look, if anybody can see it; on the page of calls, what changed is loaded anew. */
async function look() {
  if (document.hidden) {
    return;
  }
  try {
    const answer = await fetch(banner.dataset.poll + (known ? "?lines" : ""), { headers: { Accept: "application/json" } });
    if (answer.redirected || !answer.ok) {
      throw new Error("not answered");
    }
    const { asked, mark } = await answer.json();
    say(false);
    if (known && (asked === banner.hidden || mark !== known.dataset.mark)) {
      location.reload();
    }
    banner.hidden = !asked;
  } catch {
    say(true);
  }
}

function say(isLost) {
  if (lost) {
    lost.hidden = !isLost;
    lost.textContent = isLost ? lost.dataset.lost : "";
    known.hidden = isLost;
  }
}

if (banner) {
  setInterval(look, known ? 3000 : POLL);
  document.addEventListener("visibilitychange", look);
}
