"""Writes golden.json: what botocore sends for Converse, and answers that fit the service's model.

    python3 Tests/Fixtures/aws/bedrock-runtime/golden.py

Requests are validated and serialised by botocore. Answers are read back by botocore's parser, and a member
its model does not know, or reads in another way, stops this script. No network is used.
"""

import json
import pathlib

import boto3
import botocore
from botocore.awsrequest import AWSResponse

SERVICE = "bedrock-runtime"
NOVA = "us.amazon.nova-pro-v1:0"
OTHER = "anthropic.claude-sonnet-4-5-20250929-v1:0"
PROFILE = "arn:aws:bedrock:us-west-2:123456789012:application-inference-profile/abc123"

QUOTE_TOOL = {
    "toolSpec": {
        "name": "quote",
        "description": "The last price of an instrument.",
        "inputSchema": {
            "json": {
                "type": "object",
                "properties": {
                    "symbols": {
                        "type": "array", "description": "Tickers", "minItems": 1, "maxItems": 20,
                        "items": {"type": "string", "minLength": 1, "maxLength": 20},
                    },
                    "currency": {"type": "string", "enum": ["USD", "EUR"]},
                },
                "required": ["symbols"],
            }
        },
    }
}
FORGOTTEN_TOOL = {
    "toolSpec": {
        "name": "quote", "description": "No longer available.",
        "inputSchema": {"json": {"type": "object", "properties": {}}},
    }
}
QUESTION = {"role": "user", "content": [{"text": "What is VTI worth?"}]}
TOOL_USE = {"toolUse": {"toolUseId": "t1", "name": "quote", "input": {"symbols": ["VTI"]}}}


class Raw:
    """The stream of a response that has been read."""

    def __init__(self, body):
        self.body = body

    def stream(self, *_, **__):
        yield self.body


def call(name, arguments, answer):
    """The request botocore makes, with the answer it was given."""
    client = boto3.client(
        SERVICE, region_name="us-east-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
    sent = []

    def send(request, **_):
        sent.append(request)
        headers = {"content-type": "application/json"}
        return AWSResponse(request.url, 200, headers, Raw(json.dumps(answer).encode()))

    client.meta.events.register("before-send", send)
    parsed = client.converse(**arguments)
    parsed.pop("ResponseMetadata")
    assert parsed == answer, f"{name}: botocore reads {parsed}"
    path = sent[0].url.split("amazonaws.com", 1)[1]
    return {
        "name": name, "model": arguments["modelId"], "method": sent[0].method, "path": path,
        "body": json.loads(sent[0].body), "answer": answer,
    }


def answer(content, stop_reason="end_turn"):
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": stop_reason,
        "usage": {"inputTokens": 12, "outputTokens": 34, "totalTokens": 46},
        "metrics": {"latencyMs": 7},
    }


def cases():
    yield call(
        "text",
        {
            "modelId": NOVA, "messages": [QUESTION], "system": [{"text": "You are brief."}],
            "inferenceConfig": {"maxTokens": 100, "temperature": 0.5},
        },
        answer([{"text": "About 300 USD."}]))
    yield call(
        "nova with tools",
        {
            "modelId": NOVA, "messages": [QUESTION],
            "inferenceConfig": {"maxTokens": 100, "temperature": 0},
            "toolConfig": {"tools": [QUOTE_TOOL]},
            "additionalModelRequestFields": {"inferenceConfig": {"topK": 1}},
        },
        answer([{"text": "<thinking>I need a price.</thinking>\n"}, TOOL_USE], "tool_use"))
    yield call(
        "another model, forced",
        {
            "modelId": OTHER, "messages": [QUESTION], "inferenceConfig": {"maxTokens": 100},
            "toolConfig": {"tools": [QUOTE_TOOL], "toolChoice": {"tool": {"name": "quote"}}},
        },
        answer(
            [
                {"reasoningContent": {"reasoningText": {"text": "A price.", "signature": "c2ln"}}},
                {"text": "Let me look."}, TOOL_USE,
            ], "tool_use"))
    yield call(
        "any tool, of a profile",
        {
            "modelId": PROFILE, "messages": [QUESTION], "inferenceConfig": {"maxTokens": 100},
            "toolConfig": {"tools": [QUOTE_TOOL], "toolChoice": {"any": {}}},
        },
        answer([TOOL_USE], "tool_use"))
    yield call(
        "results, with the tools withdrawn",
        {
            "modelId": OTHER,
            "messages": [
                QUESTION,
                {"role": "assistant", "content": [TOOL_USE]},
                {
                    "role": "user",
                    "content": [
                        {
                            "toolResult": {
                                "toolUseId": "t1", "content": [{"json": {"VTI": 300.25}}],
                                "status": "success",
                            }
                        },
                        {
                            "toolResult": {
                                "toolUseId": "t2", "content": [{"text": "no such symbol"}], "status": "error",
                            }
                        },
                        {
                            "toolResult": {
                                "toolUseId": "t3", "content": [{"text": "[1,2]"}], "status": "success",
                            }
                        },
                        {"text": "Sum up."},
                    ],
                },
            ],
            "inferenceConfig": {"maxTokens": 100},
            "toolConfig": {"tools": [FORGOTTEN_TOOL]},
        },
        answer([{"text": "300.25 USD."}]))


def stop_reasons():
    shapes = boto3.client(SERVICE, region_name="us-east-1").meta.service_model
    return sorted(shapes.shape_for("StopReason").enum)


if __name__ == "__main__":
    document = {
        "source": f"golden.py over botocore {botocore.__version__}, service model bedrock-runtime 2023-09-30",
        "stopReasons": stop_reasons(),
        "cases": list(cases()),
    }
    path = pathlib.Path(__file__).with_name("golden.json")
    path.write_text(json.dumps(document, indent=2) + "\n")
