/** A real Kafka behind a proxy that hides topic ids, as brokers before 2.8 have none. */
import { freePort } from './ports.ts';
import { startKafka, type KafkaBroker } from './kafka-broker.ts';
import { startTcpProxy } from './tcp-proxy.ts';

const metadataKey = 3;
/** The last version of the Metadata answer without topic ids. */
const withoutIds = 9;
/** Length, correlation id, error and count come before the rows of an ApiVersions answer; a row is three numbers of 16 bits. */
const head = { length: 4, count: 10, rows: 14, row: 6 };

export async function startKafkaBeforeTopicIds(): Promise<KafkaBroker> {
  const port = await freePort();
  const proxy = await startTcpProxy(port);
  proxy.rewriteAnswers(withoutTopicIds);
  const broker = await startKafka({ port, advertisedPort: proxy.port });
  return {
    ...broker,
    brokers: [`127.0.0.1:${proxy.port}`],
    stop: async () => {
      await broker.stop();
      await proxy.stop();
    },
  };
}

/** An ApiVersions answer, which comes alone in its piece, offers Metadata up to the version before ids; others pass as they are. */
function withoutTopicIds(piece: Buffer): Buffer {
  if (piece.length < head.rows || piece.readInt32BE(0) !== piece.length - head.length || piece.readInt16BE(8) !== 0) return piece;
  const count = piece.readInt32BE(head.count);
  const end = head.rows + count * head.row;
  // A throttle time may follow the rows.
  if (count < 20 || (piece.length !== end && piece.length !== end + 4)) return piece;
  const out = Buffer.from(piece);
  for (let at = head.rows; at < end; at += head.row) {
    if (out.readInt16BE(at) === metadataKey) out.writeInt16BE(withoutIds, at + 4);
  }
  return out;
}
