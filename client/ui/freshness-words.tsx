/** What concerns whole streams, in one sentence for each reason: sources that do not answer, unusual silences, and calm [S3]. */
import type { ReactNode } from 'react';
import { streams } from '../../shared/wire/constants.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Words } from '../i18n/use-words.ts';
import { streamStatuses } from '../state/freshness.ts';
import type { StreamStatus } from '../state/freshness.ts';
import { amberRank, useAmber } from '../state/amber.tsx';
import { useScreen } from '../state/screen-context.tsx';
import { Peak } from './shapes.tsx';

export type Saying = 'no_answer' | 'silence' | 'quiet' | 'usual';

function sayingOf({ state, reason, alive }: StreamStatus): Saying | null {
  if (reason !== null) return reason;
  return state === 'quiet' ? (alive ? 'quiet' : 'usual') : null;
}

/** The sentences there are, what needs somebody first. */
export function useSayings(): readonly Saying[] {
  const there = useScreen((screen) => {
    const said = new Set(streamStatuses(screen.streams, screen.now).map(sayingOf));
    return (['no_answer', 'silence', 'quiet', 'usual'] as const).filter((saying) => said.has(saying)).join(' ');
  });
  return there.split(' ').filter((saying): saying is Saying => saying !== '');
}

const whole = (ms: number): number => (ms < 60_000 ? ms : Math.floor(ms / 60_000) * 60_000);

/** A silence is told with its length where one stream alone is silent. */
function silenceWords({ t, age }: Words, names: string, ages: readonly string[]): string {
  const [ageMs, usualMs] = (ages[0] ?? '').split('/').map(Number);
  if (ages.length > 1 || ageMs === undefined || usualMs === undefined) return t('freshness.silence', { streams: names });
  return t('freshness.silenceFor', { streams: names, age: age(ageMs), usual: age(usualMs) });
}

export function FreshnessWords({ saying }: { readonly saying: Saying }): ReactNode {
  const words = useWords();
  const { t } = words;
  const of = (screen: Parameters<Parameters<typeof useScreen>[0]>[0]) =>
    streamStatuses(screen.streams, screen.now).filter((status) => sayingOf(status) === saying);
  const said = useScreen((screen) =>
    of(screen)
      .map(({ stream }) => stream)
      .join(' '),
  ).split(' ');
  const ages = useScreen((screen) =>
    of(screen)
      .map(({ ageMs, usualMs }) => `${whole(ageMs ?? 0)}/${usualMs ?? 0}`)
      .join(' '),
  ).split(' ');
  const shown = streams.filter((stream) => said.includes(stream));
  const names = shown.map((stream) => t(`stream.${stream}`)).join(t('freshness.and'));
  const things = shown.map((stream) => t(`freshness.things.${stream}`)).join(t('freshness.and'));
  const calm = saying === 'quiet' || saying === 'usual';
  const amber = useAmber(!calm, amberRank.notice);
  const line = calm
    ? t(saying === 'quiet' ? 'freshness.quiet' : 'freshness.quietAsUsual', { things })
    : saying === 'silence'
      ? silenceWords(words, names, ages)
      : t('freshness.noAnswer', { streams: names });
  return (
    <p className={`notice ${calm ? 'calm' : 'marked'} ${amber}`} data-freshness={saying}>
      {!calm && <Peak />}
      <span title={line}>{line}</span>
    </p>
  );
}
