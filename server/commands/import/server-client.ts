/** How the command line talks to a running server: patient with a busy one, plain about an absent one. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { ItemResult } from '../../../shared/events/outcomes.ts';
import type { Readiness } from '../../pipeline/services/services.ts';

/** The transfer cannot go on; the message says why and what to do. */
export class TransferFailed extends Error {}

export interface ServerClient {
  readiness(): Promise<Readiness>;
  /** One batch as lines, within the server's limits. Waits and repeats while the server is busy, restarting or away. */
  post(items: readonly Uint8Array[]): Promise<readonly ItemResult[]>;
}

const LINE_END = Buffer.from('\n');
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** @param patienceMs how long one batch is repeated before the transfer fails */
export function serverClient(url: string, patienceMs: number, onWait: (why: string, ms: number) => void): ServerClient {
  async function request(path: string, init?: RequestInit): Promise<Response> {
    try {
      return await fetch(new URL(path, url), { ...init, signal: AbortSignal.timeout(60_000) });
    } catch (error) {
      throw new NoAnswer(reasonOf(error));
    }
  }

  return {
    async readiness() {
      // Not ready is an answer too: its body says why.
      try {
        const response = await request('/readyz');
        return (await response.json()) as Readiness;
      } catch (error) {
        if (!(error instanceof NoAnswer || error instanceof SyntaxError)) throw error;
        throw new TransferFailed(
          `No war room answers at ${url} (${error instanceof NoAnswer ? error.message : 'its answer is not ours'}). Start it with npm start, or name another address with --url.`,
        );
      }
    },

    async post(items) {
      const body = Buffer.concat(items.flatMap((bytes) => [bytes, LINE_END]));
      const until = performance.now() + patienceMs;
      for (let tries = 0; ; tries += 1) {
        const answer = await attempt(() =>
          request('/api/events', { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body }),
        );
        if ('results' in answer) return answer.results;
        const wait = answer.retryAfterMs ?? Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tries);
        if (!answer.again || performance.now() + wait > until) throw new TransferFailed(answer.why);
        onWait(answer.why, wait);
        await sleep(wait);
      }
    },
  };
}

class NoAnswer extends Error {}

type Attempt =
  { readonly results: readonly ItemResult[] } | { readonly again: boolean; readonly why: string; readonly retryAfterMs: number | null };

async function attempt(send: () => Promise<Response>): Promise<Attempt> {
  let response: Response;
  try {
    response = await send();
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return { again: true, why: `the server does not answer (${error.message})`, retryAfterMs: null };
  }
  if (response.status === 202) return (await response.json()) as { results: readonly ItemResult[] };
  const text = await response.text();
  const again = response.status === 429 || response.status === 503;
  return { again, why: `the server answered ${response.status}: ${detailOf(text)}`, retryAfterMs: again ? retryAfter(response) : null };
}

/** Retry-After in its two forms, seconds or a date (RFC 9110, 10.2.3); null without one. */
function retryAfter(response: Response): number | null {
  const value = response.headers.get('retry-after');
  if (value === null) return null;
  const ms = /^\d+$/.test(value) ? Number(value) * 1_000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? null : Math.min(60_000, Math.max(0, ms));
}

function detailOf(text: string): string {
  try {
    const problem = JSON.parse(text) as { detail?: string; title?: string };
    return problem.detail ?? problem.title ?? text;
  } catch {
    return text.slice(0, 200);
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? ((error.cause as NodeJS.ErrnoException | undefined)?.code ?? error.message) : 'unknown';
  return cause === 'ECONNREFUSED' ? 'nothing listens there' : cause;
}
