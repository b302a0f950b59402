/**
 * Style sheets of all panels are loaded into one page, so a class that two panels define has the look of both. Each class of a
 * panel's sheet is therefore defined by that panel alone; what panels share stands in client/panels/panel.css.
 */
import { expect, it } from 'vitest';
import { projectFiles } from './source.ts';

/** The class that each selector of a sheet begins with. */
function classesOf(css: string): Set<string> {
  const selectors = css.replaceAll(/\/\*[^]*?\*\//g, '').matchAll(/([^{};]+)\{/g);
  return new Set([...selectors].flatMap(([, list = '']) => list.split(',').flatMap((one) => /^\s*\.([\w-]+)/.exec(one)?.[1] ?? [])));
}

it('no two panels define the same class', () => {
  const sheets = projectFiles().filter(({ path }) => /^client\/panels\/[^/]+\/[^/]+\.css$/.test(path));
  expect(sheets.length).toBeGreaterThan(10);
  const owners = new Map<string, Set<string>>();
  for (const { path, text } of sheets) {
    const panel = path.split('/')[2] ?? '';
    // `.panel[data-panel='…']` names its panel already.
    for (const name of classesOf(text)) if (name !== 'panel') owners.set(name, new Set([...(owners.get(name) ?? []), panel]));
  }
  expect([...owners].filter(([, panels]) => panels.size > 1).map(([name, panels]) => `.${name}: ${[...panels].join(', ')}`)).toEqual([]);
});
