/**
 * Stories this system makes for itself: a round of the watchdog, or a drill. Their mentions name the round or the drill as
 * their story, and their incident is marked as a drill, so it counts nowhere and its messages end at the dry end.
 */
import type { MentionChange, MentionIntakeContext } from '../../domain/fold/mention-change.ts';
import { standing } from '../../domain/facts.ts';
import { decideJoining, decideOpening, type StoryMention } from '../../domain/incidents/decide-mentions.ts';
import { SYSTEM } from '../../domain/incidents/events.ts';
import { generationOf } from '../../domain/incidents/clocks.ts';
import { incidentId } from '../../domain/incidents/story.ts';
import { drillStory, isSynthetic, WATCHDOG_SOURCE, watchdogStory } from '../../domain/synthetic.ts';
import { isClosedStatus } from '../../../shared/incidents/status.ts';
import type { StoreTx } from '../ports/transaction.ts';
import { incidentBatch } from './batch.ts';
import { joins, storyMention } from './story-mention.ts';

/** The changes of other mentions, which are the only ones that count. */
export const notSynthetic = (changes: readonly MentionChange[]): readonly MentionChange[] =>
  changes.some(({ after }) => isSynthetic(after.source)) ? changes.filter(({ after }) => !isSynthetic(after.source)) : changes;

/** Opens or joins the incidents of synthetic mentions that are new; true when there were any. */
export async function openSynthetic(tx: StoreTx, changes: readonly MentionChange[], context: MentionIntakeContext): Promise<boolean> {
  const stories = new Map<string, StoryMention[]>();
  for (const { before, after, columns } of changes) {
    const version = standing(after, 'sentiment.mention');
    if (before !== undefined || !isSynthetic(after.source) || version === undefined) continue;
    const { brand, storyId = '', mentionId } = version.data;
    const mention = storyMention(after, { ...columns, brand, storyId }, -Infinity);
    if (mention === undefined) continue;
    const key = after.source === WATCHDOG_SOURCE ? watchdogStory(storyId || mentionId) : drillStory(storyId || mentionId);
    stories.set(key, [...(stories.get(key) ?? []), mention]);
  }
  if (stories.size === 0) return false;
  const { now, policies } = context;
  const stored = await tx.incidentsByStory([...stories.keys()]);
  const batch = incidentBatch();
  for (const [storyKey, mentions] of stories) {
    const id = incidentId(storyKey);
    const known = stored.get(storyKey);
    batch.addMembers(mentions.map((mention) => joins(id, mention)));
    if (known !== undefined) {
      batch.add(id, known, decideJoining(known, mentions, { now, sla: policies.sla }));
      continue;
    }
    const [number = 0] = await tx.takeIncidentNumbers(1);
    const events = decideOpening(mentions, { now, sla: policies.sla, id, storyKey, number });
    batch.add(
      id,
      undefined,
      events.map((event) => (event.action === 'opened' ? { ...event, detail: { ...event.detail, drill: true } } : event)),
    );
  }
  return batch.write(tx);
}

/** Ends stories of the watchdog that are still open; true when there were any. */
export async function closeSynthetic(tx: StoreTx, storyKeys: readonly string[], now: number): Promise<boolean> {
  const batch = incidentBatch();
  for (const incident of (await tx.incidentsByStory(storyKeys)).values()) {
    if (!incident.drill || isClosedStatus(incident.status)) continue;
    const detail = { reason: 'watchdog', generation: generationOf(incident) };
    batch.add(incident.id, incident, [{ action: 'false_alarm', at: now, actor: SYSTEM, detail }]);
  }
  return batch.write(tx);
}
