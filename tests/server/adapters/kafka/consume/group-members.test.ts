import { describe, expect, it } from 'vitest';
import { memberMetadata, textOfMember } from '../../../../../server/adapters/kafka/client.ts';
import { inWords, memberText } from '../../../../../server/adapters/kafka/consume/group-members.ts';

const own = { storeId: 'store-a', processId: 'p1' };
/** A member as the broker describes it, with what its assigner published to the group. */
function member(text: string | null, clientId = 'warroom') {
  const metadata = text === null ? Buffer.alloc(0) : memberMetadata(['sales', '订单'], text);
  return { clientId, clientHost: '/10.0.0.7', memberMetadata: metadata };
}

describe('[I15] who else reads as our group', () => {
  it('is nobody while all members are of this process', () => {
    expect(inWords('g', own, [])).toBeNull();
    expect(inWords('g', own, [member(memberText(own)), member(memberText(own))])).toBeNull();
  });

  it('is a process with another store, named with its store and address', () => {
    const other = member(memberText({ storeId: 'store-b', processId: 'p9' }));
    expect(inWords('counting', own, [member(memberText(own)), other])).toBe(
      'a process with the store store-b at 10.0.0.7 reads as the consumer group counting too, so each of us counts only a part of the events. Give each its own KAFKA_GROUP_ID or stop one.',
    );
  });

  it('is a process with a copy of our store', () => {
    expect(inWords('g', own, [member(memberText({ ...own, processId: 'p2' }))])).toContain('a copy of this store');
  });

  it('is a program that tells nothing of a store, or something else', () => {
    expect(inWords('g', own, [member('', 'reporting'), member('v2;rack-1', 'spark'), member(null, 'old')])).toMatch(
      /^reporting at 10\.0\.0\.7, another program or version, and spark .* and old .* reads as/,
    );
  });

  it('tells its text beside the topics, in the form that every member reads', () => {
    expect(textOfMember(member('some text').memberMetadata)).toBe('some text');
    expect(textOfMember(Buffer.alloc(0))).toBe('');
  });
});
