/** Words that names are made of. Every person, company and bank is put together from them; none is taken from a register. */

import type { Weighted } from './random.ts';

/** Surnames of two characters. */
export const compoundSurnames = ['欧阳', '司马', '诸葛'] as const;

/** Surnames, the frequent ones with more weight. */
export const surnames: Weighted<string> = [
  ...weighted('王李张刘陈', 24),
  ...weighted('杨赵黄周吴徐孙胡朱高', 10),
  ...weighted('林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许', 5),
  ...weighted(
    '傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万',
    2,
  ),
  ...compoundSurnames.map((surname) => [surname, 1] as const),
];

/** Characters of given names. */
export const givenCharacters = [
  ...Array.from(
    '伟芳娜敏静强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红玲芬燕彬凤洁梅琳素云莲真环雪荣爱妹香月莺媛瑞凡佳嘉琼勤珍贞莉兰',
  ),
  ...Array.from(
    '国建文志海东光春永山林峰群飞龙生祥厚义庆学德宏振宝根春来友长喜新民利成福兴顺全才保传继怀广存运启道敬忠远',
  ),
];

/** Characters that one court writes in one way and another court in another. */
export const variantCharacters: ReadonlyMap<string, string> = new Map([
  ['萧', '肖'],
  ['傅', '付'],
  ['阎', '闫'],
  ['戴', '代'],
  ['峰', '峯'],
  ['群', '羣'],
  ['强', '強'],
  ['杰', '傑'],
  ['云', '雲'],
  ['华', '華'],
  ['伟', '偉'],
  ['军', '軍'],
  ['国', '國'],
  ['兰', '蘭'],
]);

/** Parts of Uyghur names, joined by a middle dot. */
export const uyghurNames = [
  '阿不都',
  '买买提',
  '艾力',
  '吐尔逊',
  '古丽',
  '热合曼',
  '努尔',
  '木沙',
  '阿依',
  '库尔班',
] as const;

/** Two-character words in the names of companies. */
export const companyWords = {
  first: Array.from('恒瑞泽淮彭汉砺岳楚润晟启昊嘉鼎铭锦沃禾茂'),
  second: Array.from('诚源达阳川埠屹衡沛桥舟峪骏禄垣坤宸沅畅穗'),
} as const;

/** Lines of business in the names of companies. */
export const industries = [
  '建材',
  '商贸',
  '置业',
  '物流',
  '机械租赁',
  '混凝土',
  '农业发展',
  '食品',
  '纺织',
  '木业',
  '玻璃',
  '建筑安装工程',
  '餐饮管理',
  '汽车销售',
] as const;

/** What institutions that go to court often call themselves. */
export const institutionKinds: Weighted<string> = [
  ['农村商业银行股份有限公司', 4],
  ['村镇银行股份有限公司', 2],
  ['小额贷款有限公司', 3],
  ['融资担保有限公司', 2],
  ['物业服务有限公司', 3],
  ['热力有限公司', 1],
  ['保险代理有限公司', 1],
];

/** Words in the names of villages, roads and residential quarters. */
export const villageWords = [
  '大沟',
  '前庄',
  '后楼',
  '小集',
  '柳园',
  '石桥',
  '东河',
  '西圩',
  '孟庄',
  '瓦房',
  '双塘',
  '高岗',
] as const;
export const roadWords = [
  '淮河路',
  '建设路',
  '解放路',
  '青年路',
  '黄河路',
  '和平路',
  '新城大道',
  '工业园路',
  '中山路',
  '民主路',
] as const;
export const quarterWords = ['锦绣', '滨河', '翡翠', '阳光', '幸福', '云山', '金水', '御景'] as const;

/** Construction machines: kind and a model word that no maker uses. */
export const machines = [
  ['液压挖掘机', 'NW'],
  ['轮式装载机', 'NL'],
  ['汽车起重机', 'NQ'],
  ['压路机', 'NY'],
  ['混凝土泵车', 'NB'],
  ['旋挖钻机', 'NX'],
  ['平地机', 'NP'],
] as const;

function weighted(characters: string, weight: number): (readonly [string, number])[] {
  return Array.from(characters, (character) => [character, weight] as const);
}
