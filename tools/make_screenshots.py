"""Takes the README's pictures of the running app: start it with `make run`, then `python -m tools.make_screenshots`.

Needs what the browser tests need (requirements-dev.txt, Chromium or Chrome) and a font with Chinese letters.
"""

import argparse
import io
import shutil
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

FOLDER = Path(__file__).parents[1] / "assets" / "readme"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
SHOTS = {  # file: address, language, width and height
    "sentence": ("sentence", "en-US", 1440, 980),
    "heads": ("sentence?view=heads", "en-US", 1440, 980),
    "find": ("sentence?view=find", "en-US", 1440, 980),
    "open": ("sentence?view=open", "en-US", 1440, 980),
    "steps": ("steps?step=6&preset=illustrated", "en-US", 1440, 980),
    "spatial": ("spatial?sample=coffee", "en-US", 1440, 980),
    "lesson": ("lesson_qkv?qkv_time=7", "en-US", 1440, 900),
    "alignment": ("lesson_self", "en-US", 1440, 900),
    "glimpses": ("lesson_hard", "zh-CN", 1440, 900),
    "phone": ("sentence?text=我吃了100个包子&layer=3&head=4", "zh-CN", 390, 844),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", default="http://localhost:8501")
    address = parser.parse_args().address
    FOLDER.mkdir(parents=True, exist_ok=True)
    executable = next(filter(None, map(shutil.which, BROWSERS)))
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        for name, (path, locale, width, height) in SHOTS.items():
            page = browser.new_page(viewport={"width": width, "height": height}, locale=locale)
            page.goto(f"{address}/{path}")
            page.wait_for_selector("canvas, table, .st-key-lesson_toy svg rect")
            page.wait_for_selector("[data-testid=stApp][data-test-script-state=notRunning]")
            page.wait_for_timeout(2000)
            shot = Image.open(io.BytesIO(page.screenshot()))
            shot.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(FOLDER / f"{name}.png", optimize=True)
            page.close()
        browser.close()


if __name__ == "__main__":
    main()
