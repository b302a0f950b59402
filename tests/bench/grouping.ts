/**
 * What grouping costs: with many open mentions that are like nothing, and in a flood of unrelated complaints. The store is the
 * real one, without its threads, so that all work is counted; figures are microseconds of processor time a mention.
 */
import { groupMentions } from '../../server/domain/stories/group.ts';
import { fingerprintOf } from '../../server/domain/stories/fingerprint.ts';
import { storyKey } from '../../server/domain/incidents/story.ts';
import { defaultGrouping } from '../../shared/incidents/grouping-policy.ts';
import { seededRandom, type Random } from '../helpers/random.ts';
import { incidentRig, T0, type Published, type Rig } from '../server/pipeline/incidents/incident-rig.ts';

export interface GroupingReport {
  readonly lines: readonly string[];
  /** Fingerprint, question to the store and comparison, µs a mention. */
  readonly groupingUs: number;
  /** All of the intake of a flood, µs a mention. */
  readonly floodUs: number;
  readonly incidents: number;
}

const subjects = [
  '水箱',
  '奶泡管',
  '磨豆机',
  '屏幕',
  '蒸汽棒',
  '咖啡豆',
  '包装',
  '客服',
  '发票',
  '快递',
  '按键',
  '电源线',
  '滤网',
  '外壳',
  '说明书',
  '密封圈',
];
const verbs = [
  '总是',
  '突然',
  '又一次',
  '第三天就',
  '刚到手就',
  '每天早上',
  '无缘无故',
  '用着用着',
  '半夜里',
  '当着客人的面',
  '换过一次还',
  '洗干净以后',
];
const troubles = [
  '漏得到处都是',
  '卡住不动了',
  '声音大得吓人',
  '有一股怪味',
  '烫到了手',
  '掉了一块漆',
  '没有人来处理',
  '少寄了一件',
  '和宣传的不一样',
  '怎么也关不掉',
  '裂了一条缝',
  '再也打不开',
];
const ends = [
  '真的很生气',
  '希望给个说法',
  '朋友们慎重',
  '再也不买了',
  '已经拍了视频',
  '等了整整一周',
  '家里老人都不敢用',
  '花了两千多块钱',
  '还好没伤到孩子',
  '同事也遇到过',
];

/** A complaint in words of its own: fragments make it read like one, and names and numbers make each differ. */
export function complaint(random: Random): string {
  const name = String.fromCodePoint(...Array.from({ length: 14 }, () => 0x4e00 + random.below(6_000)));
  return `${random.pick(subjects)}${random.pick(verbs)}${random.pick(troubles)}，${name}，${random.pick(ends)}${String(random.below(10_000))}`;
}

/** Processor time: what else the machine does is no cost of grouping. */
function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

const BATCH = 500;
async function publish(rig: Rig, texts: readonly string[], prefix: string): Promise<number> {
  const from = cpuMs();
  for (let at = 0; at < texts.length; at += BATCH) {
    const batch = texts.slice(at, at + BATCH).map((text, i): Published => ({ id: `${prefix}${String(at + i)}`, data: { text } }));
    await rig.publish(...batch);
  }
  return cpuMs() - from;
}

export async function benchGrouping({ open, asked }: { readonly open: number; readonly asked: number }): Promise<GroupingReport> {
  const random = seededRandom(1);
  const rig = await incidentRig();
  try {
    const filled = await publish(
      rig,
      Array.from({ length: open }, () => complaint(random)),
      'o',
    );
    const rules = { policy: defaultGrouping, ownKey: (key: string) => storyKey('', null, key) };
    const spent: number[] = [];
    let candidates = 0;
    for (let from = 0; from < asked; from += BATCH) {
      const texts = Array.from({ length: Math.min(BATCH, asked - from) }, () => complaint(random));
      await rig.store.write(async (tx) => {
        const start = cpuMs();
        const newcomers = texts.map((text, i) => ({
          print: fingerprintOf(
            { key: `a${String(from + i)}`, brand: '山澜', sku: null, topic: 'other', publishedAt: T0, title: null, text, url: null },
            defaultGrouping.ownHosts,
          ),
          named: null,
          reach: 0,
        }));
        const known = await tx.similarPrints(newcomers.map(({ print }) => print.keys));
        groupMentions(newcomers, known, rules);
        spent.push((cpuMs() - start) / texts.length);
        candidates += known.length;
      });
    }
    const groupingUs = (spent.reduce((sum, ms) => sum + ms, 0) / spent.length) * 1_000;
    const floods = await publish(
      rig,
      Array.from({ length: 5_000 }, () => complaint(random)),
      'f',
    );
    const { total } = await rig.store.reads.incidents({ open: true, limit: 1, after: null });
    return {
      groupingUs,
      floodUs: (floods / 5_000) * 1_000,
      incidents: total,
      lines: [
        `${String(open)} unrelated mentions taken in at ${((filled / open) * 1_000).toFixed(0)} µs each, facts, incidents and index included`,
        `grouping with them open: ${groupingUs.toFixed(0)} µs a mention, ${(candidates / asked).toFixed(1)} candidates each`,
        `5,000 more in a flood: ${((floods / 5_000) * 1_000).toFixed(0)} µs each; ${String(total)} incidents are open for all of them`,
      ],
    };
  } finally {
    await rig.close();
  }
}
