#!/usr/bin/python3
"""Says where a document on standard input breaks a JSON schema.

    portolan audit examples/harbor --format sarif | tests/formats/validate.py tests/formats/schemas/sarif-2.1.0.json
    portolan audit examples/harbor --format ocsf | tests/formats/validate.py --lines SCHEMA    # a document on each line

Ends with 1 if it does, with 77 if there is no jsonschema (Debian: python3-jsonschema).
"""
import json
import sys

try:
    from jsonschema.validators import validator_for
except ImportError:
    print("python3-jsonschema is not installed")
    sys.exit(77)

SHOWN_MOST = 10


def documents(by_line):
    if by_line:
        return [json.loads(line) for line in sys.stdin]
    return [json.load(sys.stdin)]


def main(arguments):
    with open(arguments[-1], encoding="utf-8") as file:
        schema = json.load(file)
    validator_class = validator_for(schema)
    validator_class.check_schema(schema)
    validator = validator_class(schema)
    found = documents("--lines" in arguments)
    if not found:
        print("there is no document")
        return 1
    shown = 0
    for number, document in enumerate(found, 1):
        for error in validator.iter_errors(document):
            place = "/".join(str(step) for step in error.absolute_path)
            print(f"document {number}: /{place}: {error.message[:300]}")
            shown += 1
            if shown == SHOWN_MOST:
                return 1
    return 1 if shown else 0


sys.exit(main(sys.argv[1:]))
