"""Where readers of robots.txt differ: each way as a rewriting that takes the difference away.

A disagreement belongs to a class when the others agree with our verdict once file and address are rewritten,
and our own verdict does not change by that. So a class is shown, not guessed from the look of a line.
"""
import re

KEY = re.compile(rb"^\s*([A-Za-z -]+?)\s*(:|\s)\s*(.*?)\s*$", re.S)
AGENTS = (b"user-agent", b"useragent", b"user agent")
DISALLOWS = (b"disallow", b"dissallow", b"dissalow", b"disalow", b"diasllow", b"disallaw")
UNRESERVED = set(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~")
FORBIDDEN = set(b"\"<>\\^`{|}'") | set(range(0x21)) | set(range(0x7F, 0x100))
UNICODE_SPACE = re.compile(rb"(?:\s|\xc2\xa0|\xe2\x80[\x80-\x8b\xa8\xa9\xaf]|\xe3\x80\x80)+")


def lines_of(data):
    return re.split(rb"\r\n|\r|\n", data)


def parted(line):
    """Key in lower case and value of a line, or None."""
    text = UNICODE_SPACE.sub(lambda found: found.group() if found.start() and found.end() < len(line) else b"",
                             line.split(b"#", 1)[0]).strip()
    if b":" in text:
        key, value = text.split(b":", 1)
    else:
        words = text.split()
        if len(words) != 2:
            return None
        key, value = words
    return key.strip().lower(), value.strip()


def per_line(change):
    def rewrite(data, address, agent):
        result = []
        for line in lines_of(data):
            part = parted(line)
            line = change(line, *part) if part else line
            if line is not None:
                result.append(line)
        return b"\n".join(result), address
    return rewrite


def is_agent(key):
    return key in AGENTS


def is_rule(key):
    return key == b"allow" or key in DISALLOWS


def spelled(data, address, agent):
    """Rules and address in the uniform percent-encoding of RFC 9309 section 2.2.2."""
    def uniform(text):
        result = bytearray()
        index = 0
        while index < len(text):
            byte, step = text[index], 1
            escape = re.match(rb"%([0-9A-Fa-f]{2})", text[index:index + 3])
            if escape:
                byte, step = int(escape[1], 16), 3
            keep = byte in UNRESERVED if escape else byte not in FORBIDDEN
            result += bytes([byte]) if keep else b"%%%02X" % byte
            index += step
        return bytes(result)

    def change(line, key, value):
        return key + b": " + uniform(value) if is_rule(key) else line
    scheme, rest = address.split("//", 1)
    host, path = rest.split("/", 1)
    return per_line(change)(data, address, agent)[0], f"{scheme}//{host}/" + uniform(path.encode()).decode()


def names(line, key, value):
    if not is_agent(key):
        return line
    if value == b"*" or re.match(rb"\*\s", value):
        return b"User-agent: *"
    token = re.match(rb"[A-Za-z_-]*", value)[0]
    return b"User-agent: " + (token or b"no-name")


def keys(line, key, value):
    """Leaves the lines that form groups, spelled in full."""
    if is_agent(key):
        return b"User-agent: " + value
    if is_rule(key):
        return (b"Allow: " if key == b"allow" else b"Disallow: ") + value
    return None


def unknown(data, address, agent):
    known = [keys(line, *part) for line in lines_of(data) if (part := parted(line))]
    return b"\n".join(line for line in known if line is not None), address


def absolute(line, key, value):
    return None if is_rule(key) and not value.startswith((b"/", b"*", b"%")) and value else line


def index_page(line, key, value):
    return b"Allow: " + value.replace(b"/index.htm", b"/*index.htm") if key == b"allow" else line


def dollar(line, key, value):
    """A dollar sign at the end is an anchor and nothing else."""
    if is_rule(key) and value.endswith(b"$"):
        return key + b": " + value[:-1].replace(b"$", b"%24") + b"$"
    return line


def size(data, address, agent):
    if len(data) <= 500 * 1024:
        return data, address
    kept = data[:500 * 1024]
    return kept[:max(kept.rfind(b"\n"), kept.rfind(b"\r")) + 1], address


def separators(data, address, agent):
    return re.sub(rb"[\x0b\x0c\x1c-\x1e]|\xc2\x85|\xe2\x80[\xa8\xa9]", b" ", data), address


def merged(data, address, agent):
    """Each agent's groups in one place."""
    rules, order, current, closed = {}, [], [], True
    for line in lines_of(data):
        part = parted(line)
        if part and is_agent(part[0]):
            if closed:
                current, closed = [], False
            name = names(line, *part).lower()
            current.append(name)
            if name not in rules:
                rules[name] = []
                order.append(name)
        elif part and is_rule(part[0]):
            closed = True
            for name in current:
                rules[name].append(line)
    return b"\n".join(b"\n".join([name] + rules[name] + [b""]) for name in order), address


def own(data, address, agent):
    """Other agents' names made unlike the one asked for."""
    def change(line, key, value):
        if is_agent(key) and value != b"*" and value.lower() != agent.lower().encode():
            return b"User-agent: x-" + value
        return line
    return per_line(change)(data, address, agent)


def reserved(data, address, agent):
    """Question marks and escapes of reserved characters made letters of the same length."""
    def plain(text):
        return re.sub(rb"%(?=2[1-9A-F]|3[ABDF]|40|5[BD])", b"_", text.replace(b"?", b"_"), flags=re.I)

    def change(line, key, value):
        return key + b": " + plain(value) if is_rule(key) else line
    scheme, rest = address.split("//", 1)
    return per_line(change)(data, address, agent)[0], f"{scheme}//" + plain(rest.encode()).decode()


REWRITINGS = {
    "other spellings of one path (percent-encoding, spaces, octets outside ASCII)": spelled,
    "a user agent that is more than a product token": per_line(names),
    "lines that are no rules between user agents, or keys in another spelling": unknown,
    "rules that are whole addresses or begin without a slash": per_line(absolute),
    "Allow of an index page taken for its folder": per_line(index_page),
    "a dollar sign taken for itself and for the end": per_line(dollar),
    "a reserved character and its escape taken for the same, or counted at another length": reserved,
    "a group for an agent whose name begins that of ours": own,
    "what stands beyond 500 KiB": size,
    "line ends that only Unicode knows": separators,
    "groups of one agent at several places": merged,
}
