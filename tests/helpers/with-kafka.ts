/**
 * Suites that need a broker. Where there is none they are skipped by name, with the
 * reason on stdout: `NOT RUN: <suite>: <reason>`, so that a runner can count them.
 */
import { describe } from 'vitest';
import { kafkaAvailable } from './kafka-libs.ts';

export function describeWithKafka(suite: string, body: () => void): void {
  const available = kafkaAvailable();
  if (available.ok) return void describe(suite, body);
  process.stdout.write(`NOT RUN: ${suite}: ${available.reason}\n`);
  describe.skip(`${suite} (not run: ${available.reason})`, body);
}
