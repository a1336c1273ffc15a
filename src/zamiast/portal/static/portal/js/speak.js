// Reads the identifier aloud, where the browser has a voice of the page's language.
// A voice of another language would say nonsense: then the button stays hidden.

/** The voice for a language such as "pl": the exact language first, the browser's default first. */
export function voiceFor(voices, language) {
  const fitting = voices.filter(
    (voice) => voice.lang.toLowerCase().replace("_", "-").split("-")[0] === language,
  );
  return fitting.find((voice) => voice.default) ?? fitting.find((voice) => voice.localService) ?? fitting[0] ?? null;
}

function prepare(button, speech) {
  const show = () => { button.hidden = !voiceFor(speech.getVoices(), button.dataset.speakLanguage); };
  speech.addEventListener?.("voiceschanged", show);
  button.addEventListener("click", () => {
    const wasSpeaking = speech.speaking;
    speech.cancel();
    if (wasSpeaking) return; // a second press stops
    const words = new SpeechSynthesisUtterance(button.dataset.speak);
    words.voice = voiceFor(speech.getVoices(), button.dataset.speakLanguage);
    words.lang = words.voice?.lang ?? button.dataset.speakLanguage;
    words.rate = 0.75;
    speech.speak(words);
  });
  show();
}

if (typeof document !== "undefined" && "speechSynthesis" in window) {
  document.querySelectorAll("[data-speak]").forEach((button) => prepare(button, window.speechSynthesis));
}
