"""The configuration for nginx: three loopback addresses and the odd behaviour of some pages."""
import os
import pwd

CALENDAR_YEARS = range(1926, 2127)


def calendar_maps():
    months = [f"{m:02}" for m in range(1, 13)]
    lines = ["map $uri $year { ~^/calendar/(?<y>[0-9]+)/ $y; default ''; }"]
    lines += ["map $uri $month { ~^/calendar/[0-9]+/(?<m>[0-9]+) $m; default ''; }"]
    for name, step in (("next", 1), ("previous", -1)):
        lines.append(f"map $year $year_{name} {{ default '';")
        lines += [f"{y} {y + step};" for y in CALENDAR_YEARS if y + step in CALENDAR_YEARS]
        lines.append("}")
        lines.append(f"map $month $month_{name} {{ default '';")
        lines += [f"{m} {months[(n + step) % 12]};" for n, m in enumerate(months)]
        lines.append("}")
        turn = "12" if step == 1 else "01"
        lines.append(f"map $month $year_of_{name} {{ default $year; {turn} $year_{name}; }}")
    return "\n    ".join(lines)


CALENDAR_PAGE = (
    "<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>Calendar $year-$month</title>"
    "</head><body><h1>$year-$month</h1><p>Nothing is planned for this month.</p>"
    "<a href=/calendar/$year_of_previous/$month_previous>Previous month</a> "
    "<a href=/calendar/$year_of_next/$month_next>Next month</a></body></html>"
)


def configuration(root, newest):
    # As root nginx would hand its work to an account that may not read this folder.
    user = ""
    if os.geteuid() == 0:
        user = f"user {pwd.getpwuid(0).pw_name};"
    if any(c in root for c in '"$;{}\\\n'):
        raise SystemExit(f"the folder's name has a character that nginx cannot take: {root}")
    return f"""# Written by ops/demo-site/generate. Loopback only.
{user}
worker_processes 1;
pid "{root}/run/nginx.pid";
error_log "{root}/logs/error.log" warn;
events {{ worker_connections 256; }}
http {{
    client_body_temp_path "{root}/run/body";
    proxy_temp_path "{root}/run/proxy";
    fastcgi_temp_path "{root}/run/fastcgi";
    uwsgi_temp_path "{root}/run/uwsgi";
    scgi_temp_path "{root}/run/scgi";
    types {{ text/html html; text/css css; application/xml xml; text/plain txt; }}
    default_type text/html;
    server_tokens off;
    absolute_redirect off;
    port_in_redirect off;
    log_format politeness '$msec $server_addr:$server_port "$request" $status $body_bytes_sent $request_time';
    access_log "{root}/logs/access.log" politeness;

    map_hash_max_size 4096;
    map $arg_page $page {{ "" 1; "~^(?<n>[1-9][0-9]{{0,2}})$" $n; default none; }}
    map $status $retry_after {{ 429 2; default ""; }}
    limit_req_zone $server_name zone=busy:64k rate=30r/m;
    {calendar_maps()}

    # The job board: compressed, no extensions, pages by query.
    server {{
        listen 127.0.0.2:8402;
        server_name jobs;
        root "{root}/jobs";
        gzip on;
        gzip_min_length 256;
        location / {{ try_files $uri $uri/index.html $uri.html =404; }}
        location = /vacancies {{ try_files /lists/vacancies-$page.html =404; }}
        location /lists/ {{ internal; }}
        # No ETag and no date: only the payload itself tells that nothing changed.
        location = /about {{ try_files /about.html =404; etag off; add_header Last-Modified ""; }}
        location = /go/newest {{ return 301 {newest}; }}
        location = /partner {{ return 302 http://partner.example/welcome; }}
    }}

    # The classifieds: plain files, nothing compressed, no character set in the header.
    server {{
        listen 127.0.0.3:8403;
        server_name classifieds;
        root "{root}/classifieds";
        gzip off;
        location / {{ try_files $uri $uri/index.html =404; }}
        location = /old/1 {{ return 302 /old/2; }}
        location = /old/2 {{ return 302 /rules.html; }}
        location = /archive/compact.html {{
            add_header Content-Encoding gzip;
            types {{ }}
        }}
    }}

    # The directory: compressed, a slow corner, a calendar without end.
    server {{
        listen 127.0.0.4:8404;
        server_name directory;
        root "{root}/directory";
        gzip on;
        location / {{ try_files $uri $uri/index.html $uri.html =404; }}
        location ~ ^/city/(?<city>[a-z]+)$ {{ try_files /lists/$city-$page.html =404; }}
        location /lists/ {{ internal; }}
        location = /loop/a {{ return 302 /loop/b; }}
        location = /loop/b {{ return 302 /loop/a; }}
        location /busy/ {{
            limit_req zone=busy;
            limit_req_status 429;
            limit_req_log_level info;
            error_page 429 /slow-down.html;
            add_header Retry-After $retry_after always;
            try_files $uri.html =404;
        }}
        location = /slow-down.html {{ internal; add_header Retry-After 2 always; }}
        location ~ "^/calendar/[0-9]{{4}}/(0[1-9]|1[0-2])$" {{
            if ($year_of_next = "") {{ return 404; }}
            if ($year_of_previous = "") {{ return 404; }}
            default_type text/html;
            return 200 "{CALENDAR_PAGE}";
        }}
    }}
}}
"""
