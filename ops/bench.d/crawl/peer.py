"""peer.py PORT PATTERNS.json RESULT.json: the same crawl as a Scrapy spider.

It fetches, extracts and follows links, extracts the visible text and searches it for every pattern.
It keeps nothing: no archive, no database.
"""
import json
import re
import sys
import time

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
    text_seconds = pattern_seconds = link_seconds = 0.0

    async def start(self):
        # Requests of its own for start_urls pass the filter of duplicates: they would come twice.
        for host in HOSTS:
            yield scrapy.Request(f"http://{host}:{PORT}/list/1")

    def parse(self, response):
        begin = time.process_time()
        text = "\n".join(part for part in map(str.strip, response.xpath(TEXT).getall()) if part)
        self.pages += 1
        self.characters += len(text)
        extracted = time.process_time()
        for expression in EXPRESSIONS:
            for _ in expression.finditer(text):
                self.hits += 1
        searched = time.process_time()
        links = self.links.extract_links(response)
        self.found += len(links)
        self.text_seconds += extracted - begin
        self.pattern_seconds += searched - extracted
        self.link_seconds += time.process_time() - searched
        for link in links:
            yield scrapy.Request(link.url)

    def closed(self, reason):
        with open(RESULT, "w", encoding="utf-8") as file:
            json.dump({
                "pages": self.pages, "characters": self.characters, "hits": self.hits,
                "links": self.found, "patterns": len(EXPRESSIONS), "reason": reason,
                "text_cpu_seconds": self.text_seconds, "pattern_cpu_seconds": self.pattern_seconds,
                "link_cpu_seconds": self.link_seconds, "scrapy": scrapy.__version__}, file)


process = CrawlerProcess({
    "ROBOTSTXT_OBEY": True, "CONCURRENT_REQUESTS": 64, "CONCURRENT_REQUESTS_PER_DOMAIN": 4,
    "DOWNLOAD_DELAY": 0, "LOG_ENABLED": False, "TELNETCONSOLE_ENABLED": False,
    "RETRY_ENABLED": True, "AUTOTHROTTLE_ENABLED": False, "USER_AGENT": "bench (+mailto:bench@adwatch.example)",
})
process.crawl(Boards)
process.start()
