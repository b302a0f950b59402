/**
 * The age of the five streams: dot, triangle or empty dot, name, age, and a word when there is a reason to look [S3]. Why
 * a stream is stale, and that a silent one is fine, is said in words once, by the sentences of `freshness-words.tsx`.
 */
import type { ReactNode } from 'react';
import { streams } from '../../shared/wire/constants.ts';
import type { Stream } from '../../shared/wire/freshness.ts';
import { useWords } from '../i18n/use-words.ts';
import { useScreen } from '../state/screen-context.tsx';
import { streamStatuses } from '../state/freshness.ts';
import type { StreamStatus } from '../state/freshness.ts';
import { Dot, Hole, Peak } from './shapes.tsx';

/** The order of the streams: those that change fastest first, competitors last. */
const ORDER: readonly Stream[] = ['orders', 'mentions', 'spend', 'leads', 'competitors'];

function useStream(stream: Stream): { readonly state: StreamStatus['state']; readonly ageMs: number } {
  const status = (screen: Parameters<Parameters<typeof useScreen>[0]>[0]) =>
    streamStatuses(screen.streams, screen.now)[streams.indexOf(stream)] as StreamStatus;
  const state = useScreen((screen) => status(screen).state);
  const ageMs = useScreen((screen) => {
    const age = status(screen).ageMs ?? 0;
    return age < 60_000 ? age : Math.floor(age / 60_000) * 60_000;
  });
  return { state, ageMs };
}

function StreamAge({ stream }: { readonly stream: Stream }): ReactNode {
  const { t, age } = useWords();
  const { state, ageMs } = useStream(stream);
  return (
    <li className={`stream ${state}`}>
      {state === 'stale' ? <Peak /> : state === 'never' ? <Hole /> : <Dot />}
      <span>{t(`stream.${stream}`)}</span>
      <span className="stream-age">{state === 'never' ? t('stream.never') : age(ageMs)}</span>
      {state === 'stale' && <span>{t('freshness.stale')}</span>}
    </li>
  );
}

/** With more streams than this that have a word beside their age, the line is set more narrowly. */
const CALM = 2;

export function FreshnessLine(): ReactNode {
  const wordy = useScreen(
    (screen) => streamStatuses(screen.streams, screen.now).filter((status) => status.reason !== null || status.state === 'never').length,
  );
  return (
    <ul className={`streams ${wordy > CALM ? 'crowded' : ''}`}>
      {ORDER.map((stream) => (
        <StreamAge key={stream} stream={stream} />
      ))}
    </ul>
  );
}
