// The board speaks: a chime and a voice for each new call. Without a voice, or before the browser allows sound, it is silent.

const announced = new Map(); // number -> calls that were announced
const waiting = [];
let speaking = false, sound;

function calls() {
  return [...document.querySelectorAll("[data-call][data-state=CALLED]")].map(({ dataset }) => dataset);
}

function chime() {
  if (sound?.state !== "running") return Promise.resolve();
  for (const [tone, after] of [[784, 0], [587, .28]]) {
    const [wave, volume, at] = [sound.createOscillator(), sound.createGain(), sound.currentTime + after];
    wave.frequency.value = tone;
    volume.gain.setValueAtTime(.25, at);
    volume.gain.exponentialRampToValueAtTime(.001, at + .7);
    wave.connect(volume).connect(sound.destination);
    wave.start(at);
    wave.stop(at + .75);
  }
  return new Promise((done) => setTimeout(done, 900));
}

function voice() {
  const wanted = document.documentElement.lang.slice(0, 2).toLowerCase();
  return window.speechSynthesis?.getVoices().find((one) => one.lang.toLowerCase().startsWith(wanted));
}

function say(text) {
  const one = voice();
  if (!one) return Promise.resolve();
  return new Promise((done) => {
    const words = new SpeechSynthesisUtterance(text);
    words.voice = one;
    words.lang = one.lang;
    words.rate = .9;
    words.onend = words.onerror = done;
    setTimeout(done, 12000); // some browsers never say that they are done
    window.speechSynthesis.speak(words);
  });
}

async function announce() {
  if (speaking) return;
  speaking = true;
  while (waiting.length) {
    const text = waiting.shift();
    await chime();
    await say(text);
  }
  speaking = false;
}

function look(first = false) {
  const now = calls();
  for (const { call, calls: times, say: text } of now.reverse()) {
    if (announced.get(call) === times) continue;
    announced.set(call, times);
    if (!first) waiting.push(text);
  }
  const standing = new Set(now.map(({ call }) => call));
  for (const call of announced.keys()) if (!standing.has(call)) announced.delete(call);
  announce();
}

const button = document.querySelector(".board-sound");
function listenForSound() {
  sound ??= window.AudioContext ? new AudioContext() : undefined;
  button.hidden = !sound || sound.state === "running";
}
button.addEventListener("click", async () => { await sound.resume(); listenForSound(); });

const clock = document.querySelector("[data-zone]");
const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: clock.dataset.zone });
setInterval(() => { clock.textContent = time.format(new Date()); }, 1000);

document.addEventListener("htmx:afterSwap", () => look());
look(true);
listenForSound();
