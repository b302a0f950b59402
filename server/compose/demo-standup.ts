/** Says what the demo's people say in their stand-up. Saying it again is safe: the same commandId gets the same answer. */
import { standupSteps, type StandupStep } from '../domain/demo/standup.ts';
import type { DemoWorld } from '../domain/demo/world.ts';
import { isRefusal } from '../pipeline/ports/refusal.ts';
import type { StandupService } from '../pipeline/services/standup.ts';

type Service = Pick<StandupService, 'addPromise' | 'addItem' | 'commandPromise' | 'commandItem' | 'promise' | 'item'>;

export interface DemoStandup {
  /** Says what is due by `now`, UTC ms. */
  act(now: number): Promise<void>;
}

export function createDemoStandup(world: DemoWorld, standup: Service): DemoStandup {
  /** What was said since the start of the process, and the ids of what it made. */
  const said = new Set<string>();
  const ids = new Map<string, string>();

  async function say(step: StandupStep): Promise<void> {
    switch (step.kind) {
      case 'promise': {
        const answer = await standup.addPromise(step.document, step.at);
        if (!isRefusal(answer)) ids.set(step.key, answer.promise.id);
        return;
      }
      case 'item': {
        const answer = await standup.addItem(step.document, step.at);
        if (!isRefusal(answer)) ids.set(step.key, answer.item.id);
        return;
      }
      case 'answer': {
        const found = await standup.promise(ids.get(step.of) ?? '');
        // Whoever watches the demo may have answered before.
        if (isRefusal(found) || found.promise.state !== 'open') return;
        const seen = { commandId: step.key, expectedVersion: found.promise.version };
        await standup.commandPromise(found.promise.id, { ...step.command, ...seen }, step.at);
        return;
      }
      case 'close': {
        const found = await standup.item(ids.get(step.of) ?? '');
        if (isRefusal(found) || found.item.state !== 'open') return;
        const seen = { commandId: step.key, expectedVersion: found.item.version };
        await standup.commandItem(found.item.id, { ...seen, type: 'close', note: step.note, actor: step.actor }, step.at);
        return;
      }
    }
  }

  return {
    async act(now) {
      for (const step of standupSteps(world, now)) {
        if (said.has(step.key)) continue;
        await say(step);
        said.add(step.key);
      }
    },
  };
}
