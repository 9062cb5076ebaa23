"""A tiny bootstrap over the real Runtime API; its mode is the first argument, the event may say more."""
import ctypes
import http.client
import json
import os
import signal
import sys
import time

mode = sys.argv[1] if len(sys.argv) > 1 else "echo"
api = http.client.HTTPConnection(os.environ["AWS_LAMBDA_RUNTIME_API"])
count = 0


def call(method, path, body=None, headers=None):
    api.request(method, "/2018-06-01/runtime" + path, body, headers or {})
    reply = api.getresponse()
    return reply.status, dict((k.lower(), v) for k, v in reply.getheaders()), reply.read()


if mode == "exit-in-init":
    print("going down", flush=True)
    sys.exit(3)
if mode == "init-error":
    body = json.dumps({"errorMessage": "no database", "errorType": "Function.NoDatabase"})
    print(call("POST", "/init/error", body, {"Lambda-Runtime-Function-Error-Type": "Function.NoDatabase"})[0])
    sys.exit(1)
if mode == "never-ready":
    time.sleep(3600)

while True:
    status, headers, body = call("GET", "/invocation/next")
    if status != 200:
        sys.exit(1)
    count += 1
    event = json.loads(body)
    request_id = headers["lambda-runtime-aws-request-id"]
    attempt = {"Lambda-Runtime-Invocation-Id": headers["lambda-runtime-invocation-id"]}
    action = event.get("do", "echo") if isinstance(event, dict) else "echo"
    path = "/invocation/" + request_id
    if mode == "hang":
        action = "hang"
    if mode == "answer":
        call("POST", path + "/response", os.environ["ANSWER"], attempt)
    elif action == "fail":
        sys.stderr.write("it went wrong\n")
        sys.stderr.flush()
        error = {"errorMessage": "bad \"luck\"", "errorType": "Function.BadLuck", "stackTrace": []}
        call("POST", path + "/error", json.dumps(error), attempt | {"Lambda-Runtime-Function-Error-Type": "Function.BadLuck"})
    elif action == "crash":
        print("last words", end="", flush=True)
        os.kill(os.getpid(), signal.SIGSEGV)
    elif action == "exit":
        sys.exit(int(event["code"]))
    elif action == "hang":
        print("hanging", flush=True)
        time.sleep(3600)
    elif action == "big":
        status = call("POST", path + "/response", b'"' + b"x" * (event["bytes"] - 2) + b'"', attempt)[0]
        print("status", status, flush=True)
    elif action == "protocol":
        statuses = [
            call("POST", "/invocation/other/response", b"1", attempt)[0],
            call("POST", path + "/response", b"1", {"Lambda-Runtime-Invocation-Id": "stale"})[0],
            call("POST", "/init/error", b"{}")[0],
            call("GET", "/invocation/next")[0],
            call("GET", "/nothing")[0],
        ]
        statuses.append(call("POST", path + "/response", json.dumps(statuses), attempt)[0])
        statuses.append(call("POST", path + "/response", b"1", attempt)[0])
        print(json.dumps(statuses), flush=True)
    elif action == "describe":
        signal_number = ctypes.c_int()
        ctypes.CDLL(None).prctl(2, ctypes.byref(signal_number))
        answer = {"files": len(os.listdir("/proc/self/fd")), "parentDeathSignal": signal_number.value}
        call("POST", path + "/response", json.dumps(answer), attempt)
    else:
        print("event", count, flush=True)
        answer = {"event": event, "count": count, "pid": os.getpid(), "headers": headers, "environment": dict(os.environ)}
        call("POST", path + "/response", json.dumps(answer), attempt)
