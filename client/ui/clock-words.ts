/** The words of a running clock and of what people have done with its story: the strip and the large block of 舆情 say the same. */
import type { DayAnswers, StripCell } from '../../shared/wire/views/strip.ts';
import { isolated } from '../format/outside.ts';
import type { Words } from '../i18n/use-words.ts';
import type { Urgency } from '../state/urgency.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
/** Up to here minutes are told as minutes: 81 分. */
const MINUTES_MOST = 120;

export function urgencyWord(cell: StripCell, urgency: Urgency, estimated: boolean, { t }: Words): string {
  // The severity takes the room of the explanation.
  const short = estimated || cell.grade !== null;
  const words = {
    breached: t('strip.breached'),
    fire: short ? t('strip.estimatedFire') : t('strip.fire'),
    soon: short ? t('strip.estimatedSoon') : t('strip.soon'),
    calm: t('strip.calm'),
  };
  const parts = urgency === 'breached' ? [] : [words[urgency]];
  if (cell.clock === 'disposal') parts.unshift(t('strip.disposal'));
  if (estimated) parts.push(t('strip.estimated'));
  return parts.join(' · ');
}

/** What people have done with the incident; without a connection this is known only up to `stoppedAt`. */
export function ownerLine(cell: StripCell, stoppedAt: string | null, { t }: Words): string {
  const owner = isolated(cell.owner ?? '');
  if (stoppedAt !== null) {
    const time = stoppedAt;
    if (cell.status === 'responded') return t('strip.stoppedResponded', { time });
    return cell.owner === null ? t('strip.stoppedUnclaimed', { time }) : t('strip.stoppedClaimed', { time, owner });
  }
  if (cell.status === 'responded') return owner ? t('strip.responded', { owner }) : t('strip.respondedNobody');
  if (cell.owner === null) return t('strip.unclaimed');
  // Beside a word that says so already and how late it is there is room for who owes the answer.
  return cell.breachedAt === null ? t('strip.claimed', { owner }) : t('strip.overdue', { owner });
}

/** A story that was opened again, and a drill, are told from others in words. */
export function marksOf({ drill, round, earlierBreached }: StripCell, { t }: Words): string {
  const marks = drill ? [t('strip.drill')] : [];
  if (round > 1) marks.push(t('strip.round', { round }), ...(earlierBreached ? [t('strip.earlierBreached')] : []));
  return marks.join(' · ');
}

/** How long an answer took: 45 秒, 81 分, 3 小时 05 分. */
export function tookWords(ms: number, { t, exactAge }: Words): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  return minutes < 1 || minutes >= MINUTES_MOST ? exactAge(ms) : t('strip.minutes', { count: minutes });
}

/** The time an answer may take: 2 小时, 90 分. */
export function limitWords(ms: number, { t, exactAge }: Words): string {
  if (ms > 0 && ms % HOUR_MS === 0) return t('strip.hours', { count: ms / HOUR_MS });
  return ms > 0 && ms % MINUTE_MS === 0 ? t('strip.minutes', { count: ms / MINUTE_MS }) : exactAge(ms);
}

/** “昨日 3 条，都在 2 小时内回应” */
export function yesterdayWords({ begun, answered, late }: DayAnswers, responseMs: number, words: Words): string {
  const { t } = words;
  if (begun === 0) return t('strip.yesterdayNone');
  if (late > 0) return t('strip.yesterdayLate', { count: begun, late });
  if (answered < begun) return t('strip.yesterdayOpen', { count: begun, answered });
  return t('strip.yesterdayAll', { count: begun, limit: limitWords(responseMs, words) });
}

/** “今日 7 条 · 已回应 4，都按时” */
export function todayWords({ begun, answered, late }: DayAnswers, { t }: Words): string {
  if (begun === 0) return t('strip.todayNone');
  const parts = [t('strip.todayCount', { count: begun }), t('strip.todayAnswered', { count: answered })];
  if (late > 0) return t('strip.todayLate', { first: parts.join(' · '), count: late });
  return answered > 0 ? t('strip.todayInTime', { first: parts.join(' · ') }) : parts.join(' · ');
}
