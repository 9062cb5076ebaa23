"""Rows of the RDS Data API as boto3 reads them: what `alex bench json` is measured against.

Reads an answer to ExecuteStatement as JSON from standard input ("body", as text), writes the median milliseconds of
processor time that botocore's parser takes for it, those of Python's `json` alone, and sums over the values.
"""

import json
import statistics
import sys
import time

import botocore.parsers
import botocore.session


def median(work, runs):
    work()
    times = []
    for _ in range(runs):
        start = time.process_time()
        work()
        times.append((time.process_time() - start) * 1000)
    return statistics.median(times)


plan = json.load(sys.stdin)
body = plan["body"].encode()
model = botocore.session.get_session().get_service_model("rds-data")
shape = model.operation_model("ExecuteStatement").output_shape
parser = botocore.parsers.create_parser(model.metadata["protocol"])
response = {"status_code": 200, "headers": {}, "body": body}
fields = [field for record in parser.parse(response, shape)["records"] for field in record]
json.dump(
    {
        "rows_milliseconds": median(lambda: parser.parse(response, shape), plan["runs"]),
        "tree_milliseconds": median(lambda: json.loads(body), plan["runs"]),
        "digest": {
            "nulls": sum(1 for field in fields if field.get("isNull")),
            "textBytes": sum(len(field["stringValue"].encode()) for field in fields if "stringValue" in field),
            "longs": sum(field.get("longValue", 0) for field in fields),
            "doubles": sum(field.get("doubleValue", 0.0) for field in fields),
        },
    },
    sys.stdout)
