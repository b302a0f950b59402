/** A demo event as it travels: a structured CloudEvent in JSON (CloudEvents 1.0, “JSON Format”). */
import type { WarroomEvent } from '../../../shared/events/registry.ts';
import { eventDefinition, naturalKey } from '../../../shared/events/registry.ts';
import type { Topic } from '../../../shared/events/define.ts';

export function toCloudEvent(event: WarroomEvent): string {
  const { type, id, source, occurredAt, data } = event;
  return JSON.stringify({
    specversion: '1.0',
    id,
    source,
    type,
    time: new Date(occurredAt).toISOString(),
    subject: naturalKey(event),
    datacontenttype: 'application/json',
    data,
  });
}

/** Where a producer puts it: its topic, and the entity it is about as key. */
export function routeOf(event: WarroomEvent): { topic: Topic; key: string } {
  const definition = eventDefinition(event.type);
  if (!definition) throw new Error(`no definition for event type ${event.type}`);
  return { topic: definition.topic, key: naturalKey(event) };
}
