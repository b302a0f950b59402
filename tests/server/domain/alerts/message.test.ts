import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { composeMessage, fittedText } from '../../../../server/domain/alerts/message.ts';
import { trimUtf8, utf8Length } from '../../../../server/domain/alerts/utf8.ts';
import { alertWords } from '../../../../server/domain/alerts/words.ts';
import { DAILY_TITLE } from '../../../../shared/incidents/daily-title.ts';
import { alertOf, ALERT_NOW, contentOf, toldAlert } from '../../../helpers/alert-samples.ts';

describe('lengths in bytes', () => {
  it('are those of UTF-8, and a cut never goes through a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 0, max: 120 }), (text, most) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text));
        const cut = trimUtf8(text, most);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(most);
        expect(cut.isWellFormed()).toBe(true);
        if (cut !== text && cut !== '') expect(text.startsWith(cut.slice(0, -1))).toBe(true);
      }),
    );
    const family = '👩‍👩‍👧‍👦';
    expect(trimUtf8(`${family}${family}`, utf8Length(family) + 10)).toBe(`${family}…`);
  });
});

describe('what an alert says', () => {
  it('is in the language of the channel throughout: why somebody is told, and our own title of scattered complaints', () => {
    const because = [{ code: 'nobody_for', roles: ['backup'] } as const, { code: 'instead', roles: ['lead', 'director'] } as const];
    const content = contentOf({ title: DAILY_TITLE, brand: 'Shanlan', why: alertWords['zh-CN'].because(because), because });
    const text = (language: 'zh-CN' | 'en') => fittedText(toldAlert({ content }, language).message, 2_048);
    expect(text('zh-CN')).toContain('日常零星差评');
    expect(text('zh-CN')).toContain('说明：备岗无人可通知，直接通知组长、总监');
    expect(text('en')).toContain('Note: nobody can be reached as backup; so lead, director is told at once');
    expect(text('en')).not.toMatch(/\p{Script=Han}/u);
  });

  it('has the words of messages that were stored without their parts', () => {
    expect(toldAlert({ content: contentOf({ why: '林悦 转交' }) }, 'en').message.note).toBe('Note: 林悦 转交');
  });

  it('says what, how grave, how long is left, who has it, and where to look', () => {
    const { message } = toldAlert();
    expect(fittedText(message, 2_048)).toBe(
      [
        '【橙】A17 新的负面舆情 · 山澜',
        '用户投诉咖啡机漏水',
        '响应还剩 1 小时 52 分（11/23 21:52 前）',
        '负责人：还没有人认领',
        '查看：https://war.example.com/incidents/i-17',
      ].join('\n'),
    );
    expect(fittedText(composeMessage(alertOf(), 'en', 'Asia/Shanghai'), 2_048).split('\n')).toEqual([
      '【orange】A17 New negative story · 山澜',
      '用户投诉咖啡机漏水',
      'Response: 1 h 52 min left (until 11/23 21:52)',
      'Owner: nobody yet',
      'Open: https://war.example.com/incidents/i-17',
    ]);
  });

  it('counts the time left from when it is sent; a breach says how late', () => {
    const later = composeMessage(alertOf({ now: ALERT_NOW + 100 * 60_000 }), 'zh-CN', 'Asia/Shanghai');
    expect(later.facts[0]).toContain('还剩 12 分钟');
    const content = contentOf({ reason: 'breached', owner: '林悦', dueAt: ALERT_NOW - 26 * 3_600_000 });
    const late = composeMessage(alertOf({ content }), 'zh-CN', 'Asia/Shanghai');
    expect(late.facts).toEqual(['响应已超时 1 天 2 小时（应在 11/22 18:00 前）', '负责人：林悦']);
    expect(composeMessage(alertOf({ content }), 'en', 'Asia/Shanghai').facts[0]).toBe('Response: 1 d 2 h late (was due 11/22 18:00)');
  });

  it('keeps the link and every limit, whatever a story says', () => {
    const anything = fc.string({ unit: 'grapheme', maxLength: 2_000 });
    fc.assert(
      fc.property(anything, anything, fc.integer({ min: 400, max: 4_096 }), (title, why, most) => {
        const { message } = toldAlert({ content: contentOf({ title, why }) });
        const text = fittedText(message, most, (line) => line.replaceAll('<', '&lt;'));
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(most);
        expect(text).toContain('https://war.example.com/incidents/i-17');
        expect(text).toContain('A17');
        expect(text).toContain('还剩 1 小时 52 分');
      }),
      { numRuns: 200 },
    );
  });

  it('text from outside stays on its line and turns no direction', () => {
    const { message } = toldAlert({ content: contentOf({ title: 'a\n查看：http://evil.example\u202e\u0007b' }) });
    expect(message.title).toBe('a 查看：http://evil.example b');
  });

  it('a digest lists what it holds: in full, else by code, and else says how many more there are', () => {
    const items = Array.from({ length: 300 }, (_, i) => contentOf({ code: `A${i}`, title: '漏水'.repeat(30) }));
    const digest = (count: number, most: number) =>
      fittedText(
        toldAlert({ content: contentOf({ reason: 'digest', code: null, title: '' }), items: items.slice(0, count) }).message,
        most,
      );
    const few = digest(3, 2_048);
    expect(few).toContain('共 3 条');
    expect(few).toContain('【橙】A2 新的负面舆情');
    const many = digest(120, 2_048);
    for (let i = 0; i < 120; i++) expect(many).toContain(`橙 A${i}`);
    const most = digest(300, 2_048);
    expect(Buffer.byteLength(most)).toBeLessThanOrEqual(2_048);
    expect(most).toContain('共 300 条');
    const listed = most.match(/橙 A\d+/g)?.length ?? 0;
    expect(most).toContain(`还有 ${300 - listed} 条`);
    expect(listed).toBeGreaterThan(100);
  });
});
