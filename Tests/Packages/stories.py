"""What each function is asked in a check, and what it says.

A good event needs answers that came over TLS, where the function has anything to ask; a bad one is an event
nobody understands.
"""

import json
from dataclasses import dataclass, field

from services import document, ended_job


def http_get(path):
    """An event of an API Gateway HTTP API, payload format 2.0."""
    return {
        "version": "2.0", "routeKey": "$default", "rawPath": path, "rawQueryString": "", "headers": {},
        "requestContext": {
            "stage": "$default", "requestId": "JKJaXmPLvHcESHA=", "timeEpoch": 1795248000000,
            "http": {"method": "GET", "path": path, "protocol": "HTTP/1.1", "sourceIp": "192.0.2.1"},
        },
        "isBase64Encoded": False,
    }


def is_healthy(answer):
    body = json.loads(answer["body"])
    return answer["statusCode"] == 200 and (body["status"], body["database"]) == ("ready", "ready")


@dataclass
class Story:
    good: object
    # Says whether the answer to the good event is the right one.
    is_right: callable
    # What the services were asked for by it, in order; the planner's questions each wait for the one before.
    calls: list
    # The type of the failure that the bad event ends in.
    failure: str
    bad: object = field(default_factory=lambda: {"nobody": "understands"})
    # Without which it does not start, and what it then says.
    needs: str = "AURORA_CLUSTER_ARN"


section = dict(
    # Somebody else has written the section already: the claim says so.
    good={"job_id": ended_job}, is_right=lambda answer: answer == {"success": True}, calls=["POST /Execute"],
    failure="Function.JobEventFailure")

stories = {
    "Planner": Story(
        good={"sweep": True}, is_right=lambda answer: answer == {"sent": 1, "ended": 0},
        calls=["POST /Execute", "POST /", "POST /Execute", "POST /Execute"],
        failure="Function.JobEventFailure"),
    "Tagger": Story(
        good={"instruments": [{"symbol": "VTI", "name": "Total market", "instrument_type": "etf"}]},
        is_right=lambda answer: answer["updated"] == ["VTI"] and answer["errors"] == [],
        calls=["POST /model/us.amazon.nova-pro-v1%3A0/converse", "POST /Execute"],
        failure="Function.TaggerEventFailure"),
    "Reporter": Story(**section),
    "Charter": Story(**section),
    "Retirement": Story(**section),
    "API": Story(
        good=http_get("/api/health"), is_right=is_healthy, calls=["POST /Execute"],
        failure="Function.EventFailure"),
    "Ingest": Story(
        good={"text": document}, is_right=lambda answer: [each["saved"] for each in answer["passages"]] == [True],
        calls=["POST /endpoints/embedding/invocations", "POST /PutVectors"], failure="Function.KnowledgeRefusal",
        needs="VECTOR_BUCKET"),
    "Search": Story(
        good={"query": "bonds"},
        is_right=lambda answer: [(each["text"], each["score"]) for each in answer["results"]] == [(document, 0.75)],
        calls=["POST /endpoints/embedding/invocations", "POST /QueryVectors"], failure="Function.KnowledgeRefusal",
        needs="VECTOR_BUCKET"),
    "Researcher": Story(
        # Nobody holds anything that was not looked into.
        good={"scheduled": True}, is_right=lambda answer: answer == {"status": "nothing_to_do"}, calls=["POST /Execute"],
        failure="Function.ResearchEventFailure", needs="RESEARCH_HOSTS"),
    "Echo": Story(
        good={"hello": "world"}, is_right=lambda answer: answer == {"hello": "world"}, calls=[],
        bad={"order": "nobody understands"}, failure="Function.EchoFailure", needs="ECHO_REFUSES"),
}
