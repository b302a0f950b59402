/**
 * The one sentence on top of 总览 and 晨会: where the day will land, and the one thing that needs somebody. Takes no room
 * when there is nothing to say.
 */
import type { ReactNode } from 'react';
import { landingAgainst } from '../../../shared/kpi/landing-against.ts';
import type { Sentence, SentenceGroup } from '../../../shared/wire/views/sentence.ts';
import { hourMinute } from '../../format/instant.ts';
import { numberAddress } from '../../format/kpi.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup, useGroupIfThere, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { FilledWords } from '../../ui/filled-words.tsx';
import { useMoney } from '../../ui/money.tsx';
import { troubled } from '../../ui/notices.tsx';
import { NeedWords } from './need.tsx';
import './sentence.css';

function LandingWords({ day, landing }: { readonly day: string; readonly landing: NonNullable<Sentence['landing']> }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const { low, high, against } = landing;
  const range = (
    <a
      className="figure sentence-range"
      href={numberAddress({ kpi: 'sales_landing_low', period: day, where: [] })}
      title={`${money.full(low)} – ${money.full(high)}`}
    >
      {money.range(low, high, t('number.to'))}
      {money.shared([low, high])?.word}
    </a>
  );
  const held = <a href={numberAddress({ kpi: 'sales_attainment', period: day, where: [] })}>{t(`sentence.against.${against}`)}</a>;
  return <FilledWords of={{ range, against: held }} say={(marks) => t('sentence.landing', marks)} />;
}

/** A source that stands still, which the heartbeat tells. */
function useDeadSource(): string | null {
  const { t, age } = useWords();
  return useScreen((screen) => {
    const source = screen.sources.find((one) => one.state !== 'connecting' && troubled(one, screen.now));
    if (!source) return null;
    const words = { name: t(`source.name.${source.source}`), state: t(`source.state.${source.state}`) };
    return t('source.problem', { ...words, age: age(Math.max(0, screen.now - source.since)) });
  });
}

/** Of both scenes: the group comes from the view that the scene shows. */
export function SentenceLine({ group }: { readonly group: SentenceGroup }): ReactNode {
  const { t } = useWords();
  const { timeZone } = useWorkspace();
  const dead = useDeadSource();
  const stoppedAt = useScreen((screen) =>
    screen.phase === 'grey' && screen.heartbeatAt !== null ? hourMinute(screen.heartbeatAt, timeZone) : null,
  );
  const landing = group?.landing ?? null;
  const need = group?.need ?? null;
  const needs = need !== null || dead !== null;
  if (landing === null && !needs) return null;
  return (
    <p className="sentence">
      {stoppedAt !== null && t('sentence.stopped', { time: stoppedAt })}
      {landing !== null && group !== null && <LandingWords day={group.day} landing={landing} />}
      {landing === null ? t('sentence.only') : t(needs ? 'sentence.and' : 'sentence.calm')}
      {needs && <strong className="sentence-need">{need === null ? <a href="/settings">{dead}</a> : <NeedWords need={need} />}</strong>}
    </p>
  );
}

/** Beside the hours of the day the sentence tells the landing that stands there: its own group is computed at another moment. */
export function SentenceBody(): ReactNode {
  const group = useGroup('overview', 'sentence');
  const today = useGroupIfThere('overview', 'today');
  if (!group?.landing || !today?.landing || !today.target || today.day !== group.day) return <SentenceLine group={group} />;
  const { low, high } = today.landing;
  const against = landingAgainst(today.landing, today.target);
  return <SentenceLine group={{ ...group, landing: against && { low, high, against } }} />;
}
