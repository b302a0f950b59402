import { describe, expect, it } from 'vitest';
import { createAckLinks } from '../../../../server/adapters/secrets/ack-links.ts';
import { type IncidentDetail, incidentDetail } from '../../../../shared/incidents/types.ts';
import { raw, type RawAnswer, type Rig, seed, startRig } from './rig.ts';

const person = { id: 'yue', name: '林悦' };
const HOUR = 3_600_000;
const linkOf = (rig: Rig, incident: string, who = person) =>
  createAckLinks([Buffer.alloc(32, 7)], rig.store.storeId).pathOf(incident, who, rig.now);
async function incidentOf(rig: Rig, id: string): Promise<IncidentDetail> {
  return incidentDetail.parse(JSON.parse((await raw(rig, 'GET', `/api/incidents/${id}`)).body));
}
/** As a browser sends the form of the page. */
const press = (rig: Rig, path: string) =>
  raw(rig, 'POST', path, { origin: rig.url, 'sec-fetch-site': 'same-origin', 'content-type': 'application/x-www-form-urlencoded' });
function status(answer: RawAnswer): string {
  return /role="status">([^<]*)</.exec(answer.body)?.[1] ?? answer.body;
}

describe('a link that acknowledges', () => {
  it('looking at it changes nothing, however often; its button claims for its person, once', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    const before = await incidentOf(rig, incident);
    const link = linkOf(rig, incident);
    for (let i = 0; i < 3; i++) {
      const page = await raw(rig, 'GET', link);
      expect(page.status).toBe(200);
      expect(status(page)).toBe(`林悦，点下面的按钮认领 ${before.code}。`);
      expect(page.body.match(/<button>/g)).toHaveLength(1);
    }
    await raw(rig, 'HEAD', link);
    expect(await incidentOf(rig, incident)).toEqual(before);
    const done = await press(rig, link);
    expect([done.status, status(done)]).toEqual([200, `${before.code} 已由你认领（林悦）。`]);
    const after = await incidentOf(rig, incident);
    expect(after).toMatchObject({ status: 'claimed', owner: '林悦' });
    const again = await press(rig, link);
    expect([again.status, status(again)]).toEqual([200, `${before.code} 已经在你名下。`]);
    expect((await incidentOf(rig, incident)).version).toBe(after.version);
  });

  it('pressed twice at once claims once [C2]', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    const { version } = await incidentOf(rig, incident);
    const link = linkOf(rig, incident);
    const answers = await Promise.all(Array.from({ length: 8 }, () => press(rig, link)));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
    const after = await incidentOf(rig, incident);
    expect(after.version).toBe(version + 1);
    expect(after.audit.filter(({ action }) => action === 'claimed')).toHaveLength(1);
  });

  it('a used one claims nothing again, even when the incident is open once more', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    const link = linkOf(rig, incident);
    await press(rig, link);
    const command = async (type: string, more: object) => {
      const { version } = await incidentOf(rig, incident);
      const body = { commandId: `c-${type}`, expectedVersion: version, actor: '陈放', type, ...more };
      const answer = await raw(
        rig,
        'POST',
        `/api/incidents/${incident}/commands`,
        { 'content-type': 'application/json' },
        JSON.stringify(body),
      );
      expect(answer.status, answer.body).toBe(200);
    };
    await command('false_alarm', { reason: '不是我们的产品' });
    expect(status(await press(rig, link))).toContain('已经用过');
    await command('reopen', { reason: '看错了' });
    const before = await incidentOf(rig, incident);
    const used = await press(rig, link);
    if (before.owner === person.name) expect(used.status).toBe(200);
    else expect([used.status, status(used)]).toEqual([410, `这个链接已经用过，每个链接只能用一次。${before.code} 没有任何变化。`]);
    expect((await incidentOf(rig, incident)).version).toBe(before.version);
  });

  it('tells the second of two people who has it', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    const [mine, theirs] = [linkOf(rig, incident), linkOf(rig, incident, { id: 'chen', name: '陈放' })];
    await press(rig, theirs);
    const late = await press(rig, mine);
    expect(late.status).toBe(409);
    expect(status(late)).toContain('已由陈放认领');
    expect(late.body).not.toContain('<button>');
    expect(await incidentOf(rig, incident)).toMatchObject({ owner: '陈放' });
  });

  it('expired, foreign and wrong ones say so in words and change nothing', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    const before = await incidentOf(rig, incident);
    const link = linkOf(rig, incident);
    const foreign = createAckLinks([Buffer.alloc(32, 7)], 'another store').pathOf(incident, person, rig.now);
    const gone = linkOf(rig, 'i-9999');
    for (const method of ['GET', 'POST'] as const) {
      for (const [path, code, words] of [
        [foreign, 404, '这个链接不对'],
        [`${link.slice(0, -3)}AAA`, 404, '这个链接不对'],
        ['/ack/x', 404, '这个链接不对'],
        [gone, 404, '这里没有这条舆情'],
      ] as const) {
        const answer = await (method === 'GET' ? raw(rig, 'GET', path) : press(rig, path));
        expect([answer.status, status(answer).slice(0, words.length)]).toEqual([code, words]);
        expect(answer.body).not.toContain('<button>');
      }
    }
    rig.now += 4 * HOUR + 1;
    const late = await press(rig, link);
    expect([late.status, status(late)]).toEqual([410, '这个链接已经过期。请打开这条舆情认领。']);
    expect((await incidentOf(rig, incident)).version).toBe(before.version);
  });

  it('speaks English to browsers that would rather have it, carries no script, and lets other sites neither press nor see it', async () => {
    const rig = await startRig();
    const { incident } = await seed(rig);
    const link = linkOf(rig, incident, { id: 'x', name: '<b>"林悦"</b>' });
    const page = await raw(rig, 'GET', link, { 'accept-language': 'en-GB,en;q=0.9,zh;q=0.1' });
    expect(page.body).toContain('I claim it');
    expect(page.body).toContain('lang="en"');
    expect(page.body).not.toMatch(/<script|<b>/);
    expect(Buffer.byteLength(page.body)).toBeLessThan(4_096);
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    // With no-referrer a browser would send `Origin: null` with the form, which is refused.
    expect(page.headers['referrer-policy']).toBe('same-origin');
    expect(page.headers['cache-control']).toBe('no-store');
    const elsewhere = await raw(rig, 'POST', link, { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' });
    expect(elsewhere.status).toBe(403);
    expect(await incidentOf(rig, incident)).toMatchObject({ status: 'open' });
    expect(rig.log.join('')).not.toContain(link.slice('/ack/'.length));
  });
});
