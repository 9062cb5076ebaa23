"""Writes golden.json: what botocore sends for Converse and ConverseStream, and answers that fit the service's
model, each whole and as the frames of a stream.

    python3 Tests/Fixtures/aws/bedrock-runtime/golden.py

Requests are validated and serialised by botocore. Answers are read back by botocore's parser, and a member
its model does not know, or reads in another way, stops this script. No network is used.
"""

import base64
import json
import pathlib
import struct
import zlib

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

    def close(self):
        pass


def ask(operation, arguments, content_type, body):
    """The request botocore makes, and what it reads in the answer."""
    client = boto3.client(
        SERVICE, region_name="us-east-1", aws_access_key_id="AKIDEXAMPLE", aws_secret_access_key="secret")
    sent = []

    def send(request, **_):
        sent.append(request)
        return AWSResponse(request.url, 200, {"content-type": content_type}, Raw(body))

    client.meta.events.register("before-send", send)
    return sent, getattr(client, operation)(**arguments)


def readable(value):
    """As JSON has it: bytes become base64."""
    if isinstance(value, dict):
        return {key: readable(member) for key, member in value.items()}
    if isinstance(value, list):
        return [readable(element) for element in value]
    return base64.b64encode(value).decode() if isinstance(value, bytes) else value


def call(name, arguments, answer, stream_arguments=None):
    """The request botocore makes, with the answer it was given, whole and as a stream."""
    sent, parsed = ask("converse", arguments, "application/json", json.dumps(answer).encode())
    parsed.pop("ResponseMetadata")
    assert readable(parsed) == answer, f"{name}: botocore reads {parsed}"

    events = list(stream_events(answer))
    frames = [frame(*event) for event in events]
    streamed, parsed = ask(
        "converse_stream", arguments | (stream_arguments or {}), "application/vnd.amazon.eventstream",
        b"".join(frames))
    read = readable(list(parsed["stream"]))
    assert read == [{kind: event} for kind, event in events], f"{name}: botocore reads {read}"
    return {
        "name": name, "model": arguments["modelId"], "method": sent[0].method, "path": path(sent[0]),
        "body": json.loads(sent[0].body), "streamPath": path(streamed[0]),
        "streamBody": json.loads(streamed[0].body), "answer": answer,
        "frames": [frame.hex() for frame in frames],
    }


def path(request):
    return request.url.split("amazonaws.com", 1)[1]


def stream_events(answer):
    """The answer as the service streams it, texts cut into small pieces."""
    yield "messageStart", {"role": "assistant"}
    for index, block in enumerate(answer["output"]["message"]["content"]):
        if "toolUse" in block:
            start = {key: value for key, value in block["toolUse"].items() if key != "input"}
            yield "contentBlockStart", {"start": {"toolUse": start}, "contentBlockIndex": index}
        for delta in deltas(block):
            yield "contentBlockDelta", {"delta": delta, "contentBlockIndex": index}
        yield "contentBlockStop", {"contentBlockIndex": index}
    yield "messageStop", {"stopReason": answer["stopReason"]}
    yield "metadata", {key: answer[key] for key in ["usage", "metrics", "trace"] if key in answer}


def deltas(block):
    if "text" in block:
        yield from ({"text": piece} for piece in pieces(block["text"]))
    elif "toolUse" in block:
        document = json.dumps(block["toolUse"]["input"])
        # Nothing at all is how a call without arguments is streamed.
        yield from ({"toolUse": {"input": piece}} for piece in pieces(document if document != "{}" else ""))
    elif "citationsContent" in block:
        for content in block["citationsContent"]["content"]:
            yield from ({"text": piece} for piece in pieces(content["text"]))
        yield from ({"citation": citation} for citation in block["citationsContent"]["citations"])
    elif "redactedContent" in block["reasoningContent"]:
        yield {"reasoningContent": block["reasoningContent"]}
    else:
        reasoning = block["reasoningContent"]["reasoningText"]
        yield from ({"reasoningContent": {"text": piece}} for piece in pieces(reasoning["text"]))
        if "signature" in reasoning:
            yield {"reasoningContent": {"signature": reasoning["signature"]}}


def pieces(text, length=7):
    return [text[start:start + length] for start in range(0, len(text), length)]


def frame(kind, event):
    headers = b"".join(
        struct.pack(">B", len(name)) + name.encode() + struct.pack(">BH", 7, len(value)) + value.encode()
        for name, value in [
            (":event-type", kind), (":content-type", "application/json"), (":message-type", "event")])
    payload = json.dumps(event).encode()
    prelude = struct.pack(">II", 16 + len(headers) + len(payload), len(headers))
    message = prelude + struct.pack(">I", zlib.crc32(prelude)) + headers + payload
    return message + struct.pack(">I", zlib.crc32(message))


def answer(content, stop_reason="end_turn", **more):
    return {
        "output": {"message": {"role": "assistant", "content": content}},
        "stopReason": stop_reason,
        "usage": {"inputTokens": 12, "outputTokens": 34, "totalTokens": 46},
        "metrics": {"latencyMs": 7},
    } | more


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
    reasoned = [
        {"reasoningContent": {"reasoningText": {"text": "The price, then the ä€😀.", "signature": "c2lnbmF0dXJl"}}},
        {"reasoningContent": {"redactedContent": "cmVkYWN0ZWQ="}},
        {
            "citationsContent": {
                "content": [{"text": "VTI closed at 300.25"}],
                "citations": [
                    {
                        "title": "Prices", "sourceContent": [{"text": "VTI 300.25"}],
                        "location": {"documentChar": {"documentIndex": 0, "start": 3, "end": 13}},
                    }
                ],
            }
        },
        {"text": ", and now the call."},
        {"toolUse": {"toolUseId": "t1", "name": "quote", "input": {}}},
    ]
    yield call(
        "reasoning and citations go back as they came",
        {
            "modelId": OTHER,
            "messages": [
                QUESTION,
                {
                    "role": "assistant",
                    "content": [
                        reasoned[0],
                        {"reasoningContent": {"redactedContent": b"redacted"}},
                        *reasoned[2:],
                    ],
                },
                {
                    "role": "user",
                    "content": [
                        {"toolResult": {"toolUseId": "t1", "content": [{"text": "300.25"}], "status": "success"}}
                    ],
                },
            ],
            "inferenceConfig": {"maxTokens": 100},
            "toolConfig": {"tools": [QUOTE_TOOL]},
            "additionalModelRequestFields": {"thinking": {"type": "enabled", "budget_tokens": 1024}},
        },
        answer(
            reasoned, "tool_use",
            usage={
                "inputTokens": 12, "outputTokens": 34, "totalTokens": 1046, "cacheReadInputTokens": 900,
                "cacheWriteInputTokens": 100,
            }))
    point = {"cachePoint": {"type": "default"}}
    turns = [
        QUESTION, {"role": "assistant", "content": [{"text": "300 USD."}]},
        {"role": "user", "content": [{"text": "And BND?"}]}, {"role": "assistant", "content": [{"text": "70."}]},
        {"role": "user", "content": [{"text": "And both?"}]},
    ]
    cut = [turn | {"content": turn["content"] + [point]} if index in (2, 4) else turn for index, turn in enumerate(turns)]
    yield call(
        "everything that can be set",
        {
            "modelId": OTHER, "messages": cut, "system": [{"text": "You are brief."}, point],
            "inferenceConfig": {"maxTokens": 100},
            "toolConfig": {"tools": [QUOTE_TOOL, point]},
            "guardrailConfig": {
                "guardrailIdentifier": "abc123", "guardrailVersion": "3", "trace": "enabled",
            },
            "performanceConfig": {"latency": "optimized"},
            "serviceTier": {"type": "priority"},
            "requestMetadata": {"job": "j1"},
        },
        answer(
            [{"text": "370 USD."}],
            trace={"guardrail": {"modelOutput": ["370 USD."], "actionReason": "No action."}}),
        {
            "guardrailConfig": {
                "guardrailIdentifier": "abc123", "guardrailVersion": "3", "trace": "enabled",
                "streamProcessingMode": "async",
            }
        })
    yield call(
        "no cache point among the tools of nova",
        {
            "modelId": NOVA, "messages": cut, "system": [{"text": "You are brief."}, point],
            "inferenceConfig": {"maxTokens": 100, "temperature": 0},
            "toolConfig": {"tools": [QUOTE_TOOL]},
            "additionalModelRequestFields": {"inferenceConfig": {"topK": 1}},
        },
        answer([{"text": "370 USD."}]))


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
