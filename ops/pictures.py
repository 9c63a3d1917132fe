"""Takes the manual's pictures of the review; see ops/pictures."""
import os
import sys
import time
import urllib.request

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys


def main():
    address, login, password, folder = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    for _ in range(100):
        try:
            urllib.request.urlopen(address + "/sign-in", timeout=1).close()
            break
        except OSError:
            time.sleep(0.1)
    options = webdriver.ChromeOptions()
    for argument in ["--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--hide-scrollbars", "--lang=en"]:
        options.add_argument(argument)
    options.binary_location = "/usr/bin/chromium"
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService("/usr/bin/chromedriver"))
    driver.set_page_load_timeout(60)

    def take(name, path, height=900, width=1280, dark=False):
        driver.execute_cdp_cmd(
            "Emulation.setDeviceMetricsOverride",
            {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
        )
        scheme = "dark" if dark else "light"
        driver.execute_cdp_cmd(
            "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
        )
        driver.get(address + path)
        driver.save_screenshot(f"{folder}/{name}.png")

    try:
        driver.get(address + "/sign-in")
        driver.switch_to.active_element.send_keys(login, Keys.TAB, password, Keys.ENTER)
        time.sleep(1)
        driver.find_element(By.CSS_SELECTOR, "button.main").send_keys(Keys.ENTER)
        time.sleep(1)
        take("queue", "/queue")
        rows = [row.get_attribute("href") for row in driver.find_elements(By.CSS_SELECTOR, "a.row")]
        advert = next(row for row in rows if "/adverts/" in row)[len(address):]
        take("review", advert)
        best = (0, None)
        for group in [row for row in rows if "/groups/" in row]:
            driver.get(group)
            links = driver.find_elements(By.CSS_SELECTOR, ".crumb a[href^='/clusters/']")
            cards = len(driver.find_elements(By.CSS_SELECTOR, ".card"))
            if links and cards > best[0]:
                best = (cards, links[0].get_attribute("href")[len(address):])
        if best[1]:
            take("cluster", best[1], height=2600)
        driver.get(address + "/patterns/L11")
        tries = driver.find_elements(By.CSS_SELECTOR, "a.button[href*='/try?']")
        if tries:
            driver.get(tries[0].get_attribute("href"))
            box = driver.find_element(By.NAME, "expression")
            box.clear()
            box.send_keys("passports?|accommodation", Keys.CONTROL + Keys.ENTER)
            for _ in range(100):
                if "expression=" in driver.current_url:
                    break
                time.sleep(0.2)
            driver.save_screenshot(f"{folder}/trial.png")
        take("trends", "/trends", height=1400)
    finally:
        driver.quit()


main()
