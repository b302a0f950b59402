// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { en } from '../../../client/i18n/en.ts';
import { zhCN } from '../../../client/i18n/zh-cn.ts';
import { sceneOf } from '../../../client/scenes/all.ts';
import { scenes } from '../../../shared/screens/scenes.ts';
import { groupsOf, viewNames } from '../../../shared/wire/views/all.ts';

const widths = ['wide', 'two', 'one'] as const;
type Layout = Readonly<Record<string, string>>;

/** Rows of names as the browser reads them. */
const areasOf = (layout: Layout, width: string): string[][] =>
  [...(layout[`--${width}-areas`] ?? '').matchAll(/'([^']+)'/gu)].map(([, line]) => (line as string).split(' '));

/** Names of panels whose places are not one full rectangle: a browser drops such a layout as a whole. */
function torn(areas: readonly (readonly string[])[]): string[] {
  return [...new Set(areas.flat())].filter((name) => {
    const at = areas.flatMap((line, y) => line.flatMap((cell, x) => (cell === name ? [{ x, y }] : [])));
    const span = (axis: 'x' | 'y') => Math.max(...at.map((p) => p[axis])) - Math.min(...at.map((p) => p[axis])) + 1;
    return span('x') * span('y') !== at.length;
  });
}
/** Lengths of a track list; `calc(380 * var(--u))` and `minmax(0, 1fr)` are one each. */
const tracks = (list: string): number => list.replaceAll(/\((?:[^()]|\([^()]*\))*\)/gu, '').split(' ').length;

describe.each(scenes.map((scene) => [scene.id, scene] as const))('the scene %s', (id, scene) => {
  const layout = sceneOf[id].layout as Layout;

  it.each(widths)('has one place for each of its panels: %s', (width) => {
    const areas = areasOf(layout, width);
    expect(new Set(areas.flat())).toEqual(new Set(scene.panels));
    expect(torn(areas)).toEqual([]);
    expect(areas.map((line) => line.length)).toEqual(areas.map(() => tracks(layout[`--${width}-columns`] ?? '')));
    expect(areas).toHaveLength(tracks(layout[`--${width}-rows`] ?? ''));
  });

  it('shows a view that carries the strip', () => {
    expect(viewNames).toContain(scene.view);
    expect(groupsOf(scene.view)).toContain('strip');
  });

  it('has a title, and one for each panel, in both languages', () => {
    for (const words of [zhCN, en]) {
      expect(words.scene).toHaveProperty(id);
      for (const panel of scene.panels) expect(words.panel).toHaveProperty(panel);
    }
  });
});

describe('the layout check', () => {
  it('finds a panel whose places are no rectangle', () => {
    expect(
      torn([
        ['a', 'a'],
        ['b', 'a'],
      ]),
    ).toEqual(['a']);
    expect(
      torn([
        ['a', 'a'],
        ['b', 'c'],
      ]),
    ).toEqual([]);
  });
});
