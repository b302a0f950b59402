/** The frame of every panel: rule, title, age, the look of stale data, error boundary. On a wall it draws new figures in its turn. */
import { useContext } from 'react';
import type { ReactNode } from 'react';
import type { PanelId, SceneView } from '../../shared/screens/scenes.ts';
import { useWords } from '../i18n/use-words.ts';
import { ScreenContext, useScreen, useView } from '../state/screen-context.tsx';
import { TurnsContext } from '../state/turns-context.tsx';
import { EmptyNote } from './empty-note.tsx';
import { InTurn } from './in-turn.tsx';
import { AgeNote, PanelAgeContext, useAgeOf } from './panel-age.tsx';
import { PanelBoundary } from './panel-boundary.tsx';
import type { Panel } from './panel.ts';

/** In place of figures that are not there: still to come on a live screen, not kept on the board of an earlier moment. */
function AbsentNote({ groups }: { readonly groups: readonly (number | string | symbol)[] }): ReactNode {
  const { t } = useWords();
  const gap = useScreen((screen) => groups.map((group) => screen.gaps?.[String(group)]).find((reason) => reason !== undefined));
  if (gap !== undefined) return <EmptyNote title={t(`past.gap.${gap}`)} hint={t(`past.gapHint.${gap}`)} />;
  return <EmptyNote title={t('panel.waiting')} hint={t('panel.waitingDetail')} />;
}

interface FrameProps<V extends SceneView> {
  readonly panel: Panel<V>;
}

export function PanelFrame<V extends SceneView>({ panel }: FrameProps<V>): ReactNode {
  const screen = useContext(ScreenContext);
  const turns = useContext(TurnsContext);
  const drawn = <DrawnPanel panel={panel} />;
  if (turns === null || screen === null) return drawn;
  return (
    <InTurn {...{ screen, turns }} view={panel.view} turn={panel.turn ?? panel.id}>
      {drawn}
    </InTurn>
  );
}

function DrawnPanel<V extends SceneView>({ panel }: FrameProps<V>): ReactNode {
  const { t } = useWords();
  const id: PanelId = panel.id;
  const age = useAgeOf(panel);
  const view = useView(panel.view);
  const data = view ? panel.groups.map((group) => view[group]) : [];
  const there = data.every((group) => group !== undefined);
  const { Body, Note } = panel;
  const title = t(`panel.${view && panel.title ? panel.title(view) : id}`);
  const bare = panel.bare ?? false;
  const failed = bare ? null : <EmptyNote title={t('panel.failed')} hint={t('panel.failedDetail')} />;
  return (
    <PanelAgeContext value={age}>
      <section
        className={`panel ${panel.narrow ? 'narrow' : ''} ${bare ? 'bare' : ''}`}
        style={{ gridArea: id }}
        data-panel={id}
        data-status={age.status}
        aria-label={title}
      >
        {!panel.untitled && (
          <header className="panel-head">
            <h2>{panel.page === undefined ? title : <a href={panel.page}>{title}</a>}</h2>
            {age.status === 'fresh' ? (
              Note &&
              there && (
                <PanelBoundary data={data} fallback={null}>
                  <Note />
                </PanelBoundary>
              )
            ) : (
              <AgeNote narrow={panel.narrow ?? false} />
            )}
          </header>
        )}
        {there ? (
          <PanelBoundary data={data} fallback={failed}>
            <Body />
          </PanelBoundary>
        ) : (
          !bare && <AbsentNote groups={panel.groups} />
        )}
      </section>
    </PanelAgeContext>
  );
}
