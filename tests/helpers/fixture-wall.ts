/**
 * A browser for all tests of a file and a fixture server for each; it is called at the head of the file. The clock of the server
 * runs from `fixtureNow` on: one server for all would let deadlines pass where a slow machine takes minutes for the file.
 */
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest';
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
    browser = await openChromium();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    server = await startFixtureServer(inject('clientRoot'), first, fixtureNow);
  });
  afterEach(() => server?.close());
  return {
    get server() {
      return server;
    },
    get browser() {
      return browser;
    },
  };
}
