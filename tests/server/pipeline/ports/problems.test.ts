import { describe, expect, it } from 'vitest';
import { createProblems, whileRaised } from '../../../../server/pipeline/ports/problems.ts';

describe('a problem that lasts as long as some work', () => {
  it('is listed while the work runs and gone after it, also after work that failed', async () => {
    const problems = createProblems();
    const seen = await whileRaised(problems, 'loading', 'demo', () => Promise.resolve(problems.list()));
    expect(seen).toEqual(['loading']);
    expect(problems.list()).toEqual([]);
    await expect(whileRaised(problems, 'loading', 'demo', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(problems.list()).toEqual([]);
  });
  it('of another part is not cleared with it', async () => {
    const problems = createProblems();
    problems.raise('loading', 'another');
    await whileRaised(problems, 'loading', 'demo', () => Promise.resolve());
    expect(problems.list()).toEqual(['loading']);
  });
});
