/** A line over every scene for a few seconds: a big move of a competitor, or a target that is reached. */
import type { ReactNode } from 'react';
import { isolated } from '../../format/outside.ts';
import { percent } from '../../format/scale.ts';
import { useWords } from '../../i18n/use-words.ts';
import { arrowOf, moveWord } from '../../panels/move-word.ts';
import { useMoney } from '../../ui/money.tsx';
import type { Moment } from './moments.ts';
import { useMoments } from './use-moments.ts';
import './moment.css';

function Words({ moment }: { readonly moment: Moment }): ReactNode {
  const { t } = useWords();
  const money = useMoney();
  if (moment.kind === 'reached') {
    const told = (minor: number): string => {
      const { figure, unit } = money.parts(minor);
      return `${figure}${unit}`;
    };
    return (
      <>
        <strong>{t(`wall.moment.${moment.what}`)}</strong>
        <span>{t('wall.moment.reached', { net: told(moment.net), target: told(moment.target) })}</span>
      </>
    );
  }
  const { competitor, title, change } = moment.move;
  return (
    <>
      <strong>
        {isolated(competitor)} {t(`competitors.${moveWord(moment.move)}`)}
        {change !== null && change !== 0 && ` ${arrowOf(change)} ${percent(Math.abs(change))}%`}
      </strong>
      <span>{isolated(title)}</span>
    </>
  );
}

export function MomentBand(): ReactNode {
  const moment = useMoments();
  if (moment === null) return null;
  return (
    <p key={moment.key} className="wall-moment" role="status">
      <Words moment={moment} />
    </p>
  );
}
