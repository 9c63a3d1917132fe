"""The server's configuration, the crawl's source, and what the access log says."""
import argparse
import os
import pwd

HOSTS = [f"127.0.1.{n}" for n in range(1, 65)]


def nginx(folder, sites, gzip):
    """One server a site: (root, port, access log). All 64 hosts have the same port."""
    user = f"user {pwd.getpwuid(0).pw_name};" if os.geteuid() == 0 else ""
    for path in [folder, *(root for root, _, _ in sites)]:
        if any(c in path for c in '"$;{}\\\n'):
            raise SystemExit(f"the folder's name has a character that nginx cannot take: {path}")
    servers = ""
    for root, port, log in sites:
        listens = " ".join(f"listen {host}:{port} backlog=512;" for host in HOSTS)
        servers += f"""
    server {{
        {listens}
        root "{root}/$server_addr";
        access_log "{log}" served;
    }}"""
    return f"""# Written by ops/bench. Loopback only.
{user}
worker_processes 1;
pid "{folder}/nginx.pid";
error_log "{folder}/error.log" warn;
events {{ worker_connections 1024; }}
http {{
    client_body_temp_path "{folder}/temp";
    proxy_temp_path "{folder}/temp";
    fastcgi_temp_path "{folder}/temp";
    uwsgi_temp_path "{folder}/temp";
    scgi_temp_path "{folder}/temp";
    types {{ text/plain txt; }}
    default_type text/html;
    server_tokens off;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 1000000;
    keepalive_timeout 300;
    open_file_cache max=1000 inactive=60s;
    gzip {"on" if gzip else "off"};
    gzip_comp_level 4;
    log_format served '$server_addr $status $uri';{servers}
}}
"""


def source(port):
    """The site as a source of Adwatch: no delay, four requests at a time on each host."""
    hosts = ", ".join(f"{host}:{port}" for host in HOSTS)
    start = "\n".join(f"  - http://{host}:{port}/list/1" for host in HOSTS)
    return f"""format: adwatch.source/1
source: bench
start:
{start}
scope:
  hosts: [{hosts}]
  depth: 1000
adverts: {{url: /advert/*, id: "/advert/{{id}}"}}
listings: {{url: /list/*}}
politeness: {{delay: 0, concurrency: 4}}
network: {{allow: [127.0.0.0/8]}}
purpose: Measuring the crawler on an invented site
legal_basis: None needed; every page and person on it is invented
operator: {{name: Adwatch benchmark, contact: bench@adwatch.example}}
"""


class AccessLog:
    """What was asked of one site since this was made."""

    def __init__(self, path):
        self.path = path
        self.start = os.path.getsize(path) if os.path.exists(path) else 0

    def summary(self):
        """Requests in total and for each host, robots.txt apart, and what was asked for twice."""
        counts, pages, bad = dict.fromkeys(HOSTS, 0), {}, 0
        robots = 0
        with open(self.path, encoding="utf-8") as file:
            file.seek(self.start)
            for line in file:
                host, status, path = line.split(" ", 2)
                if path == "/robots.txt\n":
                    robots += 1
                    continue
                counts[host] = counts.get(host, 0) + 1
                pages[host + path] = pages.get(host + path, 0) + 1
                bad += status != "200"
        return {
            "requests": sum(counts.values()), "urls": len(pages), "robots": robots,
            "more_than_once": sum(n > 1 for n in pages.values()), "not_200": bad,
            "per_group_min": min(counts.values()), "per_group_max": max(counts.values()),
        }


def main():
    parser = argparse.ArgumentParser(description="Writes nginx.conf to the standard output.")
    parser.add_argument("--folder", required=True)
    parser.add_argument("--site", nargs=3, action="append", required=True)
    parser.add_argument("--gzip", action="store_true")
    options = parser.parse_args()
    print(nginx(options.folder, options.site, options.gzip))


if __name__ == "__main__":
    main()
