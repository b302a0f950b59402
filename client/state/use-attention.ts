/** The marks of this moment; changes only when the set does. */
import { streamLooks } from './freshness.ts';
import { candidates, worst } from './attention.ts';
import { useGroup, useScreen } from './screen-context.tsx';
import { urgencyAt } from './urgency.ts';

export function useMarked(): (key: string) => boolean {
  const today = useGroup('today');
  const month = useGroup('month');
  const quarter = useGroup('quarter');
  const channels = useGroup('channels');
  const campaigns = useGroup('campaigns');
  const sentiment = useGroup('sentiment');
  const strip = useGroup('strip');
  const taken = useScreen(
    (screen) =>
      streamLooks(screen.streams, screen.now).filter((look) => look.state === 'stale').length +
      strip.cells.filter((cell) => urgencyAt(cell, screen.now) === 'look').length,
  );
  const marked = worst(candidates({ today, month, quarter, channels, campaigns, sentiment }), taken);
  return (key) => marked.has(key);
}
