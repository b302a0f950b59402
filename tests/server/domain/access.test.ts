import { describe, expect, it } from 'vitest';
import { decideAccess } from '../../../server/domain/access.ts';
import { callerOf } from '../../../server/adapters/system/caller.ts';
import { accessCases, publicUrl, rawHeadersOf } from './access-cases.ts';

describe('who may do what', () => {
  it.each(accessCases)('$name', (one) => {
    const caller = callerOf({ rawHeaders: rawHeadersOf(one, 8080) });
    const code = (action: 'read' | 'change' | 'subscribe') => decideAccess(action, caller, publicUrl)?.code ?? null;
    expect([code('read'), code('change'), code('subscribe')]).toEqual([one.read, one.changeAndSubscribe, one.changeAndSubscribe]);
  });

  it('nobody without a Host, and nobody by a public name that was never set', () => {
    const caller = (hosts: string[]) => ({ hosts, origins: [], fetchSites: [] });
    expect(decideAccess('read', caller([]), publicUrl)?.code).toBe('foreign_host');
    expect(decideAccess('read', caller(['']), publicUrl)?.code).toBe('foreign_host');
    expect(decideAccess('read', caller(['warroom.example.com']), null)?.code).toBe('foreign_host');
  });
});
