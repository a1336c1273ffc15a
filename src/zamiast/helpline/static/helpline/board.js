/** The supervisor's board: asks for its figures every few seconds while it is on the screen. */

const EVERY = 5000;
const board = document.getElementById("board");
const ALARMS = ["overdue", "late"];

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
      const shown = String(value).replace(/\B(?=(\d{3})+$)/g, "\u00a0");
      if (place && place.textContent !== shown) {
        place.textContent = shown;
        place.classList.toggle("alarm", ALARMS.includes(code) && value > 0);
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
