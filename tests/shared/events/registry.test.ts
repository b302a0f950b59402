import { describe, expect, it } from 'vitest';
import { eventDefinitions, naturalKey, type WarroomEvent } from '../../../shared/events/registry.ts';

describe('the event registry', () => {
  it.each(eventDefinitions.map((d) => [d.type, d] as const))('%s has an example its own schema accepts', (_type, definition) => {
    expect(definition.data.safeParse(definition.example).success).toBe(true);
  });

  it('names every type once', () => {
    const types = eventDefinitions.map((d) => d.type);
    expect(new Set(types).size).toBe(types.length);
  });

  it('keeps the parts of a composed key apart', () => {
    const engagement = (platform: string, contentId: string) =>
      naturalKey({
        type: 'campaign.engagement',
        data: { campaignId: 'c', platform, contentId, version: 1, reads: 0, likes: 0, shares: 0 },
      } as WarroomEvent);
    expect(engagement('a', 'b,c')).not.toBe(engagement('a,b', 'c'));
  });
});
