// On every page of the portal: makes it an app, renews what is kept, forgets it at log-out and
// where the account is closed.
import { forget, isAnything, keep, wished, write } from "./kept.js";

const page = document.documentElement;

async function begin() {
  await navigator.serviceWorker.register("/service-worker.js");
  const settings = await caches.open("zamiast-settings");
  await settings.put("/language", new Response(page.lang));
}

/** Fetches what is to be kept; fails after a log-out or with no network, and what is there stays. */
export async function renew(address) {
  const wish = await wished();
  if (!isAnything(wish)) return;
  await write("wish", wish);
  const answer = await fetch(`${address}?${new URLSearchParams(wish)}`, {
    headers: { Accept: "application/json" }, redirect: "error",
  });
  if (!answer.ok) throw new Error("not given");
  await keep(await answer.json());
}

function forgetAtLogout() {
  for (const form of document.querySelectorAll("form[data-logout]")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      forget().catch(() => {}).finally(() => form.submit());
    });
  }
}

if ("serviceWorker" in navigator && window.indexedDB) {
  begin().catch(() => {});
  forgetAtLogout();
  if (document.querySelector("[data-forget]")) forget().catch(() => {});
  const source = document.querySelector("div[data-kept]");
  if (source) renew(source.dataset.kept).catch(() => {});
}
