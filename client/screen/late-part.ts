/** A part of a page that comes after the page has been drawn. */
import { reloadSoon } from './reload.ts';

/** How often a page that lacks a part looks whether its server answers, ms. */
const LOOK_MS = 5_000;

const serverAnswers = (): Promise<boolean> =>
  fetch('/healthz', { cache: 'no-store', signal: AbortSignal.timeout(LOOK_MS) }).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * Loads a part that the page is drawn without. Where the line is cut meanwhile, what is drawn stays: browsers remember that a
 * module did not come and do not ask for it again, so the page is loaded anew, but not before its server answers.
 */
export async function loadLate<T>(load: () => Promise<T>, answers = serverAnswers, reload = reloadSoon): Promise<T> {
  try {
    return await load();
  } catch {
    let answered = false;
    const look = async (): Promise<void> => {
      answered = await answers();
      window.setTimeout(() => void look(), LOOK_MS);
    };
    void look();
    reload(() => !answered);
    return new Promise(() => undefined);
  }
}
