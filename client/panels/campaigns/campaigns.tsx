/** Progress of campaigns: phase and day, spend against plan, and the return with how sure it is. */
import type { CSSProperties, ReactNode } from 'react';
import type { CampaignRow } from '../../../shared/wire/views/overview.ts';
import { dayLabel } from '../../format/instant.ts';
import { factor, fullCount, partPercent, signedPercent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { useMarked } from '../../state/use-attention.ts';
import { useMoney } from '../../ui/money.tsx';
import { Peak } from '../../ui/shapes.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { OutsideText } from '../../ui/outside-text.tsx';
import { isolated } from '../../format/outside.ts';
import './campaigns.css';

const PHASES = ['warmup', 'burst', 'review'] as const;

export function CampaignsNote(): ReactNode {
  const { t } = useWords();
  const { rows, total } = useGroup('overview', 'campaigns');
  if (rows.length === 0) return null;
  return (
    <>
      {total > rows.length && (
        <p className="panel-note campaign-count figure" title={t('campaigns.count', { shown: rows.length, total })}>
          {rows.length} / {fullCount(total)}
        </p>
      )}
      <p className="panel-note campaign-pacing">{t('campaigns.pacing')}</p>
      <p className="panel-note">{t('campaigns.result')}</p>
    </>
  );
}

/** Three blocks for the phases: past ones are filled dimly, the running one has the accent colour, the others are hollow. */
function Phases({ phase }: { readonly phase: CampaignRow['phase'] }): ReactNode {
  const running = phase === 'ended' ? PHASES.length : phase === 'before' ? -1 : PHASES.indexOf(phase);
  return (
    <span className="phases" aria-hidden="true">
      {PHASES.map((name, i) => (
        <span key={name} className={`phase ${i < running ? 'past' : i === running ? 'now' : 'next'}`} />
      ))}
    </span>
  );
}

function phaseWord(row: CampaignRow, { t, language }: ReturnType<typeof useWords>): string {
  if (row.phase === 'ended') return t('campaigns.ended');
  if (row.phase === 'before') return t('campaigns.before', { day: dayLabel(row.startsOn, language) });
  return t(`campaigns.${row.phase}`);
}

function phaseDay({ phase, phaseDay: day, phaseDays: days }: CampaignRow): string {
  return phase === 'ended' || phase === 'before' || day === null || days === null ? '' : `${day}/${days}`;
}

function Spend({ row, marked }: { readonly row: CampaignRow; readonly marked: boolean }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const full = Math.max(1, row.budget, row.spend ?? 0);
  const share = (value: number) => `${Math.min(100, Math.max(0, (value / full) * 100))}%`;
  const style = { '--done': share(row.spend ?? full), '--plan': share(row.budget * row.elapsed) } as CSSProperties;
  return (
    <>
      <span
        className="plan-bar spend-track"
        style={style}
        title={t('campaigns.spendTitle', {
          spend: row.spend === null ? t('number.none') : money.full(row.spend),
          budget: money.full(row.budget),
        })}
      >
        <span className="done" />
        {row.pacing !== null && <span className="tick" />}
      </span>
      <span className={`figure campaign-pace ${marked ? 'marked' : ''}`}>
        {marked && <Peak down={(row.pacing ?? 1) < 1} />}
        {row.pacing === null ? t('number.none') : factor(row.pacing)}
      </span>
    </>
  );
}

/** The return of a campaign whose money has come back; one that is still warming up has none to show yet. */
const hasReturn = ({ phase, roi }: CampaignRow): boolean => roi !== null && phase !== 'before' && phase !== 'warmup';

/** How sure the return is, or why there is none; what people read, liked and shared stands in the title. */
function Maturity({ row }: { readonly row: CampaignRow }): ReactNode {
  const { t } = useWords();
  const title = t('campaigns.engagementTitle', {
    reads: fullCount(row.reads),
    likes: fullCount(row.likes),
    shares: fullCount(row.shares),
  });
  const word =
    row.phase === 'before' || row.phase === 'warmup'
      ? t('campaigns.tooEarly')
      : row.roi === null || row.maturity === null
        ? ''
        : t('campaigns.maturity', { share: partPercent(row.maturity) });
  return (
    <span className="campaign-maturity" title={title}>
      {word}
    </span>
  );
}

/** 高投入低产出, with the margin that is missing in the title. */
function LowReturn({ lost, marked }: { readonly lost: number; readonly marked: boolean }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  return (
    <span className={`low-return ${marked ? 'filled' : ''}`} title={t('campaigns.lostTitle', { amount: money.full(lost) })}>
      {t('campaigns.lowReturn')}
    </span>
  );
}

function Campaign({ row }: { readonly row: CampaignRow }): ReactNode {
  const words = useWords();
  const isMarked = useMarked();
  const marked = isMarked(`campaign:${row.campaignId}`);
  return (
    <li className={`campaign ${marked ? 'marked' : ''}`}>
      <span className="campaign-top">
        <span className="campaign-name" title={isolated(row.name)}>
          <OutsideText>{row.shortName ?? row.name}</OutsideText>
        </span>
        {row.lost !== null && <LowReturn lost={row.lost} marked={isMarked(`lost:${row.campaignId}`)} />}
        {hasReturn(row) ? (
          <span className="figure campaign-roi">
            {signedPercent(row.roi ?? 0)}
            <span className="unit">%</span>
          </span>
        ) : (
          <span className="figure campaign-roi none">{words.t('number.none')}</span>
        )}
      </span>
      <Phases phase={row.phase} />
      <span className="campaign-phase" title={`${phaseWord(row, words)} ${phaseDay(row)}`.trim()}>
        <span className="campaign-phase-word">{phaseWord(row, words)}</span> {phaseDay(row)}
      </span>
      <Spend row={row} marked={marked} />
      <Maturity row={row} />
    </li>
  );
}

export function CampaignsBody(): ReactNode {
  const { t } = useWords();
  const { rows } = useGroup('overview', 'campaigns');
  if (rows.length === 0) return <EmptyNote title={t('campaigns.empty')} hint={t('campaigns.emptyHint')} />;
  return (
    <ol className="campaigns">
      {rows.map((row) => (
        <Campaign key={row.campaignId} row={row} />
      ))}
    </ol>
  );
}
