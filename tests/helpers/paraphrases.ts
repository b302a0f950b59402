/**
 * Mentions with known stories, made from a seed: originals, and of each what people and platforms make of it — reposts,
 * truncations, paraphrases — beside hard negatives: another complaint about the same product in nearly the same words.
 */
import type { Random } from './random.ts';

export interface LabelledMention {
  readonly id: string;
  /** Mentions of one label are one story. */
  readonly story: string;
  readonly kind: 'original' | 'repost' | 'truncation' | 'paraphrase';
  readonly sku: string | null;
  readonly text: string;
  readonly url: string | null;
}

const synonyms: readonly (readonly string[])[] = [
  ['非常', '特别', '十分', '相当'],
  ['很', '挺', '真的很'],
  ['不好', '很差', '糟糕'],
  ['太', '实在太', '也太'],
  ['客服', '售后客服', '人工客服'],
  ['现在', '目前', '如今'],
  ['但是', '不过', '可是'],
  ['因为', '由于'],
  ['所以', '因此'],
  ['觉得', '感觉', '认为'],
  ['我', '本人', '咱'],
  ['买', '入手', '购买'],
  ['便宜', '实惠'],
  ['没有', '没'],
  ['如果', '要是'],
  ['问题', '毛病'],
  ['喜欢', '中意'],
  ['房间', '客房'],
  ['电脑', '笔记本电脑', '本本'],
  ['这本书', '此书', '这书'],
  ['服务员', '工作人员'],
  ['一般', '普通'],
  ['漏水', '渗水'],
  ['退货', '退掉'],
  ['声音', '动静'],
];
const openings = ['吐槽一下，', '真是服了，', '避雷！', '气死我了：', '说个事，', '朋友们注意，', '唉，', '心累。', '我也来说两句：'];
const closings = ['，无语了', '，大家慎重', '。差评！', '，再也不买了', '，求关注', '[怒][怒]', '😡😡', '，有同样情况的吗？'];
const remarks = ['转发微博', '太真实了', '啊这', '围观', '注意这个', '同款经历', '笑死', '避雷', '转', '品牌方出来说话'];
const marks = ['！', '。', '～', '!!', '，', '…'];

const products = ['X5', 'X3', 'M2', 'G7', 'BEAN-500', 'K1'];
/** Beginnings and ends that complaints about one product share; what lies between them differs. */
const befores = [
  '入手{sku}三周了，',
  '双十一买的{sku}，用到现在',
  '给爸妈买的{sku}，',
  '{sku}到家第二天',
  '用{sku}用了半个月，',
  '我家这台{sku}',
  '冲着口碑买的{sku}，结果',
];
const afters = [
  '，客服一直在推。',
  '，联系客服没人理。',
  '，想退货又不给退。',
  '，花两千多买来受气。',
  '，有没有人管管？',
  '，再也不会回购了。',
];
/** What long-winded customers say before and after any complaint. */
const longBefores = [
  '作为多年的老用户，这次真的太失望了，上个月买的{sku}还不到三周，',
  '本来不想写差评的，但是实在忍不住了，{sku}从开箱那天起就没省心过，',
  '看了好多博主推荐才下的单，{sku}拿回家全家都挺期待，没想到',
];
const longAfters = [
  '，打了三次客服电话都说会有专人联系，到现在一个人影都没见到。',
  '，申请售后被拒了两次，说要我自己证明是质量问题，真的心累。',
  '，希望官方能给个说法，不要再拿自动回复来糊弄消费者了。',
];
const complaints = [
  '水箱接口开始漏水，台面每天早上都是一滩水，橱柜都泡了',
  '磨豆的声音像电钻一样，楼上邻居都来敲门投诉了',
  '奶泡管里全是奶垢，拆都拆不开，说明书一个字没提怎么洗',
  '开机就跳闸，插座烧得发黑，差点着火，孩子就在旁边',
  '萃取出来一股塑料味，洗了十几遍还是喝得头疼',
  '屏幕上一直报错，重启也没用，每天早上只能干瞪眼',
  '蒸汽压力越来越小，打出来的奶泡全是大泡泡，拉花根本没法做',
  '收到的机器外壳有划痕，里面还有咖啡渣，明显是别人退回来的',
  '说好送的豆子和杯子都没有，活动页面改了就不认账',
  '刚买完三天就降价五百，价保申请直接被系统拒绝',
  '温度忽高忽低，做出来的咖啡不是酸就是苦，完全没法稳定',
  '安装师傅约了三次都没来，每次都说路上堵车',
  '保修卡是空白的，打电话说要发票，发票又一直不给开',
  '豆仓盖子一碰就裂，换一个要两百块，还要自己付运费',
  '研磨粗细根本调不动，旋钮拧到底还是一样粗',
  '物流走了九天，箱子压扁了，里面的泡沫都碎成渣',
];

const clausesOf = (text: string): string[] => text.split(/(?<=[，。！？；,.!?;])/u).filter((clause) => clause.trim() !== '');

function reposted(text: string, random: Random): string {
  const name = `用户${random.below(90_000) + 10_000}`;
  const ways = [
    () => `转发微博 //@${name}:${text}`,
    () => `${random.pick(remarks)}//@${name}：${text}`,
    () => `${random.pick(remarks)} //@${name}:${random.pick(remarks)}//@甲${name}:${text}`,
    () => `RT @${name}: ${text}`,
    () => `【转】${text}`,
    () => `“${text}”`,
    () => `${text} http://t.cn/A${random.below(1e6).toString(36)}`,
    () => `#${random.pick(['今日热搜', '避雷指南', '双十一'])}# ${text} @微博客服`,
    () => text.replace(/[，。]/gu, () => random.pick(marks)),
  ];
  return random.pick(ways)();
}
function truncated(text: string, random: Random): string {
  const points = Array.from(text);
  const kept = Math.max(12, Math.floor(points.length * (0.5 + 0.4 * random.next())));
  return `${points.slice(0, kept).join('')}${random.pick(['…', '...', '...全文', '…展开全文', ''])}`;
}
/** Other words for some, clauses in another order or left out, a typing error, an opening and an end. */
function paraphrased(text: string, random: Random): string {
  let words = text;
  let replaced = 0;
  for (const set of random.shuffle(synonyms)) {
    const from = set.find((word) => words.includes(word));
    if (from === undefined || replaced >= 3) continue;
    words = words.replace(from, random.pick(set.filter((word) => word !== from)));
    replaced++;
  }
  let clauses = clausesOf(words);
  if (clauses.length >= 4 && random.chance(0.4)) clauses = clauses.filter((_, i) => i !== random.below(clauses.length));
  if (clauses.length >= 3 && random.chance(0.5)) {
    const from = random.below(clauses.length - 1);
    [clauses[from], clauses[from + 1]] = [clauses[from + 1] ?? '', clauses[from] ?? ''];
  }
  const points = Array.from(clauses.join(''));
  for (let errors = Math.floor(points.length / 40); errors > 0; errors--) points.splice(random.below(points.length), 1);
  const opening = random.chance(0.5) ? random.pick(openings) : '';
  return `${opening}${points.join('')}${random.chance(0.5) ? random.pick(closings) : ''}`;
}

const ways = { repost: reposted, truncation: truncated, paraphrase: paraphrased } as const;

/** Variants of one original; their number follows the seed. */
function variants(original: LabelledMention, random: Random, most: number): LabelledMention[] {
  return Array.from({ length: 1 + random.below(most) }, (_, i) => {
    const kind = random.pick(['repost', 'truncation', 'paraphrase', 'paraphrase'] as const);
    return { ...original, id: `${original.id}-${String(i)}`, kind, text: ways[kind](original.text, random) };
  });
}

/** Every complaint about every product, once: beginnings, ends and the product are what they share. */
export function hardNegatives(random: Random): LabelledMention[] {
  return products.flatMap((sku) =>
    complaints.map((complaint, i): LabelledMention => {
      // One long frame at most: where nearly all words are the same, nobody can tell by words that the complaints differ.
      const long = random.pick(['before', 'after', 'none', 'none']);
      const before = random.pick(long === 'before' ? longBefores : befores).replace('{sku}', sku);
      const text = `${before}${complaint}${random.pick(long === 'after' ? longAfters : afters)}`;
      const id = `${sku}-${String(i)}`;
      return { id, story: id, kind: 'original', sku, text, url: null };
    }),
  );
}

/** `texts` tell different stories; `share` of them are passed on, up to `most` times. */
export function labelledMentions(
  texts: readonly string[],
  random: Random,
  { share, most }: { readonly share: number; readonly most: number },
): LabelledMention[] {
  const plain = texts.flatMap((text, i): LabelledMention[] => {
    const original: LabelledMention = { id: `t${String(i)}`, story: `t${String(i)}`, kind: 'original', sku: null, text, url: null };
    return random.chance(share) && Array.from(text).length >= 15 ? [original, ...variants(original, random, most)] : [original];
  });
  const hard = hardNegatives(random).flatMap((original) =>
    random.chance(share) ? [original, ...variants(original, random, most)] : [original],
  );
  return random.shuffle([...plain, ...hard]);
}
