/** What the demo's people do about a story: somebody claims it, mostly answers in time, and settles it later. */
import type { IncidentCommand, IncidentView } from '../../../shared/incidents/types.ts';
import { randomFor } from './random.ts';
import { MINUTE_MS, type DemoWorld } from './world.ts';

const people = ['林悦', '周屿', '苏晴'] as const;

/** One in so many stories is answered late, so that a breach can be seen. */
const ANSWERED_LATE = 6;
const LATE_MS = 70 * MINUTE_MS;
/** The youngest story of the opening is for whoever watches to claim. */
const UNCLAIMED_MS = 45 * MINUTE_MS;
/** Until then the stories of the opening are for whoever watches; after it nobody is there, and one that waited for ever would stand on the wall for ever. */
const NOBODY_CAME_MS = 6 * 60 * MINUTE_MS;

/**
 * The next command due on an incident at `now`, or null. The stories of the opening are left for some hours to
 * whoever watches the demo to answer, the youngest of them also to claim.
 */
export function staffCommand(world: DemoWorld, incident: IncidentView, now: number): IncidentCommand | null {
  if (incident.storyId === null) return null;
  const random = randomFor(world.seed, 'staff', incident.storyId);
  const actor = random.pick(people);
  const claimAfter = random.between(4, 18) * MINUTE_MS;
  const answerInTime = random.between(80, 112) * MINUTE_MS;
  const settles = random.between(90, 260) * MINUTE_MS;
  const late = random.between(1, ANSWERED_LATE) === 1;
  const age = now - incident.detectedAt;
  const opening = incident.detectedAt < world.origin;
  const fresh = opening && incident.detectedAt > world.origin - UNCLAIMED_MS;
  const answerAfter = opening ? NOBODY_CAME_MS : late ? answerInTime + LATE_MS : answerInTime;
  const settleAfter = answerAfter + settles;
  const command = { commandId: `demo-${incident.id}-${incident.version}`, expectedVersion: incident.version, actor };

  if (incident.status === 'open' && age >= (fresh ? NOBODY_CAME_MS : claimAfter)) return { ...command, type: 'claim' };
  if (incident.status === 'claimed' && age >= answerAfter) {
    return { ...command, type: 'respond', text: '已联系发帖用户，致歉并安排上门检测；说明与更换办法已置顶回复。' };
  }
  if (incident.status === 'responded' && age >= settleAfter) return { ...command, type: 'resolve', note: '用户确认已解决' };
  return null;
}
