"""Reads messages from standard input, each after its length (4 bytes, big-endian), and writes what it understood of
each as a line of JSON. Python's own email package is the second opinion on what Dearly writes."""
import json
import re
import struct
import sys
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.utils import getaddresses


def mailboxes(raw):
    # The parser of `message["to"]` leaves a blank between two encoded words of a name (fixed in later Pythons).
    pairs = getaddresses([re.sub(r"\r?\n(?=[ \t])", "", raw)])
    return [(str(make_header(decode_header(name))), address) for name, address in pairs]


source = sys.stdin.buffer
while header := source.read(4):
    message = message_from_bytes(source.read(struct.unpack(">I", header)[0]), policy=policy.default)
    bodies = {part.get_content_type(): part.get_payload(decode=True).decode("utf-8") for part in message.walk() if not part.is_multipart()}
    defects = [type(it).__name__ for part in message.walk() for it in part.defects]
    to = mailboxes(dict(message.raw_items())["To"])
    print(json.dumps({
        "subject": message["subject"] or "",
        "name": to[0][0],
        "address": to[0][1],
        "recipients": len(to),
        "headers": len(message.keys()),
        "html": bodies["text/html"],
        "text": bodies["text/plain"],
        "defects": defects,
    }))
