"""spider.py URL: follows every link of a site with AutoThrottle as it comes."""
import sys

import scrapy
from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor


class Site(scrapy.Spider):
    name = "site"
    links = LinkExtractor()

    async def start(self):
        yield scrapy.Request(sys.argv[1])

    def parse(self, response):
        for link in self.links.extract_links(response):
            yield scrapy.Request(link.url)


process = CrawlerProcess({
    "ROBOTSTXT_OBEY": True, "AUTOTHROTTLE_ENABLED": True, "LOG_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False, "DOWNLOAD_DELAY": 0, "CONCURRENT_REQUESTS_PER_DOMAIN": 8,
})
process.crawl(Site)
process.start()
