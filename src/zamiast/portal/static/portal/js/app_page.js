// The page "The app": install it, keep things for when there is no network, lock, messages.
import { renew } from "./app.js";
import { addLock, dropLock, erase, isAnything, read, wished, write } from "./kept.js";

const part = (name) => document.getElementById(name);
const say = (box, name) => {
  const status = part(`${box}-status`);
  status.textContent = name ? status.dataset[name] : "";
};

function install() {
  let offer = null;
  window.addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    offer = event;
    part("install").hidden = false;
  });
  part("install").addEventListener("click", () => offer?.prompt());
}

async function offline() {
  const boxes = document.querySelectorAll("[data-wish]");
  const wish = await wished();
  for (const box of boxes) {
    box.checked = Boolean(wish[box.dataset.wish]);
    box.disabled = false;
    box.addEventListener("change", () => change(boxes).catch(() => say("offline", "failed")));
  }
}

async function change(boxes) {
  const wish = {};
  for (const box of boxes) if (box.checked) wish[box.dataset.wish] = "1";
  await write("wish", wish);
  if (isAnything(wish)) {
    await renew(part("offline").dataset.source);
    say("offline", "kept");
  } else {
    await erase("data");
    say("offline", "gone");
  }
}

async function lock() {
  const box = part("lock-switch");
  if (!window.PublicKeyCredential) return;
  part("lock").hidden = false;
  box.checked = Boolean(await read("lock"));
  box.addEventListener("change", async () => {
    try {
      const done = box.checked ? await addLock(box.dataset.label) : (await dropLock(), true);
      if (!done) box.checked = false;
      say("lock", done ? (box.checked ? "on" : "off") : "cannot");
    } catch {
      box.checked = !box.checked;
      say("lock", "failed");
    }
  });
}

const raw = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));

async function subscription(create) {
  const worker = await navigator.serviceWorker.ready;
  const there = await worker.pushManager.getSubscription();
  if (there || !create) return there;
  const key = raw(part("push").dataset.key);
  return worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key });
}

async function send(verb, one) {
  const form = new FormData(part("push-form"));
  const { endpoint, keys } = one.toJSON();
  form.set("verb", verb);
  form.set("endpoint", endpoint);
  form.set("p256dh", keys.p256dh);
  form.set("auth", keys.auth);
  const answer = await fetch(part("push-form").action, { method: "POST", body: form });
  if (!answer.ok) throw new Error("refused");
  return answer.json();
}

function show(switches) {
  for (const box of part("push-form").querySelectorAll("[type=checkbox]")) {
    if (switches) box.checked = switches[box.name];
  }
  part("push-off").hidden = !switches;
  part("push-on").textContent = part("push-on").dataset[switches ? "change" : "start"];
}

async function messages() {
  if (!("PushManager" in window)) return;
  part("push").hidden = false;
  const one = await subscription(false);
  if (one) show((await send("ask", one)).switches);
  part("push-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      if (await Notification.requestPermission() !== "granted") return say("push", "denied");
      show((await send("on", await subscription(true))).switches);
      say("push", "on");
    } catch {
      say("push", "failed");
    }
  });
  part("push-off").addEventListener("click", async () => {
    try {
      const now = await subscription(false);
      if (now) await send("off", now);
      await now?.unsubscribe();
      show(null);
      say("push", "off");
    } catch {
      say("push", "failed");
    }
  });
}

if ("serviceWorker" in navigator && window.indexedDB) {
  part("without-script").hidden = true;
  part("with-script").hidden = false;
  install();
  for (const one of [offline, lock, messages]) one().catch(() => {});
}
