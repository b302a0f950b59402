/** A fixture server and a browser for all tests of a file; it is called at the head of the file. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, inject } from 'vitest';
import { openChromium } from './chromium.ts';
import { fixtureNow } from './fixture-now.ts';
import { startFixtureServer } from './fixture-server.ts';
import type { FixtureScene, FixtureServer } from './fixture-server.ts';

export interface FixtureWall {
  readonly server: FixtureServer;
  readonly browser: Browser;
}

export function fixtureWall(first: FixtureScene): FixtureWall {
  let server: FixtureServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await startFixtureServer(inject('clientRoot'), first, fixtureNow);
    browser = await openChromium();
  });
  afterAll(async () => {
    await browser?.close();
    await server?.close();
  });
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
  };
}
