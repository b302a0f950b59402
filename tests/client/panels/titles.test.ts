// @vitest-environment happy-dom
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { deskPages } from '../../../client/app/desk-pages.ts';
import { kpiDefinition } from '../../../server/domain/kpis/registry.ts';
import { sceneIds, scenePath } from '../../../shared/screens/scenes.ts';
import { projectRoot } from '../../helpers/project-root.ts';

interface Titled {
  readonly untitled?: boolean;
  readonly page?: string;
}
const folder = path.join(projectRoot, 'client/panels');
const names = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, 'panel.ts')));

describe('the title of a panel', () => {
  it('there are panels', () => expect(names.length).toBeGreaterThan(25));

  it.each(names)('leads to a page there is: %s', async (name) => {
    const file: Readonly<Record<string, Titled>> = await import(`../../../client/panels/${name}/panel.ts`);
    for (const { untitled = false, page: leadsTo } of Object.values(file)) {
      if (leadsTo === undefined) {
        expect(untitled).toBe(true);
        continue;
      }
      expect(sceneIds.some((id) => scenePath(id) === leadsTo) || deskPages.some((desk) => desk.path.test(leadsTo)), leadsTo).toBe(true);
      const kpi = /^\/kpis\/(\w+)$/u.exec(leadsTo)?.[1];
      if (kpi !== undefined) expect(kpiDefinition(kpi), leadsTo).toBeDefined();
    }
  });
});
