"""What each mechanism is: the formula that is computed, its papers, and the page where it can be touched."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from attention.images.comparison import EXTENT, PATCHES_ACROSS


@dataclass(frozen=True)
class Facts:
    """formula, where : LaTeX in the letters of the paper; `where` explains one of its letters and may be empty
    papers : (authors, venue and year; where to read it), one or two
    page : the page of this app on which the mechanism can be touched, empty where it has none
    address : {name: value}, what opens it there as it is computed here
    """

    formula: str
    where: str
    papers: tuple[tuple[str, str], ...]
    page: str = ""
    address: Mapping[str, str] = field(default_factory=dict)


FACTS = {
    "se": Facts(
        r"\tilde{x}_c = s_c\,x_c,\quad {s = \sigma(W_2\,\delta(W_1 z))}",
        r"z_c = \tfrac{1}{HW}\sum_{i,j} x_c(i,j)",
        (("Hu, Shen, Sun, CVPR 2018", "https://arxiv.org/abs/1709.01507"),),
        "channel",
        {"gate": "se", "reduction": "4"},
    ),
    "eca": Facts(
        r"\omega = \sigma(\mathrm{C1D}_k(y)),\quad y = g(\mathcal{X})",
        r"k = \left|\tfrac{\log_2 C}{\gamma} + \tfrac{b}{\gamma}\right|_{\mathrm{odd}}",
        (("Wang et al., CVPR 2020", "https://arxiv.org/abs/1910.03151"),),
        "channel",
        {"gate": "eca", "k": "3"},
    ),
    "cbam": Facts(
        r"F'' = M_s(F')\otimes F'",
        r"F' = M_c(F)\otimes F",
        (("Woo et al., ECCV 2018", "https://arxiv.org/abs/1807.06521"),),
        "mixed",
        {"mix": "channel_first"},
    ),
    "bam": Facts(
        r"F' = F + F\otimes M(F)",
        r"M(F) = \sigma(M_c(F)\otimes M_s(F))",
        (("Park et al., BMVC 2018", "https://arxiv.org/abs/1807.06514"),),
        "mixed",
        {"mix": "bam"},
    ),
    "ge": Facts(
        r"y^c = x^c\odot\sigma(\mathrm{interp}(\hat{x}^c))",
        r"\hat{x} = \xi_G(x)",
        (("Hu et al., NeurIPS 2018", "https://arxiv.org/abs/1810.12348"),),
        "channel",
        {"gate": "ge", "extent": str(EXTENT)},
    ),
    "simam": Facts(
        r"\tilde{X} = \sigma\left(\tfrac{1}{E}\right)\odot X",
        r"e_t^* = \frac{4(\hat\sigma^2+\lambda)}{(t-\hat\mu)^2 + 2\hat\sigma^2 + 2\lambda}",
        (("Yang et al., ICML 2021", "https://proceedings.mlr.press/v139/yang21o.html"),),
        "spatial",
        {"place": "simam"},
    ),
    "coordinate": Facts(
        r"y_c(i,j) = x_c(i,j)\; g^h_c(i)\; g^w_c(j)",
        r"{g^h = \sigma(F_h(f^h))},\quad {g^w = \sigma(F_w(f^w))}",
        (("Hou, Zhou, Feng, CVPR 2021", "https://arxiv.org/abs/2103.02907"),),
    ),
    "non_local": Facts(
        r"z_i = W_z\,y_i + x_i",
        r"y = \mathrm{softmax}(x^{\mathsf T} W_\theta^{\mathsf T} W_\phi\, x)\,g(x)",
        (("Wang et al., CVPR 2018", "https://arxiv.org/abs/1711.07971"),),
        "patches",
        {"over": "places"},
    ),
    "patches": Facts(
        r"\mathrm{softmax}\left(\frac{QK^{\mathsf T}}{\sqrt{d}}\right)V",
        r"Q = K = \hat{P},\quad V = P",
        (
            ("Vaswani et al., NeurIPS 2017", "https://arxiv.org/abs/1706.03762"),
            ("Dosovitskiy et al., ICLR 2021", "https://arxiv.org/abs/2010.11929"),
        ),
        "patches",
        {"over": "places", "across": str(PATCHES_ACROSS), "places_temperature": "1"},
    ),
}
