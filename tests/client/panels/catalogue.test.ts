// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { overviewPanels } from '../../../client/panels/catalogue.ts';
import { panelIds } from '../../../client/panels/panel.ts';

describe('the catalogue of panels', () => {
  it('holds every panel once', () => {
    expect(overviewPanels.map((panel) => panel.id).toSorted()).toEqual([...panelIds].toSorted());
  });
});
