/**
 * Keys pressed before the desk's script is there. They wait here and are done as soon as it is.
 *
 * A small classic script in the head: it listens before anything of the page can be seen.
 * What belongs to a field or a focused button is left to the browser; Enter after a key that
 * waits waits, too.
 */

(() => {
  const F_KEYS = ["F2", "F3", "F4", "F7", "F8"];
  const kept = [];

  function isOurs(event) {
    if (event.altKey || event.metaKey || event.ctrlKey || localStorage.getItem("desk-keys-off")) {
      return false;
    }
    const nothing = event.target === document.body || event.target === document.documentElement;
    const isField = event.target.matches("input, textarea, select");
    const decides = event.key === "Enter" && (nothing || (kept.length > 0 && !isField)); // the digit before it
    return F_KEYS.includes(event.key) || decides || (!isField && /^[0-9n?]$/.test(event.key));
  }

  function keep(event) {
    if (isOurs(event)) {
      event.preventDefault();
      kept.push(event);
    }
  }

  document.addEventListener("keydown", keep);

  /** The desk's script takes over: the keys that waited, once. */
  window.takeEarlyKeys = () => {
    document.removeEventListener("keydown", keep);
    return kept.splice(0);
  };
})();
