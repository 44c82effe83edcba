"""The example complaint of the page and of the first start: fill that blocks waste water."""

EXAMPLE_COMPLAINT = (
    "我家和隔壁老王家的宅基地紧挨着，两家的生活污水一直顺着中间的老水沟排到村里的管网。"
    "今年三月老王翻建房子，用渣土把他家地基填高了七八十公分，老水沟也被他填掉了一大段，"
    "现在我家厨房和卫生间的污水排不出去，一下雨就倒灌进院子，味道很大，老人孩子都受不了。"
    "我找他说过两次，他说填的是自己的宅基地，别人管不着。希望村里出面，让他把水沟恢复。"
)
"""Written for this project; names nobody."""
