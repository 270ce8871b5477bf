"""The house's rules, read from its imports: they only point down, and everything has one room."""

import ast
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = {"app", "pages", "figures", "attention"}
THIRD_PARTY = {  # the room that may import it
    "streamlit": ("app.py", "pages/"),
    "plotly": ("figures/",),
    "PIL": ("attention/sources/", "figures/"),
    "safetensors": ("attention/sources/",),
    "tokenizers": ("attention/sources/",),
    "numpy": ("attention/", "figures/", "pages/"),
}
PAGES = [f"pages.{path.stem}" for path in (ROOT / "pages").glob("*.py")]
# What each room must not import, because it lies above it. The longest matching room counts.
ABOVE = {
    "attention/": ("figures", "pages", "app"),
    "attention/sources/": (
        "figures",
        "pages",
        "app",
        "attention.networks",
        "attention.images",
        "attention.dot_product",
    ),
    "attention/images/": ("figures", "pages", "app", "attention.networks", "attention.sources"),
    "attention/networks/": ("figures", "pages", "app"),
    "attention/teaching/": ("figures", "pages", "app", "attention.networks", "attention.sources"),
    "figures/": ("pages", "app", "streamlit"),
    "pages/shared/": ("app", *PAGES, "pages.lessons", "pages.explorer", "pages.pictures", "pages.trained"),
    "pages/explorer/": ("app", *PAGES, "pages.lessons", "pages.pictures", "pages.trained"),
    "pages/pictures/": ("app", *PAGES, "pages.lessons", "pages.explorer", "pages.trained"),
    "pages/trained/": ("app", *PAGES, "pages.lessons", "pages.explorer"),
    "pages/lessons/": ("app", *PAGES),
    "pages/": ("app",),
}
CORE_ABOVE = ("attention.images", "attention.networks", "attention.sources")  # for the files right under attention/
SOURCES = sorted(
    path.relative_to(ROOT).as_posix()
    for room in ("app.py", "pages", "figures", "attention")
    for path in ([ROOT / room] if room.endswith(".py") else (ROOT / room).rglob("*.py"))
)


def imports(path: str) -> set[str]:
    """Every module a file imports, also `package.name` of ``from package import name``."""
    found = set()
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def within(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def test_there_are_sources_in_every_room():
    for room in ABOVE:
        assert any(path.startswith(room) for path in SOURCES), room


@pytest.mark.parametrize("path", SOURCES)
def test_imports_only_point_down(path):
    room = max((room for room in ABOVE if path.startswith(room)), key=len, default=None)
    above = ABOVE.get(room, ())
    if path.startswith("attention/") and path.count("/") == 1:
        above += CORE_ABOVE
    assert [module for module in imports(path) if any(within(module, package) for package in above)] == []


@pytest.mark.parametrize("path", SOURCES)
def test_third_parties_stay_in_their_rooms(path):
    for module in imports(path):
        top = module.split(".")[0]
        if top in OURS or top in sys.stdlib_module_names:
            continue
        assert top in THIRD_PARTY, f"{path} imports {top}, which requirements.txt gives no reason for"
        assert path.startswith(THIRD_PARTY[top]), f"{path} imports {top}"


def test_every_runtime_dependency_has_a_pin_and_a_reason_and_is_used():
    names = {"PIL": "pillow"}
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    required = {}
    for line in filter(lambda line: line and not line.startswith("#"), lines):
        requirement, _, reason = line.partition("#")
        assert any(sign in requirement for sign in ("==", "<")), line
        assert reason.strip(), line
        required[requirement.split("[")[0].split("=")[0].split(">")[0].strip()] = requirement
    assert set(required) == {names.get(module, module) for module in THIRD_PARTY}
    used = {module.split(".")[0] for path in SOURCES for module in imports(path)}
    assert set(THIRD_PARTY) <= used


def test_caches_live_in_two_files():
    holders = {path for path in SOURCES if "st.cache_" in (ROOT / path).read_text(encoding="utf-8")}
    assert holders <= {"pages/shared/compute.py", "pages/shared/networks.py"}


WRITTEN = [
    path.relative_to(ROOT).as_posix()
    for room in ("assets/components", "benchmarks", "tests", "tools")
    for path in sorted((ROOT / room).rglob("*"))
    if path.suffix in {".py", ".js", ".css", ".html"}
]


@pytest.mark.parametrize("path", [*SOURCES, *WRITTEN])
def test_no_file_is_longer_than_300_lines(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 300


@pytest.mark.parametrize("path", [path for path in SOURCES if path.startswith("pages/") and path.count("/") == 1])
def test_pages_are_thin(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 130


@pytest.mark.parametrize("path", [path for path in SOURCES if path.startswith(("pages/", "app.py"))])
def test_no_sentence_for_a_reader_lives_in_python(path):
    """What is handed to Streamlit as a text is looked up, never written there."""
    for node in ast.walk(ast.parse((ROOT / path).read_text(encoding="utf-8"))):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        texts = [arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        receiver = node.func.value
        if isinstance(receiver, ast.Name) and receiver.id == "st":
            assert not [text for text in texts if " " in text], f"{path}:{node.lineno}"


CONFIG = tomllib.loads((ROOT / ".streamlit/config.toml").read_text(encoding="utf-8"))


def test_the_server_asks_nobody_outside():
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["logger"]["hideWelcomeMessage"] is True  # Streamlit's banner looks up the machine's outer address
    assert CONFIG["client"]["showErrorLinks"] is False


def test_readers_get_no_error_details():
    assert CONFIG["client"]["showErrorDetails"] == "none"


def test_the_theme_is_designed_twice():
    assert set(CONFIG["theme"]["light"]) == set(CONFIG["theme"]["dark"])
