import { describe, expect, it } from 'vitest';
import { lowestRoi } from '../../../../server/domain/campaigns/roi-range.ts';

describe('[R25] how far a return may still fall', () => {
  // A tenth of the older 400 was given back, nothing of the fresh 600 yet.
  const fresh = { margin: 300, spend: 200, paid: 1_000, refunded: 40, maturePaid: 400, matureRefunded: 40, coverage: 1 };

  it('takes what older revenue gave back off the fresh revenue', () => {
    expect(lowestRoi(fresh)).toBeCloseTo((300 - 60 - 200) / 200, 9);
  });

  it('leaves out what was given back of it so far, and lines without a cost', () => {
    expect(lowestRoi({ ...fresh, refunded: 60 })).toBeCloseTo((300 - 40 - 200) / 200, 9);
    expect(lowestRoi({ ...fresh, coverage: 0.5 })).toBeCloseTo((300 - 30 - 200) / 200, 9);
  });

  it('says nothing where all is mature, nothing is, nothing more is due, or nothing was spent', () => {
    expect(lowestRoi({ ...fresh, maturePaid: 1_000 })).toBeNull();
    expect(lowestRoi({ ...fresh, maturePaid: 0, matureRefunded: 0 })).toBeNull();
    expect(lowestRoi({ ...fresh, refunded: 200 })).toBeNull();
    expect(lowestRoi({ ...fresh, spend: 0 })).toBeNull();
  });
});
