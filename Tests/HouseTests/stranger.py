"""A stranger with boto3 and the variables of `alex env`: the database, the queue, a function and its log, and a passage that
is embedded, kept and found."""

import json
import os
import sys

try:
    import boto3
except ImportError:
    sys.exit("boto3 is missing: pip install boto3, or point ALEX_PYTHON at a Python that has it")


def check(what, truth):
    if not truth:
        sys.exit(f"{what} is not as it should be")


database = boto3.client("rds-data")
answer = database.execute_statement(
    resourceArn=os.environ["AURORA_CLUSTER_ARN"], secretArn=os.environ["AURORA_SECRET_ARN"],
    database=os.environ["AURORA_DATABASE"],
    sql="SELECT symbol, current_price FROM instruments WHERE symbol = :symbol",
    parameters=[{"name": "symbol", "value": {"stringValue": "SPY"}}])
check("the instrument", answer["records"][0][0] == {"stringValue": "SPY"})

queues = boto3.client("sqs").list_queues(QueueNamePrefix="alex-")["QueueUrls"]
check("the list of queues", os.environ["SQS_QUEUE_URL"] in queues and len(queues) == 2)

functions = boto3.client("lambda")
reply = functions.invoke(
    FunctionName="alex-tagger", LogType="Tail",
    Payload=json.dumps({"instruments": [{"symbol": "STRNG", "name": "Stranger Bond Fund"}]}))
check("the invocation", reply["StatusCode"] == 200 and "FunctionError" not in reply)
tagged = json.load(reply["Payload"])
check("the tagger's answer", [c["symbol"] for c in tagged["classifications"]] == ["STRNG"])

logs = boto3.client("logs")
groups = [g["logGroupName"] for g in logs.describe_log_groups(logGroupNamePrefix="/aws/lambda/alex-")["logGroups"]]
check("the log groups", len(groups) == 9 and "/aws/lambda/alex-tagger" in groups)
request = reply["ResponseMetadata"]["RequestId"]
lines = [e["message"] for e in logs.filter_log_events(
    logGroupName="/aws/lambda/alex-tagger", filterPattern=f'"{request}"')["events"]]
check("the tagger's log", lines[0].startswith("START ") and lines[-1].startswith("REPORT "))


def embed(text):
    """The mean of the tokens' vectors: what the endpoint's model was trained for."""
    answer = boto3.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=os.environ["SAGEMAKER_ENDPOINT"], ContentType="application/json", Body=json.dumps({"inputs": text}))
    tokens = json.load(answer["Body"])[0]
    return [sum(column) / len(tokens) for column in zip(*tokens)]


vectors = boto3.client("s3vectors")
place = {"vectorBucketName": os.environ["VECTOR_BUCKET"], "indexName": os.environ["VECTOR_INDEX"]}
texts = {"stranger-cats": "Cats sleep most of the day.", "stranger-rates": "Bonds fall when interest rates rise."}
vectors.put_vectors(**place, vectors=[
    {"key": key, "data": {"float32": embed(text)}, "metadata": {"text": text, "author": "stranger"}} for key, text in texts.items()])
found = vectors.query_vectors(
    **place, topK=2, queryVector={"float32": embed("What do higher rates do to bonds?")}, filter={"author": "stranger"},
    returnMetadata=True, returnDistance=True)["vectors"]
check("the nearest passage", [each["key"] for each in found] == ["stranger-rates", "stranger-cats"])
check("its text", found[0]["metadata"]["text"] == texts["stranger-rates"] and found[0]["distance"] < found[1]["distance"])
vectors.delete_vectors(**place, keys=list(texts))
