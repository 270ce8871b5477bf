"""The members of the attention family: their formulas, papers, costs, and where each can be touched."""

import re
from dataclasses import replace

from pages.pictures.compare_facts import FACTS, Facts

BRANCHES = {
    "score": ("dot", "scaled", "additive", "location"),
    "who": ("self", "cross", "multi", "grouped"),
    "gates": ("se", "eca", "cbam", "bam", "ge", "coordinate", "simam"),
    "places": ("non_local", "patches"),
    "cheap": ("local", "sparse", "linear"),
    "detect": ("yolo",),
}
OVER_PICTURES = ("gates", "places", "detect")  # the others ask words
AS_TRAINED = (
    "additive",
    "location",
    "grouped",
)  # no page runs these; theirs shows the head with its own rule
AS_COMPARED = (*BRANCHES["gates"], "non_local")  # the page Compare has words for these
CHEAPER = {"local": "window", "sparse": "strided", "linear": "linear"}  # what the lesson's bench calls them

LUONG = ("Luong, Pham, Manning, EMNLP 2015", "https://arxiv.org/abs/1508.04025")
VASWANI = ("Vaswani et al., NeurIPS 2017", "https://arxiv.org/abs/1706.03762")
BAHDANAU = ("Bahdanau, Cho, Bengio, 2014 (ICLR 2015)", "https://arxiv.org/abs/1409.0473")

MEMBERS = {
    "dot": Facts(r"s_{ij} = q_i^{\mathsf T} k_j", "", (LUONG,), "sentence", {"view": "change", "unscaled": "true"}),
    "scaled": Facts(r"s_{ij} = \dfrac{q_i^{\mathsf T} k_j}{\sqrt{d}}", "", (VASWANI,), "lesson_root"),
    "additive": Facts(r"s_{ij} = v^{\mathsf T}\tanh(W q_i + U k_j)", "", (BAHDANAU,), "sentence"),
    "location": Facts(r"a_i = \mathrm{softmax}(W_a\, q_i)", "", (LUONG,), "sentence"),
    "self": Facts(
        r"Q = XW_Q",
        r"K = XW_K,\; V = XW_V",
        (("Cheng, Dong, Lapata, EMNLP 2016", "https://arxiv.org/abs/1601.06733"), VASWANI),
        "sentence",
        {"view": "words"},
    ),
    "cross": Facts(r"Q = YW_Q", r"K = XW_K,\; V = XW_V", (BAHDANAU, VASWANI), "steps", {"cross": "true"}),
    "multi": Facts(r"[\mathrm{head}_1;\dots;\mathrm{head}_h]\,W_O", "", (VASWANI,), "sentence", {"view": "heads"}),
    "grouped": Facts(
        r"\mathrm{head}_i = \mathrm{attend}(Q_i, K_{g(i)}, V_{g(i)})",
        "",
        (("Ainslie et al., EMNLP 2023", "https://arxiv.org/abs/2305.13245"),),
        "sentence",
        {"view": "heads"},
    ),
    **{code: FACTS[code] for branch in ("gates", "places") for code in BRANCHES[branch]},
    "local": Facts(
        r"s_{ij} = -\infty \text{where} |i-j| > w",
        "",
        (("Beltagy, Peters, Cohan, 2020", "https://arxiv.org/abs/2004.05150"), LUONG),
        "click",
        {"eye": "windows"},
    ),
    "sparse": Facts(
        r"|i-j| < l \;\text{or}\; l \mid i-j",
        "",
        (("Child et al., 2019", "https://arxiv.org/abs/1904.10509"),),
    ),
    "linear": Facts(
        r"\dfrac{\phi(Q)\,(\phi(K)^{\mathsf T} V)}{\phi(Q)\sum_j \phi(k_j)}",
        r"\phi(x) = \mathrm{elu}(x) + 1",
        (("Katharopoulos et al., ICML 2020", "https://arxiv.org/abs/2006.16236"),),
    ),
    "yolo": Facts(
        r"\mathrm{softmax}\left(\frac{Q_a K_a^{\mathsf T}}{\sqrt{d}}\right)V_a",
        r"a = 1,\dots,l",
        (
            ("Tian, Ye, Doermann, 2025", "https://arxiv.org/abs/2502.12524"),
            ("Redmon et al., CVPR 2016", "https://arxiv.org/abs/1506.02640"),
        ),
        "yolo",
        {"kin": "areas"},
    ),
}
MEMBERS["patches"] = replace(  # as ViT has it, its own paper first
    FACTS["patches"],
    where=r"{Q = PW_Q},\quad {K = PW_K},\quad {V = PW_V}",
    papers=FACTS["patches"].papers[::-1],
)
MEMBERS["coordinate"] = replace(FACTS["coordinate"], page="compare", address={"open": "coordinate"})

# Multiply-adds as they grow with n, the words or places; C, d: numbers of each; a constant number of heads.
COSTS = {
    "dot": "n^2 d",
    "scaled": "n^2 d",
    "additive": "n^2 d",
    "location": "n^2 d",
    "self": "n^2 d",
    "cross": r"n_q\, n_k\, d",
    "multi": "n^2 d",
    "grouped": "n^2 d",
    "se": r"n\,C + C^2/r",
    "eca": r"n\,C + k\,C",
    "cbam": r"n\,(C + k^2) + C^2/r",
    "bam": r"n\,(C + C^2/r)",
    "ge": r"n\,C",
    "coordinate": r"n\,C + (H+W)\,C^2/r",
    "simam": r"n\,C",
    "non_local": r"n^2 C + n\,C^2",
    "patches": "n^2 d",
    "local": r"n\,w\,d",
    "sparse": r"n\sqrt{n}\,d",
    "linear": r"n\,d^2",
    "yolo": "n^2 d / l",
}
COST_IF = {"sparse": r"l \approx \sqrt{n}"}  # what that cost takes for granted


def year(code: str) -> str:
    """Of a member's first paper."""
    return re.search(r"\d{4}", MEMBERS[code].papers[0][0])[0]
