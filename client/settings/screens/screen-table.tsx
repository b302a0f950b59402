/** The table of screens: one row each, with what can be done about it. */
import { Button, Input, Popconfirm, Table } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { SCREEN_NAME_MAX, screenCode } from '../../../shared/screens/screen-limits.ts';
import type { ScreenList, ScreenState, ScreenView } from '../../../shared/screens/screen-report.ts';
import { scenes } from '../../../shared/screens/scenes.ts';
import { Cross, Dot, Hole, Peak } from '../../ui/shapes.tsx';
import { useWords } from '../../i18n/use-words.ts';
import { useDeskWords } from '../../i18n/desk/use-desk-words.ts';

export interface ScreenActs {
  /** Each resolves to whether it was done. An empty name takes the name away. */
  readonly rename: (id: string, name: string) => Promise<boolean>;
  readonly identify: (id: string) => Promise<boolean>;
  readonly forget: (id: string) => Promise<boolean>;
}

const SHOWN_ROWS = 20;
/** Below this a picture is as old as the report that told of it. */
const BEHIND_WORTH_SAYING_MS = 5_000;

const shapes: Readonly<Record<ScreenState, ReactNode>> = {
  painting: <Dot />,
  frozen: <Cross />,
  hidden: <Peak />,
  closed: <Hole />,
  offline: <Hole />,
};
/** Nothing hangs there that could be current or asked for its name. */
const isOff = (state: ScreenState): boolean => state === 'closed' || state === 'offline';

function State({ screen, now }: { readonly screen: ScreenView; readonly now: number }): ReactNode {
  const { t, age } = useDeskWords();
  const { state, behindMs, seenAt } = screen;
  const silent = Math.max(0, now - seenAt);
  const why =
    state !== 'frozen'
      ? ''
      : silent < (behindMs ?? 0)
        ? t('screens.whyFrozen.behind', { age: age(behindMs ?? 0) })
        : t('screens.whyFrozen.silent', { age: age(silent) });
  return (
    <span className="screen-state" data-state={state}>
      {shapes[state]}
      {t(`screens.states.${state}`)}
      {why && ` · ${why}`}
    </span>
  );
}

function Name({ screen, acts }: { readonly screen: ScreenView; readonly acts: ScreenActs }): ReactNode {
  const { t } = useDeskWords();
  const [draft, setDraft] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    if (draft !== null && (await acts.rename(screen.id, draft.trim()))) setDraft(null);
  };
  if (draft === null)
    return (
      <span className="screen-name">
        {screen.name === null ? (
          <span className="page-note">{t('screens.unnamed', { code: screenCode(screen.id) })}</span>
        ) : (
          <bdi>{screen.name}</bdi>
        )}
        <Button size="small" type="link" onClick={() => setDraft(screen.name ?? '')}>
          {t('screens.rename')}
        </Button>
      </span>
    );
  return (
    <span className="screen-name">
      <Input
        autoFocus
        size="small"
        aria-label={t('screens.name')}
        value={draft}
        maxLength={SCREEN_NAME_MAX}
        onChange={(event) => setDraft(event.target.value)}
        onPressEnter={() => void save()}
        onKeyDown={(event) => event.key === 'Escape' && setDraft(null)}
      />
      <Button size="small" type="primary" onClick={() => void save()}>
        {t('screens.save')}
      </Button>
      <Button size="small" onClick={() => setDraft(null)}>
        {t('screens.cancel')}
      </Button>
    </span>
  );
}

export function ScreenTable({ list, acts }: { readonly list: ScreenList; readonly acts: ScreenActs }): ReactNode {
  const { t, age } = useDeskWords();
  const wall = useWords();
  const { now, build, screens } = list;
  const sceneName = (id: string | null): string => {
    const known = scenes.find((scene) => scene.id === id);
    return known === undefined ? (id ?? '') : wall.t(`scene.${known.id}`);
  };
  return (
    <Table<ScreenView>
      size="small"
      rowKey="id"
      dataSource={screens.toSorted((a, b) => Number(a.name === null) - Number(b.name === null) || b.seenAt - a.seenAt)}
      scroll={{ x: 'max-content' }}
      pagination={screens.length > SHOWN_ROWS ? { pageSize: SHOWN_ROWS, showSizeChanger: false } : false}
      columns={[
        { title: t('screens.name'), key: 'name', render: (_, screen) => <Name screen={screen} acts={acts} /> },
        { title: t('screens.state'), key: 'state', render: (_, screen) => <State screen={screen} now={now} /> },
        {
          title: t('screens.painted'),
          key: 'painted',
          render: (_, { paintedAt }) =>
            paintedAt === null ? t('screens.never') : t('screens.ago', { age: age(Math.max(0, now - paintedAt)) }),
        },
        {
          title: t('screens.behind'),
          key: 'behind',
          render: (_, { behindMs, state }) =>
            behindMs === null || isOff(state) ? '–' : behindMs < BEHIND_WORTH_SAYING_MS ? t('screens.current') : age(behindMs),
        },
        {
          title: t('screens.shows'),
          key: 'shows',
          render: (_, { scene, red }) => (
            <>
              {sceneName(scene)}
              {red > 0 && <span className="screen-red"> · {t('screens.red', { count: red })}</span>}
            </>
          ),
        },
        {
          title: t('screens.size'),
          key: 'size',
          render: (_, { size }) => (size === null ? '–' : `${size[0]}×${size[1]}${size[2] === 1 ? '' : ` @${size[2]}`}`),
        },
        {
          title: t('screens.build'),
          key: 'build',
          render: (_, screen) => (
            <>
              {screen.build ?? '–'}
              {screen.build !== null && screen.build !== build && <span className="page-note"> · {t('screens.otherBuild')}</span>}
            </>
          ),
        },
        {
          title: t('screens.acts'),
          key: 'acts',
          render: (_, { id, state }) => (
            <span className="screen-acts">
              <Button size="small" disabled={isOff(state)} onClick={() => void acts.identify(id)}>
                {t('screens.identify')}
              </Button>
              <Popconfirm
                title={t('screens.forgetSure')}
                okText={t('screens.forget')}
                cancelText={t('screens.cancel')}
                onConfirm={() => void acts.forget(id)}
              >
                <Button size="small">{t('screens.forget')}</Button>
              </Popconfirm>
            </span>
          ),
        },
      ]}
    />
  );
}
