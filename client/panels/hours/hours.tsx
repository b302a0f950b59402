/** Net sales by the hour against the plan, and the estimate for the end of the day. */
import { useMemo } from 'react';
import type { CSSProperties, ReactNode } from 'react';
import { ChartHost } from '../../charts/chart-host.tsx';
import { hourBars, hoursOption, hoursRange } from '../../charts/hours-option.ts';
import type { HoursInput } from '../../charts/hours-option.ts';
import { usePalette } from '../../charts/use-palette.ts';
import { hourFraction } from '../../format/instant.ts';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup, useScreen, useWorkspace } from '../../state/screen-context.tsx';
import { useMoney } from '../../ui/money.tsx';
import { EmptyNote } from '../empty-note.tsx';
import { usePanelAge } from '../panel-age.tsx';
import { labelPlaces } from './label-places.ts';
import './hours.css';

const AXIS = [0, 6, 12, 18, 24];

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

export function HoursBody(): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  const palette = usePalette();
  const { net, plan, curve, currentHour } = useGroup('overview', 'hours');
  const { timeZone } = useWorkspace();
  const frozen = usePanelAge().status !== 'fresh';
  // Whole minutes, so that the bar is not painted again each second. Without a connection the hour stops at the last heartbeat.
  const fraction = useScreen((screen) => {
    const at = screen.phase === 'grey' ? (screen.heartbeatAt ?? screen.now) : screen.now;
    return Math.floor(hourFraction(at, timeZone) * 60) / 60;
  });
  const input = useMemo<HoursInput>(() => ({ net, plan, currentHour, fraction, frozen }), [net, plan, currentHour, fraction, frozen]);
  const option = useMemo(() => hoursOption(input, palette), [input, palette]);

  if (!net.some((amount) => amount !== null && amount !== 0)) {
    return <EmptyNote title={t('hours.empty')} hint={t('hours.emptyHint')} href="/settings" />;
  }
  const bars = hourBars(input);
  const range = hoursRange(bars, plan);
  const { peak, lowest, planSide, planHeight } = labelPlaces(bars, plan, range);
  const best = money.parts(net[peak.hour] ?? 0);
  const worst = net[lowest?.hour ?? -1] ?? 0;
  return (
    <div className="hours">
      <div className="hours-plot">
        <ChartHost option={option} label={t('hours.chart')} className="chart" />
        <p className={`plot-label peak-label ${peak.side}`} style={percentStyle(peak.x, peak.y)} title={money.full(net[peak.hour] ?? 0)}>
          {t('hours.peak', { figure: best.figure, unit: best.unit })}
        </p>
        {lowest !== null && worst < 0 && (
          <p className={`plot-label peak-label lowest ${lowest.side}`} style={percentStyle(lowest.x, lowest.y)} title={money.full(worst)}>
            {t('hours.lowest', money.parts(worst))}
          </p>
        )}
        {plan !== null && planHeight !== null && (
          <p className={`plot-label plan-label ${planSide}`} style={percentStyle(0, planHeight)}>
            {curve === 'even'
              ? t('hours.plan', money.parts(plan[0] ?? 0))
              : t(curve === 'by_hand' ? 'hours.planByHand' : 'hours.planLearnt')}
          </p>
        )}
      </div>
      <ol className="hours-axis">
        {AXIS.map((hour) => (
          <li key={hour}>{t('hours.axis', { hour })}</li>
        ))}
      </ol>
    </div>
  );
}
