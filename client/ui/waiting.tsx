/** Shown before the first snapshot: connecting, server unreachable, or another version. It names the next step and has no spinner. */
import type { ReactNode } from 'react';
import { useWords } from '../i18n/use-words.ts';
import { useScreen } from '../state/screen-context.tsx';
import { Cross, Ring } from './shapes.tsx';

export function Waiting(): ReactNode {
  const { t } = useWords();
  const phase = useScreen((screen) => screen.phase);
  const otherProtocol = useScreen((screen) => screen.otherProtocol);
  const lost = otherProtocol || phase === 'unreachable' || phase === 'grey';
  const title = otherProtocol ? t('connection.otherProtocol') : lost ? t('connection.unreachable') : t('connection.starting');
  const detail = otherProtocol
    ? t('connection.otherProtocolDetail')
    : lost
      ? t('connection.unreachableDetail')
      : t('connection.startingDetail');
  return (
    <main className="full-page" data-phase={phase}>
      <p className="full-product">{t('product')}</p>
      {lost ? <Cross /> : <Ring />}
      <h1>{title}</h1>
      <p>{detail}</p>
    </main>
  );
}
