"""Invention of people, places and firms for training, from the lists of the recogniser."""

from random import Random

from advisor.redaction.lexicon import FOLDER
from corpus.knowledge import read_yaml

_COMMON = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
    "姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_TOP_SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗"
_TOP_GIVEN = (
    "明国文华德建志永林成军平福荣生海金忠伟玉兴祥强清春庆宝新东光红英秀丽芳桂兰凤梅珍玲霞艳燕娟敏静杰涛磊洋勇"
    "浩宇轩子涵梓欣怡佳雨诗思嘉俊晓小云月美爱素淑翠根水土木火财富贵发达飞龙虎鹏辉斌超刚波峰山江立家民学义信仁"
)
_USUAL = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀英霞平刚桂兰华玲红建国文辉力永健志义兴良海山仁波宁贵福生龙元全胜学祥才发武新"
    "利清飞彬富顺信子昌成康星光天达安岩中茂进林有坚和彪博诚先敬震振壮会思群豪心邦承乐绍功松善厚庆民友裕河哲江亮政谦"
    "亨奇固之轮翰朗伯宏言若鸣朋斌梁栋维启克伦翔旭鹏泽晨辰士以家致树炎德行时泰盛雄琛钧冠策腾榕风航弘珍莉凤洁梅琳素云莲真环雪荣爱妹香月莺媛"
    "瑞凡佳嘉琼勤珠贞倩婷姣婉娴瑾颖露瑶怡婵雁蓓纨仪荷丹蓉眉君琴蕊薇菁梦岚苑婕馨瑗琰韵融园艺咏卿聪澜纯毓悦昭冰爽羽希欣飘育滢馥筠柔竹霭凝晓欢枫芸菲寒伊亚宜可姬舒影荔枝思"
)
_PAIRS = (
    "建国 国庆 和平 胜利 建设 志强 文化 光明 新民 向阳 爱国 卫东 成功 富贵 长江 黄河 东方 家庭 有才 来福 大海 平安 满意 自强 全民 太平 "
    "阿大 阿二 阿三 阿四 阿五 阿六 阿毛 阿根 阿福 阿珍 阿妹 阿狗 三毛 四清 三妹 四妹 五妹 二妹 大妹 小妹 九斤 八斤 七斤 六斤 二虎 三喜 四喜 双喜 来喜 "
    "根法 根土 根水 柏年 伯年 仲年 金水 金土 水金 土金 木金 火金 春生 福生 长生 来生 根生 水生 木生 土生 洪武 洪文 文武 其昌 其中 以诺 以轩 为民 为国 "
    "从军 从文 何为 与时 长远 正直 永远 如何 大年 小年 丰年 来年 百年 千年 万年 年年 家家 天天 月月 方方 圆圆 方圆 关根 关林 关荣 向前 向东 向荣 向红 "
    "开明 天明 安全 学习 进步 前进 解放 跃进 援朝 抗美 国强 建军 爱民 拥军 红旗 春天 立秋 金秋 小雪 冬至 清明 如意 吉祥 方圆 正直 成长"
)
_PLACE_ENDS = (
    "村 镇 乡 路 街 社区 小区 新村 花园 家园 大道 巷 弄 桥 港 街道 县 市 区 湾 塘 庄 苑 府 名苑 华庭 公寓 广场 嘉园 佳苑 东路 西路 南路 北路 "
    "中路 自然村 水库 河 江 湖 山 坡 岭 浜 埭 圩 坝 寨 屯 坪 城 国际 雅苑 名城 工业园 开发区 公园 站 大桥 老街 后街 菜场"
)
_FIRM_ENDS = (
    "有限公司 公司 物业公司 物业 超市 饭店 酒店 宾馆 小学 中学 幼儿园 医院 卫生院 卫生室 派出所 村委会 居委会 街道办 镇政府 乡政府 人民政府 化工厂 砖厂 养猪场 "
    "养殖场 工厂 家具厂 电子厂 服装厂 建筑公司 房地产公司 建设集团 置业 房产 中介公司 汽修厂 加油站 药店 诊所 理发店 网吧 棋牌室 培训学校 驾校 "
    "银行 信用社 合作社 法院 检察院 司法所 税务所 供电所 自来水厂 农贸市场 大厦 商场 影城 健身房 早餐店 面馆 火锅店 烧烤店 茶楼 歌厅 KTV 敬老院"
)
_FIRM_KINDS = (
    "建筑",
    "建材",
    "装饰",
    "物业管理",
    "餐饮",
    "商贸",
    "劳务",
    "科技",
    "纺织",
    "汽车",
    "",
)
_PLACE_LETTERS = (
    "金银石沙白黄红青大小上下东西南北中新老长高平安和永兴福春秋明水清龙凤马牛羊鱼花桃李杨柳梅竹荷莲桂松柏枫桐"
    "云雨星月阳山河江湖海泉溪塘湾桥头口角庙塔井坝田沟坡岭洲渡港沈陈王张吴周许郑钱何施朱徐孙胡高林"
)


class Inventor:
    """People, places and firms made up at random."""

    def __init__(self, rng: Random, letters: str) -> None:
        self._rng = rng
        lists = read_yaml(FOLDER / "names.yaml")
        if not isinstance(lists, dict):
            raise TypeError("names.yaml")
        self._surnames = "".join(lists["likely"]) * 3 + lists["fair"] * 2 + lists["ambiguous"]
        self._compound = tuple(lists["compound"])
        self._given = str(lists["given"])
        self._maybe = str(lists["maybe"])
        self._plain = str(lists["plain"])
        self._letters = letters
        self._pairs = tuple(_PAIRS.split())
        self._place_ends = tuple(_PLACE_ENDS.split())
        self._firm_ends = tuple(_FIRM_ENDS.split())

    def surname(self) -> str:
        """A surname; half of them among the hundred most frequent."""
        draw = self._rng.random()
        if draw < 0.05:
            return self._rng.choice(self._compound)
        common = _TOP_SURNAMES if draw < 0.3 else _COMMON
        return self._rng.choice(common if draw < 0.65 else self._surnames)

    def person(self) -> str:
        """A name of two to four characters."""
        draw = self._rng.random()
        if draw < 0.27:
            return self.surname() + self._character()
        if draw < 0.32:
            return self.surname() + self._rng.choice(self._pairs)
        if draw < 0.36:
            return self.surname() + self._character() * 2
        if draw < 0.375:
            return self._rng.choice(_COMMON) + self._rng.choice(_COMMON) + self._twice()
        return self.surname() + self._twice()

    def place(self) -> str:
        """A village, an estate, a street."""
        draw, choose = self._rng.random(), self._rng.choice
        if draw < 0.2:
            return choose(_COMMON) + "家" + choose("村桥庄浜埭湾塘坝湖岭坪门渡堰坊弄巷港角汇")
        if draw < 0.6:
            return self._word(_PLACE_LETTERS) + choose(self._place_ends)
        if draw < 0.7:
            return self.surname() + choose(_PLACE_LETTERS) + choose(self._place_ends)
        return self._word(self._given) + choose(self._place_ends)

    def firm(self) -> str:
        """A company, a shop, an office, a school."""
        draw, choose = self._rng.random(), self._rng.choice
        if draw < 0.3:
            return self._word(_PLACE_LETTERS) + choose(self._firm_ends)
        kind = choose(_FIRM_KINDS) if draw < 0.6 else ""
        head = self.surname() + self._character() if draw > 0.85 else self._word(self._given)
        return head + kind + choose(self._firm_ends)

    def number(self) -> str:
        """A number of one to four digits."""
        return str(self._rng.randint(1, 10 ** self._rng.randint(1, 4)))

    def _twice(self) -> str:
        return self._character() + self._character()

    def _word(self, letters: str) -> str:
        size = 3 if self._rng.random() < 0.2 else 2
        return "".join(self._rng.choice(letters) for _ in range(size))

    def _character(self) -> str:
        draw, choose = self._rng.random(), self._rng.choice
        if draw < 0.4:
            return choose(_TOP_GIVEN)
        if draw < 0.62:
            return choose(_USUAL)
        if draw < 0.9:
            return choose(self._given)
        if draw < 0.94:
            return choose(self._maybe + self._plain)
        return chr(self._rng.randrange(0x4E00, 0x9FA5)) if draw < 0.96 else choose(self._letters)
