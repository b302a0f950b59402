/** What a complaint may be about, the gravest first: 安全 质量 服务 价格 物流 其他. */
export const topics = ['safety', 'quality', 'service', 'price', 'delivery', 'other'] as const;
export type Topic = (typeof topics)[number];

/** Topics that are recognised by words; `other` is what no word names. */
export const namedTopics = ['safety', 'quality', 'service', 'price', 'delivery'] as const satisfies readonly Topic[];
