import type { Chance } from './chance.ts';

/** Divisions of Xuzhou (GB/T 2260) by code. */
const xuzhou: Readonly<Record<string, string>> = {
  '320302': '鼓楼区',
  '320303': '云龙区',
  '320305': '贾汪区',
  '320311': '泉山区',
  '320312': '铜山区',
  '320321': '丰县',
  '320322': '沛县',
  '320324': '睢宁县',
  '320381': '新沂市',
  '320382': '邳州市',
};

/** Province-level divisions by the first two digits of a division code: name, letter on plates, chief city. */
const provinces: Readonly<Record<string, readonly [name: string, plate: string, city: string]>> = {
  '11': ['北京市', '京', ''],
  '12': ['天津市', '津', ''],
  '13': ['河北省', '冀', '石家庄市'],
  '14': ['山西省', '晋', '太原市'],
  '15': ['内蒙古自治区', '蒙', '呼和浩特市'],
  '21': ['辽宁省', '辽', '沈阳市'],
  '22': ['吉林省', '吉', '长春市'],
  '23': ['黑龙江省', '黑', '哈尔滨市'],
  '31': ['上海市', '沪', ''],
  '32': ['江苏省', '苏', '南京市'],
  '33': ['浙江省', '浙', '杭州市'],
  '34': ['安徽省', '皖', '合肥市'],
  '35': ['福建省', '闽', '福州市'],
  '36': ['江西省', '赣', '南昌市'],
  '37': ['山东省', '鲁', '济南市'],
  '41': ['河南省', '豫', '郑州市'],
  '42': ['湖北省', '鄂', '武汉市'],
  '43': ['湖南省', '湘', '长沙市'],
  '44': ['广东省', '粤', '广州市'],
  '45': ['广西壮族自治区', '桂', '南宁市'],
  '46': ['海南省', '琼', '海口市'],
  '50': ['重庆市', '渝', ''],
  '51': ['四川省', '川', '成都市'],
  '52': ['贵州省', '贵', '贵阳市'],
  '53': ['云南省', '云', '昆明市'],
  '54': ['西藏自治区', '藏', '拉萨市'],
  '61': ['陕西省', '陕', '西安市'],
  '62': ['甘肃省', '甘', '兰州市'],
  '63': ['青海省', '青', '西宁市'],
  '64': ['宁夏回族自治区', '宁', '银川市'],
  '65': ['新疆维吾尔自治区', '新', '乌鲁木齐市'],
};

/** Where a possession of somebody with this division code stands; most possessions stand at home. */
export interface Place {
  /** Province, city, county, as an address begins. */
  readonly address: string;
  readonly division: string;
  /** The first two signs of a plate. */
  readonly plate: string;
}

/** The place of a division code; somebody without one (an organisation, a foreigner) belongs to Xuzhou. */
export function placeOf(division: string | null, chance: Chance): Place {
  const local = division === null || division.startsWith('3203') || provinces[division.slice(0, 2)] === undefined;
  if (local) {
    const code = division !== null && xuzhou[division] !== undefined ? division : chance.pick(Object.keys(xuzhou));
    return { address: `江苏省徐州市${xuzhou[code]!}`, division: code, plate: '苏C' };
  }
  const [name, letter, city] = provinces[division.slice(0, 2)]!;
  return { address: `${name}${city}`, division, plate: `${letter}${chance.text(1, 'ABCDEFGH')}` };
}

/** A court that might have frozen or seized before, and the number of its document. */
export function authorityOf(chance: Chance): { authority: string; documentNumber: string } {
  const [court, code] = chance.pick([
    ['徐州市铜山区人民法院', '苏0312'],
    ['徐州市云龙区人民法院', '苏0303'],
    ['徐州市泉山区人民法院', '苏0311'],
    ['新沂市人民法院', '苏0381'],
    ['邳州市人民法院', '苏0382'],
    ['江苏省徐州市中级人民法院', '苏03'],
    ['徐州市鼓楼区人民法院', '苏0302'],
    ['南京市鼓楼区人民法院', '苏0106'],
    ['济南市历下区人民法院', '鲁0102'],
    ['宝鸡市渭滨区人民法院', '陕0302'],
  ] as const);
  const number = `（${chance.between(2016, 2017)}）${code}执${chance.between(11, 4900)}号之${chance.pick(['一', '二', '三'])}`;
  return { authority: court, documentNumber: number };
}

/** Fen as the agencies write amounts: yuan with two decimals. */
export function toYuan(fen: number): string {
  return `${Math.floor(fen / 100)}.${String(fen % 100).padStart(2, '0')}`;
}
