/** The bar for whoever stands at the wall: scenes, desks, the pin, the language. It is drawn while the wall is in use. */
import type { MouseEvent, ReactNode } from 'react';
import { scenePath, scenes } from '../../../shared/screens/scenes.ts';
import type { SceneId } from '../../../shared/screens/scenes.ts';
import { textOf } from '../../format/moment.ts';
import { useWords } from '../../i18n/use-words.ts';
import { toggleFullScreen } from '../../screen/full-screen.ts';
import { useScreen } from '../../state/screen-context.tsx';
import { SoundCheck } from '../heard/sound-check.tsx';
import './nav.css';

const desks = [
  { id: 'incidents', path: '/incidents' },
  { id: 'campaigns', path: '/campaigns' },
  { id: 'numbers', path: '/kpis' },
  { id: 'standup', path: '/standup' },
  { id: 'settings', path: '/settings' },
] as const;

export interface WallNavProps {
  readonly shown: SceneId;
  readonly pin: SceneId | null;
  readonly choose: (pin: SceneId | null) => void;
  readonly switchLanguage: () => void;
  /** On a phone the bar always stands below the page, and there is no rotation to go back to. */
  readonly handheld: boolean;
}

/** Looking back begins so long before now. */
const BACK_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** A click that asks for another tab or window is the browser's. */
const isPlain = ({ ctrlKey, metaKey, shiftKey, button }: MouseEvent): boolean => !ctrlKey && !metaKey && !shiftKey && button === 0;

export function WallNav({ shown, pin, choose, switchLanguage, handheld }: WallNavProps): ReactNode {
  const { t } = useWords();
  const minute = useScreen(({ now }) => Math.floor(now / MINUTE_MS) * MINUTE_MS);
  return (
    <nav className={`wall-nav ${handheld ? 'handheld' : ''}`} aria-label={t('nav.label')}>
      <ul>
        {scenes.map(({ id }, i) => (
          <li key={id}>
            <a
              href={scenePath(id)}
              aria-current={id === shown ? 'page' : undefined}
              onClick={(event) => {
                if (!isPlain(event)) return;
                event.preventDefault();
                choose(id);
              }}
            >
              {!handheld && <kbd>{i + 1}</kbd>}
              {t(`scene.${id}`)}
            </a>
          </li>
        ))}
        {!handheld && (
          <li>
            <button type="button" onClick={() => choose(pin === null ? shown : null)}>
              <kbd>{t('wall.nav.space')}</kbd>
              {t(pin === null ? 'wall.nav.pin' : 'wall.nav.unpin')}
            </button>
          </li>
        )}
      </ul>
      <ul>
        <li>
          <a href={`${scenePath(shown)}?${new URLSearchParams({ at: textOf(minute - BACK_MS) }).toString()}`}>{t('past.title')}</a>
        </li>
        {desks.map(({ id, path }) => (
          <li key={id}>
            <a href={path}>{t(`wall.nav.${id}`)}</a>
          </li>
        ))}
        {!handheld && (
          <li>
            <SoundCheck />
          </li>
        )}
        {!handheld && (
          <li>
            <button type="button" onClick={() => void toggleFullScreen()}>
              <kbd>F</kbd>
              {t('wall.nav.fullScreen')}
            </button>
          </li>
        )}
        <li>
          <button type="button" onClick={switchLanguage}>
            {!handheld && <kbd>L</kbd>}
            {t('language.switch')}
          </button>
        </li>
      </ul>
    </nav>
  );
}
