/** Runs once before the e2e suite: has the client built that all its files show, and unpacks the browser before two files need it at once. */
import type { TestProject } from 'vitest/node';
import { builtClient } from './built-client.ts';
import { openChromium } from './chromium.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the client, built as it is shipped. */
    clientRoot: string;
  }
}

export default async function prepare({ provide }: TestProject): Promise<void> {
  provide('clientRoot', await builtClient('e2e'));
  await (await openChromium()).close();
}
