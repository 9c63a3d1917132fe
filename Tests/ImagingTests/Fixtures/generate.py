"""Writes the invented pictures of these tests; run with Pillow. The files are what the tests read."""
import io, pathlib, struct, zlib
from PIL import Image, ImageDraw, ImageFilter

here = pathlib.Path(__file__).parent


def scene(seed, size=(480, 360)):
    """Shapes over a slope of colour, other ones for each seed."""
    state = seed * 2654435761 % 2**32
    def rnd(n):
        nonlocal state
        state = (state * 1664525 + 1013904223) % 2**32
        return (state >> 8) % n
    picture = Image.new("RGB", (960, 720))
    draw = ImageDraw.Draw(picture)
    a, b = [tuple(rnd(256) for _ in range(3)) for _ in range(2)]
    for x in range(960):
        draw.line([(x, 0), (x, 720)], tuple((p * (960 - x) + q * x) // 960 for p, q in zip(a, b)))
    for _ in range(14):
        x, y, w, h = rnd(900), rnd(660), 60 + rnd(400), 60 + rnd(300)
        colour = tuple(rnd(256) for _ in range(3))
        (draw.ellipse if rnd(2) else draw.rectangle)([x, y, x + w, y + h], fill=colour)
    return picture.filter(ImageFilter.GaussianBlur(3)).resize(size, Image.LANCZOS)


def save(name, picture, **options):
    picture.save(here / name, **options)


first = scene(1)
save("first.jpg", first, quality=80)
save("first-small.jpg", first.resize((200, 150), Image.BICUBIC), quality=60)
save("first-poor.jpg", first, quality=35)
save("first-progressive.jpg", first, quality=70, progressive=True)
save("first-inks.jpg", first.convert("CMYK"), quality=75)
save("first.png", first.quantize(64), optimize=True)
save("first.webp", first, quality=60)
clear = first.resize((240, 180)).convert("RGBA")
clear.putalpha(255)
save("first-clear.webp", clear, quality=50)
for seed in range(2, 10):
    save(f"other-{seed}.jpg", scene(seed, (160, 120)), quality=50)
save("plain.png", Image.new("RGB", (64, 64), (200, 30, 30)))
frames = [scene(2, (64, 48)), scene(3, (64, 48))]
save("moving.webp", frames[0], save_all=True, append_images=frames[1:], quality=30)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


# A PNG of few bytes whose head states far too much, and one that states nothing strange but holds more.
head = lambda w, h: chunk(b"IHDR", struct.pack(">IIBBBBB", w, h, 8, 2, 0, 0, 0))
bomb = b"\x89PNG\r\n\x1a\n" + head(60000, 60000) + chunk(b"IDAT", zlib.compress(bytes(100000), 9)) + chunk(b"IEND", b"")
(here / "huge.png").write_bytes(bomb)
text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(50_000_000), 9))
(here / "words.png").write_bytes(b"\x89PNG\r\n\x1a\n" + head(9, 8) + text + chunk(b"IDAT", zlib.compress(bytes(8 * 28), 9)) + chunk(b"IEND", b""))
# A progressive JPEG that repeats a scan thousands of times.
small = io.BytesIO()
scene(4, (1200, 900)).save(small, "JPEG", quality=1, progressive=True)
data = small.getvalue()
last = data.rindex(b"\xff\xda")
(here / "scans.jpg").write_bytes(data[:last] + data[last:-2] * 400 + b"\xff\xd9")
