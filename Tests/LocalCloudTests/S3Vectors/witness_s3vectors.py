"""boto3 as a witness: AWS's own client keeps and finds vectors in the local cloud's S3 Vectors.

Called with the endpoint. Exits with a sentence on the first disagreement.
"""
import sys

try:
    import boto3
    from botocore.config import Config
    from botocore.exceptions import ClientError
except ImportError as reason:
    sys.exit(f"boto3 is needed as a witness and cannot be imported ({reason}): pip install boto3, or set ALEX_PYTHON")


def client(key="local"):
    return boto3.client(
        "s3vectors", endpoint_url=sys.argv[1], region_name="us-east-1", aws_access_key_id=key,
        aws_secret_access_key=key, config=Config(retries={"total_max_attempts": 1}, parameter_validation=False))


def expect(condition, what):
    if not condition:
        sys.exit(f"boto3 disagrees: {what}")


def expect_error(code, status, what, call, **arguments):
    try:
        call(**arguments)
    except ClientError as error:
        found = (error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"])
        expect(found == (code, status), f"{what}: {error.response} instead of {code}")
        return error.response
    sys.exit(f"boto3 disagrees: {what} was not refused")


s3 = client()
BUCKET, INDEX = "witness-vectors", "research.notes"
WHERE = {"vectorBucketName": BUCKET, "indexName": INDEX}

made = s3.create_vector_bucket(vectorBucketName=BUCKET, tags={"team": "desk"})
expect(made["vectorBucketArn"].endswith(f":bucket/{BUCKET}"), f"the bucket's ARN: {made}")
expect_error("ConflictException", 409, "a bucket twice", s3.create_vector_bucket, vectorBucketName=BUCKET)
bucket = s3.get_vector_bucket(vectorBucketArn=made["vectorBucketArn"])["vectorBucket"]
expect(bucket["creationTime"].year >= 2026, f"the moment of the bucket: {bucket}")
expect(bucket["encryptionConfiguration"] == {"sseType": "AES256"}, f"the bucket's encryption: {bucket}")
for name in ("other-b", "other-a"):
    s3.create_vector_bucket(vectorBucketName=name)
pages = s3.get_paginator("list_vector_buckets").paginate(PaginationConfig={"PageSize": 2})
names = [entry["vectorBucketName"] for page in pages for entry in page["vectorBuckets"]]
expect(names == ["other-a", "other-b", BUCKET], f"all buckets: {names}")
expect(len(s3.list_vector_buckets(prefix="other-")["vectorBuckets"]) == 2, "buckets by prefix")
s3.delete_vector_bucket(vectorBucketName="other-b")
expect_error("NotFoundException", 404, "a bucket that is gone", s3.get_vector_bucket, vectorBucketName="other-b")

s3.put_vector_bucket_policy(vectorBucketName=BUCKET, policy='{"Version":"2012-10-17","Statement":[]}')
expect("2012-10-17" in s3.get_vector_bucket_policy(vectorBucketName=BUCKET)["policy"], "the policy")
s3.delete_vector_bucket_policy(vectorBucketName=BUCKET)
expect_error("NotFoundException", 404, "no policy", s3.get_vector_bucket_policy, vectorBucketName=BUCKET)
s3.tag_resource(resourceArn=made["vectorBucketArn"], tags={"stage": "test"})
s3.untag_resource(resourceArn=made["vectorBucketArn"], tagKeys=["team"])
expect(s3.list_tags_for_resource(resourceArn=made["vectorBucketArn"])["tags"] == {"stage": "test"}, "tags")

index = s3.create_index(
    **WHERE, dataType="float32", dimension=3, distanceMetric="cosine",
    metadataConfiguration={"nonFilterableMetadataKeys": ["text"]})["indexArn"]
expect_error(
    "ConflictException", 409, "an index twice", s3.create_index, **WHERE, dataType="float32", dimension=3,
    distanceMetric="cosine")
described = s3.get_index(indexArn=index)["index"]
expect(
    (described["dimension"], described["distanceMetric"], described["dataType"]) == (3, "cosine", "float32"),
    f"the index: {described}")
expect(described["metadataConfiguration"]["nonFilterableMetadataKeys"] == ["text"], f"its keys: {described}")
expect([entry["indexName"] for entry in s3.list_indexes(vectorBucketName=BUCKET)["indexes"]] == [INDEX], "indexes")
expect_error("ConflictException", 409, "a bucket with an index", s3.delete_vector_bucket, vectorBucketName=BUCKET)
if hasattr(s3, "update_index_mode"):  # Since botocore 1.44.
    expect(described["indexMode"] == "ENHANCED", f"the mode: {described}")
    s3.update_index_mode(indexArn=index, indexMode="ENHANCED")
    expect_error("ValidationException", 400, "the old mode", s3.update_index_mode, indexArn=index, indexMode="CLASSIC")
    s3.put_vector_bucket_default_index_mode(vectorBucketName=BUCKET, defaultIndexMode="ENHANCED")
    expect_error(
        "ValidationException", 400, "the old mode for a bucket", s3.put_vector_bucket_default_index_mode,
        vectorBucketName=BUCKET, defaultIndexMode="CLASSIC")
    expect_error(
        "UnknownOperationException", 400, "full-text search", s3.update_metadata_configuration, indexArn=index,
        add={"textSearchConfigurations": [{"metadataKey": "text"}]})

s3.put_vectors(indexArn=index, vectors=[
    {"key": "east", "data": {"float32": [1, 0, 0]}, "metadata": {"year": 2024, "tags": ["stocks", "us"], "text": "E"}},
    {"key": "north", "data": {"float32": [0, 2, 0]}, "metadata": {"year": 2025, "tags": ["bonds"], "isNew": True}},
    {"key": "north-east", "data": {"float32": [0.1, 0.1, 0]}, "metadata": {"year": 2026, "source": "https://a.example"}},
    {"key": "ключ 🗝", "data": {"float32": [-1, 0, 0]}},
])


def nearest(vector, **more):
    return s3.query_vectors(**WHERE, queryVector={"float32": vector}, **more)


found = nearest([1, 0.001, 0], topK=3, returnDistance=True, returnMetadata=True)
expect(found["distanceMetric"] == "cosine", f"the metric: {found}")
expect([v["key"] for v in found["vectors"]] == ["east", "north-east", "north"], f"the order: {found}")
expect(abs(found["vectors"][0]["distance"]) < 1e-5, f"the nearest: {found}")
expect(abs(found["vectors"][1]["distance"] - (1 - 0.70781)) < 1e-4, f"45 degrees: {found}")
expect(found["vectors"][0]["metadata"] == {"year": 2024, "tags": ["stocks", "us"], "text": "E"}, f"metadata: {found}")
bare = nearest([1, 0, 0], topK=1)["vectors"]
expect(bare == [{"key": "east"}], f"nothing but the key: {bare}")


def matching(condition):
    return {v["key"] for v in nearest([1, 1, 1], topK=100, filter=condition)["vectors"]}


expect(matching({"tags": "us"}) == {"east"}, "a list is matched by one of its elements")
expect(matching({"year": {"$gte": 2024, "$lt": 2026}}) == {"east", "north"}, "a range of numbers")
expect(matching({"$and": [{"year": {"$in": [2024, 2026]}}, {"source": {"$exists": True}}]}) == {"north-east"}, "$and")
expect(matching({"$or": [{"isNew": True}, {"year": {"$eq": 2026}}]}) == {"north", "north-east"}, "$or")
expect(matching({"year": {"$nin": [2024, 2025, 2026]}}) == {"ключ 🗝"}, "$nin")
refused = expect_error(
    "ValidationException", 400, "a filter by a key that is not filterable", nearest, vector=[1, 0, 0], topK=1,
    filter={"text": "E"})
expect(refused["fieldList"][0]["path"] == "/filter", f"the field that is wrong: {refused}")
expect_error("ValidationException", 400, "an unknown operator", nearest, vector=[1, 0, 0], topK=1, filter={"a": {"$like": "b"}})

got = s3.get_vectors(indexArn=index, keys=["ключ 🗝", "absent", "north-east"], returnData=True, returnMetadata=True)["vectors"]
expect([v["key"] for v in got] == ["ключ 🗝", "north-east"], f"vectors by their keys: {got}")
expect([round(x, 6) for x in got[1]["data"]["float32"]] == [0.1, 0.1, 0.0], f"the numbers: {got}")
expect("metadata" not in got[0] and got[1]["metadata"]["year"] == 2026, f"their metadata: {got}")

s3.put_vectors(**WHERE, vectors=[{"key": "north", "data": {"float32": [0, 0, 1]}}])
again = s3.get_vectors(**WHERE, keys=["north"], returnData=True, returnMetadata=True)["vectors"][0]
expect(again["data"]["float32"] == [0, 0, 1] and "metadata" not in again, f"put again, all of it is new: {again}")

s3.put_vectors(**WHERE, vectors=[{"key": f"n{n}", "data": {"float32": [1, n, 0]}} for n in range(500)])
keys = [v["key"] for page in s3.get_paginator("list_vectors").paginate(**WHERE, maxResults=100) for v in page["vectors"]]
expect(len(keys) == 504 and len(set(keys)) == 504, f"all vectors by pages: {len(keys)}")
parts = []
for number in range(4):
    for page in s3.get_paginator("list_vectors").paginate(**WHERE, segmentCount=4, segmentIndex=number):
        parts += [v["key"] for v in page["vectors"]]
expect(sorted(parts) == sorted(keys), "four segments are all of it, and nothing twice")
s3.delete_vectors(**WHERE, keys=[f"n{n}" for n in range(500)])
expect(len(s3.list_vectors(**WHERE)["vectors"]) == 4, "what is deleted is gone")

put = lambda **vector: {**WHERE, "vectors": [{"key": "k", "data": {"float32": [1, 1, 1]}, **vector}]}
for what, arguments in {
    "a vector of two numbers": put(data={"float32": [1, 1]}),
    "zero, which has no direction": put(data={"float32": [0, 0, 0]}),
    "a number too large": put(data={"float32": [1e39, 0, 0]}),
    "an empty key": put(key=""),
    "a key of 1025 characters": put(key="x" * 1025),
    "2 KB of filterable metadata": put(metadata={"a": "x" * 2048}),
    "40 KB of metadata": put(metadata={"text": "x" * 40 * 1024}),
    "51 keys": put(metadata={str(n): n for n in range(51)}),
    "metadata in metadata": put(metadata={"a": {"b": 1}}),
    "no vectors": {**WHERE, "vectors": []},
    "501 vectors": {**WHERE, "vectors": [put()["vectors"][0]] * 501},
}.items():
    refused = expect_error("ValidationException", 400, what, s3.put_vectors, **arguments)
    expect(refused["fieldList"] and refused["fieldList"][0]["message"], f"{what}: the field is named: {refused}")
s3.put_vectors(**put(key="x" * 1024, metadata={"text": "x" * 39 * 1024}))
expect_error("ValidationException", 400, "a question of two numbers", nearest, vector=[1, 2], topK=1)
expect_error("ValidationException", 400, "101 nearest", nearest, vector=[1, 2, 3], topK=101)
expect_error("ValidationException", 400, "101 keys", s3.get_vectors, **WHERE, keys=["k"] * 101)
expect_error("ValidationException", 400, "a segment beyond the last", s3.list_vectors, **WHERE, segmentCount=2, segmentIndex=2)
expect_error("ValidationException", 400, "name and ARN", s3.get_index, **WHERE, indexArn=index)
expect_error("ValidationException", 400, "a short name", s3.create_vector_bucket, vectorBucketName="ab")
expect_error("NotFoundException", 404, "no such index", s3.list_vectors, vectorBucketName=BUCKET, indexName="absent")
expect_error("UnrecognizedClientException", 403, "a stranger", client("stranger").list_vector_buckets)
s3.create_index(vectorBucketName=BUCKET, indexName="plane", dataType="float32", dimension=2, distanceMetric="euclidean")
plane = {"vectorBucketName": BUCKET, "indexName": "plane"}
s3.put_vectors(**plane, vectors=[{"key": "far", "data": {"float32": [3, 4]}}, {"key": "zero", "data": {"float32": [0, 0]}}])
line = s3.query_vectors(**plane, topK=2, queryVector={"float32": [0, 0]}, returnDistance=True)
expect([(v["key"], v["distance"]) for v in line["vectors"]] == [("zero", 0), ("far", 5)], f"straight lines: {line}")
s3.delete_index(**plane)
s3.delete_index(indexArn=index)
s3.delete_vector_bucket(vectorBucketName=BUCKET)
print("boto3 agrees")
