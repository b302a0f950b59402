import { describe, expect, it } from 'vitest';
import { identityOf, type Keeper } from '../../../client/wire/screen-identity.ts';
import { screenId } from '../../../shared/screens/screen-report.ts';

const keeping = (): Keeper & { readonly kept: Map<string, string> } => {
  const kept = new Map<string, string>();
  return { kept, getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) };
};
const forgetful: Keeper = {
  getItem: () => {
    throw new Error('storage is off');
  },
  setItem: () => {
    throw new Error('storage is off');
  },
};
let drawn = 0;
const random = (): Uint8Array => new Uint8Array(15).fill((drawn += 1));

describe('which screen a page runs on', () => {
  it('[SC3] is made once and kept', () => {
    const keeper = keeping();
    const first = identityOf('', keeper, random);
    expect(identityOf('?lang=en', keeper, random)).toEqual(first);
    expect(identityOf('', keeping(), random).id).not.toBe(first.id);
    expect(first.name).toBeNull();
  });

  it('[SC3] follows from the name in the address, also where nothing is kept, and stays when the name is left out', () => {
    const named = identityOf('?screen=%E5%89%8D%E5%8F%B0', forgetful, random);
    expect(named).toEqual({ id: expect.stringMatching(/^name-[0-9a-f]{16}$/), name: '前台' });
    const keeper = keeping();
    expect(identityOf('?screen=前台', keeper, random).id).toBe(named.id);
    expect(identityOf('', keeper, random)).toEqual({ id: named.id, name: null });
    expect(identityOf('?screen=仓库', keeper, random).id).not.toBe(named.id);
  });

  it('[SC3] is an id the server takes, with a name it takes, whatever the address says', () => {
    for (const search of ['', '?screen=', '?screen=%20', `?screen=${'长'.repeat(90)}`, '?screen=%F0%9F%94%A5', '?screen=../../x']) {
      const { id, name } = identityOf(search, forgetful, random);
      expect(screenId.safeParse(id).success, id).toBe(true);
      expect(name === null || Array.from(name).length <= 40).toBe(true);
    }
  });
});
