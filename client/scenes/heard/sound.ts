/**
 * A tone and a spoken line. Browsers keep a page silent until somebody touched it, unless the kiosk's browser is started with
 * `--autoplay-policy=no-user-gesture-required`; whether this one may be heard is found out when somebody tries it.
 */
let context: AudioContext | null = null;

function audio(): AudioContext | null {
  // Some televisions have no Web Audio.
  if (typeof AudioContext === 'undefined') return null;
  return (context ??= new AudioContext());
}

/** Resolves to whether the browser lets the page be heard. */
async function unlocked(): Promise<boolean> {
  const found = audio();
  if (found === null) return false;
  // A browser that waits for a gesture leaves this promise open, so nobody waits for it alone.
  void found.resume().catch(() => undefined);
  for (let tries = 0; found.state !== 'running' && tries < 10; tries += 1) await new Promise((done) => setTimeout(done, 50));
  return found.state === 'running';
}

/** Two rising notes of a third of a second. */
const NOTES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.35 },
] as const;
const LONG_S = 0.3;

/** Resolves to whether it was heard. */
export async function tone(): Promise<boolean> {
  if (!(await unlocked()) || context === null) return false;
  for (const { hertz, at } of NOTES) {
    const note = context.createOscillator();
    const volume = context.createGain();
    const from = context.currentTime + at;
    note.frequency.value = hertz;
    volume.gain.setValueAtTime(0, from);
    volume.gain.linearRampToValueAtTime(0.4, from + 0.02);
    volume.gain.linearRampToValueAtTime(0, from + LONG_S);
    note.connect(volume).connect(context.destination);
    note.start(from);
    note.stop(from + LONG_S);
    note.addEventListener('ended', () => volume.disconnect());
  }
  return true;
}

/** @param language BCP 47; answers whether this browser has a voice for it */
export function say(text: string, language: string): boolean {
  if (typeof speechSynthesis === 'undefined') return false;
  const speech = language.toLowerCase().split('-')[0] ?? '';
  const voice = speechSynthesis.getVoices().find(({ lang }) => lang.toLowerCase().startsWith(speech));
  const line = new SpeechSynthesisUtterance(text);
  line.lang = language;
  if (voice !== undefined) line.voice = voice;
  speechSynthesis.speak(line);
  return voice !== undefined;
}
