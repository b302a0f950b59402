/** What changed since the last workday, in one line. */
import type { ReactNode } from 'react';
import { useWords } from '../../i18n/use-words.ts';
import { useGroup } from '../../state/screen-context.tsx';
import { useMoney } from '../../ui/money.tsx';
import { useDayName } from '../day-name.ts';
import { AgeNote, usePanelAge } from '../panel-age.tsx';
import './since.css';

export function SinceBody(): ReactNode {
  const { t } = useWords();
  const name = useDayName();
  const money = useMoney();
  const { status } = usePanelAge();
  const { since, sales, stories, restated } = useGroup('standup', 'since');
  const signed = (amount: number) => `${amount < 0 ? '−' : '+'}${money.text(Math.abs(amount))}`;
  const day = name(since);
  const parts: string[] = [];
  if (sales) {
    const main =
      sales.difference === 0
        ? t('standup.changed.same', { like: name(sales.like) })
        : t('standup.changed.than', { like: name(sales.like), difference: signed(sales.difference) });
    const reasons = [
      ...(sales.orders === 0 ? [] : [`${t('reason.orders')} ${signed(sales.orders)}`]),
      ...(sales.refunds === 0 ? [] : [`${t('reason.refunds')} ${signed(sales.refunds)}`]),
    ];
    const why = reasons.length > 0 && sales.difference !== 0 ? `${t('reason.colon')}${reasons.join(t('reason.comma'))}` : '';
    parts.push(
      `${t('standup.changed.sales', { day, net: money.text(sales.net) })}${sales.state === 'settling' ? t('standup.changed.settling') : ''}${t('reason.comma')}${main}${why}`,
    );
  }
  parts.push(stories === 0 ? t('standup.changed.noStories') : t('standup.changed.stories', { count: stories }));
  if (restated) parts.push(t('standup.changed.restated', { count: restated.days, difference: signed(restated.difference) }));
  const text = parts.join(t('standup.between'));
  return (
    <p className="since-line" title={text}>
      <span className="since-text">{text}</span>
      {status !== 'fresh' && <AgeNote />}
    </p>
  );
}
