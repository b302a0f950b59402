/** Makes a wall heard, once for a story and a severity, outside the quiet hours of the policy. */
import { useContext, useEffect, useEffectEvent, useState } from 'react';
import { isWithin, minuteOf } from '../../../shared/screens/rotation.ts';
import { excerpt } from '../../../shared/text/excerpt.ts';
import { hourMinute } from '../../format/instant.ts';
import { useWords } from '../../i18n/use-words.ts';
import { stripOf } from '../../state/fire.ts';
import { ScreenContext } from '../../state/screen-context.tsx';
import type { Screen } from '../../state/screen-store.ts';
import { alarmKey, alarmsOf } from './alarms.ts';
import { say, tone } from './sound.ts';
import { createTold } from './told.ts';
import { useStoryTitle } from '../../ui/story-title.tsx';

/** A title of a hundred characters is read for half a minute. */
const SPOKEN = 40;

/** Nothing is heard without a heartbeat: what is known only up to then may have been claimed since. */
function mayBeHeard({ phase, workspace, now }: Screen): boolean {
  if (phase !== 'live' || workspace === null) return false;
  const { wall, timeZone } = workspace;
  if (!wall.sound && !wall.speech) return false;
  return wall.quiet === null || !isWithin(wall.quiet, minuteOf(hourMinute(now, timeZone)));
}

export function useAlarms(): void {
  const { t, language } = useWords();
  const store = useContext(ScreenContext);
  const storyTitle = useStoryTitle();
  const [told] = useState(createTold);
  const look = useEffectEvent((screen: Screen): void => {
    if (!mayBeHeard(screen)) return;
    const due = alarmsOf(stripOf(screen), screen.now, told.has);
    const [nearest] = due;
    if (nearest === undefined) return;
    for (const cell of due) told.add(alarmKey(cell));
    const minutes = Math.floor((nearest.dueAt - screen.now) / 60_000);
    const title = excerpt(storyTitle(nearest.title), SPOKEN);
    const line = minutes > 0 ? t('wall.say.fire', { title, minutes }) : t('wall.say.breached', { title });
    const { sound, speech } = screen.workspace?.wall ?? { sound: false, speech: false };
    // A machine that cannot sound may still speak.
    const sounded = sound ? tone().catch(() => false) : Promise.resolve(true);
    void sounded.then(() => speech && say(line, language));
  });
  useEffect(() => {
    if (store === null) return undefined;
    look(store.getState());
    return store.subscribe((screen) => look(screen));
  }, [store]);
}
