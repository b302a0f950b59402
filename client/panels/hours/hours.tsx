/** Net sales by the hour against the plan and the like day, and the estimate for the end of the day. */
import type { CSSProperties, ReactNode } from 'react';
import type { OverviewState } from '../../../shared/wire/views/overview.ts';
import { hourFraction } from '../../format/instant.ts';
import { textWidth } from '../../format/text-width.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup, useGroupIfThere, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { hoursBehind } from '../../state/hours-behind.ts';
import { useMarked } from '../../state/use-attention.ts';
import { useMoney } from '../../ui/money.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { useGhostDay } from '../ghost-day.ts';
import { hourBars, hoursRange } from './hour-bars.ts';
import { HoursDrawing } from './hours-drawing.tsx';
import { highestBar, lowestBar, placeLabels, type WantedLabel } from './label-places.ts';
import './hours.css';

const AXIS = [0, 6, 12, 18, 24];
/** A Chinese character of a label is as wide as an hour of the narrowest lane; a label has some space to either side. */
const LABEL_PAD = 0.5;

export function HoursNote(): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const { landing } = useGroup('overview', 'today');
  if (!landing) return null;
  const step = money.shared([landing.low, landing.high]);
  return (
    <p className="panel-note landing-note">
      {t(landing.basis === 'few_samples' ? 'hours.landingFew' : 'hours.landing')}
      <span className="figure landing" title={`${money.full(landing.low)} – ${money.full(landing.high)}`}>
        {money.range(landing.low, landing.high, t('number.to'))}
        {step && <span className="unit">{step.word}</span>}
      </span>
    </p>
  );
}

const percentStyle = (left: number, bottom: number) => ({ '--x': `${left * 100}%`, '--y': `${bottom * 100}%` }) as CSSProperties;

/** Whole minutes, so that nothing is drawn again each second. Without a connection the hour stops at the last heartbeat. */
function useFraction(): number {
  const { timeZone } = useWorkspace();
  return useScreen((screen) => {
    const at = screen.phase === 'grey' ? (screen.heartbeatAt ?? screen.now) : screen.now;
    return Math.floor(hourFraction(at, timeZone) * 60) / 60;
  });
}

function usePlanWords({ plan, curve }: OverviewState['hours']): string {
  const { t } = useWords();
  const money = useMoney();
  if (curve === 'even') return t('hours.plan', money.parts(plan?.[0] ?? 0));
  return t(curve === 'by_hand' ? 'hours.planByHand' : 'hours.planLearnt');
}

export function HoursBody(): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const hours = useGroup('overview', 'hours');
  const ghost = useGroupIfThere('overview', 'ghost') ?? null;
  const ghostDay = useGhostDay(ghost);
  const planWords = usePlanWords(hours);
  const fraction = useFraction();
  const marked = useMarked()('hours');
  const { net, plan, currentHour } = hours;
  const like = ghost?.hours ?? null;
  if (plan === null && like === null && !net.some((amount) => amount !== null && amount !== 0)) {
    return <EmptyNote title={t('hours.empty')} hint={t('hours.emptyHint')} href="/settings" />;
  }
  const bars = hourBars({ net, plan, ghost: like, currentHour, fraction });
  const range = hoursRange(bars, [plan, like]);
  const highest = highestBar(bars, currentHour);
  const words: Record<WantedLabel['id'], string> = {
    peak: highest ? t('hours.peak', money.parts(highest.amount)) : '',
    plan: planWords,
    ghost: ghostDay,
  };
  const wanted: Pick<WantedLabel, 'id' | 'names' | 'hour'>[] = [
    ...(highest ? [{ id: 'peak' as const, names: net, hour: highest.hour }] : []),
    ...(plan ? [{ id: 'plan' as const, names: plan, hour: null }] : []),
    ...(like ? [{ id: 'ghost' as const, names: like, hour: null }] : []),
  ];
  const labels = placeLabels(
    wanted.map((label) => ({ ...label, width: textWidth(words[label.id]) + LABEL_PAD })),
    bars,
    [plan, like],
    range,
  );
  return (
    <div className="hours">
      <div className="hours-plot">
        <HoursDrawing {...{ bars, plan, range }} ghost={like} behind={marked ? hoursBehind(hours) : []} label={t('hours.chart')} />
        {labels.map(({ id, x, y }) => (
          <p key={id} className={`plot-label ${labelClass[id]}`} style={percentStyle(x, y)}>
            {words[id]}
          </p>
        ))}
        <Lowest bars={bars} range={range} />
      </div>
      <ol className="hours-axis">
        {AXIS.map((hour) => (
          <li key={hour}>{t('hours.axis', { hour })}</li>
        ))}
      </ol>
    </div>
  );
}

const labelClass = { peak: 'peak-label', plan: 'plan-label', ghost: 'ghost-label' } as const;

/** Hours from either end at which a label would leave the plot if it stood in the middle of its bar. */
const EDGE = 4;

/** The hour that lost the most, below its bar. */
function Lowest({ bars, range }: { readonly bars: ReturnType<typeof hourBars>; readonly range: ReturnType<typeof hoursRange> }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const lowest = lowestBar(bars);
  if (lowest === null) return null;
  const y = (lowest.amount - range.min) / (range.max - range.min);
  const middle = Math.min(24 - EDGE, Math.max(EDGE, lowest.hour + 0.5));
  return (
    <p className="plot-label peak-label lowest" style={percentStyle(middle / 24, y)} title={money.full(lowest.amount)}>
      {t('hours.lowest', money.parts(lowest.amount))}
    </p>
  );
}
