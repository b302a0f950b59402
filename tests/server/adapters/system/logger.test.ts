import { describe, expect, it } from 'vitest';
import { createLogger } from '../../../../server/adapters/system/logger.ts';

function logged(write: (logger: ReturnType<typeof createLogger>) => void, level: 'debug' | 'info' = 'debug'): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLogger({ level, write: (line) => lines.push(line) }));
  return lines.map((line) => {
    expect(line.indexOf('\n')).toBe(line.length - 1);
    return JSON.parse(line) as Record<string, unknown>;
  });
}

describe('the log', () => {
  it('is one JSON object a line, with level, time and message', () => {
    const [line] = logged((l) => l.warn({ topic: 'sales', lag: 3 }, 'behind'));
    expect(line).toMatchObject({ level: 'warn', topic: 'sales', lag: 3, message: 'behind' });
    expect(line?.['at']).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
  });

  it('stays silent below its level', () => {
    expect(logged((l) => l.debug({}, 'x'), 'info')).toHaveLength(0);
  });

  it('stays one line whatever a field holds', () => {
    const forged = 'x\r\n{"level":"info","message":"forged"}\u2028\u001b[31m';
    expect(logged((l) => l.info({ source: forged }, forged))).toHaveLength(1);
  });

  it('shows no secret and no personal text, however deep', () => {
    const canary = 'CANARY';
    const error = new Error(`connect https://oapi.example.com/robot/send?access_token=${canary}`, {
      cause: new Error(`kafka://user:${canary}@broker:9092/`),
    });
    const lines: string[] = [];
    createLogger({ level: 'debug', write: (line) => lines.push(line) }).error(
      {
        error,
        config: { sasl: { username: 'u', password: canary }, Authorization: canary },
        event: { data: { text: canary }, author: canary, title: canary },
        raw: new TextEncoder().encode(canary),
        list: [{ token: canary }],
        deep: { a: { b: { c: { d: { e: { f: { password: canary } } } } } } },
      },
      `failed at https://u:${canary}@example.com/x?key=${canary}`,
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain(canary);
    expect(lines[0]).toContain('oapi.example.com/robot/send?…');
  });
});
