/**
 * A real Chromium for tests: the one npm carries for Linux x64, or a system Chrome named by
 * CHROME_PATH. `close` ends it and everything it opened.
 */
import sparticuz from '@sparticuz/chromium';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

/**
 * Nothing phones home: updates, sync and field trials would make tests depend on the network.
 * sparticuz' own list of flags is left out: it is made for a cloud function, runs everything in one process that
 * dies with its first page, and switches web security off, which would hide what the policy headers forbid.
 */
const quiet = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export async function openChromium(): Promise<Browser> {
  const own = process.env['CHROME_PATH'];
  // sparticuz unpacks its browser to the temporary folder at first use and answers with the path.
  const executablePath = own ?? (await sparticuz.executablePath());
  const browser = await chromium.launch({ executablePath, args: quiet, headless: true });
  // The half minute that playwright waits by itself is too short for a page on a busy machine.
  browser.on('context', (context) => context.setDefaultTimeout(60_000));
  return browser;
}
