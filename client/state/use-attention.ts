/** The marks of this moment; changes only with the groups they are drawn from. */
import { candidates, worst } from './attention.ts';
import { useGroup } from './screen-context.tsx';

export function useMarked(): (key: string) => boolean {
  const today = useGroup('today');
  const month = useGroup('month');
  const quarter = useGroup('quarter');
  const channels = useGroup('channels');
  const campaigns = useGroup('campaigns');
  const sentiment = useGroup('sentiment');
  const marked = worst(candidates({ today, month, quarter, channels, campaigns, sentiment }));
  return (key) => marked.has(key);
}
