/**
 * `npm run bench`: what the line costs, as ratios and lags measured in this one run on
 * this one machine. Exits non-zero when a figure misses what it must reach.
 *
 *   npm run bench -- [--events N] [--rounds N] [--seconds N] [--mentions N] [--years-orders N] [--tries N] [ingest] [latency] [glass] [edge] [stories] [steps] [alerts] [desk] [desk-scroll] [campaign-table] [fan-out] [patches] [cold-load] [frames] [stalled] [reads] [peers]
 */
import { cpus, loadavg, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { kafkaAvailable } from '../helpers/kafka-libs.ts';
import { benchAlerts } from './alerts.ts';
import { benchCampaignTable } from './campaign-table.ts';
import { benchColdLoad } from './cold-load.ts';
import { benchDesk } from './desk.ts';
import { benchDeskScroll } from './desk-scroll.ts';
import { benchEdge } from './edge.ts';
import { benchFanOut } from './fan-out/fan-out.ts';
import { benchFrames } from './frames.ts';
import { benchGlass } from './glass.ts';
import { benchGrouping } from './grouping.ts';
import { benchIngest } from './ingest.ts';
import { benchLatency } from './latency.ts';
import { benchPatches } from './patches.ts';
import { benchPeers } from './peers/peers.ts';
import { benchReads } from './reads/reads.ts';
import { benchStalled } from './stalled.ts';
import { benchSteps } from './steps.ts';
import { benchStories } from './stories.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    events: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
    seconds: { type: 'string', default: '30' },
    clients: { type: 'string', default: '50' },
    mentions: { type: 'string', default: '100000' },
    minutes: { type: 'string', default: '60' },
    rate: { type: 'string', default: '6' },
    loads: { type: 'string', default: '20' },
    tries: { type: 'string', default: '12' },
    'years-orders': { type: 'string', default: '12000000' },
  },
});
const chosen = (part: string) => positionals.length === 0 || positionals.includes(part);

const available = kafkaAvailable();
const needsBroker = chosen('ingest') || chosen('latency') || chosen('glass') || chosen('reads') || chosen('peers');
if (needsBroker && !available.ok) {
  console.error(`The bench needs a real broker: ${available.reason}.`);
  process.exit(1);
}
console.log(
  `${String(cpus().length)} × ${cpus()[0]?.model ?? 'unknown'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, Linux ${release()}, Node ${process.version}, Apache Kafka 4.2.0`,
);

/** Others may work on the machine; a figure is to be read beside how much. */
const title = (text: string): void =>
  console.log(
    `\n${text}; load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}`,
  );

const misses: string[] = [];
if (chosen('ingest')) {
  title(`ingest: ${values.events} orders of two lines, ${values.rounds} rounds after one dropped`);
  const report = await benchIngest({ count: Number(values.events), rounds: Number(values.rounds) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.ratio < 0.2) misses.push(`ingest ratio ${report.ratio.toFixed(3)} < 0.20`);
  if (report.residentMb > 400) misses.push(`resident ${report.residentMb.toFixed(0)} MB > 400`);
  if (report.togetherMb > 600) misses.push(`all processes ${report.togetherMb.toFixed(0)} MB > 600`);
  if (report.restartMs > 5_000) misses.push(`restart ${report.restartMs.toFixed(0)} ms > 5,000`);
}
if (chosen('latency')) {
  title(`latency: ${values.seconds} s a load, open loop`);
  const report = await benchLatency({ seconds: Number(values.seconds), clients: Number(values.clients) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.lagP99Ms > 250) misses.push(`event → socket p99 ${report.lagP99Ms.toFixed(0)} ms > 250`);
  if (report.loopDelayP99Ms > 20) misses.push(`event-loop delay p99 ${report.loopDelayP99Ms.toFixed(1)} ms > 20`);
}
if (chosen('glass')) {
  title(`glass: ${values.seconds} s of orders and red stories, seen in a browser`);
  const report = await benchGlass({ seconds: Number(values.seconds), clients: Number(values.clients) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.p50Ms > 200) misses.push(`event → glass p50 ${report.p50Ms.toFixed(0)} ms > 200`);
  if (report.p99Ms > 500) misses.push(`event → glass p99 ${report.p99Ms.toFixed(0)} ms > 500`);
  if (report.redP99Ms > 250) misses.push(`red story → glass p99 ${report.redP99Ms.toFixed(0)} ms > 250`);
}
if (chosen('edge')) {
  title(`edge: unfinished bodies, then eager writers for ${values.seconds} s`);
  const report = await benchEdge({ connections: 2_500, writers: 64, seconds: Number(values.seconds) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.unfinishedMb > 200) misses.push(`unfinished bodies ${report.unfinishedMb.toFixed(0)} MB > 200`);
  if (report.writersMb > 200) misses.push(`eager writers ${report.writersMb.toFixed(0)} MB > 200`);
  if (report.refused === 0) misses.push('nobody was answered 429');
  if (report.lost !== 0) misses.push(`${String(report.lost)} accepted events lost`);
  // A heartbeat is due every 5 s; a screen tells its people of a silence of 10 s [S2].
  if (report.silenceMs > 10_000) misses.push(`silence ${report.silenceMs.toFixed(0)} ms > 10,000`);
}
if (chosen('stories')) {
  title(`stories: one of ${values.mentions} mentions, one that spreads`);
  const report = await benchStories({ mentions: Number(values.mentions), spread: 3_000, textChars: 6_800 });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.intakeMs > 5) misses.push(`one more mention ${report.intakeMs.toFixed(1)} ms > 5`);
  if (report.intakeRatio > 3) misses.push(`one more mention costs ${report.intakeRatio.toFixed(1)} × what it costs in a small story`);
  if (report.claimRatio > 3) misses.push(`a claim costs ${report.claimRatio.toFixed(1)} × what it costs in a small story`);
  if (report.claimMs > 50) misses.push(`claim ${report.claimMs.toFixed(0)} ms > 50`);
  if (report.listMs > 100) misses.push(`list ${report.listMs.toFixed(0)} ms > 100`);
  if (report.detailMs > 100) misses.push(`a story's page ${report.detailMs.toFixed(0)} ms > 100`);
  if (report.detailBytes > 256 * 1_024) misses.push(`a story's page ${String(report.detailBytes)} bytes > 256 KB`);
  if (report.spreadPerSecond < 300) misses.push(`a spreading story folds at ${report.spreadPerSecond.toFixed(0)}/s < 300`);
  if (report.spreadRatio < 0.3) misses.push(`a spreading story folds at ${report.spreadRatio.toFixed(2)} × the speed of other mentions`);
  if (report.salesSilentMs > 500) misses.push(`today's sales silent for ${report.salesSilentMs.toFixed(0)} ms > 500`);
}
if (chosen('steps')) {
  const stories = 10_000;
  title(`steps: ${stories} stories call their backup in the same second`);
  const report = await benchSteps({ stories });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.fired !== stories) misses.push(`${String(report.fired)} of ${String(stories)} steps fired`);
  // 10,000 due in one second all fire within 30 s [T5].
  if (report.seconds > 30) misses.push(`steps fired in ${report.seconds.toFixed(1)} s > 30`);
}
if (chosen('stories')) {
  title('grouping: 50,000 open mentions that are like nothing, then a flood');
  const report = await benchGrouping({ open: 50_000, asked: 5_000 });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.groupingUs > 200) misses.push(`grouping costs ${report.groupingUs.toFixed(0)} µs a mention > 200`);
  if (report.incidents > 100) misses.push(`unrelated complaints open ${String(report.incidents)} incidents > 100`);
}
if (chosen('alerts')) {
  const stories = 10_000;
  title(`alerts: first requests, then ${stories} clocks due in the same second`);
  const report = await benchAlerts({ mentions: 100, stories });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.firstRequestP99Ms > 2_000) misses.push(`mention → first request p99 ${report.firstRequestP99Ms.toFixed(0)} ms > 2,000`);
  if (report.lost > 0) misses.push(`${String(report.lost)} mentions reached nobody`);
  if (report.clocksFired !== stories) misses.push(`${String(report.clocksFired)} of ${String(stories)} clocks fired`);
  if (report.clocksSeconds > 30) misses.push(`clocks fired in ${report.clocksSeconds.toFixed(1)} s > 30`);
  if (report.lineRatio < 0.8) misses.push(`the line ran at ${report.lineRatio.toFixed(2)} of its rate < 0.80 while clocks fired`);
}
if (chosen('desk')) {
  const [stories, perSecond] = [5_000, 200];
  title(`desk: ${stories} open stories, then ${perSecond} mentions a second for ${values.seconds} s with a desk open`);
  const report = await benchDesk({ stories, perSecond, seconds: Number(values.seconds) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.listP95Ms > 200) misses.push(`/api/incidents p95 ${report.listP95Ms.toFixed(0)} ms > 200`);
  if (report.shownP99Ms > 500) misses.push(`mention → open desk p99 ${report.shownP99Ms.toFixed(0)} ms > 500`);
  if (report.notShown > 0) misses.push(`${report.notShown} mentions never came to the desk`);
}
if (chosen('desk-scroll')) {
  title('desk-scroll: a queue of 5,000 open stories scrolls while it changes four times a second, processor ÷ 4');
  const report = await benchDeskScroll({ rounds: Number(values.rounds) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.worstMs > 50) misses.push(`worst frame of scrolling ${report.worstMs.toFixed(0)} ms > 50`);
}
if (chosen('campaign-table')) {
  title('campaign-table: 10,000 campaigns of which a hundred change each second, processor ÷ 4');
  const report = await benchCampaignTable({ rounds: Number(values.rounds) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.worstMs > 50) misses.push(`worst frame of the campaign table ${report.worstMs.toFixed(0)} ms > 50`);
}
if (chosen('fan-out')) {
  title(`fan-out: 500 clients, ${values.rounds} rounds after one dropped`);
  const report = await benchFanOut({ clients: 500, messages: 330, perSecond: 33, rounds: Number(values.rounds) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.ratio < 0.65) misses.push(`deliveries per CPU-second ${report.ratio.toFixed(2)} × a bare ws loop < 0.65`);
}
if (chosen('patches')) {
  title(`patches: ${values.minutes} minutes of the demo, ${values.rate} times as fast`);
  const report = await benchPatches({ minutes: Number(values.minutes), rate: Number(values.rate) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.ratio > 0.2) misses.push(`bytes of patches ${report.ratio.toFixed(3)} × bytes of snapshots > 0.20`);
  if (report.gaps > 0) misses.push(`${String(report.gaps)} patches did not follow from what the screen held`);
}
if (chosen('cold-load')) {
  title(`cold load: ${values.loads} loads in fresh browser contexts`);
  const report = await benchColdLoad({ loads: Number(values.loads) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.p95Ms > 1_500) misses.push(`first figure p95 ${report.p95Ms.toFixed(0)} ms > 1,500`);
}
if (chosen('frames')) {
  title(`frames: each scene with every figure changed once a second for ${values.seconds} s, processor ÷ 4`);
  const report = await benchFrames({ rounds: Number(values.rounds), seconds: Number(values.seconds) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.worstMs > 50) misses.push(`worst frame ${report.worstMs.toFixed(0)} ms > 50`);
  if (report.ratio > 0.25) misses.push(`worst frame ${report.ratio.toFixed(2)} × that of a naive page > 0.25`);
}
if (chosen('stalled')) {
  title('stalled: 500 clients, a fiftieth of which read nothing for 60 s');
  const report = await benchStalled({ clients: 500, stalledSeconds: 60, rounds: Math.min(3, Number(values.rounds)) });
  for (const line of report.lines) console.log(`  ${line}`);
  if (report.lagRatio > 1.2) misses.push(`p99 of the healthy ${report.lagRatio.toFixed(2)} × that without stalled clients > 1.2`);
  if (report.memoryRatio > 1.15) misses.push(`memory ${report.memoryRatio.toFixed(2)} × that without stalled clients > 1.15`);
}
if (chosen('reads')) {
  title(`reads: ${values.events} orders of two lines in one month, ${values['years-orders']} over three years`);
  const report = await benchReads({
    orders: Number(values.events),
    yearsOrders: Number(values['years-orders']),
    seconds: Number(values.seconds),
    clients: Number(values.clients),
    tries: Number(values.tries),
  });
  misses.push(...report.misses);
}
if (chosen('peers')) {
  title(`peers: ${values.events} orders of two lines, a twentieth of them sent twice, beside Kafka Streams, ${values.rounds} rounds`);
  const report = await benchPeers({ count: Number(values.events), rounds: Number(values.rounds) });
  for (const line of report.lines) console.log(`  ${line}`);
  for (const text of report.wrong) misses.push(`WRONG ${text}`);
  if (report.ratio < 1.5) misses.push(`events per CPU-second ${report.ratio.toFixed(2)} × Kafka Streams < 1.5`);
}
for (const miss of misses) console.error(`MISSED: ${miss}`);
process.exitCode = misses.length === 0 ? 0 : 1;
