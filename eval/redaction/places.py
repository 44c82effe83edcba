"""Places and addresses of the benchmark: the place is public, what lies below it is not."""

from random import Random

_TOWNS = "王店镇 王江泾镇 洪合镇 新塍镇 油车港镇 高照街道 新城街道 嘉北街道 梅溪镇 石门镇 大桥镇 余新镇 凤桥镇 周王庙镇 沈荡镇 钱家渡镇 马厩乡 金星乡 黄湾镇 许村镇".split()
_VILLAGES = "荷花村 建林村 南梅村 凌塘村 洪典村 泰石桥村 马厍村 宝华村 陈家坝村 沈家浜村 金鱼村 古塘村 和平村 万民村 高丰村 李家埭村 民主村 祥符荡村 西浜村 庄安村".split()
_ESTATES = "金都夏宫 华庭小区 康桥名苑 阳光花园 江南新家园 万科城 文昌社区 锦绣嘉苑 春晓苑 秀湖府 吴越名邸 常春藤公寓 石榴湾 丁香花园 向阳新村 白云小区".split()
_STREETS = "江南路 中山东路 洪兴西路 文昌路 建设街 解放路 马家弄 石灰桥路 高家洋路 成功大道 万国路 平安路 钱塘江路 周家桥路 云东路 秀园路".split()
_OFFICES = "王店镇政府 高照派出所 秀洲区市场监管局 洪合司法所 嘉兴市第一医院 江南小学 文昌社区居委会 区住建局 人社局 水利局 供电所 村委会 信访局 房管所 宁波银行 石门卫生院 安监站 街道综合执法队 平安物业公司 万家超市 高原建材有限公司 金利来饭店 康达化工厂".split()
_SMALL = "一二三四五六七八九十"
_LETTERS = "ABCD"


def place(rng: Random) -> str:
    """A town, a village, an estate, a street, or town and village together."""
    town, village = rng.choice(_TOWNS), rng.choice(_VILLAGES)
    return rng.choice((town, village, town + village, rng.choice(_ESTATES), rng.choice(_STREETS)))


def office(rng: Random) -> str:
    """An office, a school or a company."""
    return rng.choice(_OFFICES)


def address(rng: Random) -> tuple[str, str]:
    """The public place, and the private part below it."""
    draw = rng.random()
    town = rng.choice((rng.choice(_TOWNS), ""))
    if draw < 0.35:
        return town + rng.choice(_VILLAGES), _in_village(rng)
    if draw < 0.75:
        return rng.choice(_ESTATES), _in_estate(rng)
    return town + rng.choice(_STREETS), _in_street(rng)


def _number(rng: Random, most: int) -> str:
    number = str(rng.randint(1, most))
    if rng.random() < 0.1:
        return "".join(chr(ord(c) + 0xFEE0) for c in number)
    return number


def _in_village(rng: Random) -> str:
    group, house = _number(rng, 30), _number(rng, 199)
    small = rng.choice(_SMALL)
    return rng.choice(
        (
            f"{group}组{house}号",
            f"{group}组",
            f"{house}号",
            f"第{group}组",
            f"{small}组",
            f"{small}组{house}号",
            f"第{small}村民小组{house}号",
            f"{group}组 {house}号",
            f"{house}-{rng.randint(1, 9)}号",
        )
    )


def _in_estate(rng: Random) -> str:
    block, unit = _number(rng, 60), rng.randint(1, 4)
    room = f"{rng.randint(1, 28)}0{rng.randint(1, 4)}"
    return rng.choice(
        (
            f"{block}幢{unit}单元{room}室",
            f"{block}栋{room}",
            f"{block}幢{room}室",
            f"{block}号楼{unit}单元{room}",
            f"{block}-{unit}-{room}",
            f"{block}幢 {unit}单元 {room}室",
            f"{block}#{room}",
            f"{block}号楼{room}室",
            f"{rng.choice(_LETTERS)}座{room}室",
            f"{block}幢{rng.choice('一二三四')}单元{room}",
            f"{block}栋",
            f"{block}幢{unit}单元{rng.randint(1, 18)}楼",
        )
    )


def _in_street(rng: Random) -> str:
    house, room = _number(rng, 1999), f"{rng.randint(1, 9)}0{rng.randint(1, 8)}"
    return rng.choice(
        (
            f"{house}号",
            f"{house}号{room}室",
            f"{rng.randint(10, 400)}弄{rng.randint(1, 60)}号{room}室",
            f"{house}-{rng.randint(1, 9)}号",
            f"{house} 号",
            f"{house}号{rng.randint(1, 9)}幢{room}室",
            f"{house}号附{rng.randint(1, 9)}号",
        )
    )
