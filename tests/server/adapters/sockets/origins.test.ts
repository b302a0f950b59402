import { describe, expect, it } from 'vitest';
import { isAllowed, ownOrigins } from '../../../../server/adapters/sockets/origins.ts';

const own = ownOrigins({ host: '127.0.0.1', port: 8080, publicUrl: 'https://warroom.example.com/x' });
const host = '127.0.0.1:8080';

describe('origins', () => {
  it('are the own address in its loopback spellings and the public one', () => {
    expect([...own]).toEqual(['http://127.0.0.1:8080', 'http://localhost:8080', 'http://[::1]:8080', 'https://warroom.example.com']);
    expect([...ownOrigins({ host: '::1', port: 80, publicUrl: null })]).toEqual(['http://[::1]', 'http://127.0.0.1', 'http://localhost']);
  });

  it.each([
    [{ host, origin: 'http://127.0.0.1:8080' }, true],
    [{ host: 'localhost:8080', origin: 'http://127.0.0.1:8080' }, true],
    [{ host: 'warroom.example.com', origin: 'https://warroom.example.com' }, true],
    [{ host, origin: 'https://warroom.example.com' }, true],
    [{ host, origin: 'http://127.0.0.1:8081' }, false],
    [{ host, origin: 'https://127.0.0.1:8080' }, false],
    [{ host, origin: 'http://127.0.0.1:8080.evil.example' }, false],
    [{ host, origin: 'null' }, false],
    [{ host, origin: '' }, false],
    // A name re-pointed at this machine.
    [{ host: 'evil.example:8080', origin: 'http://evil.example:8080' }, false],
    [{ host: 'evil.example:8080', 'sec-fetch-site': 'same-origin' }, false],
    // Programs, and pages that poll their own origin.
    [{ host }, true],
    [{ host, 'sec-fetch-site': 'same-origin' }, true],
    [{ host, 'sec-fetch-site': 'cross-site' }, false],
    [{ host, 'sec-fetch-site': 'same-site' }, false],
    [{}, false],
  ])('%j → %s', (headers, allowed) => {
    expect(isAllowed(headers, own)).toBe(allowed);
  });
});
