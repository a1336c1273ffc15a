// What stays on this phone for when there is no network: the holder's wish, the data, and,
// where the app is locked, the keys that only a passkey opens.
//
// With a lock the data are sealed for a public key that stands here in clear, so that they
// are renewed without asking; the private key is encrypted with a secret that the phone
// gives away only after finger, face or PIN (WebAuthn's extension "prf").

const NAME = "zamiast";
const STORE = "kept";

function opened() {
  return new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE);
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

async function within(mode, act) {
  const database = await opened();
  try {
    return await new Promise((resolve, reject) => {
      const asked = act(database.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  } finally {
    database.close();
  }
}

export const read = (key) => within("readonly", (store) => store.get(key));
export const write = (key, value) => within("readwrite", (store) => store.put(value, key));
export const erase = (key) => within("readwrite", (store) => store.delete(key));
export const forget = () => within("readwrite", (store) => store.clear());

const text = (bytes) => new TextDecoder().decode(bytes);
const bytes = (said) => new TextEncoder().encode(said);
const random = (count) => crypto.getRandomValues(new Uint8Array(count));
const RSA = { name: "RSA-OAEP", hash: "SHA-256" };

/** Keeps what the server gave; sealed, where there is a lock. An answer that comes after the
 *  holder logged out, or wished it no longer, is dropped: asked and written in one transaction. */
export async function keep(data) {
  const lock = await read("lock");
  const value = lock ? await sealed(data, lock.open) : { clear: data };
  return within("readwrite", (store) => {
    const asked = store.get("wish");
    asked.addEventListener("success", () => {
      if (isAnything(asked.result)) store.put(value, "data");
    });
    return asked;
  });
}

/** What is to be kept, by name. An app on the home screen is on somebody's own phone: there it
 *  is the identifier, until the holder says otherwise. A browser may be shared: there, nothing. */
export async function wished() {
  const isInstalled = matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
  return (await read("wish")) || (isInstalled ? { identifier: "1" } : {});
}

export const isAnything = (wish) => Object.keys(wish || {}).length > 0;

async function sealed(data, open) {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt"]);
  const iv = random(12);
  return {
    iv,
    body: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, bytes(JSON.stringify(data))),
    key: await crypto.subtle.encrypt(RSA, await imported(open), await crypto.subtle.exportKey("raw", key)),
  };
}

const imported = (open) => crypto.subtle.importKey("spki", open, RSA, false, ["encrypt"]);

/** What is kept: {data}, {locked: true}, or {} for nothing. */
export async function look() {
  const kept = await read("data");
  if (!kept) return {};
  return kept.body ? { locked: true } : { data: kept.clear };
}

/** Opens what is sealed; the phone asks for finger, face or PIN. */
export async function unlock() {
  const [kept, lock] = [await read("data"), await read("lock")];
  const secret = await secretOf(lock);
  const raw = await crypto.subtle.decrypt({ name: "AES-GCM", iv: lock.iv }, secret, lock.closed);
  const own = await crypto.subtle.importKey("pkcs8", raw, RSA, false, ["decrypt"]);
  const inner = await crypto.subtle.decrypt(RSA, own, kept.key);
  const key = await crypto.subtle.importKey("raw", inner, "AES-GCM", false, ["decrypt"]);
  return JSON.parse(text(await crypto.subtle.decrypt({ name: "AES-GCM", iv: kept.iv }, key, kept.body)));
}

/** Switches the lock on; false where this phone's passkeys cannot do it. */
export async function addLock(label) {
  const made = await navigator.credentials.create({
    publicKey: {
      rp: { name: "Zamiast" },
      user: { id: random(16), name: label, displayName: label },
      challenge: random(32),
      pubKeyCredParams: [{ type: "public-key", alg: -7 }, { type: "public-key", alg: -257 }],
      authenticatorSelection: { userVerification: "required", residentKey: "discouraged" },
      extensions: { prf: {} },
    },
  });
  if (!made.getClientExtensionResults().prf?.enabled) return false;
  const lock = { credential: made.rawId, salt: random(32), iv: random(12) };
  const pair = await crypto.subtle.generateKey(
    { ...RSA, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) }, true, ["encrypt", "decrypt"],
  );
  const secret = await secretOf(lock);
  lock.open = await crypto.subtle.exportKey("spki", pair.publicKey);
  const own = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  lock.closed = await crypto.subtle.encrypt({ name: "AES-GCM", iv: lock.iv }, secret, own);
  const { data } = await look();
  await write("lock", lock);
  if (data) await keep(data);
  return true;
}

/** Switches the lock off, after it was opened once more. */
export async function dropLock() {
  const kept = await read("data");
  const data = kept?.body ? await unlock() : (await secretOf(await read("lock")), undefined);
  await erase("lock");
  if (data) await keep(data);
}

async function secretOf(lock) {
  const shown = await navigator.credentials.get({
    publicKey: {
      challenge: random(32),
      allowCredentials: [{ type: "public-key", id: lock.credential }],
      userVerification: "required",
      extensions: { prf: { eval: { first: lock.salt } } },
    },
  });
  const first = shown.getClientExtensionResults().prf?.results?.first;
  if (!first) throw new Error("no secret");
  const base = await crypto.subtle.importKey("raw", first, "HKDF", false, ["deriveKey"]);
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: lock.salt, info: bytes("zamiast app lock 1") },
    base, { name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"],
  );
}
