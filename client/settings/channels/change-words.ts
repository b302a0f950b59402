/** What changed about a channel, in words. */
import type { ChannelChange } from '../../../shared/incidents/channels.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';
import type { Change } from '../changes.ts';

export function useChangeWords(): (change: ChannelChange) => Change {
  const { t } = useDeskWords();
  return ({ id, what }) => {
    if (what === 'added' || what === 'removed') return { kind: what, what: t('alerts.channels.one', { id }) };
    const [before, after] = [t(`alerts.channels.was.${what}`), t(`alerts.channels.becomes.${what}`)];
    return { kind: 'changed', what: t('alerts.channels.one', { id }), before, after };
  };
}
