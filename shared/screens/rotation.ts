/**
 * Which scene a wall shows. Pure, and by server time alone, so that all walls of a room change at the same moment and a
 * wall that was switched on later joins the others.
 */
import { sceneIds, scenes, type SceneId } from './scenes.ts';

/** What the rule needs of the policy `wall`. Names of scenes that this page does not know are passed over. */
export interface Rotation {
  readonly rotation: readonly { readonly scene: string; readonly seconds: number }[];
  readonly standup: { readonly at: string; readonly days: readonly number[]; readonly minutes: number } | null;
}

/** A moment as clocks and calendars of the business time zone show it. */
export interface WallMoment {
  /** UTC ms. */
  readonly now: number;
  /** ISO weekday, 1 is Monday. */
  readonly weekday: number;
  /** Minutes since the day began. */
  readonly minute: number;
}

export interface WallState {
  /** The scene that the address or a person chose; null: none. */
  readonly pinned: SceneId | null;
  /** A story that nobody claimed is less than 15 minutes from its deadline or past it. */
  readonly fire: boolean;
}

/** Why a scene is shown; the head of the wall says it. */
export type Why = 'pinned' | 'fire' | 'standup' | 'rotation';
export interface Shown {
  readonly scene: SceneId;
  readonly why: Why;
}

export const knownScene = (name: string): SceneId | undefined => sceneIds.find((id) => id === name);

const FIRST: SceneId = scenes[0].id;
/** Where a red story is told at its largest, and where the stand-up is held. */
const FIRE_SCENE: SceneId = knownScene('sentiment') ?? FIRST;
const STANDUP_SCENE = knownScene('standup');

/** 09:00 → 540 */
export function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}

const DAY_MINUTES = 1_440;

/** Whether a minute of the day lies within hours that may span midnight; equal ends are no time at all. */
export function isWithin(hours: { readonly from: string; readonly to: string }, minute: number): boolean {
  const [from, to] = [minuteOf(hours.from), minuteOf(hours.to)];
  return from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** A stand-up that spans midnight goes on into the next day. */
function isStandup(standup: Rotation['standup'], { weekday, minute }: WallMoment): boolean {
  if (standup === null) return false;
  const since = minute - minuteOf(standup.at);
  const before = ((weekday + 5) % 7) + 1;
  return (
    (since >= 0 && since < standup.minutes && standup.days.includes(weekday)) ||
    (since + DAY_MINUTES < standup.minutes && standup.days.includes(before))
  );
}

interface Turn {
  readonly scene: SceneId;
  readonly seconds: number;
}

function turnsOf({ rotation }: Rotation): readonly Turn[] {
  const turns = rotation.flatMap(({ scene, seconds }): readonly Turn[] => {
    const known = knownScene(scene);
    return known === undefined ? [] : [{ scene: known, seconds }];
  });
  return turns.length > 0 ? turns : [{ scene: FIRST, seconds: 60 }];
}

/** The scene whose turn it is at `now`, UTC ms: the round of all turns is counted from the beginning of 1970. */
export function turnAt(policy: Rotation, now: number): SceneId {
  const turns = turnsOf(policy);
  const round = turns.reduce((sum, { seconds }) => sum + seconds, 0);
  let into = Math.floor(now / 1000) % round;
  for (const { scene, seconds } of turns) {
    if (into < seconds) return scene;
    into -= seconds;
  }
  return FIRST;
}

/** A person's choice comes first, then fire, then the stand-up, then the rotation. */
export function shownAt(policy: Rotation, moment: WallMoment, { pinned, fire }: WallState): Shown {
  if (pinned !== null) return { scene: pinned, why: 'pinned' };
  if (fire) return { scene: FIRE_SCENE, why: 'fire' };
  if (STANDUP_SCENE !== undefined && isStandup(policy.standup, moment)) return { scene: STANDUP_SCENE, why: 'standup' };
  return { scene: turnAt(policy, moment.now), why: 'rotation' };
}
