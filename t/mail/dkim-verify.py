"""dkim-verify.py MESSAGE DNS-NAME RECORD - dkimpy's verdict on one message: prints "pass" or "fail"."""
import sys

import dkim

message, name, record = open(sys.argv[1], "rb").read(), sys.argv[2], sys.argv[3].encode()


def dns(asked, timeout=5):
    asked = asked.decode() if isinstance(asked, bytes) else asked
    return record if asked.rstrip(".") == name else None


try:
    verdict = dkim.verify(message, dnsfunc=dns)
except dkim.DKIMException:
    verdict = False
print("pass" if verdict else "fail")
