"""Characters as they are typed, from those that fonts have for their shapes.

A font may have one shape for several characters, such as a ligature or a radical of Chinese
that is also a word, and a PDF made with it names the one that nobody types.
"""

import re
from unicodedata import normalize

_OF_FONTS = re.compile("[\u2f00-\u2fd5\ufb00-\ufb04\ufb06]")
"""Those of which Unicode itself says what they stand for."""
# Unicode Character Database, EquivalentUnifiedIdeograph.txt.
_RADICALS = str.maketrans(
    "⺁⺂⺃⺄⺅⺆⺈⺉⺊⺋⺌⺍⺎⺏⺐⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺫⺬"
    "⺭⺯⺰⺱⺲⺳⺴⺶⺹⺺⺻⺼⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜"
    "⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
    "厂乛乚乙亻冂刀刂卜㔾小小兀尣尢巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王目示"
    "礻糹纟罓罒㓁冗羊耂肀聿肉艹艹艹虎衤覀西见角讠贝车辶辶辶邑钅長镸长门阝雨青韦页风飞"
    "食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
)


def as_typed(text: str) -> str:
    """The characters of a sign, white space as spaces."""
    text = "".join(" " if sign.isspace() else sign for sign in text)
    text = text.translate(_RADICALS)
    return _OF_FONTS.sub(lambda found: normalize("NFKC", found.group()), text)
