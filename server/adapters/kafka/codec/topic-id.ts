/**
 * Encodes the Metadata request of version 10 for one topic, and reads the id of the topic from the
 * answer (kafka.apache.org/protocol#The_Messages_Metadata). From version 9 on the message is
 * "flexible": a length is a variable-length number that is one more than the length, and tagged
 * fields may follow every structure. The client library supports no flexible messages.
 */

const noTags = 0;
const uuidBytes = 16;

/** The bytes that follow the client id in the header of the request. */
export function encodeTopicIdRequest(topic: string): Buffer {
  const name = Buffer.from(topic);
  return Buffer.concat([
    Buffer.from([noTags]),
    compactLength(1),
    Buffer.alloc(uuidBytes),
    compactLength(name.length),
    name,
    // No tagged fields of the topic; no automatic creation; no authorized operations of cluster and topic; no tagged fields of the request.
    Buffer.from([noTags, 0, 0, 0, noTags]),
  ]);
}

/** The id as hexadecimal digits; null when the broker does not know the topic or gives it no id. */
export function decodeTopicId(payload: Buffer, topic: string): string | null {
  const reader = new FlexibleReader(payload);
  reader.tags();
  // Throttle time.
  reader.skip(4);
  for (let brokers = reader.length(); brokers > 0; brokers -= 1) {
    reader.skip(4);
    reader.text();
    reader.skip(4);
    reader.text();
    reader.tags();
  }
  // Cluster id and controller.
  reader.text();
  reader.skip(4);
  for (let topics = reader.length(); topics > 0; topics -= 1) {
    const error = reader.int16();
    const name = reader.text();
    const id = reader.bytes(uuidBytes);
    if (name === topic) return error === 0 && id.some((byte) => byte !== 0) ? id.toString('hex') : null;
    reader.skip(1);
    skipPartitions(reader);
    reader.skip(4);
    reader.tags();
  }
  return null;
}

function skipPartitions(reader: FlexibleReader): void {
  for (let partitions = reader.length(); partitions > 0; partitions -= 1) {
    // Error, number, leader, leader epoch; then the nodes with replicas, those in sync and those offline.
    reader.skip(2 + 4 + 4 + 4);
    for (let lists = 0; lists < 3; lists += 1) reader.skip(4 * reader.length());
    reader.tags();
  }
}

function compactLength(length: number): Buffer {
  const bytes: number[] = [];
  let left = length + 1;
  for (; left > 0x7f; left >>>= 7) bytes.push((left & 0x7f) | 0x80);
  return Buffer.from([...bytes, left]);
}

class FlexibleReader {
  readonly #buffer: Buffer;
  #at = 0;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  skip(bytes: number): void {
    this.#at += bytes;
  }

  int16(): number {
    this.#at += 2;
    return this.#buffer.readInt16BE(this.#at - 2);
  }

  bytes(count: number): Buffer {
    this.#at += count;
    return this.#buffer.subarray(this.#at - count, this.#at);
  }

  /** The length of an array or a text; null counts as empty. */
  length(): number {
    return Math.max(0, this.#variable() - 1);
  }

  text(): string {
    return this.bytes(this.length()).toString();
  }

  tags(): void {
    for (let tags = this.#variable(); tags > 0; tags -= 1) {
      this.#variable();
      this.skip(this.#variable());
    }
  }

  #variable(): number {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.#buffer.readUInt8(this.#at);
      this.#at += 1;
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80) return value;
    }
  }
}
