/** Who changed the list of channels, when and why. */
import type { ReactNode } from 'react';
import type { ChannelListChange } from '../../../shared/incidents/channels.ts';
import { useMomentWords } from '../../desk-kit/use-moment-words.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import { OutsideText } from '../../ui/outside-text.tsx';
import { useChangeWords } from './change-words.ts';

export function ChannelHistory({ history }: { readonly history: readonly ChannelListChange[] }): ReactNode {
  const { t } = useDeskWords();
  const moments = useMomentWords();
  const wordsOf = useChangeWords();
  const lineOf = (change: ChannelListChange['changes'][number]): string => {
    const words = wordsOf(change);
    return words.kind === 'changed' ? t('settings.changed', { ...words }) : t(`settings.${words.kind}`, { what: words.what });
  };
  if (history.length === 0) return <p className="page-note">{t('alerts.channels.historyEmpty')}</p>;
  return (
    <ol className="channel-history">
      {history.map(({ at, owner, reason, changes }) => (
        <li key={`${String(at)} ${changes.map(({ id, what }) => `${id} ${what}`).join()}`}>
          <p className="page-note">
            {moments.short(at)} · {owner === null ? t('alerts.channels.unsigned') : <OutsideText>{owner}</OutsideText>}
            {reason !== null && (
              <>
                {' · '}
                <OutsideText>{reason}</OutsideText>
              </>
            )}
          </p>
          <ul>
            {changes.map((change) => (
              <li key={`${change.id} ${change.what}`}>{lineOf(change)}</li>
            ))}
          </ul>
        </li>
      ))}
    </ol>
  );
}
