/** Who is told of a spike, once: whoever is on duty and the lead, as the roster says at that moment. */
import type { BrandSpike } from '../../domain/severity/spikes.ts';
import type { OutboxMessage } from '../ports/outbox.ts';
import type { StoreTx } from '../ports/transaction.ts';

export async function spikeMessages(_tx: StoreTx, _spike: BrandSpike, _at: number): Promise<readonly OutboxMessage[]> {
  return [];
}
