/**
 * Fetches the glyphs of what a wall says while its server is away. The fonts are split by character and a browser fetches a
 * part when it first draws one of its characters: drawn for the first time without a server, they would be boxes.
 */
import { en } from '../i18n/en.ts';
import { zhCN } from '../i18n/zh-cn.ts';

/** After the first picture, and before the worker keeps the files of the page. */
const AFTER_MS = 1_000;
const WEIGHTS = [400, 500] as const;

function textsOf(words: unknown): readonly string[] {
  if (typeof words === 'string') return [words];
  return words !== null && typeof words === 'object' ? Object.values(words).flatMap(textsOf) : [];
}

export function awayWords(language: string): string {
  const { connection, age, strip, sentence } = language === 'en' ? en : zhCN;
  const { estimated, estimatedFire, estimatedSoon, stoppedUnclaimed, stoppedClaimed, stoppedResponded, breached, late } = strip;
  const ofStrip = [estimated, estimatedFire, estimatedSoon, stoppedUnclaimed, stoppedClaimed, stoppedResponded, breached, late];
  return [...textsOf(connection), ...textsOf(age), ...ofStrip, sentence.stopped].join('');
}

/** Called once for each page that is a wall. The returned function takes it back. */
export function loadAwayGlyphs(): () => void {
  const timer = window.setTimeout(() => {
    for (const weight of WEIGHTS) {
      // Where this fails the server is away already, and the browser draws with a font of its own.
      document.fonts.load(`${weight} 24px "Noto Sans SC"`, awayWords(document.documentElement.lang)).catch(() => undefined);
    }
  }, AFTER_MS);
  return () => window.clearTimeout(timer);
}
