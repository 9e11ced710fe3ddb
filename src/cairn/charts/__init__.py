"""Charts: positions, estimates and incidents, drawn; each with its undercount note and its words."""

from cairn.charts.days import Toll, days_picture, step_of
from cairn.charts.drawing import Picture, PictureFormat, draw_png, draw_svg
from cairn.charts.ground import Spot, map_picture, read_basemap
from cairn.charts.look import Caption
from cairn.charts.ranges import policies_picture, positions_picture
from cairn.charts.toll import toll_picture

__all__ = [
    "Caption",
    "Picture",
    "PictureFormat",
    "Spot",
    "Toll",
    "days_picture",
    "draw_png",
    "draw_svg",
    "map_picture",
    "policies_picture",
    "positions_picture",
    "read_basemap",
    "step_of",
    "toll_picture",
]
