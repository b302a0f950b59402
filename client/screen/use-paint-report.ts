/** Reports to the server what this page painted last while it was visible, every few seconds and when a red story came in sight. */
import { useContext, useEffect, useRef } from 'react';
import { RED_NAMED_MAX, REPORT_EVERY_MS } from '../../shared/screens/screen-limits.ts';
import type { ScreenMessage } from '../../shared/screens/screen-message.ts';
import type { PaintReport } from '../../shared/screens/screen-report.ts';
import { ScreenContext, useScreen } from '../state/screen-context.tsx';
import type { Screen } from '../state/screen-store.ts';
import { TurnsContext } from '../state/turns-context.tsx';
import { pageBuild } from '../wire/page-build.ts';
import { screenIdentity } from '../wire/screen-identity.ts';
import { createPaintProof, type PaintProof, type Proof } from './paint-proof.ts';

type Positions = PaintReport['positions'];

interface Committed {
  readonly scene: string;
  readonly view: keyof Screen['positions'];
  readonly positions: Positions;
}

/** The red stories in the picture: figures that only go on by themselves while the connection is lost prove nothing. */
function redInSight(): readonly string[] {
  const marks = document.querySelectorAll<HTMLElement>('.wall [data-incident]:is(.fire, .breached):not(.estimated)');
  const ids = [...marks].filter((mark) => mark.closest('[data-behind]') === null).map((mark) => mark.dataset['incident'] ?? '');
  return [...new Set(ids)].filter((id) => id !== '').slice(0, RED_NAMED_MAX);
}

const addressOf = (id: string): string => `${window.location.origin}/api/screens/${id}/painted`;

async function post(id: string, report: PaintReport): Promise<ScreenMessage | null> {
  try {
    // The origin and not a relative address: a kiosk may be opened with a password in its address, and then fetch refuses those.
    const answer = await fetch(addressOf(id), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(report),
      signal: AbortSignal.timeout(REPORT_EVERY_MS * 2),
    });
    if (!answer.ok) return null;
    const message: ScreenMessage = await answer.json();
    return message;
  } catch {
    // The next report says everything this one would have said.
    return null;
  }
}

/** @param view the view of the scene in sight */
export function usePaintReport(scene: string, view: keyof Screen['positions']): void {
  const store = useContext(ScreenContext);
  const position = useScreen((screen) => screen.positions[view]);
  const turns = useContext(TurnsContext);
  const proof = useRef<PaintProof | null>(null);
  /** Written by an effect, so that only what React has committed is ever reported. */
  const committed = useRef<Committed | null>(null);

  useEffect(() => {
    committed.current = { scene, view, positions: position === undefined ? {} : { [view]: position } };
    proof.current?.askIfRed();
  }, [scene, view, position]);

  useEffect(() => {
    if (store === null) return undefined;
    const { id, name } = screenIdentity();
    let last: Proof<Positions> | null = null;
    const now = (): number => Math.round(store.getState().now);
    const reportOf = (visible: boolean): PaintReport | null => {
      const build = pageBuild() ?? store.getState().build;
      if (last === null || build === null || committed.current === null) return null;
      return {
        ...{ scene: committed.current.scene, positions: last.positions, paintedAt: last.paintedAt, red: [...last.red] },
        ...{ visible, size: [window.innerWidth || 1, window.innerHeight || 1, window.devicePixelRatio], build },
        ...(name === null ? {} : { name }),
      };
    };
    // A patch is painted once the last of the panels has drawn it.
    const drawn = ({ positions, view: shown }: Committed): Positions => {
      const panels = turns?.drawn(shown) ?? null;
      return panels === null ? positions : { [shown]: panels };
    };
    const send = async (visible: boolean): Promise<void> => {
      const report = reportOf(visible);
      const message = report && (await post(id, report));
      if (message !== null) store.setState({ self: message });
    };
    const own = createPaintProof<Positions>({
      frame: (run) => void window.requestAnimationFrame(run),
      standing: () => committed.current && { positions: drawn(committed.current), red: redInSight() },
      now,
      hidden: () => document.hidden,
      send: (given) => {
        last = given;
        void send(true);
      },
    });
    proof.current = own;
    own.ask();
    const timer = window.setInterval(own.ask, REPORT_EVERY_MS);
    let left = false;
    // A page that is closed becomes hidden after it has said good-bye.
    const turned = (): void => {
      if (left) return;
      if (document.hidden) void send(false);
      else own.ask();
    };
    // A page that is gone cannot wait for an answer: the browser delivers a beacon after it. Whoever crashes says nothing.
    const leaving = (): void => {
      left = true;
      const report = reportOf(false);
      if (report === null) return;
      navigator.sendBeacon(addressOf(id), new Blob([JSON.stringify({ ...report, closed: true })], { type: 'application/json' }));
    };
    const back = (): void => {
      left = false;
      own.ask();
    };
    document.addEventListener('visibilitychange', turned);
    window.addEventListener('pagehide', leaving);
    window.addEventListener('pageshow', back);
    return () => {
      proof.current = null;
      window.clearInterval(timer);
      document.removeEventListener('visibilitychange', turned);
      window.removeEventListener('pagehide', leaving);
      window.removeEventListener('pageshow', back);
    };
  }, [store, turns]);
}
