import { describe, expect, it } from 'vitest';
import { fittingSize, textWidth } from '../../../client/format/text-width.ts';

describe('the headline’s size', () => {
  it('is the full size for usual figures', () => {
    expect(fittingSize('63.5', '万', 576, 248, 0.34)).toBe(248);
  });
  it('shrinks so that a long figure stays in its lane, and stays readable from afar', () => {
    for (const figure of ['−1,234.5', '126.04', '−99.99', '123,456', '9,999']) {
      const size = fittingSize(figure, '万', 576, 248, 0.34);
      expect(size, figure).toBeLessThanOrEqual(248);
      expect(size, figure).toBeGreaterThanOrEqual(96);
    }
  });
});

describe('width of running text', () => {
  it('counts a narrow character half', () => {
    expect(textWidth('客服推诿退换')).toBe(6);
    expect(textWidth('X5 漏水')).toBe(3.5);
  });
  it('[TX4] counts what people see as one character once', () => {
    expect(textWidth('👨‍👩‍👧‍👦🇨🇳👍🏽')).toBe(3);
    expect(textWidth(`Z${'\u0335'.repeat(300)}\u200b`)).toBe(0.5);
  });
});
