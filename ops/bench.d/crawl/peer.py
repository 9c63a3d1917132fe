"""peer.py PORT PATTERNS.json RESULT.json: the same crawl as a Scrapy spider.

It fetches, extracts and follows links, extracts the visible text and searches it for every pattern.
It keeps nothing: no archive, no database.
"""
import json
import re
import sys

import regex
import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor

from board import HOSTS

PORT, PATTERNS, RESULT = int(sys.argv[1]), sys.argv[2], sys.argv[3]
MODULES = {"re": re, "regex": regex}
with open(PATTERNS, encoding="utf-8") as file:
    EXPRESSIONS = [
        MODULES[p["engine"]].compile(p["re"], MODULES[p["engine"]].IGNORECASE)
        for p in json.load(file)["compiled"]
    ]
TEXT = "//body//text()[not(parent::script or parent::style or parent::noscript)]"


class Boards(scrapy.Spider):
    name = "boards"
    allowed_domains = HOSTS
    links = LinkExtractor()
    pages = characters = hits = found = 0

    async def start(self):
        # Requests of its own for start_urls pass the filter of duplicates: they would come twice.
        for host in HOSTS:
            yield scrapy.Request(f"http://{host}:{PORT}/list/1")

    def parse(self, response):
        text = "\n".join(part for part in map(str.strip, response.xpath(TEXT).getall()) if part)
        self.pages += 1
        self.characters += len(text)
        for expression in EXPRESSIONS:
            for _ in expression.finditer(text):
                self.hits += 1
        for link in self.links.extract_links(response):
            self.found += 1
            yield scrapy.Request(link.url)

    def closed(self, reason):
        with open(RESULT, "w", encoding="utf-8") as file:
            json.dump({
                "pages": self.pages, "characters": self.characters, "hits": self.hits,
                "links": self.found, "patterns": len(EXPRESSIONS), "reason": reason,
                "scrapy": scrapy.__version__}, file)


process = CrawlerProcess({
    "ROBOTSTXT_OBEY": True, "CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "DOWNLOAD_DELAY": 0, "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
    "RETRY_ENABLED": True, "AUTOTHROTTLE_ENABLED": False, "USER_AGENT": "bench (+mailto:bench@adwatch.example)",
})
process.crawl(Boards)
process.start()
