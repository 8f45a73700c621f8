"""Variants of Chinese characters that the edition of the Tang poems has beside the usual form. No torch.

folded("劒外忽传收蓟北")                       # "剑外忽传收蓟北"
"""

_VARIANTS = (
    "劒簷櫂斾媿嬾堦蘂褭臯廻髪飜煖桮歛檝呌荅巵罇羇鼇顇牋僊鏁顦缾鵶緜栢棃碁壻粧趂醆藂邨鲙筯懃牓鸎懽䜩悮帬慇峩蔕飡汚彊徴"
)
_VARIANTS += "衞槃椀欵諠怱搆穉効瞋袴姪嚬毬珮拏崄畧輙俛嵒犂胷筭遯轝賸塲旛恡蕚磵廐盌襃勅揜烝瓌濬噉椶澣隟湼羃窻蠭"
_USUAL = (
    "剑檐棹旆愧懒阶蕊袅皋回发翻暖杯敛楫叫答卮樽羁鳌悴笺仙锁憔瓶鸦绵柏梨棋婿妆趁盏丛村脍箸勤榜莺欢宴误裙殷峨蒂餐污强征"
)
_USUAL += "卫盘碗款喧匆构稚效嗔裤侄颦球佩拿险略辄俯岩犁胸算遁舆剩场幡吝萼涧厩碗褒敕掩蒸瑰浚啖棕浣隙涅幂窗蜂"

_TABLE = str.maketrans(_VARIANTS, _USUAL)


def folded(text: str) -> str:
    """The text with the usual form of each variant."""
    return text.translate(_TABLE)
