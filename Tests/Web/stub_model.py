"""A language model behind OpenAI's protocol that does what a story needs: answer, refuse, or keep everybody waiting."""

import http.server
import json
import re
import threading

longest_hold_seconds = 60

sections = ["Executive summary", "Portfolio composition", "Diversification", "Risk", "Retirement readiness",
            "Recommendations", "Conclusion"]
# Words without a number, as a report has to be laid out.
report = "\n\n".join(f"## {title}\n\nThe household should read this part with care." for title in sections)


class StubModel:
    """Serves `/v1/chat/completions` on a free port of this machine while it is entered."""

    def __init__(self):
        # Agents whose requests are refused for good; "planner" is the one that writes the summary.
        self.refused = set()
        # Closed: answers wait.
        self.gate = threading.Event()
        self.gate.set()
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self.server.server_port}/v1"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.gate.set()
        self.server.shutdown()
        self.server.server_close()

    def behave(self):
        """As at the start: answers everybody at once."""
        self.refused = set()
        self.gate.set()

    def answer(self, request):
        """(status, JSON) for a chat completion."""
        said = "\n".join(str(message.get("content")) for message in request["messages"])
        agent = re.search(r'"agent":\s*"([a-z]+)"', said)
        assert agent, f"no agent asks: {said[:200]}"
        self.gate.wait(longest_hold_seconds)
        if agent[1] in self.refused:
            return 400, {"error": {"message": "The model is not in the mood."}}
        content = report if agent[1] == "reporter" else "A sentence about the household."
        message = {"role": "assistant", "content": content}
        return 200, {
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
            "usage": {"prompt_tokens": 10, "completion_tokens": 5},
        }

    def _handler(self):
        model = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                status, answer = model.answer(request)
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                """Nothing: the stories say what happens."""

        return Handler
