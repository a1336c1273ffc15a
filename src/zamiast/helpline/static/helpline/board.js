/** The supervisor's board: asks for its figures every few seconds while it is on the screen. */

const EVERY = 5000;
const board = document.getElementById("board");
const ALARMS = ["overdue", "late"];
const LONG_WAIT = 120; // seconds, as in report_page.py

/** Late work, or callers of whom the first waits too long. */
function isAlarm(code, value, figures) {
  if (code === "callers" || code === "longest") {
    return figures.longest > LONG_WAIT;
  }
  return ALARMS.includes(code) && value > 0;
}

async function ask() {
  if (document.hidden) {
    return;
  }
  try {
    const answer = await fetch(board.dataset.now, { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error(answer.status);
    }
    const figures = await answer.json();
    Object.entries(figures).forEach(([code, value]) => {
      const place = board.querySelector(`[data-figure="${code}"]`);
      const shown = String(value ?? 0).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
      if (place && place.textContent !== shown) {
        place.textContent = shown;
        place.classList.toggle("alarm", isAlarm(code, value, figures));
      }
    });
    board.classList.remove("stale");
  } catch {
    board.classList.add("stale"); // the figures pale until the next answer
  }
}

if (board) {
  setInterval(ask, EVERY);
}
