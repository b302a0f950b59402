import { availableParallelism } from 'node:os';
import react from '@vitejs/plugin-react';
import { compression, defineAlgorithm } from 'vite-plugin-compression2';
import { defineConfig, type TestUserConfig } from 'vitest/config';
import { LongestFirst } from './tests/helpers/longest-first.ts';

/** Suites by what they need: `unit` nothing, the others real parts (see tests/README.md). */
const suite = (name: string, include: string[], testTimeout: number, more: TestUserConfig = {}) => ({
  extends: true as const,
  test: { name, include, testTimeout, hookTimeout: 120_000, ...more },
});

/**
 * Test files that run at the same time. Vitest itself leaves one core free, so on two cores it would run one file at a time,
 * and the machine would be idle whenever a test waits for a broker, a browser or a server.
 */
const maxWorkers = Math.max(2, availableParallelism() - 1);

/** Every browser this client runs in reads woff2; the older format would double the files shipped. */
const woff2Only = {
  name: 'woff2-only',
  enforce: 'pre' as const,
  transform(code: string, id: string) {
    return /@fontsource.*\.css$/u.test(id) ? code.replaceAll(/, url\([^)]+\.woff\) format\('woff'\)/gu, '') : undefined;
  },
};

/**
 * Tables measure the scrollbar by a style sheet of their own and do not hand it the nonce of the page, so that the policy refuses
 * the sheet and every table leaves a message in the console.
 */
const measuredWithNonce = {
  name: 'measured-with-nonce',
  transform(code: string, id: string) {
    if (!id.endsWith('@rc-component/util/es/getScrollBarSize.js')) return undefined;
    const nonce = `document.querySelector('meta[name="style-nonce"]')?.content`;
    const mended = code.replace(/\}`, randomId\);/u, `}\`, randomId, { csp: { nonce: ${nonce} } });`);
    if (mended === code) throw new Error('getScrollBarSize has changed: see whether its style sheet has the nonce now');
    return mended;
  },
};

/** Files are sent compressed, and compressed once, here: as Brotli where the page came over https or from this machine, else as gzip. */
const compressed = compression({
  include: [/\.(js|css|svg)$/u],
  threshold: 1_024,
  algorithms: [defineAlgorithm('brotliCompress'), defineAlgorithm('gzip', { level: 9 })],
});

export default defineConfig({
  root: 'client',
  plugins: [react(), woff2Only, measuredWithNonce, compressed],
  // For older browsers the build would rewrite `:dir(rtl)` to a list of languages, which no name of a person says it is written in.
  build: {
    cssTarget: ['chrome120', 'firefox121', 'safari16.4'],
    outDir: '../dist/client',
    emptyOutDir: true,
    // What imports what, for the test of its weight; the server sends no file of a folder that begins with a dot.
    manifest: true,
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1_500,
  },
  server: { proxy: { '/api': 'http://127.0.0.1:8080', '/socket.io': { target: 'http://127.0.0.1:8080', ws: true } } },
  test: {
    root: '.',
    maxWorkers,
    sequence: { sequencer: LongestFirst },
    // A fact that is waited for may come late on a busy machine; Vitest itself gives up after a second.
    expect: { poll: { timeout: 60_000 } },
    projects: [
      // A fresh module registry for each of these many files would cost a third of their time. They share no state that outlives a file.
      suite('unit', ['tests/{architecture,helpers,shared,server,client}/**/*.test.{ts,tsx}'], 180_000, { isolate: false }),
      suite('oracle', ['tests/oracle/**/*.test.ts'], 600_000, { hookTimeout: 600_000 }),
      suite('contracts', ['tests/contracts/**/*.test.ts'], 120_000),
      suite('scenarios', ['tests/scenarios/**/*.test.ts'], 180_000),
      suite('e2e', ['tests/e2e/**/*.test.ts'], 300_000, { globalSetup: 'tests/helpers/e2e-setup.ts' }),
      suite('faults', ['tests/faults/**/*.test.ts'], 600_000),
    ],
  },
});
