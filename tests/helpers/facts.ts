/** Facts by hand, for tests of the pure fold. */
import type { FactKind } from '../../shared/events/define.ts';
import { eventDefinition, naturalKey, type EventData, type EventType } from '../../shared/events/registry.ts';
import { factKey, type Fact, type FactVersion } from '../../server/domain/facts.ts';

export function version<T extends EventType>(type: T, data: EventData<T>, at: { occurredAt: number; receivedAt?: number }): FactVersion<T> {
  const { version: number } = data as { version: number };
  return { type, version: number, receivedAt: at.occurredAt, ...at, data, body: JSON.stringify(data) } as unknown as FactVersion<T>;
}

/** A fact of one source whose key is that of its first version. */
export function fact(source: string, ...versions: readonly FactVersion[]): Fact {
  const first = versions[0] as FactVersion;
  const kind = eventDefinition(first.type)?.kind as FactKind;
  return { kind, key: factKey(source, naturalKey(first)), source, versions };
}
