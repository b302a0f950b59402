import { describe, expect, it } from 'vitest';
import { decodeTopicId, encodeTopicIdRequest } from '../../../../../server/adapters/kafka/codec/topic-id.ts';

const hex = (text: string) => Buffer.from(text.replaceAll(/[^0-9a-f]/g, ''), 'hex');

/** An answer with two tagged fields, two brokers (one with a rack) and two topics, as the protocol's guide lays it out. */
const idA = '00112233445566778899aabbccddeeff';
const idB = 'ffeeddccbbaa99887766554433221100';
const partition = '0000 00000000 00000001 00000007 02 00000001 02 00000001 01 00';
const topic = (error: string, name: string, id: string) =>
  `${error} ${Buffer.from([name.length + 1]).toString('hex')} ${Buffer.from(name).toString('hex')} ${id} 00 03 ${partition} ${partition} 80000000 00`;
const answer = (topics: string) =>
  hex(
    `01 05 02 abcd 00000000 03 00000001 02 61 00002384 00 00 00000002 02 62 00002385 03 7231 00 04 636964 00000001 03 ${topics} 80000000 00`,
  );

describe('the id of a topic', () => {
  it('is asked for in the flexible form of the request', () => {
    expect(encodeTopicIdRequest('abc').toString('hex')).toBe(`00 02 ${'00'.repeat(16)} 04 616263 00 00 00 00 00`.replaceAll(' ', ''));
    // 200 characters take a length of two bytes.
    expect(encodeTopicIdRequest('x'.repeat(200)).subarray(18, 20).toString('hex')).toBe('c901');
  });

  it('[I3] is found among what else the answer holds', () => {
    const both = answer(`${topic('0000', 'sales', idA)} ${topic('0000', 'leads', idB)}`);
    expect(decodeTopicId(both, 'sales')).toBe(idA);
    expect(decodeTopicId(both, 'leads')).toBe(idB);
  });

  it('is none for a topic that is not there, has an error or has no id', () => {
    const both = answer(`${topic('0003', 'sales', idA)} ${topic('0000', 'leads', '00'.repeat(16))}`);
    for (const name of ['sales', 'leads', 'mentions']) expect(decodeTopicId(both, name)).toBeNull();
  });

  it('throws on an answer that ends too early, instead of reading on', () => {
    expect(() => decodeTopicId(answer(topic('0000', 'sales', idA)).subarray(0, 60), 'leads')).toThrow(RangeError);
  });
});
