#!/usr/bin/env python3
"""Drives the review in headless Chromium: signs in, judges by keyboard alone, looks with axe.

    browser_check.py ADDRESS ANALYST AUDITOR PASSWORD FOLDER [OFFICER SECOND SECRET]

With two notice officers, of whom the second has a second factor, one writes a notice and the other
approves it.

Prints one line of JSON: what was judged, what axe found that is serious, and what was wider than its
window. Screenshots go into FOLDER. Adverts have to be waiting; invented ones, as those of ops/demo.
"""
import base64
import hashlib
import hmac
import json
import struct
import sys
import time

from axe_core_python.selenium import Axe
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

WANTED = 20
# One number in four writings; adverts have it as +442079460012.
WRITINGS = [
    "020 7946 0012",
    "+44 20 79460012",
    "zero two zero 7946 0012",
    "０２０７９４６００１２",
]


def code(secret, back=0):
    """The six digits of RFC 6238, `back` steps ago."""
    step = struct.pack(">Q", int(time.time()) // 30 - back)
    digest = hmac.new(base64.b32decode(secret), step, hashlib.sha1).digest()
    place = digest[19] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1000000:06d}"


class Visit:
    def __init__(self, address, folder):
        options = webdriver.ChromeOptions()
        for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--lang=en"]:
            options.add_argument(argument)
        service = webdriver.ChromeService("/usr/bin/chromedriver")
        options.binary_location = "/usr/bin/chromium"
        self.driver = webdriver.Chrome(options=options, service=service)
        self.driver.set_page_load_timeout(60)
        self.driver.implicitly_wait(5)
        self.address = address
        self.folder = folder
        self.serious = {}
        self.wide = []

    def go(self, path):
        self.driver.get(self.address + path)

    def find(self, selector):
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def press(self, *keys):
        self.driver.switch_to.active_element.send_keys(*keys)

    def wait(self, condition):
        for _ in range(1200):
            try:
                if condition():
                    return
            except Exception:
                pass
            time.sleep(0.05)
        said = " ".join(self.find("main").text.split())[:400]
        raise SystemExit(f"waited in vain at {self.driver.current_url}: {said}")

    def sign_in(self, login, password, secret=None):
        self.driver.delete_all_cookies()
        self.go("/sign-in")
        self.press(login, Keys.TAB, password, Keys.ENTER)
        if secret:
            self.wait(lambda: self.find("input[name=code]").is_displayed())
            # An earlier code, so that this one is left for the approval.
            self.find("input[name=code]").send_keys(code(secret, back=1), Keys.ENTER)
        self.wait(lambda: self.driver.current_url.endswith("/purpose"))
        self.find("button.main").send_keys(Keys.ENTER)
        self.wait(lambda: "/purpose" not in self.driver.current_url)

    def look(self, name, sizes=((1280, 900),), dark=(False,)):
        for width, height in sizes:
            self.driver.set_window_size(width, height)
            self.driver.execute_cdp_cmd(
                "Emulation.setDeviceMetricsOverride",
                {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
            )
            for is_dark in dark:
                scheme = "dark" if is_dark else "light"
                self.driver.execute_cdp_cmd(
                    "Emulation.setEmulatedMedia",
                    {"features": [{"name": "prefers-color-scheme", "value": scheme}]},
                )
                label = f"{name}-{width}-{scheme}"
                self.driver.save_screenshot(f"{self.folder}/{label}.png")
                self.axe(label)
                overflow = self.driver.execute_script(
                    "return document.documentElement.scrollWidth - window.innerWidth"
                )
                if overflow > 0:
                    self.wide.append(f"{label}: {overflow}")

    def axe(self, label):
        axe = Axe()
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
        found = axe.run(self.driver, options={"runOnly": {"type": "tag", "values": tags}})
        bad = [
            f"{v['id']}: {n['target']}"
            for v in found["violations"]
            if v["impact"] in ("serious", "critical")
            for n in v["nodes"][:3]
        ]
        if bad:
            self.serious[label] = bad

    def split(self, address, sizes):
        """Splits the first advert off a cluster, by keys; whether it stands apart then."""
        self.driver.get(address)
        self.look("cluster", sizes[:2], (False, True))
        before = len(self.driver.find_elements(By.CSS_SELECTOR, "#members ~ form input[name=advert]"))
        self.find("#members ~ form input[name=advert]").send_keys(Keys.SPACE)
        self.find("form[action$='/split'] textarea").send_keys("another household", Keys.CONTROL + Keys.ENTER)
        self.wait(lambda: "another household" in self.driver.page_source or "/clusters/" not in self.driver.current_url)
        after = len(self.driver.find_elements(By.CSS_SELECTOR, "#members ~ form input[name=advert]"))
        return after < before

    def finds(self, writing):
        self.go("/search")
        self.find("input[name=country]").send_keys("GB")
        self.find("[data-search]").send_keys(writing, Keys.ENTER)
        self.wait(lambda: "q=" in self.driver.current_url)
        return "+442079460012" in self.driver.page_source and bool(
            self.driver.find_elements(By.CSS_SELECTOR, "section .card")
        )

    def notices(self, officer, second, password, secret, advert, sizes):
        """One writes a notice, another approves it, by keys; whether it is approved then."""
        self.sign_in(officer, password)
        self.go(f"/notices/new?advert={advert}")
        self.look("notice-form", sizes[:2], (False, True))
        # By its value, since the page speaks the language that was chosen last.
        option = self.find("select[name=act] option[value=preserve]").text
        self.find("select[name=act]").send_keys(option)
        for name, words in (
            ("recipient", "abuse@host.example"),
            ("organisation", "Invented Host"),
            ("period", "90 days"),
            ("skip", "The operator of the site is not known."),
        ):
            self.find(f"input[name={name}]").send_keys(words)
        self.press(Keys.CONTROL + Keys.ENTER)
        self.wait(lambda: self.driver.current_url.split("/")[-1].isdigit())
        page = self.driver.current_url
        self.look("notice", sizes, (False, True))
        self.find("body").send_keys("s")
        self.wait(lambda: not self.driver.find_elements(By.CSS_SELECTOR, "[data-key=s]"))
        self.sign_in(second, password, secret)
        self.go("/notices")
        self.look("board", sizes, (False, True))
        self.find("body").send_keys("j", "o")
        self.wait(lambda: self.driver.current_url == page)
        self.find("body").send_keys("a")
        self.press(password, Keys.TAB, code(secret))
        self.look("notice-approve", sizes[:2])
        self.press(Keys.CONTROL + Keys.ENTER)
        self.wait(lambda: not self.driver.find_elements(By.CSS_SELECTOR, "[data-focus=a]"))
        self.look("notice-approved")
        self.go("/recipients?address=abuse%40host.example")
        self.look("recipient", sizes[:2])
        self.go("/notices")
        return "abuse@host.example" in self.driver.page_source and bool(
            self.driver.find_elements(By.CSS_SELECTOR, ".card")
        )

    def judge_next(self, number):
        """Takes the next advert, chooses a verdict, gives a reason, records: all by keys."""
        before = self.driver.current_url
        self.press(str(1 + number % 5))
        self.wait(lambda: self.driver.switch_to.active_element.tag_name == "textarea")
        self.press(f"reason {number}", Keys.CONTROL + Keys.ENTER)
        self.wait(lambda: self.driver.current_url != before)


def main():
    address, analyst, auditor, password, folder = sys.argv[1:6]
    officers = sys.argv[6:9]
    sizes = ((360, 740), (1280, 900), (3840, 2160))
    visit = Visit(address, folder)
    try:
        visit.go("/sign-in")
        visit.look("sign-in", sizes[:2], (False, True))
        visit.sign_in(analyst, password)
        visit.look("queue", sizes, (False, True))
        visit.press("?")
        visit.wait(lambda: visit.find("#keys").is_displayed())
        visit.look("keys")
        visit.press(Keys.ESCAPE)
        visit.press("j")
        visit.press("j")
        visit.press("n")
        visit.wait(lambda: "/adverts/" in visit.driver.current_url)
        visit.look("advert", sizes, (False, True))
        judged = 0
        referred = None
        while judged < WANTED and "/adverts/" in visit.driver.current_url:
            if referred is None and judged % 5 == 0:
                referred = visit.driver.current_url.split("/adverts/")[1].split("?")[0]
            visit.judge_next(judged)
            judged += 1
        visit.go("/queue?state=done")
        done = len(visit.driver.find_elements(By.CSS_SELECTOR, ".card"))
        visit.look("done")
        split = False
        groups = [
            a.get_attribute("href")
            for a in visit.driver.find_elements(By.CSS_SELECTOR, "a.row")
        ]
        visit.go("/queue")
        groups += [
            a.get_attribute("href")
            for a in visit.driver.find_elements(By.CSS_SELECTOR, "a.row")
        ]
        for link in [g for g in groups if "/groups/" in g][:1]:
            visit.driver.get(link)
            visit.look("group", sizes[:2])
            visit.driver.get(link)
            cluster = visit.driver.find_elements(By.CSS_SELECTOR, ".crumb a[href^='/clusters/']")
            split = visit.split(cluster[0].get_attribute("href"), sizes) if cluster else False
        writings = sum(visit.finds(writing) for writing in WRITINGS)
        for name in ("sources", "trends", "patterns"):
            visit.go("/" + name)
            visit.look(name, sizes[:2], (False, True))
        visit.go("/patterns")
        tried = False
        packs = [a.get_attribute("href") for a in visit.driver.find_elements(By.CSS_SELECTOR, "a[href^='/patterns/']")]
        # One with patterns: some indicators are computed and have nothing to try.
        for link in [p for p in packs if p.endswith(("/L11", "/L05"))][:1] or packs[:1]:
            visit.driver.get(link)
            visit.look("indicator", sizes[:2], (False, True))
            visit.driver.implicitly_wait(0)
            boxes = visit.driver.find_elements(By.CSS_SELECTOR, "a[href*='/try']")
            visit.driver.implicitly_wait(5)
            if boxes:
                visit.driver.get(boxes[0].get_attribute("href"))
                visit.look("trial", sizes[:2], (False, True))
                tried = True
        visit.go("/adverts/1/report")
        visit.look("report", sizes[:2], (False, True))
        printed = visit.driver.execute_cdp_cmd("Page.printToPDF", {})["data"]
        visit.go("/adverts/1/extract/police")
        visit.look("extract", sizes[:2])
        visit.go("/queue")
        visit.press("/")
        visit.wait(lambda: visit.driver.current_url.endswith("/search"))
        visit.find("[data-search]").send_keys("passport OR accommodation", Keys.ENTER)
        visit.wait(lambda: "q=" in visit.driver.current_url)
        found = len(visit.driver.find_elements(By.CSS_SELECTOR, ".card"))
        visit.look("search", sizes[:2], (False, True))
        visit.go("/figures")
        visit.look("figures")
        visit.go("/nothing-here")
        visit.look("missing")
        visit.go("/figures")
        visit.find("button[lang=nl]").send_keys(Keys.ENTER)
        visit.go("/queue")
        visit.look("queue-nl", sizes[:1])
        approved = None
        if officers:
            approved = visit.notices(*officers[:2], password, officers[2], referred, sizes)
        visit.sign_in(auditor, password)
        visit.look("audit", sizes[:2], (False, True))
        entries = len(visit.driver.find_elements(By.CSS_SELECTOR, "tbody tr"))
        visit.go("/audit?account=" + analyst)
        seen = {cell.text for cell in visit.driver.find_elements(By.CSS_SELECTOR, "tbody td:nth-child(4)")}
        wanted = ("advert opened", "searched", "cluster shown", "report or extract taken")
        audited = [kind for kind in wanted if kind in seen]
        print(
            json.dumps(
                {
                    "judged": judged,
                    "done": done,
                    "found": found,
                    "entries": entries,
                    "writings": writings,
                    "split": split,
                    "tried": tried,
                    "approved": approved,
                    "printed": len(printed),
                    "audited": audited,
                    "serious": visit.serious,
                    "wide": visit.wide,
                }
            )
        )
    finally:
        visit.driver.quit()


main()
