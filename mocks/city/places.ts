/** The 31 province-level divisions and a few counties of each (GB/T 2260), so that region codes are plausible anywhere. */

/** A county-level division. */
export interface Place {
  /** GB/T 2260, six digits. */
  readonly code: string;
  readonly county: string;
  readonly province: string;
  /** The character on number plates, which is also the first of the province's court codes. */
  readonly letter: string;
  /** The code before a boundary change, which older identity numbers still carry. */
  readonly formerCode: string | null;
}

/** `code name letter: county counties…`; a county is `code name`, or `code/former name`. */
const table = `
11 北京市 京: 110108 海淀区, 110115 大兴区, 110118/110228 密云区
12 天津市 津: 120110 东丽区, 120114/120222 武清区
13 河北省 冀: 130102 长安区, 130123 正定县, 130682 定州市
14 山西省 晋: 140105 小店区, 140121 清徐县, 140882 河津市
15 内蒙古自治区 蒙: 150102 新城区, 150121 土默特左旗, 150221 土默特右旗
21 辽宁省 辽: 210102 和平区, 210123 康平县, 210181 新民市
22 吉林省 吉: 220102 南关区, 220122 农安县, 220182 榆树市
23 黑龙江省 黑: 230103 南岗区, 230123 依兰县, 230183 尚志市
31 上海市 沪: 310115 浦东新区, 310120 奉贤区, 310151/310230 崇明区
32 江苏省 苏: 320302 鼓楼区, 320303 云龙区, 320305 贾汪区, 320311 泉山区, 320312/320323 铜山区, 320321 丰县, 320322 沛县, 320324 睢宁县, 320381/320326 新沂市, 320382/320325 邳州市, 320722 东海县, 320921 响水县, 321322 沭阳县, 320106 鼓楼区, 320583 昆山市
33 浙江省 浙: 330106 西湖区, 330122 桐庐县, 330382 乐清市
34 安徽省 皖: 340104 蜀山区, 340621 濉溪县, 341321 砀山县, 341322 萧县
35 福建省 闽: 350102 鼓楼区, 350121 闽侯县, 350181 福清市
36 江西省 赣: 360102 东湖区, 360121 南昌县, 360981 丰城市
37 山东省 鲁: 370102 历下区, 370481 滕州市, 370829 嘉祥县, 371322 郯城县
41 河南省 豫: 410105 金水区, 411426 夏邑县, 411481 永城市
42 湖北省 鄂: 420106 武昌区, 420222 阳新县, 429004 仙桃市
43 湖南省 湘: 430102 芙蓉区, 430121 长沙县, 430181 浏阳市
44 广东省 粤: 440106 天河区, 440523 南澳县, 440981 高州市
45 广西壮族自治区 桂: 450103 青秀区, 450125 上林县, 450881 桂平市
46 海南省 琼: 460106 龙华区, 469002 琼海市, 469021/469025 定安县
50 重庆市 渝: 500103 渝中区, 500116 江津区, 500235 云阳县
51 四川省 川: 510104 锦江区, 510121 金堂县, 510181 都江堰市
52 贵州省 黔: 520102 南明区, 520121 开阳县, 520181 清镇市
53 云南省 云: 530102 五华区, 530124 富民县, 530181 安宁市
54 西藏自治区 藏: 540102 城关区, 540121 林周县
61 陕西省 陕: 610113 雁塔区, 610122 蓝田县, 610302 渭滨区, 610322 凤翔县
62 甘肃省 甘: 620102 城关区, 620121 永登县, 620523 甘谷县
63 青海省 青: 630103 城中区, 630121 大通回族土族自治县
64 宁夏回族自治区 宁: 640104 兴庆区, 640121 永宁县, 640181 灵武市
65 新疆维吾尔自治区 新: 650102 天山区, 650121 乌鲁木齐县, 652301 昌吉市`;

/** Every county of the table. */
export const places: readonly Place[] = table
  .trim()
  .split('\n')
  .flatMap((line) => {
    const [head, counties] = line.split(': ') as [string, string];
    const [, province, letter] = head.split(' ') as [string, string, string];
    return counties.split(', ').map((text) => {
      const [codes, county] = text.split(' ') as [string, string];
      const [code, formerCode = null] = codes.split('/') as [string, string?];
      return { code, county, province, letter, formerCode };
    });
  });

/** The province-level divisions, in the order of their codes. */
export const provinces: readonly string[] = [...new Set(places.map((place) => place.province))];

/** The counties whose code begins with `prefix` (two digits a province, four a city, six one county). */
export function placesUnder(prefix: string): readonly Place[] {
  let found = underPrefix.get(prefix);
  if (found === undefined) {
    found = places.filter((place) => place.code.startsWith(prefix));
    underPrefix.set(prefix, found);
  }
  return found;
}

const underPrefix = new Map<string, readonly Place[]>();
