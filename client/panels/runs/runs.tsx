/** One row a campaign: its phases on the common time axis, spend against plan, return, ROAS against break-even, spread against expectation. */
import { memo, type ComponentProps, type CSSProperties, type ReactNode } from 'react';
import type { RunRow, RunsGroup } from '../../../shared/wire/views/campaigns.ts';
import type { MoneyWords } from '../../format/money.ts';
import type { ScaleStep } from '../../format/scale.ts';
import { factor, percent } from '../../format/scale.ts';
import { monthLabel } from '../../format/instant.ts';
import { useWords } from '../../i18n/use-words.ts';
import { amberRank, useAmber } from '../../state/amber.tsx';
import { sameValue } from '../../state/same-value.ts';
import { useGroup } from '../../state/screen-context.tsx';
import type { MayLag } from '../../state/staged-store.ts';
import { useMoney } from '../../ui/money.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { LaterPart } from '../in-turn.tsx';
import { monthMarks, todayAt } from './axis.ts';
import { runMarks } from './marks.ts';
import { Axis, Name, Return, Roas, Spend } from './cells.tsx';
import { vars } from '../../ui/vars.ts';
import './runs.css';

/** Beyond so many times break-even a ROAS is drawn to the end of its line. */
const ROAS_MOST = 4;

const place = (share: number): CSSProperties => vars({ '--at': `${share * 100}%` });

interface HeadingProps {
  readonly shown: number;
  readonly total: number;
  readonly axis: RunsGroup['axis'];
  readonly step: ScaleStep | null;
  readonly breakEven: number | null;
}
function Headings({ shown, total, axis, step, breakEven }: HeadingProps): ReactNode {
  const { t, language } = useWords();
  return (
    <div className="run-headings" aria-hidden="true">
      <span>{shown < total ? t('runs.countOf', { shown, total }) : t('runs.count', { shown })}</span>
      <span className="run-months">
        {monthMarks(axis).map(({ day, at }) => (
          <span key={day} style={place(at)}>
            {monthLabel(day, language)}
          </span>
        ))}
        <strong style={place(Math.min(0.93, Math.max(0.07, todayAt(axis))))}>{t('runs.today')}</strong>
      </span>
      <span className="run-both">
        <span>
          {t('runs.spend')} {step?.word}
        </span>
        <span>{t('runs.pace')}</span>
      </span>
      <span className="run-right">{t('runs.roi')}</span>
      <span className="run-roas-head">
        <span>{t('runs.roas')}</span>
        {breakEven !== null && <strong>{t('runs.breakEven', { figure: factor(breakEven) })}</strong>}
      </span>
      <span className="run-right">{t('runs.spread')}</span>
    </div>
  );
}

/** What the whole length of the ROAS line stands for. */
function roasScale(rows: readonly RunRow[], breakEven: number | null): number {
  const largest = Math.max(0, ...rows.map(({ roas }) => roas ?? 0));
  const wanted = Math.max(largest, (breakEven ?? 0) * 1.5) * 1.05;
  return breakEven === null || breakEven <= 0 ? wanted : Math.min(wanted, breakEven * ROAS_MOST);
}

interface RunProps {
  readonly row: RunRow;
  /** Rows come with the worst first. */
  readonly place: number;
  readonly axis: ComponentProps<typeof Axis>['axis'];
  readonly step: ComponentProps<typeof Spend>['step'];
  readonly full: number;
  readonly breakEven: number | null;
  readonly flagged: boolean;
  readonly paced: boolean;
}

function Run({ row, place, axis, step, full, breakEven, flagged, paced }: RunProps): ReactNode {
  const { t } = useWords();
  const amber = useAmber(flagged || paced, amberRank.figure, place);
  return (
    <li className={`run ${amber}`}>
      <Name row={row} flagged={flagged} />
      <Axis row={row} axis={axis} />
      <Spend row={row} step={step} marked={paced} />
      <Return row={row} />
      <Roas row={row} breakEven={breakEven} full={full} marked={flagged} />
      <p className="run-spread">
        <span className="run-label">{t('runs.spread')}</span>
        <span className="figure">{row.spread === null ? t('number.none') : percent(row.spread, 0)}</span>
        {row.spread !== null && <span className="unit">%</span>}
      </p>
    </li>
  );
}

interface RowsProps {
  /** Which of the two parts that take their turns one after the other. */
  readonly part: 0 | 1;
}

/** Rows come with the worst first, so that the first part has them. */
function PartOfRows({ part }: RowsProps): ReactNode {
  const money = useMoney();
  const { rows, axis, totals } = useGroup('campaigns', 'runs');
  const step = sharedStep(money, rows);
  const marks = runMarks(rows);
  const full = roasScale(rows, totals.breakEven);
  const half = Math.ceil(rows.length / 2);
  return rows
    .slice(part * half, (part + 1) * half)
    .map((row, i) => (
      <Run
        key={row.campaignId}
        {...{ row, axis, step, full, breakEven: totals.breakEven }}
        place={part * half + i}
        flagged={marks.flagged.has(row.campaignId)}
        paced={marks.paced.has(row.campaignId)}
      />
    ));
}
const Rows = memo(PartOfRows);

const sharedStep = (money: MoneyWords, rows: readonly RunRow[]): ScaleStep | null =>
  money.shared(rows.flatMap(({ spend, budget }) => [spend ?? 0, budget]));

/** Half of the rows may follow in the next frame where they are the same campaigns, on the same axis and in the same unit. */
const rowsMayLag =
  (money: MoneyWords): MayLag =>
  (next, held) => {
    const [to, from] = [next.views.campaigns?.runs, held.views.campaigns?.runs];
    return (
      to !== undefined &&
      from !== undefined &&
      to.rows.length === from.rows.length &&
      to.rows.every(({ campaignId }, i) => campaignId === from.rows[i]?.campaignId) &&
      sameValue(to.axis, from.axis) &&
      sharedStep(money, to.rows) === sharedStep(money, from.rows)
    );
  };

export function RunsBody(): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const { rows, total, axis, totals } = useGroup('campaigns', 'runs');
  if (rows.length === 0) return <EmptyNote title={t('runs.none')} hint={t('runs.noneHint')} />;
  return (
    <div className="runs">
      <Headings shown={rows.length} total={total} axis={axis} step={sharedStep(money, rows)} breakEven={totals.breakEven} />
      <ol>
        <Rows part={0} />
        <LaterPart view="campaigns" turn="runs later" mayLag={rowsMayLag(money)}>
          <Rows part={1} />
        </LaterPart>
      </ol>
    </div>
  );
}
