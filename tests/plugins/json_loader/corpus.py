"""JSON texts, valid and invalid: every form of number, every escape, every class of error.

`cases` are single documents by name. Each is judged by Python's reader made strict, by orjson and by the plugin;
`EXCEPTIONS` names the cases about which these may disagree, and why.
"""

from collections.abc import Iterator

NUMBERS = {
    "good": [
        "0", "-0", "1", "-1", "10", "1234567890123456789012345678901234567890", "0.0", "-0.0", "1.5", "0.1e1", "1e5",
        "1E5", "1e+5", "1e-5", "1E+05", "0e0", "-0E-0", "1.0000000000000000000000001", "1e400", "-1e-400", "123e65",
    ],
    "bad": [
        "-", "+1", "00", "01", "-01", "1.", "-1.", ".5", "-.5", "1e", "1e+", "1E-", "1.e5", "1.5e", "1e5.5", "1e5e5",
        "1.2.3", "0x10", "1_000", "1,5e", "--1", "-+1", "1-2", "1+2", "1e++5", "- 1", "1a", "1f", "Infinity",
        "-Infinity", "NaN", "-NaN", "1e", "0b1", "0o7", "\uff11", "1\u00a0",
    ],
}  # fmt: skip
LITERALS = {
    "good": [
        "true", "false", "null",
    ],
    "bad": [
        "True", "FALSE", "nul", "nulll", "truee", "tru", "fals", "falsee", "t", "f", "n", "undefined", "none", "a",
        "nan", "true1", "truefalse", "null\u0661",
    ],
}  # fmt: skip
ESCAPES = {
    "good": [
        r"\"", r"\\", r"\/", r"\b", r"\f", r"\n", r"\r", r"\t", r"\u0000", r"\u00e9", r"\u20AC", r"\uFFFF",
        r"\uabcd", r"\uD834\uDD1E", r"\\\"", r"\\\\u12", r"\u005C\u0022",
    ],
    "bad": [
        r"\a", r"\v", r"\x41", r"\'", r"\0", r"\ ", r"\U0041", r"\u", r"\u1", r"\u12", r"\u123", r"\u12G4",
        r"\uX234", r"\u 123", r"\é", r"\u123é", "\\\t",
    ],
}  # fmt: skip
LONE_SURROGATES = [r"\ud800", r"\udfff", r"\ud800x", r"\udc00\ud800", r"\ud800\ud800", r"\ud834\u0041"]
CONTROLS = [chr(code) for code in range(0x20)]
STRUCTURE = {
    "good": [
        "[]", "{}", "[[]]", "[{}]", '{"a":[]}', '{"a":{}}', "[1]", "[1,2]", '{"a":1}', '{"a":1,"b":2}', '{"":0}',
        '{"a":1,"a":2}', '"a"', '""', "[[[[[]]]],{}]", ' [ 1 , 2 ] ', '\t\r\n{\n"a"\n:\n1\n}\n', '["a","b",""]',
        '[true,false,null]', '{"a":{"b":{"c":[{"d":[]}]}}}', "[" * 100 + "]" * 100,
    ],
    "bad": [
        "[", "]", "{", "}", "[1", "[1,", "[1,]", "[,1]", "[1,,2]", "[,]", "[1 2]", "[1:2]", "[}", "{]", "[1}",
        '{"a":1]', '{"a"}', '{"a":}', '{"a":1,}', '{,"a":1}', '{"a":1,,"b":2}', '{"a" 1}', '{"a"::1}', '{"a":1:2}',
        '{"a":1 "b":2}', "{1:1}", "{a:1}", "{'a':1}", "{null:1}", "{[]:1}", "{{}:1}", '["a"', '["a', '["a\\',
        '["a\\"', "['a']", '[“a”]', '["a""b"]', "[1]]", "[1],", "{}{}", "[] []", "1 2", '"a" "b"', '[1]x', "[1]#",
        "[[1]", '{"a":[1}', '{"a":[1,2}}', "[1;2]", "[(1)]", '["a"1]', '[1"a"]', "[truefalse]", "[1 // a\n]",
        "[1 /* a */]", "// a\n1", "/**/1", "[/]", "[1/2]", "#\n[]", ",", ":", "[:]", "{:}", '{"a":1:}', '["a":1]',
        "[1,\n,2]", "\\", "[\\]", '["\\]', "[1]\\", '{"a\n":1}',
    ],
}  # fmt: skip
BYTES = {
    "good": [
        b'"\x7f"', b'"\xc2\x80"', b'"\xdf\xbf"', b'"\xe0\xa0\x80"', b'"\xed\x9f\xbf"', b'"\xee\x80\x80"',
        b'"\xef\xbf\xbf"', b'"\xf0\x90\x80\x80"', b'"\xf4\x8f\xbf\xbf"', b'"\xef\xbb\xbf"', '"é€𝄞"'.encode(),
    ],
    "bad": [
        b'"\x80"', b'"\xff"', b'"\xc0\x80"', b'"\xc1\xbf"', b'"\xc3"', b'"\xc3x"', b'"\xe2\x82"', b'"\xe2\x82x"',
        b'"\xe0\x80\x80"', b'"\xe0\x9f\xbf"', b'"\xed\xa0\x80"', b'"\xed\xbf\xbf"', b'"\xf0\x8f\xbf\xbf"',
        b'"\xf0\x9d\x84"', b'"\xf4\x90\x80\x80"', b'"\xf5\x80\x80\x80"', b'"\xf8\x88\x80\x80\x80"', b'"\xfe"',
        b"[\xc2\xa0]", b"[\xef\xbb\xbf1]", b"[1]\xef\xbb\xbf", b"[\x00]", b"[1]\x00", b"\x0b[1]", b"[1\x0c]",
        b"[\xe2\x80\xa8]",
    ],
}  # fmt: skip

EXCEPTIONS = {
    "lone surrogate": "orjson refuses half a surrogate pair; RFC 8259 allows it, Python and the plugin keep it",
    "number '1e400'": "orjson refuses what no float holds; Python makes it infinite, the plugin keeps the text",
}
"""Beginnings of the names of cases that a parser judges differently, and why."""


def cases() -> Iterator[tuple[str, bytes]]:
    """Name and text of every case."""
    for kind, table in (("number", NUMBERS), ("literal", LITERALS)):
        for words in table.values():
            for word in words:
                yield f"{kind} {word!r}", word.encode()
                yield f"{kind} {word!r} in an array", f"[{word}]".encode()
                yield f"{kind} {word!r} in an object", f'{{"a": {word} }}'.encode()
                yield f"{kind} {word!r} before another", f"[{word},0]".encode()
    for texts in ESCAPES.values():
        for text in texts:
            yield f"escape {text!r}", f'["{text}"]'.encode()
            yield f"escape {text!r} in a name", f'{{"x{text}y":0}}'.encode()
    for text in LONE_SURROGATES:
        yield f"lone surrogate {text}", f'["{text}"]'.encode()
    for text in CONTROLS:
        yield f"control {text!r}", f'["a{text}b"]'.encode()
        yield f"control {text!r} between", f"[1,{text}2]".encode()
    for number, texts in enumerate(STRUCTURE.values()):
        for text in texts:
            yield f"structure {number} {text!r}", text.encode()
    for texts_ in BYTES.values():
        for data in texts_:
            yield f"bytes {data!r}", data
