/**
 * Current problems in one line under the freshness: first a silent server, then sources that are down, then problems
 * that the server reports.
 */
import type { ReactNode } from 'react';
import type { SourceHealth } from '../../shared/wire/freshness.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Words } from '../i18n/use-words.ts';
import { useScreen } from '../state/screen-context.tsx';
import { Cross, Peak } from './shapes.tsx';

/** A source that is connecting counts as a problem only after this time. */
const CONNECTING_GRACE_MS = 10_000;

export function troubled(source: SourceHealth, now: number): boolean {
  if (source.state === 'running') return false;
  return source.state !== 'connecting' || now - source.since > CONNECTING_GRACE_MS;
}

/** A code without words in the catalogue is shown as it is, so that an unknown problem is still visible. */
function worded(t: Words['t'], group: 'source.reason' | 'problem', code: string): string {
  return t(`${group}.${code}` as 'problem.clock_step', { defaultValue: code });
}

function SourceProblem({ source }: { readonly source: SourceHealth }): ReactNode {
  const { t, age } = useWords();
  const ageMs = useScreen((screen) => Math.max(0, screen.now - source.since));
  const words = { name: t(`source.name.${source.source}`), state: t(`source.state.${source.state}`), age: age(ageMs) };
  return (
    <p className="notice fire" title={source.detail ?? undefined}>
      <Cross />
      {source.reason === null
        ? t('source.problem', words)
        : t('source.problemWithReason', { ...words, reason: worded(t, 'source.reason', source.reason) })}
    </p>
  );
}

function Silence(): ReactNode {
  const { t, exactAge } = useWords();
  const silentMs = useScreen((screen) => Math.floor(screen.silentMs / 1000) * 1000);
  return (
    <p className="notice marked" role="status">
      <Peak />
      {t('connection.amber', { age: exactAge(silentMs) })}
    </p>
  );
}

/** A notice about quarantined mentions, because a negative mention in the quarantine starts no clock and nobody would look there. */
function QuarantinedMentions({ count }: { readonly count: number }): ReactNode {
  const { t } = useWords();
  return (
    <p className="notice marked">
      <Peak />
      <a href="/api/quarantine?state=open">{t('quarantine.mentions', { count })}</a>
    </p>
  );
}

export function Notices(): ReactNode {
  const { t } = useWords();
  const amber = useScreen((screen) => screen.phase === 'amber');
  const sources = useScreen((screen) => screen.sources);
  const problems = useScreen((screen) => screen.problems);
  const down = useScreen((screen) => sources.findIndex((source) => troubled(source, screen.now)));
  const source = sources[down];
  const [problem] = problems;
  const quarantined = useScreen((screen) => screen.quarantinedMentions);
  if (!amber && !source && problem === undefined && quarantined === 0) return null;
  return (
    <div className="notice-line">
      {amber ? (
        <Silence />
      ) : source ? (
        <SourceProblem source={source} />
      ) : problem === undefined ? null : (
        <p className="notice fire">
          <Cross />
          {worded(t, 'problem', problem)}
        </p>
      )}
      {quarantined > 0 && <QuarantinedMentions count={quarantined} />}
    </div>
  );
}
