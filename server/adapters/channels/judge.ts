/** What an answer means: whether the message arrived, whether it is worth another try, and when. */
import type { SendOutcome } from '../../pipeline/ports/channels.ts';
import type { HttpAnswer } from './http-request.ts';

const SECOND = 1_000;
/** A provider that asks for more patience than this is tried earlier. */
const MOST_PATIENCE_MS = 15 * 60 * SECOND;
/** Signatures hold for an hour; a clock that is off by less than half of it does not explain a refused one. */
const CLOCK_OFF_MS = 30 * 60 * SECOND;

/** `Retry-After` in seconds or as a date; undefined when it says nothing usable. */
export function retryAfterOf({ headers }: HttpAnswer, at: number): number | undefined {
  const said = headers['retry-after']?.trim() ?? '';
  const ms = /^\d+(\.\d+)?$/.test(said) ? Number(said) * SECOND : Date.parse(said) - at;
  return Number.isFinite(ms) ? Math.min(Math.max(0, ms), MOST_PATIENCE_MS) : undefined;
}

const triedAgain = new Set([408, 425, 429]);
/** Permanent are redirects, which nobody follows, and refusals of the request itself. */
export const isPermanentStatus = (status: number): boolean => status >= 300 && status < 500 && !triedAgain.has(status);

export const arrived = (answer: HttpAnswer, said: string): SendOutcome => ({ ok: true, status: answer.status, said });

export function failed(answer: HttpAnswer, permanent: boolean, said: string, retryAfterMs?: number): SendOutcome {
  return { ok: false, permanent, status: answer.status, said, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
}

const textOf = (answer: HttpAnswer): string => {
  const html = /^\s*</.test(answer.body) || (answer.headers['content-type'] ?? '').includes('html');
  return html ? 'a page of HTML, which is not this provider’s answer' : answer.body.trim() || 'an empty answer';
};

/** The outcome of any status but 2xx; undefined for 2xx. */
export function judgeStatus(answer: HttpAnswer, at: number): SendOutcome | undefined {
  if (answer.status >= 200 && answer.status < 300) return undefined;
  const redirect = answer.status >= 300 && answer.status < 400;
  const said = `HTTP ${answer.status}: ${redirect ? 'a redirect, which is not followed' : textOf(answer)}`;
  return failed(answer, isPermanentStatus(answer.status), said, retryAfterOf(answer, at));
}

/** The answer’s JSON object; undefined for anything else. */
export function objectOf({ body }: HttpAnswer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : undefined;
  } catch {
    return undefined;
  }
}

export interface CodeMeaning {
  readonly words: string;
  /** Absent = worth another try. */
  readonly permanent?: true;
  /** The signature or its time was refused: permanent, unless the provider’s clock is off. */
  readonly signature?: true;
  readonly retryAfterMs?: number;
}

/** The outcome by the body’s own code, 0 being success; codes that are not known are worth another try. */
export function judgeCode(
  answer: HttpAnswer,
  at: number,
  { code: codeField, text: textField }: { readonly code: readonly string[]; readonly text: readonly string[] },
  meaningOf: (code: number, text: string) => CodeMeaning | undefined,
): SendOutcome {
  const byStatus = judgeStatus(answer, at);
  const object = objectOf(answer);
  const code = codeField.map((name) => object?.[name]).find((value) => typeof value === 'number');
  const text = textField.map((name) => object?.[name]).find((value) => typeof value === 'string') ?? '';
  if (typeof code !== 'number') return byStatus ?? failed(answer, false, `HTTP ${answer.status}, but ${textOf(answer)}`);
  if (code === 0) return byStatus ?? arrived(answer, `0 ${text || 'ok'}`);
  const meaning = meaningOf(code, String(text));
  const clockOff = meaning?.signature ? clockDifference(answer, at) : 0;
  const clockWords =
    clockOff === 0 ? '' : `; the provider’s clock is ${Math.round(clockOff / 60_000)} min off ours, so the same is tried again`;
  const said = `${code} ${String(text)}${meaning ? ` (${meaning.words})` : ''}${clockWords}`;
  const permanent = meaning?.permanent === true || (meaning?.signature === true && clockOff === 0);
  if (byStatus && !byStatus.ok) return { ...byStatus, permanent: byStatus.permanent || permanent, said: `HTTP ${answer.status}: ${said}` };
  return failed(answer, permanent, said, permanent ? undefined : (retryAfterOf(answer, at) ?? meaning?.retryAfterMs));
}

/** How far the provider’s clock is off ours, when that is far enough to refuse a signature; else 0. */
function clockDifference({ headers }: HttpAnswer, at: number): number {
  const difference = Date.parse(headers['date'] ?? '') - at;
  return Math.abs(difference) >= CLOCK_OFF_MS ? Math.abs(difference) : 0;
}
