"""A short history of the YOLO family: what changed, anchors or not, where attention sits; each line with its source."""

import streamlit as st

from pages.shared.texts import t

# Code of its texts, name, year it appeared, whether its boxes start from anchors, where to read it.
VERSIONS = (
    ("v1", "YOLO", 2015, False, "https://arxiv.org/abs/1506.02640"),
    ("v2", "YOLOv2", 2016, True, "https://arxiv.org/abs/1612.08242"),
    ("v3", "YOLOv3", 2018, True, "https://arxiv.org/abs/1804.02767"),
    ("v4", "YOLOv4", 2020, True, "https://arxiv.org/abs/2004.10934"),
    ("v5", "YOLOv5", 2020, True, "https://github.com/ultralytics/yolov5"),
    ("x", "YOLOX", 2021, False, "https://arxiv.org/abs/2107.08430"),
    ("pico", "PicoDet", 2021, False, "https://arxiv.org/abs/2111.00902"),
    ("ppe", "PP-YOLOE", 2022, False, "https://arxiv.org/abs/2203.16250"),
    ("v7", "YOLOv7", 2022, True, "https://arxiv.org/abs/2207.02696"),
    ("v6", "YOLOv6", 2022, False, "https://arxiv.org/abs/2209.02976"),
    ("v8", "YOLOv8", 2023, False, "https://docs.ultralytics.com/models/yolov8/"),
    ("v9", "YOLOv9", 2024, False, "https://arxiv.org/abs/2402.13616"),
    ("v10", "YOLOv10", 2024, False, "https://arxiv.org/abs/2405.14458"),
    ("v11", "YOLO11", 2024, False, "https://docs.ultralytics.com/models/yolo11/"),
    ("v12", "YOLOv12", 2025, False, "https://arxiv.org/abs/2502.12524"),
    ("v13", "YOLOv13", 2025, False, "https://arxiv.org/abs/2506.17733"),
    ("v26", "YOLO26", 2026, False, "https://docs.ultralytics.com/models/yolo26/"),
)


def show_history() -> None:
    """One line a version."""
    heads = (t(f"yolo_family.history.{column}") for column in ("year", "version", "changed", "anchors", "attention"))
    lines = ["| " + " | ".join(heads) + " |", "|--:|:--|:--|:--|:--|"]
    for code, name, year, anchors, address in VERSIONS:
        boxes = t(f"yolo_family.history.{'with' if anchors else 'without'}")
        changed, attention = (t(f"yolo_family.{code}.{column}") for column in ("changed", "attention"))
        lines.append(f"| {year} | [{name}]({address}) | {changed} | {boxes} | {attention} |")
    st.markdown("\n".join(lines))
    st.caption(t("yolo_family.history.note"))
