/**
 * Current problems in one line under the freshness: first that no alert reaches anybody, then a silent server or a source
 * that is down or another problem the server reports, then what people should look at.
 */
import type { ReactNode } from 'react';
import { HISTORY_LOADING } from '../../shared/wire/constants.ts';
import type { SourceHealth } from '../../shared/wire/freshness.ts';
import type { Heartbeat } from '../../shared/wire/protocol.ts';
import { dayLabel, dayOf, hourMinute } from '../format/instant.ts';
import { useWords } from '../i18n/use-words.ts';
import type { Words } from '../i18n/use-words.ts';
import { amberRank, useAmber } from '../state/amber.tsx';
import { useScreen, useWorkspace } from '../state/screen-context.tsx';
import { FreshnessWords, useSayings } from './freshness-words.tsx';
import type { Saying } from './freshness-words.tsx';
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
    <p className="notice fire" title={source.detail ?? source.reason ?? source.state}>
      <Cross />
      <span>
        {source.reason === null
          ? t('source.problem', words)
          : t('source.problemWithReason', { ...words, reason: worded(t, 'source.reason', source.reason) })}
      </span>
    </p>
  );
}

function Silence(): ReactNode {
  const amber = useAmber(true, amberRank.notice);
  const { t, exactAge } = useWords();
  const silentMs = useScreen((screen) => Math.floor(screen.silentMs / 1000) * 1000);
  return (
    <p className={`notice marked ${amber}`} role="status">
      <Peak />
      <span>{t('connection.amber', { age: exactAge(silentMs) })}</span>
    </p>
  );
}

/** A notice about quarantined mentions, because a negative mention in the quarantine starts no clock and nobody would look there. */
function QuarantinedMentions({ count }: { readonly count: number }): ReactNode {
  const { t } = useWords();
  const amber = useAmber(true, amberRank.notice);
  return (
    <p className={`notice marked ${amber}`} data-problem="quarantine">
      <Peak />
      <a href="/api/quarantine?state=open" title={t('quarantine.mentions', { count })}>
        {t('quarantine.mentions', { count })}
      </a>
    </p>
  );
}

/** A problem of the alerts that says where to look, and not that figures are wrong, is amber. */
const softProblems: readonly string[] = ['no_own_brand', 'no_alert_channel', 'watchdog_failed', 'screen_frozen'];
/** What passes by itself: nobody needs to do anything about it. */
const passingProblems: readonly string[] = [HISTORY_LOADING];
/** No alert reaches anybody: whatever else is wrong, this is told first. */
const FIRST_OF_ALL = 'alerts_undelivered';

function Problem({ code }: { readonly code: string }): ReactNode {
  const { t } = useWords();
  const passing = passingProblems.includes(code);
  const soft = softProblems.includes(code);
  const amber = useAmber(soft, amberRank.notice);
  return (
    <p
      className={`notice ${passing ? 'calm' : soft ? 'marked' : 'fire'} ${amber}`}
      data-problem={code}
      role={code === FIRST_OF_ALL ? 'alert' : undefined}
    >
      {!passing && (soft ? <Peak /> : <Cross />)}
      <span title={worded(t, 'problem', code)}>{worded(t, 'problem', code)}</span>
    </p>
  );
}

/** Hours of the coming week with nobody on duty. */
function RosterGap({ gap, short }: { readonly gap: NonNullable<Heartbeat['rosterGap']>; readonly short: boolean }): ReactNode {
  const { t, language } = useWords();
  const { timeZone } = useWorkspace();
  const amber = useAmber(true, amberRank.notice);
  const [first, last] = [dayOf(gap.from, timeZone), dayOf(gap.to, timeZone)];
  const end = hourMinute(gap.to, timeZone);
  const words = {
    from: `${dayLabel(first, language)} ${hourMinute(gap.from, timeZone)}`,
    to: first === last ? end : `${dayLabel(last, language)} ${end}`,
    count: gap.more,
  };
  const line = t(gap.more > 0 ? 'roster.gapMore' : 'roster.gap', words);
  return (
    <p className={`notice marked ${amber}`} data-problem="roster_gap">
      <Peak />
      <a href="/settings/roster" title={line}>
        {short ? t('roster.gapFrom', words) : line}
      </a>
    </p>
  );
}

/** Nobody needs to do anything about it, so it gives way to everything else. */
const calm = (saying: Saying): boolean => saying === 'quiet' || saying === 'usual';

/** @param most how many notices there is room for; the others are counted */
export function Notices({ most = Number.POSITIVE_INFINITY }: { readonly most?: number }): ReactNode {
  const { t } = useWords();
  const amber = useScreen((screen) => screen.phase === 'amber');
  const sources = useScreen((screen) => screen.sources);
  const problems = useScreen((screen) => screen.problems);
  const down = useScreen((screen) => sources.findIndex((source) => troubled(source, screen.now)));
  const source = sources[down];
  const quarantined = useScreen((screen) => screen.quarantinedMentions);
  const gap = useScreen((screen) => screen.rosterGap);
  const problem = problems.find((code) => code !== FIRST_OF_ALL && ![...softProblems, ...passingProblems].includes(code));
  const sayings = useSayings();
  const notices = [
    problems.includes(FIRST_OF_ALL) && <Problem key="alerts" code={FIRST_OF_ALL} />,
    amber ? (
      <Silence key="silence" />
    ) : source ? (
      <SourceProblem key="source" source={source} />
    ) : (
      problem !== undefined && <Problem key="problem" code={problem} />
    ),
    ...sayings.filter((saying) => !calm(saying)).map((saying) => <FreshnessWords key={saying} saying={saying} />),
    quarantined > 0 && <QuarantinedMentions key="quarantine" count={quarantined} />,
    gap !== null && <RosterGap key="gap" gap={gap} short={Number.isFinite(most)} />,
    ...softProblems.filter((code) => problems.includes(code)).map((code) => <Problem key={code} code={code} />),
    ...passingProblems.filter((code) => problems.includes(code)).map((code) => <Problem key={code} code={code} />),
    ...sayings.filter(calm).map((saying) => <FreshnessWords key={saying} saying={saying} />),
  ].filter((notice) => notice !== false);
  if (notices.length === 0) return null;
  const left = notices.length - most;
  return (
    <div className="notice-line">
      {notices.slice(0, most)}
      {left > 0 && <p className="notice-more">{t('notice.more', { count: left })}</p>}
    </div>
  );
}
