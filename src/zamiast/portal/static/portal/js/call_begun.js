// Counts the minutes down in which the code works; loads the page anew when the code arrived,
// when the call was taken, and when the time is over.

const left = document.getElementById("call-left");
const known = document.getElementById("call-begun");
const began = performance.now();

function show() {
  const seconds = Math.max(0, Math.round(left.dataset.seconds - (performance.now() - began) / 1000));
  left.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

async function look() {
  try {
    const answer = await fetch(known.dataset.poll, { headers: { Accept: "application/json" } });
    const { state } = await answer.json();
    if (state !== known.dataset.state) {
      location.reload();
    }
  } catch {
    // The next look tries again; "Calls" says when there is no connection.
  }
}

if (left) {
  show();
  setInterval(show, 1000);
}
setInterval(look, 3000);
