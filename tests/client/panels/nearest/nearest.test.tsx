// @vitest-environment happy-dom
/** The large block of 舆情 and who is called next: what they say when a deadline is near, over, far and none, and without a connection. */
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { beforeAll, expect, it } from 'vitest';
import { startLanguage } from '../../../../client/i18n/setup.ts';
import { CallsBody, CallsNote } from '../../../../client/panels/calls/calls.tsx';
import { NearestBody } from '../../../../client/panels/nearest/nearest.tsx';
import { ScreenContext } from '../../../../client/state/screen-context.tsx';
import { createScreenStore, type Screen } from '../../../../client/state/screen-store.ts';
import type { SentimentState } from '../../../../shared/wire/views/sentiment.ts';
import { fixtureNow } from '../../../helpers/fixture-now.ts';
import { usualWorkspace } from '../../../helpers/overview-fixture.ts';
import { calmTalk, crowdedTalk, emptyTalk, oneStory, sentimentFixture, watched } from '../../../helpers/sentiment-fixture.ts';

Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
beforeAll(() => startLanguage('?lang=zh-CN'));

async function drawn(sentiment: SentimentState, screen: Partial<Screen> = {}) {
  const store = createScreenStore(fixtureNow);
  store.setState({ workspace: usualWorkspace, views: { sentiment }, phase: 'live', heartbeatAt: fixtureNow, ...screen });
  const page = document.createElement('div');
  await act(async () =>
    createRoot(page).render(
      <ScreenContext value={store}>
        <NearestBody />
        <CallsNote />
        <CallsBody />
      </ScreenContext>,
    ),
  );
  const text = (part: string) => page.querySelector(part)?.textContent ?? '';
  const block = page.querySelector('.nearest');
  return {
    store,
    page,
    text,
    look: block?.getAttribute('class') ?? '',
    shape: block?.querySelector('.shape')?.getAttribute('class') ?? '',
  };
}

it('[IC12] less than a quarter of an hour: filled, with its word, nobody has it, when it is due, what it is and where it went', async () => {
  const { look, shape, text, page, store } = await drawn(sentimentFixture);
  expect(look).toContain('fire');
  expect(shape).toContain('octagon');
  expect(text('.nearest-state')).toBe('火急 · 无人认领');
  expect(text('.nearest-clock')).toBe('12:48');
  expect(text('.nearest-due')).toBe('14:48:08 截止');
  expect(text('.nearest-story')).toBe('X5 漏水视频124 条提及阅读 83.6万小红书首发，转到抖音');
  expect(page.querySelector('a.nearest')?.getAttribute('href')).toBe('/incidents/17');
  expect(text('.panel-note')).toBe('转红已 2 分 12 秒');
  await act(async () => store.setState({ now: fixtureNow + 768_000 }));
  expect(text('.nearest-over-word')).toBe('已超时');
});

it('[IC12] a deadline that is over has another look, shape and word, by how much, and that it is not the first round', async () => {
  const { look, shape, text } = await drawn(crowdedTalk);
  expect(look).toContain('breached');
  expect(shape).toContain('block');
  expect(text('.nearest-over-word')).toBe('已超时');
  expect(text('.nearest-late')).toBe('迟 1 分 37 秒');
  expect(text('.nearest-marks')).toBe('第 2 轮 · 上轮超时');
});

it('less than an hour and far away look different again; a drill says so', async () => {
  const soon = await drawn(watched);
  expect([soon.look.includes('soon'), soon.shape.includes('triangle'), soon.text('.nearest-state')]).toEqual([
    true,
    true,
    '注意 · 周屿已认领 · 未回应',
  ]);
  const far = await drawn(oneStory);
  expect([far.look.includes('calm'), far.shape.includes('ring'), far.text('.nearest-state'), far.text('.nearest-marks')]).toEqual([
    true,
    true,
    '时限内 · 无人认领',
    '演练',
  ]);
});

it('none open: how many were answered today and whether in time, and who is on duty', async () => {
  const { text, page } = await drawn(calmTalk);
  expect(text('.nearest-none')).toBe('0');
  expect(text('.nearest-fact')).toContain('今日 7 条 · 已回应 7，都按时');
  expect([...page.querySelectorAll('.duty')].map((row) => row.textContent)).toEqual(['值班林悦', '备岗周屿', '组长何晚', '总监无人']);
  expect((await drawn(emptyTalk)).page.textContent).toContain('没有值班名单');
  const unset = await drawn(emptyTalk, { workspace: { ...usualWorkspace, brandsSet: false } });
  expect(unset.text('.nearest-calm')).toBe('未设自有品牌，负面不会计时');
});

it('[S2] without a connection the clock runs on, hollow and marked as an estimate, and who claimed it is as of the last heartbeat', async () => {
  const { look, text } = await drawn(sentimentFixture, { phase: 'grey' });
  expect(look).toContain('estimated');
  expect(text('.nearest-state')).toBe('火急 · 推算 · 停在 14:35：未认领');
});

it('[TK3] who was called, what became of it, and who is next with the time left', async () => {
  const { page, store } = await drawn(sentimentFixture);
  const rows = () =>
    [...page.querySelectorAll('.call')].map(
      (row) => `${row.className}: ${row.querySelector('.call-who')?.textContent} ${row.querySelector('.call-state')?.textContent}`,
    );
  expect(rows()).toEqual([
    'call done: 林悦  企业微信已送达',
    'call trouble: 林悦  邮件没送到',
    'call next: 周屿 备岗 52 秒后呼叫',
    'call later: 何晚 组长 3 分 52 秒后呼叫',
  ]);
  await act(async () => store.setState({ now: fixtureNow + 60_000 }));
  expect(rows()[2]).toContain('正在呼叫');
  const { page: crowded } = await drawn(crowdedTalk);
  expect([...crowded.querySelectorAll('.call')].map((row) => row.textContent)).toMatchObject([
    expect.stringContaining('名单上无人'),
    expect.stringContaining('钉钉没送出，再试'),
    expect.stringContaining('未设渠道'),
    expect.stringContaining('负责人'),
  ]);
});
