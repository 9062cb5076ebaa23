"""An HTTP/2 server over TLS on the loopback interface, made with the package h2.

    h2_server.py CERTIFICATE KEY

Prints its port, and serves until its standard input is closed. What it does, the path says:

    /echo      the body of the request; headers x-connection and x-stream number what carried it
    /reset     the head, one block, then RST_STREAM
    /goaway    an answer, then GOAWAY and the end of the connection

Over HTTP/1.1, for a client that does not ask for more, it answers each request with 4 MiB in blocks of 16 KiB, each the
number of the block again and again.
"""

import socket
import ssl
import sys
import threading

import h2.config
import h2.connection
import h2.events

BLOCK = 16 * 1024
BLOCKS = 256


def serve_http1(connection, number):
    body = b"".join(index.to_bytes(4, "big") * (BLOCK // 4) for index in range(BLOCKS))
    received = b""
    while True:
        while b"\r\n\r\n" not in received:
            data = connection.recv(65536)
            if not data:
                return
            received += data
        received = received.partition(b"\r\n\r\n")[2]
        connection.sendall(
            b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nx-connection: %d\r\n\r\n" % (len(body), number) + body
        )


def serve(connection, number):
    h2_connection = h2.connection.H2Connection(h2.config.H2Configuration(client_side=False))
    h2_connection.initiate_connection()
    connection.sendall(h2_connection.data_to_send())
    requests, waiting = {}, {}

    def push(stream):
        """Sends as much of what waits as the windows allow."""
        rest = waiting.get(stream)
        while rest:
            room = min(h2_connection.local_flow_control_window(stream), h2_connection.max_outbound_frame_size)
            if room <= 0:
                return
            h2_connection.send_data(stream, rest[:room])
            rest = waiting[stream] = rest[room:]
        if stream in waiting:
            h2_connection.end_stream(stream)
            del waiting[stream]

    def respond(stream):
        headers, body = requests.pop(stream)
        path = headers[b":path"]
        h2_connection.send_headers(
            stream, [(":status", "200"), ("x-connection", str(number)), ("x-stream", str(stream))]
        )
        if path == b"/reset":
            h2_connection.send_data(stream, b"block")
            h2_connection.reset_stream(stream, 2)
            return
        waiting[stream] = bytes(body)
        push(stream)
        if path == b"/goaway":
            h2_connection.close_connection()

    while True:
        data = connection.recv(65536)
        if not data:
            return
        for event in h2_connection.receive_data(data):
            if isinstance(event, h2.events.RequestReceived):
                requests[event.stream_id] = (dict(event.headers), bytearray())
            elif isinstance(event, h2.events.DataReceived):
                requests[event.stream_id][1].extend(event.data)
                h2_connection.acknowledge_received_data(event.flow_controlled_length, event.stream_id)
            elif isinstance(event, h2.events.StreamEnded):
                respond(event.stream_id)
            elif isinstance(event, h2.events.WindowUpdated):
                for stream in [event.stream_id] if event.stream_id else list(waiting):
                    push(stream)
            elif isinstance(event, h2.events.StreamReset):
                waiting.pop(event.stream_id, None)
            elif isinstance(event, h2.events.ConnectionTerminated):
                return
        connection.sendall(h2_connection.data_to_send())
        if h2_connection.state_machine.state == h2.connection.ConnectionState.CLOSED:
            return


def run(listener, context, number):
    try:
        with context.wrap_socket(listener, server_side=True) as connection:
            (serve if connection.selected_alpn_protocol() == "h2" else serve_http1)(connection, number)
    except OSError:
        pass  # The client has gone.


def accept(listener, context):
    number = 0
    while True:
        connection, _ = listener.accept()
        number += 1
        threading.Thread(target=run, args=(connection, context, number), daemon=True).start()


context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
context.set_alpn_protocols(["h2", "http/1.1"])
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
threading.Thread(target=accept, args=(listener, context), daemon=True).start()
sys.stdin.read()
